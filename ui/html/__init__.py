"""HTML made from records."""
