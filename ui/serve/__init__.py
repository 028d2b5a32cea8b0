"""Byline for other programs: over HTTP, as OpenAI-compatible servers speak, as tools over standard input, and what guards a server."""
