"""Byline for other programs: over HTTP, as OpenAI-compatible servers speak, and as tools; and what guards a server."""
