"""The documents of word processors, read as blocks: paragraphs and tables."""
