"""Engines of nearest vectors: what each must do, and a file for each."""
