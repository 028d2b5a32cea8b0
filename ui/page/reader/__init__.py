"""An article opened beside the conversation, at a place that is cited, and the file that it was read from."""
