"""What a text or a page tells of itself: headline, outlet, author, dates, front matter."""
