"""Refolds the entries that new events touch, so that the cost of catching up does not grow with the log.

Views go back to an earlier position, or to a day of the reported clock, in the same way: the entries that later events
touch are refolded without them.

An entry is refolded from all of its events. An issue resumes from its snapshot if the new statements come last; if one
comes late, changes or goes, all statements on the issue are folded again.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlite_utils import Database

from ledger.domain.events import EntryErased, LevelsNamed, Recorded, SourceTextFrozen, Stream
from ledger.domain.folds.issues.folded import IssueFold
from ledger.domain.folds.issues.issue import can_resume
from ledger.domain.kinds import HAPPENING, KIND_OF, tables_of
from ledger.domain.reports import (
    Held,
    Publication,
    Streams,
    held_days,
    is_movable,
    linked_days,
    meeting_of,
    named_in,
    standing,
)
from ledger.domain.vocabulary import LATER
from ledger.log.log import Log
from ledger.projections import snapshots, tables
from ledger.projections.fold import Said, fold_entries, fold_issues, issues_of, who_is_what
from ledger.projections.index_rows import Row, Rows
from ledger.projections.sources import families_of, publications_of, reported


def refold(log: Log, db: Database, fresh: Iterable[Recorded], upto: int) -> Iterator[str]:
    """Refold the entries that the new events touch, up to a position; yield a negotiation once its rows are written."""
    of_entries = ((one.stream, one.version) for one in fresh if not isinstance(one.event, LevelsNamed))
    for negotiation, touched in _touched(db, of_entries).items():
        _Negotiation(log, db, negotiation, upto).refold(sorted(touched))
        yield negotiation


def events_left_out(
    views: sqlite3.Connection, negotiation: str, upto: int, by: str | None
) -> list[tuple[Stream, int]] | None:
    """The events after a position, or published after a day, each by its stream and version; None after an erasure.

    With a day, there are also those of which only the log tells whether they were published: what changes an entry, and
    texts that came later than their source.
    """
    found = []
    which = "SELECT kind, slug, version, event, position, reported FROM log WHERE negotiation = ?"
    for kind, slug, version, event, position, published in views.execute(which, (negotiation,)):
        if position > upto and event == EntryErased.__name__:
            return None
        is_doubtful = event not in KIND_OF or event == SourceTextFrozen.__name__
        if position > upto or (by is not None and (is_doubtful or published > by)):
            found.append((Stream(negotiation, kind, slug), version))
    return found


def refold_without(
    log: Log, db: Database, left_out: Iterable[tuple[Stream, int]], upto: int, reported_by: str | None
) -> None:
    """Refold the entries that some events touch, up to a position and a day of publication."""
    for negotiation, touched in _touched(db, left_out).items():
        _Negotiation(log, db, negotiation, upto, reported_by).refold(sorted(touched))


def _touched(db: Database, changed: Iterable[tuple[Stream, int]]) -> dict[str, set[Stream]]:
    """The streams to refold, by negotiation: those with changed events, and those that rest on a corrected source.

    Each event is given by its stream and its version.
    """
    touched: dict[str, set[Stream]] = defaultdict(set)
    for stream, version in changed:
        negotiation, kind, slug = stream
        touched[negotiation].add(stream)
        if kind == "source" and version > 1:  # its date of publication dates and orders its reports
            resting = db.conn.execute(
                "SELECT kind, slug FROM log WHERE negotiation = ? AND source = ?", (negotiation, slug)
            )
            touched[negotiation] |= {Stream(negotiation, *row) for row in resting}
    for negotiation, streams in touched.items():  # a meeting dates the undated statements that were made at it
        for meeting in [stream.slug for stream in streams if stream.kind == "meeting"]:
            which = "SELECT kind, slug FROM dated_by WHERE negotiation = ? AND meeting = ?"
            streams |= {Stream(negotiation, *row) for row in db.conn.execute(which, (negotiation, meeting))}
    return touched


class _Negotiation:
    """Refolds one negotiation."""

    def __init__(self, log: Log, db: Database, negotiation: str, upto: int, by: str | None = None) -> None:
        self._log = log
        self._db = db
        self._negotiation = negotiation
        self._upto = upto
        self._by = by

    def refold(self, touched: Collection[Stream]) -> None:
        """Replace the rows of the streams, and of the issues that they touch or have touched."""
        touched = self._with_named(touched)
        recorded = self._read(touched)
        publications = self._publications(recorded)
        streams = reported(recorded, publications, self._by)
        held = self._held(streams)
        made_by = linked_days(streams, publications, held, self._linked_days(touched))
        before = self._roles()
        rows, said = fold_entries(streams, publications, held, made_by=made_by)
        changed = {stream.slug for stream in touched if stream.kind == "issue"}
        for stream in touched:
            changed |= self._mentioned(stream)
            self._forget(stream)
        self._write(rows)
        if self._roles() != before:  # the roles of the parties decide whose word counts, on every issue
            changed |= self._every_issue()
        self._refold_issues(changed, said, publications)
        if any(stream.kind == "source" for stream in touched):
            self._regroup_families()

    def _refold_issues(self, changed: set[str], said: Said, publications: Mapping[str, Publication]) -> None:
        """Fold the issues with new statements, and those whose earlier statements may have `changed`."""
        resumed = self._resumed(changed, said)
        restarted = (changed | {*said}) - {*resumed}
        naming = self._read(Stream(self._negotiation, "issue", slug) for slug in restarted)
        named = reported(naming, self._publications(naming), self._by)
        heard = {slug: snapshots.said(self._db.conn, self._negotiation, slug) for slug in restarted}
        conversations = said | {slug: spans for slug, spans in heard.items() if spans}
        for slug in restarted:
            for table in tables_of("issue"):
                tables.forget(self._db, table.name, self._negotiation, table.key, slug)
        for slug, past in resumed.items():
            snapshots.forget_end(self._db.conn, self._negotiation, slug, past.snapshot.until)
        who = who_is_what(self._roles())
        self._write(
            fold_issues(self._negotiation, issues_of(named, publications), conversations, past=resumed, who=who)
        )

    def _roles(self) -> list[Row]:
        """The roles of the parties, with their days, according to the rows written so far."""
        which = (
            "SELECT party, role, [of], valid_from, valid_to FROM memberships WHERE negotiation = ? ORDER BY 1, 2, 3, 4"
        )
        return [tuple(row) for row in self._db.conn.execute(which, (self._negotiation,))]

    def _every_issue(self) -> set[str]:
        """Every issue that is named or that a statement is about."""
        found = self._db.conn.execute("SELECT slug FROM issues WHERE negotiation = ?", (self._negotiation,))
        return {row[0] for row in found}

    def _resumed(self, changed: set[str], said: Said) -> dict[str, IssueFold]:
        """The issues whose fold can resume, each with its past: their new statements come after all earlier ones."""
        found = {}
        for slug in {*said} - changed:
            past = snapshots.past(self._db.conn, self._negotiation, slug)
            if past is not None and can_resume(said[slug], past):
                found[slug] = past
        return found

    def _regroup_families(self) -> None:
        """Recompute the families of all sources: a new text may join two families."""
        recorded = dict(self._log.by_stream(self._negotiation, self._upto, "source"))
        sources = reported(recorded, publications_of(recorded), self._by)
        self._db.conn.execute("DELETE FROM families WHERE negotiation = ?", (self._negotiation,))
        tables.insert(self._db, "families", families_of(sources))

    def _read(self, streams: Iterable[Stream]) -> Streams:
        """The events of each stream, up to the position; streams without events are left out."""
        found = ((stream, self._log.stream(stream)) for stream in streams)
        upto = ((stream, [record for record in records if record.position <= self._upto]) for stream, records in found)
        return {stream: records for stream, records in upto if records}

    def _publications(self, streams: Streams) -> dict[str, Publication]:
        """The publications of the sources that the events name, or that are among the streams."""
        named = {record.event.source for records in streams.values() for record in records if record.event.source}
        sources = self._read(Stream(self._negotiation, "source", slug) for slug in named)
        return publications_of({**sources, **streams}, self._by)

    def _held(self, streams: Streams) -> dict[str, Held]:
        """When the meetings were held that date statements or agreements among the streams."""
        reports = (report for records in streams.values() for report in standing(records).reports)
        named = {meeting_of(report.event) for report in reports} - {""}
        meetings = self._read(Stream(self._negotiation, "meeting", slug) for slug in named)
        publications = self._publications(meetings) if meetings else {}
        return held_days(reported(meetings, publications, self._by), publications)

    def _with_named(self, touched: Collection[Stream]) -> Collection[Stream]:
        """The streams with the movable statements that they name, or have named, and those that these name in turn."""
        found = dict.fromkeys(touched)
        left = [stream for stream in touched if stream.kind == "statement"]
        before = "SELECT target FROM links WHERE negotiation = ? AND slug = ?"
        while left:
            stream = left.pop()
            named = {slug for record in standing(self._log.stream(stream)).reports for slug in named_in(record.event)}
            named |= {row[0] for row in self._db.conn.execute(before, (self._negotiation, stream.slug))}
            for one in [stream._replace(slug=slug) for slug in sorted(named)]:
                if one not in found and is_movable(one, self._log.stream(one)):
                    found[one] = None
                    left.append(one)
        return [*found]

    def _linked_days(self, touched: Collection[Stream]) -> dict[str, str]:
        """The days by which statements among the streams were made according to others, from the rows so far."""
        slugs = json.dumps([stream.slug for stream in touched if stream.kind == "statement"])
        those = (
            f"SELECT target, MIN(valid_from) FROM links WHERE negotiation = ?1 AND relation IN {LATER}"
            " AND target IN (SELECT value FROM json_each(?2)) AND slug NOT IN (SELECT value FROM json_each(?2))"
            " AND EXISTS (SELECT 1 FROM statements WHERE negotiation = ?1 AND slug = links.slug)"
            " GROUP BY target"
        )
        return dict(self._db.conn.execute(those, (self._negotiation, slugs)))

    def _mentioned(self, stream: Stream) -> set[str]:
        """The issues that a statement touches according to the rows written so far."""
        if stream.kind != "statement":
            return set()
        found = self._db.conn.execute(
            "SELECT issue FROM mentions WHERE negotiation = ? AND statement = ?", (self._negotiation, stream.slug)
        )
        return {row[0] for row in found}

    def _forget(self, stream: Stream) -> None:
        """Delete every row of an entry, except the history of an issue, which is replaced together with its asks."""
        whose = "WHERE negotiation = ? AND kind = ? AND slug = ?"
        positions = self._db.conn.execute(f"SELECT position FROM log {whose}", stream).fetchall()
        if not positions:  # a new entry
            return
        tables.forget_reports(self._db, positions)
        if stream.kind == "source":
            tables.forget_passages(self._db, self._negotiation, stream.slug)
        for name in ("entries", "log", "evidence", "contested", "dated_by"):
            self._db.conn.execute(f"DELETE FROM [{name}] {whose}", stream)
        for table in tables_of(stream.kind) if stream.kind != "issue" else ():
            tables.forget(self._db, table.name, self._negotiation, table.key, stream.slug)
        if stream.kind in HAPPENING:
            tables.forget(self._db, "figures", self._negotiation, "entry", f"{stream.kind}/{stream.slug}")
            tables.forget(self._db, "links", self._negotiation, "slug", stream.slug)
        if stream.kind == "statement":
            tables.forget(self._db, "mentions", self._negotiation, "statement", stream.slug)

    def _write(self, rows: Rows) -> None:
        for name, of_table in rows.items():
            tables.insert(self._db, name, of_table)
