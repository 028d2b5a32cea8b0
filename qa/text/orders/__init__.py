"""Sentences of an article that give orders to a language model, and the disguises they come in."""
