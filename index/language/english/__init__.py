"""English: its words and forms, as data."""
