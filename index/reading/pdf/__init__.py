"""Reads PDF: letters to pieces of lines, these to columns, tables and paragraphs, in a process of its own."""
