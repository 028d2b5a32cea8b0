"""The language model and what it needs to run."""
