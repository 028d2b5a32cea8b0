"""What is done to a text that was read: its furniture, sentences, passages and reprints."""
