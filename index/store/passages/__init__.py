"""The passages of a library with their vectors, the index of their words, and how all are replaced."""
