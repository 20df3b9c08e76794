"""What every SQLite file of Parley needs: distrust of what was planted in it, and wiping."""

import sqlite3
import time
from pathlib import Path

from ledger.base import locking


def distrust(connection: sqlite3.Connection) -> None:
    """Have SQLite run nothing risky that stands in the file, and check its pages more closely."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")


def is_planted(connection: sqlite3.Connection) -> bool:
    """Whether a file of views, which needs none, holds a trigger or a view."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1").fetchone())


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
