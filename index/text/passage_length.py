"""How long passages are. It is a file of its own because the splitter takes a quarter of a second to import."""

PASSAGE_TOKENS = 120
"""Aim of a passage's length in the embedder's tokens: two or three of them make a prompt of about 300. Round, not
fitted."""

LONGEST_SENTENCE = 180
"""A sentence up to here stays whole as a passage of its own; with a headline of 40 tokens it fits a window of 256.
Round, not fitted."""
