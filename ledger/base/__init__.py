"""Files, locks, SQLite, text, names and the time of day: what every room uses, and nothing about negotiations."""
