"""What a text says in the small: its words, numbers, dates, names and negations."""
