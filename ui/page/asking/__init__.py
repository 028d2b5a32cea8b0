"""The Ask view: the question box, the conversation in a tab, and the articles that its questions are asked of."""
