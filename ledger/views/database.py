"""The file of the views: its path, the check that it is up to date, and the removal of a damaged one.

A views file may be deleted, truncated or overwritten at any time, and several processes may notice it at once. A
process that opens the file holds a shared lock on the folder until the file and its write-ahead log are both open. A
process that discards a damaged file holds that lock exclusively, and discards only the file that it found damaged. So
no process ever reads one file with the write-ahead log of another. Questions use this module, so it imports only
`sqlite3`.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without advisory locks
    fcntl = None  # type: ignore[assignment]

from ledger.base import locking
from ledger.base.descriptors import DatabaseConnection
from ledger.base.files import companion, remove, written_beside
from ledger.base.idle import Idle
from ledger.base.sqlite import distrust, is_planted
from ledger.views import checksum
from ledger.views.errors import ViewsDamaged
from ledger.views.schema import SCHEMA_VERSION

# Parts of SQLite's messages about a damaged file; the last one is about a damaged search table.
DAMAGE = ("malformed", "not a database", "corrupt", "no such table", "no such column", "disk I/O error",
          "vtable constructor failed", "Could not decode to UTF-8")  # fmt: skip

# Bytes of a page. A row of more than half a page leaves the rest of its page empty, and a statement may have 2 to 3 kB.
PAGE_SIZE = 8192


class ViewsConnection(DatabaseConnection):
    """A connection that remembers which file it opened, because another file may have replaced it."""

    path: Path
    inode: int


class ViewsPool(Idle[ViewsConnection]):
    """Views that stay open between questions, as long as their file has not been replaced.

    Opening a file and reading its schema takes as long as a short question.
    """

    def attach(self, path: Path) -> ViewsConnection:
        """An idle connection to the file at `path`, else a new one; see `attach`."""
        while (found := self.take()) is not None:
            with suppress(OSError):
                if found.path == path and path.stat().st_ino == found.inode:
                    return found
            found.close()
        return attach(path)

    def lend(self, connection: sqlite3.Connection) -> Callable[[], None]:
        """A function that takes a connection back. It may be called again, and then does nothing."""
        lent = [connection]
        return lambda: self._take_back(lent.pop()) if lent else None

    def _take_back(self, connection: sqlite3.Connection) -> None:
        try:
            connection.rollback()  # the next question reads a later state
            connection.execute("PRAGMA cache_size=-2000")  # KiB, SQLite's own; writing the views needs more
        except sqlite3.Error:  # they were damaged, and so closed and discarded
            connection.close()
            return
        connection.row_factory = None
        if isinstance(connection, ViewsConnection):  # and not in memory
            self.put(connection)
        else:
            connection.close()


def path_beside(ledger: Path) -> Path:
    """The path of the views of a ledger: `ledger.views.db` next to `ledger.db`."""
    return companion(ledger, "views.db")


def is_damage(error: Exception) -> bool:
    """Whether an error from SQLite, or from reading a row, means that the views are damaged."""
    return not isinstance(error, sqlite3.Error) or any(sign in str(error) for sign in DAMAGE)


def attach(path: Path) -> ViewsConnection:
    """Connect to the file at `path`, which is created if it is missing; a damaged file is discarded."""
    while True:
        inode = 0
        try:
            with folder_locked(path, alone=False):
                if path.exists():
                    inode = path.stat().st_ino
                    return _connect(path, inode)
        except sqlite3.DatabaseError as error:
            if inode and is_damage(error):
                _discard(path, inode)
            raise
        except FileNotFoundError:
            pass  # it went meanwhile
        _make(path)


def connect(path: Path) -> ViewsConnection:
    """Connect to the file at `path` as it is, damaged or not."""
    return sqlite3.connect(
        path.absolute(),
        timeout=locking.limit(),
        isolation_level=None,
        check_same_thread=False,  # a pool may pass it to any thread
        factory=ViewsConnection,
    )


def _connect(path: Path, inode: int) -> ViewsConnection:
    connection = connect(path)
    try:
        distrust(connection)
        connection.path, connection.inode = path, inode
        tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]  # opens the write-ahead log
        # `_make` creates an empty file in WAL mode; any other empty file cannot be switched while somebody has it open.
        if not tables and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raise sqlite3.DatabaseError("malformed: it is empty")
        return connection
    except UnicodeDecodeError as error:  # SQLite's own message quotes a damaged schema
        connection.close()
        raise sqlite3.DatabaseError("malformed: its schema is not text") from error
    except BaseException:
        connection.close()
        raise


def _make(path: Path) -> None:
    """Create an empty database at `path`, in WAL mode and without the write-ahead log of an earlier file."""
    with written_beside(path, _put_in_place, _ledger_of(path)) as draft:
        prepare(draft)


def prepare(draft: Path) -> None:
    """Turn an empty file into an empty database in WAL mode."""
    with closing(sqlite3.connect(draft.absolute(), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode=WAL")


def _ledger_of(path: Path) -> Path | None:
    """The ledger of the views at a path, whose permissions they take; None if it is not in the same folder."""
    name = path.name.removesuffix(".views.db")
    return next((one for one in (path.with_name(f"{name}.db"), path.with_name(name)) if one.is_file()), None)


def _put_in_place(draft: Path, path: Path) -> None:
    with folder_locked(path, alone=True):
        if not path.exists():
            remove(path)  # the write-ahead log of an earlier file
            draft.rename(path)


def discard(connection: sqlite3.Connection) -> None:
    """Close a connection to damaged views, and delete their file unless another has replaced it."""
    connection.close()
    if isinstance(connection, ViewsConnection):
        _discard(connection.path, connection.inode)


def damaged(connection: sqlite3.Connection, error: Exception) -> ViewsDamaged:
    """Discard damaged views and return the refusal of the question; the next question rebuilds them."""
    if is_damage(error):
        discard(connection)
    return ViewsDamaged(why=error)


def has_no_checksum(connection: sqlite3.Connection) -> bool:
    """Whether a connection is to a file of views without a checksum that shows it to be undamaged."""
    return isinstance(connection, ViewsConnection) and not checksum.matches(connection)


def open_if_current(
    path: Path, ledger_id: str, position: int, seal: str = "", *, pool: ViewsPool | None = None
) -> sqlite3.Connection | None:
    """Open the views at `path` if they have this schema version, ledger, position and seal; None otherwise.

    The connection reads one state of the views, whatever other processes write.
    """
    if not path.exists():
        return None
    try:
        connection = pool.attach(path) if pool is not None else attach(path)
    except (OSError, sqlite3.Error):
        return None
    try:
        connection.execute("BEGIN")
        upkeep = "SELECT schema_version, ledger_id, position, seal FROM upkeep"
        found = None if is_planted(connection) else connection.execute(upkeep).fetchone()
        if found == (SCHEMA_VERSION, ledger_id, position, seal):
            checksum.compare(connection)
            return connection
        if found is not None and pool is not None:
            pool.lend(connection)()  # to be brought up to date
            return None
    except sqlite3.Error:
        pass  # bringing the views up to date examines them again
    connection.close()
    return None


def last_seen(path: Path) -> tuple[str, int, str, str] | None:
    """The ledger, the position and the seal of the views at `path`, and the time of their newest event.

    None if there are no views of this schema version.
    """
    if not path.exists():
        return None
    try:
        with closing(attach(path)) as connection:
            upkeep = "SELECT ledger_id, position, seal, (SELECT MAX(recorded_at) FROM log) FROM upkeep"
            found = connection.execute(f"{upkeep} WHERE schema_version = ?", (SCHEMA_VERSION,)).fetchone()
            return tuple(found) if found is not None else None
    except (OSError, sqlite3.Error):
        return None


def _discard(path: Path, inode: int) -> None:
    with suppress(OSError), folder_locked(path, alone=True):
        if path.stat().st_ino == inode:
            remove(path)


@contextmanager
def folder_locked(path: Path, *, alone: bool) -> Iterator[None]:
    """Hold the lock of the folder that contains `path`, only for as long as a file is opened or unlinked."""
    if fcntl is None:
        yield
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
        locking.until_free(lambda: fcntl.flock(folder, how), locking.VIEWS)
        yield
    finally:
        os.close(folder)
