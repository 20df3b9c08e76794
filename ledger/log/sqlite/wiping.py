"""Wiping: after an erasure no page, free page or write-ahead log of a database file holds what was deleted."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from ledger.base import locking
from ledger.log.sqlite.file import UNCLEANED, refusing

PATIENCE = 5.0  # seconds to wait for readers that still look at the old pages


def wipe(connection: sqlite3.Connection) -> bool:
    """Write the database anew without free pages and cut its write-ahead log to nothing; whether that could be done.

    It cannot while another process holds the old pages in view, or the file's lock.
    """
    give_up = time.monotonic() + PATIENCE
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > give_up:
                return False
            time.sleep(0.05)
    except sqlite3.OperationalError as error:
        if not locking.is_busy(error):
            raise
        return False
    return True


def wipe_file(path: Path) -> bool:
    """Wipe the database file at a path."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection, refusing(path):
        return wipe(connection)


def unmark(path: Path) -> None:
    """Take away the mark of an erasure from a ledger that was wiped."""
    with closing(sqlite3.connect(path, timeout=locking.limit(), isolation_level=None)) as connection, refusing(path):
        connection.execute(f"DROP TABLE IF EXISTS {UNCLEANED}")


def holds(path: Path, words: bytes) -> bool:
    """Whether a database file or its write-ahead log holds these bytes anywhere."""
    return any(_in_file(part, words) for part in (path, Path(f"{path}-wal")))


def _in_file(path: Path, words: bytes) -> bool:
    before = b""
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                if words in before + piece:
                    return True
                before = piece[-len(words) :]
    except FileNotFoundError:
        pass
    return False
