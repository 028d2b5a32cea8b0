"""Web pages, and what is written as they are: Markdown and e-books."""
