"""The views database: its tables, made with sqlite-utils from the states, and their schema version.

The views are disposable: a database of another schema version, of another ledger, or one that cannot be
read is dropped and filled again. Raise
`states.SCHEMA_VERSION` whenever a table or the meaning of a column changes.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from ledger.views.rows import columns
from ledger.views.schema import APPLICATION_ID, ASKED_FOR, HISTORIES, INTO, PLAIN, SCHEMA_VERSION


def create(db: Database, but: Collection[str] = ()) -> None:
    """Drop every table, but for some, and create it empty and without indexes; the caller holds the transaction."""
    for name in db.table_names():
        if not name.startswith(("search_", "sqlite_")) and name not in but:
            db.conn.execute(f"DROP TABLE [{name}]")
    db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for name, (state, _) in HISTORIES.items():
        db.table(name).create({"negotiation": str, **columns(state), "valid_from": str, "valid_to": str})
    for name, table in PLAIN.items():
        if name not in but:
            db.table(name).create(table, pk="position" if name in ("log", "leaves") else None)
    # Its rowid is the position of the event that a row tells of: by any other column, rows are found by reading all.
    db.conn.execute(
        "CREATE VIRTUAL TABLE search USING fts5(folded, tags, passages UNINDEXED, valid_from UNINDEXED,"
        " negotiation UNINDEXED, kind UNINDEXED, slug UNINDEXED)"
    )


def index(db: Database) -> None:
    """Index the tables: once they are filled, for that is quicker than row by row."""
    for name, (_, entry) in HISTORIES.items():
        # Of an issue there are many rows, and what holds still is looked for; of others all that held by a day.
        db.table(name).create_index(["negotiation", entry, "valid_to" if name in ("issues", "asks") else "valid_from"])
        db.table(name).create_index(["negotiation", "valid_from", "valid_to", *ASKED_FOR.get(name, ())])
    db.table("entries").create_index(["negotiation", "slug"])
    db.table("log").create_index(["negotiation", "kind", "slug"])
    db.table("log").create_index(["negotiation", "source"])
    db.table("evidence").create_index(["negotiation", "kind", "slug"])
    db.table("mentions").create_index(["negotiation", "issue", "statement"])
    db.table("mentions").create_index(["negotiation", "statement", "issue"])
    db.table("families").create_index(["negotiation", "source"])


def insert(db: Database, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that have the table's columns in their order."""
    if rows:
        db.conn.executemany(f"INSERT INTO {INTO.get(name, name)} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def forget(db: Database, name: str, negotiation: str, column: str, slug: str) -> None:
    """Delete an entry's rows from a table."""
    db.conn.execute(f"DELETE FROM [{name}] WHERE negotiation = ? AND [{column}] = ?", (negotiation, slug))


def position(db: Database) -> tuple[int, str, int] | None:
    """The views' schema version, ledger and position of the log; None when they do not say."""
    if not db["upkeep"].exists():
        return None
    row = db.conn.execute("SELECT schema_version, ledger_id, position FROM upkeep").fetchone()
    return (row[0], row[1], row[2]) if row else None


def insert_leaves(db: Database, leaves: Iterable[tuple[int, bytes]]) -> None:
    """Remember the hashes of events' leaves by position."""
    db.conn.executemany("INSERT INTO leaves VALUES (?, ?)", leaves)


def set_position(db: Database, ledger_id: str, known: Any, undated: int = 0) -> None:
    """Remember what the views are of, in the transaction that wrote their rows.

    `known` is what they remember of the log (`attesting.Remembered`);
    `undated` is how many events a replay by the reported clock placed by the day they were recorded.
    """
    db.conn.execute("DELETE FROM upkeep")
    row = (SCHEMA_VERSION, ledger_id, known.position, undated, known.seal, known.root, known.peaks, known.looked_over)
    db.conn.execute(f"INSERT INTO upkeep VALUES ({', '.join('?' * len(row))})", row)
