"""Finds the exact facts in which a claim differs from its evidence: a file for each kind of difference."""
