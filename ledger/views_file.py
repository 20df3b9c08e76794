"""Where the views of a ledger are kept, and whether they are those of its head; with `sqlite3` alone."""

import sqlite3
from pathlib import Path

from ledger.states import SCHEMA_VERSION
from ledger.stores.file import LOCK_TIMEOUT
from ledger.stores.schema import distrust, is_planted


def path_beside(ledger: Path) -> Path:
    """Where the views of a ledger are kept: `ledger.db` has `ledger.views.db`."""
    return ledger.with_name(f"{ledger.stem}.views.db")


def open_if_current(path: Path, ledger_id: str, head: int) -> sqlite3.Connection | None:
    """The views at `path` if they are of this ledger's head and of this schema version; None otherwise."""
    if not path.exists():
        return None
    connection = sqlite3.connect(path.absolute(), timeout=LOCK_TIMEOUT, isolation_level=None)
    try:
        distrust(connection)
        upkeep = "SELECT schema_version, ledger_id, position FROM upkeep"
        found = None if is_planted(connection) else connection.execute(upkeep).fetchone()
    except sqlite3.Error:
        found = None
    if found == (SCHEMA_VERSION, ledger_id, head):
        return connection
    connection.close()
    return None
