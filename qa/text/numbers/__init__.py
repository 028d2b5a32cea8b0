"""Numbers in a text: read in any language, with their units, and compared as intervals."""
