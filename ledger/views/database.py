"""Where the views of a ledger are kept, whether they are those of its head, and how a damaged file of them goes.

A views file may be deleted, cut short or overwritten at any time, and several processes may find so at once. Whoever
attaches to it holds the folder's lock, shared, until the file and its write-ahead log are both open; whoever discards
it holds that lock alone, and discards only the very file that proved damaged. So no process ever reads one file with
the write-ahead log of another. With `sqlite3` alone, for questions pass through here.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # where there are no advisory locks
    fcntl = None  # type: ignore[assignment]

from ledger.base import locking
from ledger.base.files import beside, remove, written_beside
from ledger.base.sqlite import distrust, is_planted
from ledger.views.errors import ViewsDamaged
from ledger.views.schema import SCHEMA_VERSION

# What SQLite says of a file that is not what it was; the last is said of a search table whose own tables are not.
DAMAGE = ("malformed", "not a database", "corrupt", "no such table", "no such column", "disk I/O error",
          "vtable constructor failed")  # fmt: skip


class ViewsConnection(sqlite3.Connection):
    """A connection that knows which file it has open, for another may have taken its place since."""

    path: Path
    inode: int


def path_beside(ledger: Path) -> Path:
    """Where the views of a ledger are kept: `ledger.db` has `ledger.views.db`."""
    return beside(ledger, "views.db")


def is_damage(error: Exception) -> bool:
    """Whether an error, of SQLite's or of reading what a row holds, says that the views are damaged."""
    return not isinstance(error, sqlite3.Error) or any(sign in str(error) for sign in DAMAGE)


def attach(path: Path) -> ViewsConnection:
    """A connection to the file at `path`, which is made when there is none; one that proves damaged is discarded."""
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
        _make(path)


def _connect(path: Path, inode: int) -> ViewsConnection:
    connection = sqlite3.connect(
        path.absolute(), timeout=locking.limit(), isolation_level=None, factory=ViewsConnection
    )
    try:
        distrust(connection)
        connection.path, connection.inode = path, inode
        tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]  # opens the write-ahead log
        # An empty file that `_make` made is in WAL mode; another cannot be brought into it while anybody has it open.
        if not tables and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raise sqlite3.DatabaseError("malformed: it is empty")
        return connection
    except BaseException:
        connection.close()
        raise


def _make(path: Path) -> None:
    """Put an empty database in place: complete, in WAL mode, and without the write-ahead log of a file before it."""
    with written_beside(path, _put_in_place, _ledger_of(path)) as draft:
        prepare(draft)


def prepare(draft: Path) -> None:
    """Make an empty file an empty database, in WAL mode."""
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _ledger_of(path: Path) -> Path | None:
    """The ledger that the views at a path are of, whose permissions they take; None where it is not beside them."""
    name = path.name.removesuffix(".views.db")
    return next((one for one in (path.with_name(f"{name}.db"), path.with_name(name)) if one.is_file()), None)


def _put_in_place(draft: Path, path: Path) -> None:
    with folder_locked(path, alone=True):
        if not path.exists():
            remove(path)  # what a file before it left behind
            draft.rename(path)


def discard(connection: sqlite3.Connection) -> None:
    """Close a connection to views that proved damaged, and take their file away if it is still in its place."""
    connection.close()
    if isinstance(connection, ViewsConnection):
        _discard(connection.path, connection.inode)


def damaged(connection: sqlite3.Connection, error: Exception) -> ViewsDamaged:
    """The refusal of a question whose views proved damaged; they are discarded, so that the next makes them anew."""
    if is_damage(error):
        discard(connection)
    return ViewsDamaged(why=error)


def open_if_current(path: Path, ledger_id: str, position: int, seal: str = "") -> sqlite3.Connection | None:
    """The views at `path` if they are of this position and schema version, and saw the log under this seal.

    What is read of them is one state, however others go on writing.
    """
    if not path.exists():
        return None
    try:
        connection = attach(path)
    except (OSError, sqlite3.Error):
        return None
    try:
        connection.execute("BEGIN")
        upkeep = "SELECT schema_version, ledger_id, position, seal FROM upkeep"
        found = None if is_planted(connection) else connection.execute(upkeep).fetchone()
    except sqlite3.Error:
        found = None
    if found == (SCHEMA_VERSION, ledger_id, position, seal):
        return connection
    connection.close()
    return None


def _discard(path: Path, inode: int) -> None:
    with suppress(OSError), folder_locked(path, alone=True):
        if path.stat().st_ino == inode:
            remove(path)


@contextmanager
def folder_locked(path: Path, *, alone: bool) -> Iterator[None]:
    """Hold the lock of the folder that `path` is in; it lasts no longer than opening or unlinking a file does."""
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
