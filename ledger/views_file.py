"""Where the views of a ledger are kept, and whether they are those of its head; with `sqlite3` alone."""

import sqlite3
from pathlib import Path

from ledger.states import SCHEMA_VERSION
from ledger.stores.file import LOCK_TIMEOUT

# Every negotiation of the views, by a seek for each; DISTINCT would read every entry.
_NEXT = "SELECT MIN(negotiation) FROM entries"
NEGOTIATIONS = (
    f"WITH RECURSIVE known(named) AS ({_NEXT} UNION ALL SELECT ({_NEXT} WHERE negotiation > named) FROM known"
    " WHERE named IS NOT NULL) SELECT named FROM known WHERE named IS NOT NULL"
)


def path_beside(ledger: Path) -> Path:
    """Where the views of a ledger are kept: `ledger.db` has `ledger.views.db`."""
    return ledger.with_name(f"{ledger.stem}.views.db")


def open_if_current(path: Path, ledger_id: str, head: int) -> sqlite3.Connection | None:
    """The views at `path` if they are of this ledger's head and of this schema version; None otherwise."""
    if not path.exists():
        return None
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, isolation_level=None)
    try:
        found = connection.execute("SELECT schema_version, ledger_id, position FROM upkeep").fetchone()
    except sqlite3.Error:
        found = None
    if found == (SCHEMA_VERSION, ledger_id, head):
        return connection
    connection.close()
    return None
