"""Writes the views database: creates its file and its tables (see `views.schema`), and inserts and deletes rows.

It uses sqlite-utils. The views are disposable, so a damaged file is replaced by a new one.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ledger.base import locking
from ledger.base.sqlite import is_planted, refusal
from ledger.errors import NotWritable
from ledger.projections.errors import NotViews, ViewsBusy
from ledger.projections.index_rows import full_text
from ledger.projections.passages import in_full_text
from ledger.views import database
from ledger.views.rows import columns
from ledger.views.schema import APPLICATION_ID, ASKED_FOR, HISTORIES, INEXACT, INTO, PLAIN

KEYS = {"log": "position", "leaves": "position", "reports": "position", "passages": "id"}
ATTEMPTS = 3  # to replace a damaged file: another process may damage the new one too


def open_views(path: Path | None, pool: database.ViewsPool | None = None) -> Database:
    """Open the views database at `path`, or one in memory for None, for writing."""
    if path is None:
        return Database(sqlite3.connect(":memory:", isolation_level=None))
    connection = pool.attach(path) if pool is not None else database.attach(path)
    try:
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-65536")  # KiB: enough that pages are not written out and read again
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def write_views(path: Path, work: Callable[[Database], object], pool: database.ViewsPool | None = None) -> Database:
    """Open the views at `path`, write to them with `work`, and return them.

    A file that is damaged, or that contains a trigger or a view, is replaced by a new one. A database that is not
    Parley's is refused and not changed.
    """
    attempts = ATTEMPTS
    while True:
        attempts -= 1
        try:
            return _written(path, work, pool)
        except sqlite3.DatabaseError as error:
            if not attempts or not database.is_damage(error):
                raise refusal(path, error, ViewsBusy) from error
        except BlockingIOError as error:
            raise ViewsBusy(path=path, seconds=locking.limit()) from error
        except OSError as error:
            raise NotWritable(path=path, why=error.strerror) from error


def _written(path: Path, work: Callable[[Database], object], pool: database.ViewsPool | None) -> Database:
    """Write to the views with `work`; on failure they are closed, and discarded if they are damaged."""
    db = open_views(path, pool)
    try:
        _refuse_foreign(path, db)
        if is_planted(db.conn):
            raise sqlite3.DatabaseError("malformed: it has a trigger or a view that Parley did not create")
        if db.conn.execute("PRAGMA page_size").fetchone()[0] != database.PAGE_SIZE:  # it cannot be changed
            raise sqlite3.DatabaseError("malformed: it has another page size")
        work(db)
    except BaseException as error:
        if isinstance(error, sqlite3.DatabaseError) and database.is_damage(error):
            database.discard(db.conn)
        db.close()
        raise
    return db


def _refuse_foreign(path: Path, db: Database) -> None:
    """Refuse a database that is not ours. Read its tables first: ours gets its application id together with them."""
    names = db.table_names()
    application = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (application == 0 and names):
        raise NotViews(path=path)


def create(db: Database, but: Collection[str] = ()) -> None:
    """Drop and recreate every table except those in `but`, empty and without indexes, in the caller's transaction."""
    for name in db.table_names():
        if not name.startswith(("search_", "texts_", "sqlite_")) and name not in but:
            db.conn.execute(f"DROP TABLE [{name}]")
    db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for name, definition in _definitions().items():
        if name not in but:
            db.conn.execute(definition)
    # The rowid is the position of the report. The words themselves are only in `reports`: see `forget_reports`.
    db.conn.execute("CREATE VIRTUAL TABLE search USING fts5(folded, tags, content='')")
    db.conn.execute("CREATE VIRTUAL TABLE texts USING fts5(folded, content='')")  # the rowid is the id of the passage


def index(db: Database) -> None:
    """Create the indexes after the tables are filled, which is faster than before."""
    for name, (_, entry) in HISTORIES.items():
        # An issue has many rows, but only the open ones are looked up; other entries have few.
        _index(db, name, "negotiation", entry, "valid_to" if name in ("issues", "asks", "requests") else "valid_from")
        _index(db, name, "negotiation", "period", "valid_from", "valid_to", *ASKED_FOR.get(name, ()))
    _index(db, "statements", "negotiation", "valid_from", "valid_to")
    _index(db, "statements", "negotiation", "valid_from", "on_earliest", where=INEXACT)
    _index(db, "links", "negotiation", "target")
    _index(db, "entries", "negotiation", "slug")
    _index(db, "log", "negotiation", "kind", "slug")
    _index(db, "log", "negotiation", "source")
    _index(db, "log", "negotiation", "takes_effect", "stands", "kind")
    _index(db, "evidence", "negotiation", "kind", "slug")
    _index(db, "mentions", "negotiation", "issue", "statement")
    _index(db, "mentions", "negotiation", "statement", "issue")
    _index(db, "dated_by", "negotiation", "meeting")
    _index(db, "dated_by", "negotiation", "kind", "slug")
    _index(db, "passages", "negotiation", "source")
    _index(db, "families", "negotiation", "source")


# Neither function looks up first what the database has, as `create` and `create_index` of sqlite-utils do: for all
# tables, that takes as long as projecting a hundred events.


@cache  # composing the statements takes longer than running them
def _definitions() -> dict[str, str]:
    """The statement that creates each table, by name."""
    db, tables = Database(memory=True), dict[str, dict[str, type[Any]]]()
    for name, (state, _) in HISTORIES.items():
        tables[name] = {"negotiation": str, **columns(state), "valid_from": str, "valid_to": str, "period": int}
    found = {name: db.create_table_sql(name, table, pk=KEYS.get(name)) for name, table in (tables | PLAIN).items()}
    db.close()
    return found


def _index(db: Database, name: str, *columns: str, where: str = "") -> None:
    indexed = f"[{name}] ([{'], ['.join(columns)}])" + f" WHERE {where}" * bool(where)
    db.conn.execute(f"CREATE INDEX [idx_{name}_{'_'.join(columns)}] ON {indexed}")


def insert(db: Database, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; their values must be in the order of the table's columns."""
    if rows:
        db.conn.executemany(f"INSERT INTO {INTO.get(name, name)} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def copy(db: Database, views: sqlite3.Connection, negotiation: str) -> None:
    """Create the tables with the rows of one negotiation in other views, in the caller's transaction."""
    create(db)
    for name in {*HISTORIES, *PLAIN} - {"leaves", "upkeep"}:
        its = "position IN (SELECT position FROM log WHERE negotiation = ?)" if name == "reports" else "negotiation = ?"
        rows = views.execute(f"SELECT * FROM [{name}] WHERE {its}", (negotiation,))
        db.conn.executemany(f"INSERT INTO [{name}] VALUES ({', '.join('?' * len(rows.description))})", rows)
    index(db)
    reports = db.conn.execute("SELECT position, passages FROM reports ORDER BY position")
    insert(db, "search", [full_text(position, json.loads(texts)) for position, texts in reports])
    passages = db.conn.execute("SELECT id, words FROM passages ORDER BY id")
    insert(db, "texts", [in_full_text(row) for row in passages])


def forget(db: Database, name: str, negotiation: str, column: str, slug: str) -> None:
    """Delete the rows of an entry from a table."""
    db.conn.execute(f"DELETE FROM [{name}] WHERE negotiation = ? AND [{column}] = ?", (negotiation, slug))


def forget_reports(db: Database, positions: Iterable[tuple[int]]) -> None:
    """Delete the reports at these positions, and their words from the full text.

    The full text has no copy of the words, so SQLite must be given exactly those that were inserted.
    """
    for (position,) in positions:
        found = db.conn.execute("SELECT passages FROM reports WHERE position = ?", (position,)).fetchone()
        if found is None:
            continue
        try:
            words = full_text(position, json.loads(found[0]))
        except (ValueError, TypeError, AttributeError) as error:
            raise sqlite3.DatabaseError(f"a row is malformed: {error}") from error
        db.conn.execute("INSERT INTO search (search, rowid, folded, tags) VALUES ('delete', ?, ?, ?)", words)
        db.conn.execute("DELETE FROM reports WHERE position = ?", (position,))


def forget_passages(db: Database, negotiation: str, source: str) -> None:
    """Delete the passages of a source's text, and their words from the full text."""
    which = "FROM passages WHERE negotiation = ? AND source = ?"
    for row in db.conn.execute(f"SELECT id, words {which}", (negotiation, source)).fetchall():
        db.conn.execute("INSERT INTO texts (texts, rowid, folded) VALUES ('delete', ?, ?)", in_full_text(row))
    db.conn.execute(f"DELETE {which}", (negotiation, source))
