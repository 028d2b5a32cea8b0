"""From the bytes of a file to its letters and lines as a person sees them."""
