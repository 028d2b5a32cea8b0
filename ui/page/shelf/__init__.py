"""The Library view: what brings articles in, lists and changes them, and the libraries and models to choose from."""
