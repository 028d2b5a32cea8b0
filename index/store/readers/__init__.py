"""What a reader keeps in a library: conversations, notebooks, and the feeds that it follows."""
