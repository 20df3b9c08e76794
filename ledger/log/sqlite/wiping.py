"""Wiping: after an erasure no page, free page or write-ahead log of a database file holds what was deleted."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.base import locking
from ledger.base.sqlite import PATIENCE, wipe
from ledger.log.sqlite.file import UNCLEANED, refusing


def wipe_file(path: Path) -> bool:
    """Wipe the database file at a path."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection, refusing(path):
        return wipe(connection)


def unmark(path: Path) -> None:
    """Take away the mark of an erasure from a ledger that was wiped."""
    with closing(sqlite3.connect(path, timeout=locking.limit(), isolation_level=None)) as connection, refusing(path):
        connection.execute(f"DROP TABLE IF EXISTS {UNCLEANED}")
