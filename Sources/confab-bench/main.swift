print("confab-bench")
