"""Which sentences of the articles answer a question."""
