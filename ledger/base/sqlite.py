"""Safe use of SQLite files: planted code never runs, errors become refusals, and deleted data is wiped."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.base import locking
from ledger.base.descriptors import reading
from ledger.base.errors import ReadOnlyPlace
from ledger.errors import NotWritable, Refusal

PATIENCE = 5.0  # seconds to wait, while wiping, for readers that still see the old pages


def distrust(connection: sqlite3.Connection) -> None:
    """Make SQLite distrust the schema of the file and check its pages more strictly."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")


def is_planted(connection: sqlite3.Connection) -> bool:
    """Whether a views file contains a trigger or an SQL view; Parley creates neither in it."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1").fetchone())


def refusal(path: Path, error: Exception, busy: type[Refusal]) -> Refusal:
    """The refusal for an SQLite error on the file at `path`; `busy` if another process has locked it."""
    if locking.is_busy(error):
        return busy(path=path, seconds=locking.limit())
    return ReadOnlyPlace(path=path) if "readonly" in str(error) else NotWritable(path=path, why=str(error))


@contextmanager
def refusing(path: Path, busy: type[Refusal]) -> Iterator[None]:
    """Turn SQLite's errors on the file at `path` into refusals."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(path, error, busy) from error


def wipe(connection: sqlite3.Connection) -> bool:
    """Rewrite the database without free pages and empty its write-ahead log; return whether that succeeded.

    It fails while another process reads the old pages or has locked the file.
    """
    give_up = time.monotonic() + PATIENCE
    before = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        connection.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
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
    finally:
        connection.execute(f"PRAGMA busy_timeout={before}")
    return True


def holds(path: Path, words: bytes) -> bool:
    """Whether a database file or its write-ahead log contains these bytes."""
    return any(_in_file(part, words) for part in (path, Path(f"{path}-wal")))


def _in_file(path: Path, words: bytes) -> bool:
    before = b""
    try:
        with reading(path) as file:
            while piece := file.read(1 << 20):
                if words in before + piece:
                    return True
                before = piece[-len(words) :]
    except FileNotFoundError:
        pass
    return False
