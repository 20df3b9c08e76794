"""The read model: tables in an SQLite file, read with `sqlite3` alone, which can always be rebuilt from the log."""
