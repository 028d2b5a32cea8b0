"""Whether the articles say what a sentence claims."""
