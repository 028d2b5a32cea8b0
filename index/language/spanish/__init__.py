"""Spanish: its words and forms, as data."""
