"""The checksum of the views, so that no answer comes from a file in which a bit has flipped.

SQLite does not notice a changed letter in a row, or an index that no longer finds a row. So a process that writes the
views also stores the CRC-32 of the whole database in its header, and a process that reads them compares it first, at
most once a minute. A CRC-32 changes with every single flipped bit. Large views have no checksum, because computing one
would make each question slower.
"""

import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ledger.base.descriptors import reading

LARGEST = 16_000_000  # bytes of views that have a checksum: about 7 ms for each process that asks
PIECE = 1 << 20  # bytes read at once
LASTS = 60  # seconds for which a process relies on a comparison
# The bytes of the header that SQLite changes when it commits or changes the journal mode, and the checksum itself.
_CHANGING = (slice(18, 20), slice(24, 28), slice(60, 64), slice(92, 100))

_SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"

# By path, the state of the views that were compared last, and the time until which the comparison is valid.
_compared: dict[str, tuple[tuple[int, ...] | None, float]] = {}


def unstamp(connection: sqlite3.Connection) -> None:
    """Remove the checksum, in the transaction that changes the views."""
    connection.execute("PRAGMA user_version=0")


def stamp(connection: sqlite3.Connection) -> None:
    """Store the checksum of the views as they are now, in a transaction of its own: FTS5 writes until it commits.

    Another process that is writing will store it instead.
    """
    if not (_path(connection) and is_small(connection)):
        return
    before = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    with suppress(sqlite3.OperationalError, FileNotFoundError):
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # if nobody reads it; then the file has all
        connection.execute("BEGIN IMMEDIATE")
        found = _checksum(connection)
        connection.execute(f"PRAGMA user_version={found}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint").fetchone()  # now: at closing it would change the file's times
        _remember(connection, found)
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.execute(f"PRAGMA busy_timeout={before}")


def compare(connection: sqlite3.Connection) -> None:
    """Compare the views with their checksum, if they have one; SQLite's error for a damaged file if they differ."""
    stamped = connection.execute("PRAGMA user_version").fetchone()[0]
    if not stamped or not hasattr(connection, "serialize"):
        return
    what, until = _compared.get(_path(connection), (None, 0.0))
    if what and what == _state(connection, stamped) and time.monotonic() < until:
        return
    try:
        matching = matches(connection)
    except FileNotFoundError:  # it went meanwhile
        matching = False
    if not matching:
        raise sqlite3.DatabaseError("malformed: the views do not match their checksum")
    _remember(connection, stamped)


def matches(connection: sqlite3.Connection) -> bool | None:
    """Whether the views match their checksum; None if they have none."""
    stamped = connection.execute("PRAGMA user_version").fetchone()[0]
    return _checksum(connection) == stamped if stamped and hasattr(connection, "serialize") else None


def is_small(connection: sqlite3.Connection) -> bool:
    """Whether the views are small enough to have a checksum."""
    return bool(connection.execute(_SIZE).fetchone()[0] <= LARGEST) and hasattr(connection, "serialize")


def _checksum(connection: sqlite3.Connection) -> int:
    """The checksum of the database as this connection sees it; never 0, which stands for none."""
    pieces = _pieces(connection)
    first = next(pieces, memoryview(b""))  # a file that was emptied meanwhile has none
    header = bytearray(first[:100])
    for part in _CHANGING:
        header[part] = bytes(part.stop - part.start)
    found = zlib.crc32(first[100:], zlib.crc32(header))
    for piece in pieces:
        found = zlib.crc32(piece, found)
    return (found - (1 << 32) if found >> 31 else found) or 1  # signed, as SQLite stores it


def _pieces(connection: sqlite3.Connection) -> Iterator[memoryview]:
    """The bytes of the database: those of its file, if the write-ahead log is empty and a transaction keeps it so.

    A transaction that begins while the write-ahead log is empty keeps SQLite from writing to the file. A copy made by
    SQLite takes four times as long.
    """
    left = connection.execute(_SIZE).fetchone()[0]
    path = Path(_path(connection))
    if not (connection.in_transaction and _is_whole(path, left)):
        yield memoryview(connection.serialize())
        return
    buffer = memoryview(bytearray(PIECE))
    with reading(path) as file:
        while left and (count := file.readinto(buffer[: min(left, PIECE)])):
            left -= count
            yield buffer[:count]


def _is_whole(path: Path, size: int) -> bool:
    """Whether a database file has exactly this many bytes, and its write-ahead log is empty."""
    try:
        if path.stat().st_size < size:
            return False
        return Path(f"{path}-wal").stat().st_size == 0
    except FileNotFoundError:
        return path.is_file()


def _path(connection: sqlite3.Connection) -> str:
    """The file of the views; "" if they are in memory."""
    return str(connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0])


def _state(connection: sqlite3.Connection, stamped: int) -> tuple[int, ...] | None:
    """The values that change with the views: their checksum, and the times of the file; None if it is gone."""
    try:
        found = Path(_path(connection)).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns, stamped


def _remember(connection: sqlite3.Connection, stamped: int) -> None:
    _compared[_path(connection)] = _state(connection, stamped), time.monotonic() + LASTS
