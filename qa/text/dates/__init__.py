"""Dates in a text: read in any language, compared, and resolved to days."""
