"""What is known of each language: a file a language, found by its name, and which language a text is in."""
