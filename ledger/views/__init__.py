"""The read model: tables in an SQLite file that can be rebuilt from the log at any time, read with `sqlite3` alone."""
