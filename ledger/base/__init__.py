"""Helpers for every room, independent of negotiations: files, locks, SQLite, text, names and the time of day."""
