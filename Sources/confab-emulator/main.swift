print("confab-emulator")
