"""What is stored of articles: facts, texts, origins, edits, reprints, and the list of them."""
