"""Who says what: in one article, in a library, and as a question or an answer tells it."""
