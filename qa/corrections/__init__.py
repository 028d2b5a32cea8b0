"""Which article corrects which: one says that another was wrong, and names it by headline, day or story."""
