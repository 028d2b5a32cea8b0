"""French: its words and forms, as data."""
