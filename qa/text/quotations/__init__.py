"""Words in quotation marks: where they end, in which form they are compared, what they leave out."""
