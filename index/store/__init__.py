"""What lies on the disk: the database, and the vectors derived from it."""
