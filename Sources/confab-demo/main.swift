print("confab-demo")
