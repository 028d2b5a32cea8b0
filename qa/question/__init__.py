"""What is asked: the question checked, made whole, and its kind."""
