"""What every view is made with: its place on the page, its script, the browser that asks, what loads behind it."""
