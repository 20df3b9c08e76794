"""The projector: from the log, or a part of it chosen by the clocks, to the rows of the views.

Catching up refolds only the entries that new events touch and writes their rows and the position in one
transaction, so that the views are at every moment those of some position of the log. A rebuild and a replay
run the same folds over everything: delete the views and they come back the same.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlite_utils import Database

from ledger.base import locking
from ledger.base.collector import uncollected
from ledger.base.sqlite import is_planted, refusal, wipe
from ledger.domain.clocks import EVERYTHING, Clocks
from ledger.domain.events import EntryErased, Recorded, Stream
from ledger.domain.folds.issue import can_resume
from ledger.domain.kinds import tables_of
from ledger.domain.reports import Publication, Streams
from ledger.domain.states import Span
from ledger.errors import NotWritable
from ledger.log.log import Log
from ledger.log.store import Head
from ledger.projections import snapshots, tables, witness, workers
from ledger.projections.errors import NotViews, ViewsBusy
from ledger.projections.fold import families_of, fold_entries, fold_issues, issues_of, publications_of
from ledger.projections.folding import Part, Rows, fold_negotiation, reported, rows_of
from ledger.views import database
from ledger.views.schema import APPLICATION_ID, SCHEMA_VERSION

Progress = Callable[[int], None]


def rebuild(log: Log, db: Database, head: Head, progress: Progress = lambda _: None, *, accept: bool = False) -> None:
    """Fill the views anew from the whole log; refused where it is not the log they saw, unless that is accepted."""
    with _writing(db):
        _fill(log, db, head, EVERYTHING, progress, same=not accept and _same(db, head))


def catch_up(log: Log, db: Database, head: Head, progress: Progress = lambda _: None) -> None:
    """Bring the views to the head of the log; filled anew when they are of another ledger or schema version.

    Refused where the log is not the one they saw. After an erasure they are filled anew, and what they held is wiped.
    """
    with _writing(db):
        same = _same(db, head)
        looked_over = witness.look_over(log, db, head.seal) if same else 0
        reached = log.position()  # what others file meanwhile, on these streams too, is left for the next time
        known = witness.remembered(db) if same else None
        if known is None or reached - known.position > known.position:  # more is new than old: that is quicker
            _fill(log, db, head, EVERYTHING, progress, same=same)
            return
        fresh = list(log.since(known.position, reached))
        erasing = any(isinstance(record.event, EntryErased) for record in fresh)
        if erasing:
            db.conn.execute("PRAGMA secure_delete=ON")
            _fill(log, db, head, EVERYTHING, progress, same=True)
        else:
            _follow(log, db, fresh, reached, progress)
            tables.set_position(db, head.ledger_id, witness.follow(log, db, reached, head.seal, looked_over))
    if erasing:
        wipe(db.conn)


def replay(
    log: Log,
    db: Database,
    ledger_id: str,
    clocks: Clocks,
    progress: Progress = lambda _: None,
    negotiation: str = "",
) -> None:
    """Fill an empty views database from the selected part of the log: of one negotiation, or of all."""
    with _writing(db):
        _fill(log, db, Head(ledger_id, log.position(), ""), clocks, progress, negotiation)


def selected(log: Log, negotiation: str, clocks: Clocks) -> tuple[Streams, dict[str, Publication]]:
    """The streams of a negotiation as the reported and recorded clocks select them, and its sources."""
    streams = dict(log.by_stream(negotiation, clocks.position))
    publications = publications_of(streams)
    return reported(streams, publications, clocks.reported_by), publications


def open_views(path: Path | None) -> Database:
    """The views database at `path`, in memory for None, ready for the projector to write to."""
    if path is None:
        return Database(sqlite3.connect(":memory:", isolation_level=None))
    connection = database.attach(path)
    try:
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-65536")  # kibibytes: what is filled is not written out and read again
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def write_views(path: Path, work: Callable[[Database], object]) -> Database:
    """The views at `path` once `work` has filled them; a file that proves damaged, or holds a trigger
    or a view, is replaced by a new one.

    Some other database in their place is refused and left alone.
    """
    attempts = 3  # what is found damaged a second time may be another file, which someone else spoiled meanwhile
    while True:
        attempts -= 1
        db = None
        try:
            db = open_views(path)
            _refuse_foreign(path, db)
            if is_planted(db.conn):
                raise sqlite3.DatabaseError("malformed: it holds a trigger or a view that nobody here put there")
            work(db)
            return db
        except sqlite3.DatabaseError as error:
            damaged = database.is_damage(error)
            if db is not None:
                (database.discard if damaged else sqlite3.Connection.close)(db.conn)
            if not (damaged and attempts):
                raise refusal(path, error, ViewsBusy) from error
        except OSError as error:
            if isinstance(error, BlockingIOError):
                raise ViewsBusy(path=path, seconds=locking.limit()) from error
            raise NotWritable(path=path, why=error.strerror) from error
        except BaseException:
            if db is not None:
                db.close()
            raise


def _refuse_foreign(path: Path, db: Database) -> None:
    """Refuse a database that is not ours. The tables are looked at first: whoever makes them says whose they are."""
    tables_there = db.table_names()
    application = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (application == 0 and tables_there):
        raise NotViews(path=path)


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    """One transaction that holds the write lock from the start: two that catch up at once take turns."""
    locking.begin(db.conn, locking.VIEWS)
    try:
        with db.atomic():
            yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def _same(db: Database, head: Head) -> bool:
    """Whether the views are of this ledger and schema version."""
    state = tables.position(db)
    return state is not None and state[:2] == (SCHEMA_VERSION, head.ledger_id)


@uncollected()
def _fill(
    log: Log,
    db: Database,
    head: Head,
    clocks: Clocks,
    progress: Progress,
    only: str = "",
    *,
    same: bool = False,
) -> None:
    """Fill every table anew; `same` where the views are of this ledger, so that it must be the log that they saw."""
    reached = log.position() if clocks.position is None else min(clocks.position, log.position())
    negotiations = [only] if only else log.negotiations()
    done = undated = 0
    with _folded(log, negotiations, reached, clocks) as parts:
        tables.create(db, but=witness.TABLES if same else ())
        known = witness.Remembered(reached, "", b"", "", 0)
        if clocks == EVERYTHING:
            known = witness.follow_anew(log, db, reached, head.seal)
        for part in parts:
            _write(db, part.rows)
            done += part.events
            undated += part.undated
            if part.events:
                progress(done)
    tables.index(db)
    tables.set_position(db, head.ledger_id, known, undated)


def _folded(
    log: Log, negotiations: Sequence[str], reached: int, clocks: Clocks
) -> AbstractContextManager[Iterator[Part]]:
    """The parts of each negotiation, folded by several processes for a large log, and by this one for a selection."""
    if clocks == EVERYTHING:
        return workers.folding(log, negotiations, reached)
    of_clocks = clocks.as_of, clocks.reported_by
    return nullcontext(
        part for negotiation in negotiations for part in fold_negotiation(log, negotiation, reached, *of_clocks)
    )


def _follow(log: Log, db: Database, fresh: Iterable[Recorded], reached: int, progress: Progress) -> None:
    """Refold the entries that the new events touch, up to a position."""
    touched: dict[str, set[Stream]] = defaultdict(set)
    for record in fresh:
        touched[record.stream.negotiation].add(record.stream)
        if record.stream.kind == "source" and record.version > 1:
            touched[record.stream.negotiation] |= _resting_on(db, record.stream)
    for negotiation, of_negotiation in touched.items():
        streams = _read(log, sorted(of_negotiation), reached)
        publications = _publications_for(log, streams, reached)
        folded, said = fold_entries(streams, publications, None)
        issues = {stream.slug for stream in streams if stream.kind == "issue"}
        for stream in streams:
            issues |= _mentioned(db, stream)
            _forget(db, stream)
        _write(db, rows_of(negotiation, folded))
        _refold_issues(log, db, negotiation, issues, said, publications, reached)
        if any(stream.kind == "source" for stream in streams):  # a new text may join families that were apart
            db.conn.execute("DELETE FROM families WHERE negotiation = ?", (negotiation,))
            tables.insert(db, "families", families_of(dict(log.by_stream(negotiation, reached, "source"))))
        progress(reached)


def _refold_issues(
    log: Log,
    db: Database,
    negotiation: str,
    touched: set[str],
    said: Mapping[str, list[Span]],
    publications: Mapping[str, Publication],
    reached: int,
) -> None:
    """Fold what was said on issues: on from where each had come to where it comes last, else all anew.

    `touched` are those of which something said before may have changed.
    """
    ends = {slug: snapshots.past(db.conn, negotiation, slug) for slug in said if slug not in touched}
    past = {slug: end for slug, end in ends.items() if end is not None and can_resume(said[slug], end)}
    anew = (touched | {*said}) - {*past}
    named = _read(log, [Stream(negotiation, "issue", slug) for slug in anew], reached)
    heard = {**said, **{slug: snapshots.said(db.conn, negotiation, slug) for slug in anew}}
    for slug in anew:
        for table in tables_of("issue"):
            tables.forget(db, table.name, negotiation, table.key, slug)
    for slug, end in past.items():
        snapshots.forget_end(db.conn, negotiation, slug, end.snapshot.until)
    _write(db, rows_of(negotiation, fold_issues(issues_of(named, publications), heard, None, past)))


def _read(log: Log, streams: Iterable[Stream], upto: int) -> Streams:
    """The events of each stream up to a position."""
    return {stream: [record for record in log.stream(stream) if record.position <= upto] for stream in streams}


def _publications_for(log: Log, streams: Streams, upto: int) -> dict[str, Publication]:
    """The sources that the events of the streams name, and those among the streams themselves."""
    negotiation = next(iter(streams)).negotiation
    named = {record.event.source for records in streams.values() for record in records if record.event.source}
    wanted = [Stream(negotiation, "source", slug) for slug in named]
    return publications_of({**_read(log, wanted, upto), **streams})


def _write(db: Database, rows: Rows) -> None:
    for name, of_table in rows.items():
        tables.insert(db, name, of_table)


def _forget(db: Database, stream: Stream) -> None:
    """Delete every row of an entry, but for an issue's history, which is refolded with its conversation."""
    whose = "WHERE negotiation = ? AND kind = ? AND slug = ?"
    positions = db.conn.execute(f"SELECT position FROM log {whose}", stream).fetchall()
    if not positions:  # it is new
        return
    db.conn.executemany("DELETE FROM search WHERE rowid = ?", positions)
    for name in ("entries", "log", "evidence", "contested"):
        db.conn.execute(f"DELETE FROM [{name}] {whose}", stream)
    for table in tables_of(stream.kind) if stream.kind != "issue" else ():
        tables.forget(db, table.name, stream.negotiation, table.key, stream.slug)
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


def _resting_on(db: Database, source: Stream) -> set[Stream]:
    """The entries with an event from a source, whose order and days hang on its date of publication."""
    found = db.conn.execute(
        "SELECT kind, slug FROM log WHERE negotiation = ? AND source = ?", (source.negotiation, source.slug)
    )
    return {Stream(source.negotiation, kind, slug) for kind, slug in found}
