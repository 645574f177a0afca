print("confab-serve")
