"""The SQLite file of a library: its connection, tables, settings, and the seals by which damage is noticed."""
