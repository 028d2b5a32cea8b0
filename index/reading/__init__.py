"""Reads files: from their bytes to the text of each article and the facts that it states about itself."""
