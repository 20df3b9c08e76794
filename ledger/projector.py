"""The projector: from the log, or a part of it chosen by the clocks, to the rows of the views.

Catching up refolds only the entries that new events touch and writes their rows and the position in one
transaction, so that the views are at every moment those of some position of the log. A rebuild and a replay
run the same folds over everything: delete the views and they come back the same.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from ledger import tables
from ledger.errors import NotViews
from ledger.events import Stream
from ledger.folds.accounts import Publication, reported_on
from ledger.log import Log, Recorded
from ledger.names import fold as fold_name
from ledger.projection import (
    TABLE,
    Folded,
    Streams,
    families_of,
    fold_entries,
    fold_issues,
    is_upkeep,
    issues_of,
    publications_of,
)
from ledger.states import SCHEMA_VERSION, Span, Statement, from_row
from ledger.stores.file import LOCK_TIMEOUT, refusal
from ledger.stores.schema import distrust, is_planted

Progress = Callable[[int], None]


class Selection(NamedTuple):
    """Which part of the log to project: by day of occurrence, by day of publication, by position. None = all."""

    as_of: str | None = None
    reported_by: str | None = None
    recorded_by: int | None = None


EVERYTHING = Selection()


def rebuild(log: Log, db: Database, ledger_id: str, progress: Progress = lambda _: None) -> int:
    """Fill the views anew from the whole log; the position they are of."""
    with _writing(db):
        return _fill(log, db, ledger_id, EVERYTHING, progress)


def catch_up(log: Log, db: Database, ledger_id: str, progress: Progress = lambda _: None) -> int:
    """Bring the views to the head of the log; rebuilt when they are of another ledger or schema version."""
    with _writing(db):
        state = tables.position(db)
        if state is None or state[:2] != (SCHEMA_VERSION, ledger_id) or state[2] > log.head():
            return _fill(log, db, ledger_id, EVERYTHING, progress)
        return _follow(log, db, ledger_id, state[2], progress)


def replay(log: Log, db: Database, ledger_id: str, selection: Selection, progress: Progress = lambda _: None) -> int:
    """Fill an empty views database from the selected part of the log."""
    with _writing(db):
        return _fill(log, db, ledger_id, selection, progress)


def selected(log: Log, negotiation: str, selection: Selection) -> tuple[Streams, dict[str, Publication]]:
    """The streams of a negotiation as the clocks of reporting and recording select them, and its sources."""
    streams = dict(log.by_stream(negotiation, selection.recorded_by))
    publications = publications_of(streams)
    if selection.reported_by is None:
        return streams, publications
    by = selection.reported_by
    chosen = {
        stream: [record for record in records if _published_by(record, publications, by)]
        for stream, records in streams.items()
    }
    return {stream: records for stream, records in chosen.items() if records}, publications


def open_views(path: Path | None) -> Database:
    """The views database at `path`, in memory for None, ready for the projector to write to."""
    connection = sqlite3.connect(path.absolute() if path else ":memory:", timeout=LOCK_TIMEOUT, isolation_level=None)
    distrust(connection)
    if path is not None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
    return Database(connection)


# The last is said of the search table when a page of its own tables was overwritten.
_DAMAGE = ("malformed", "not a database", "corrupt", "vtable constructor failed")


def write_views(path: Path, work: Callable[[Database], object]) -> Database:
    """The views at `path` once `work` has filled them; a file that proves damaged, or holds a trigger
    or a view, is replaced by a new one.

    Some other database in their place is refused and left alone.
    """
    db = None
    try:
        db = open_views(path)
        application = db.conn.execute("PRAGMA application_id").fetchone()[0]
        if application not in (0, tables.APPLICATION_ID) or (application == 0 and db.table_names()):
            raise NotViews(path=path)
        if not is_planted(db.conn):
            work(db)
            return db
        db.close()
    except sqlite3.DatabaseError as error:
        if db is not None:
            db.close()
        if not any(sign in str(error) for sign in _DAMAGE):
            raise refusal(path, error) from error
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        part.unlink(missing_ok=True)
    db = open_views(path)
    work(db)
    return db


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    """One transaction that holds the write lock from the start: two that catch up at once take turns."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        with db.atomic():
            yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def _fill(log: Log, db: Database, ledger_id: str, selection: Selection, progress: Progress) -> int:
    head = log.head() if selection.recorded_by is None else min(selection.recorded_by, log.head())
    upto = selection._replace(recorded_by=head)
    tables.create(db)
    done = undated = 0
    for negotiation in log.negotiations():
        streams, publications = selected(log, negotiation, upto)
        if selection.reported_by is not None:
            undated += _undated(log, negotiation, publications, head)
        folded, said = fold_entries(streams, publications, selection.as_of)
        _write(db, negotiation, folded)
        _write(db, negotiation, fold_issues(issues_of(streams, publications), said, selection.as_of))
        tables.insert(db, "families", families_of(streams))
        done += sum(len(records) for records in streams.values())
        progress(done)
    tables.set_position(db, ledger_id, head, undated)
    return head


def _undated(log: Log, negotiation: str, publications: Mapping[str, Publication], upto: int) -> int:
    """How many events have a source that does not say by when it was published."""
    records = (record for _, of_stream in log.by_stream(negotiation, upto) for record in of_stream)
    named = (record.stream.slug if record.stream.kind == "source" else record.event.source for record in records)
    return sum(source in publications and publications[source].published.latest is None for source in named)


def _follow(log: Log, db: Database, ledger_id: str, position: int, progress: Progress) -> int:
    touched: dict[str, set[Stream]] = defaultdict(set)
    head = position
    for record in log.since(position):
        head = record.position
        touched[record.stream.negotiation].add(record.stream)
        if record.stream.kind == "source" and record.version > 1:
            touched[record.stream.negotiation] |= _resting_on(db, record.stream)
    for negotiation, of_negotiation in touched.items():
        streams = {stream: log.stream(stream) for stream in sorted(of_negotiation)}
        publications = _publications_for(log, streams)
        folded, said = fold_entries(streams, publications, None)
        issues = {stream.slug for stream in streams if stream.kind == "issue"}
        for stream in streams:
            issues |= _mentioned(db, stream)
            _forget(db, stream)
        _write(db, negotiation, folded)
        issues |= set(said)
        named = {Stream(negotiation, "issue", slug): log.stream(Stream(negotiation, "issue", slug)) for slug in issues}
        heard = {slug: _heard(db, negotiation, slug) for slug in issues}
        for slug in issues:
            tables.forget(db, "issues", negotiation, "slug", slug)
            tables.forget(db, "asks", negotiation, "issue", slug)
        _write(db, negotiation, fold_issues(issues_of(named, publications), heard, None))
        if any(stream.kind == "source" for stream in streams):  # a new text may join families that were apart
            db.conn.execute("DELETE FROM families WHERE negotiation = ?", (negotiation,))
            tables.insert(db, "families", families_of(dict(log.by_stream(negotiation, head, "source"))))
        progress(head)
    tables.set_position(db, ledger_id, head)
    return head


def _publications_for(log: Log, streams: Streams) -> dict[str, Publication]:
    """The sources that the events of the streams name, and those among the streams themselves."""
    negotiation = next(iter(streams)).negotiation
    named = {record.event.source for records in streams.values() for record in records if record.event.source}
    wanted = [Stream(negotiation, "source", slug) for slug in named]
    return publications_of({**{stream: log.stream(stream) for stream in wanted}, **streams})


def _published_by(record: Recorded, publications: Mapping[str, Publication], by: str) -> bool:
    """Whether the event had been published by a day; upkeep without a source goes with what it mends."""
    if is_upkeep(record) and not record.event.source:
        return True
    return reported_on(record.event, publications.get(record.event.source), record.recorded_at) <= by


def _write(db: Database, negotiation: str, folded: Folded) -> None:
    for name, spans in folded.spans.items():
        rows = [tables.history_row(negotiation, span) for span in spans]
        if name == "statements":
            rows = [{**row, "folded": fold_name(row["says"])} for row in rows]
        tables.insert(db, name, rows)
    for name, plain in folded.rows.items():
        tables.insert(db, name, plain)


def _forget(db: Database, stream: Stream) -> None:
    """Delete every row of an entry, but for an issue's history, which is refolded with its conversation."""
    for name in ("entries", "log", "evidence", "search", "contested"):
        db.conn.execute(
            f"DELETE FROM [{name}] WHERE negotiation = ? AND kind = ? AND slug = ?",
            (stream.negotiation, stream.kind, stream.slug),
        )
    if stream.kind in TABLE:
        tables.forget(db, TABLE[stream.kind], stream.negotiation, "slug", stream.slug)
    if stream.kind == "meeting":
        tables.forget(db, "forecasts", stream.negotiation, "meeting", stream.slug)
    if stream.kind == "statement":
        tables.forget(db, "mentions", stream.negotiation, "statement", stream.slug)


def _mentioned(db: Database, stream: Stream) -> set[str]:
    """The issues that a statement was known to touch before it is refolded."""
    if stream.kind != "statement":
        return set()
    found = db.conn.execute(
        "SELECT issue FROM mentions WHERE negotiation = ? AND statement = ?", (stream.negotiation, stream.slug)
    )
    return {row[0] for row in found}


def _heard(db: Database, negotiation: str, slug: str) -> list[Span]:
    """The spans, from the views, of the statements that touch an issue."""
    cursor = db.conn.execute(
        "SELECT statements.* FROM mentions JOIN statements ON statements.negotiation = mentions.negotiation"
        " AND statements.slug = mentions.statement WHERE mentions.negotiation = ? AND mentions.issue = ?",
        (negotiation, slug),
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    found = [Span(from_row(Statement, row), row["valid_from"], row["valid_to"] or "") for row in rows]
    return [span for span in found if slug in span.state.issues]


def _resting_on(db: Database, source: Stream) -> set[Stream]:
    """The entries with an event from a source, whose order and days hang on its date of publication."""
    found = db.conn.execute(
        "SELECT DISTINCT kind, slug FROM log WHERE negotiation = ? AND source = ?", (source.negotiation, source.slug)
    )
    return {Stream(source.negotiation, kind, slug) for kind, slug in found}
