"""German: its words and forms, as data."""
