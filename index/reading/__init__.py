"""From a file's bytes to its text and what it states of itself."""
