"""The trained reader: does a section of an article answer a question, and which of its sentences do."""
