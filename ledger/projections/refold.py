"""Refolds the entries that new events touch, so that the cost of catching up does not grow with the log.

Views go back to an earlier position in the same way: the entries that later events touch are refolded without them.

An entry is refolded from all of its events. An issue resumes from its snapshot if the new statements come last; if one
comes late, changes or goes, all statements on the issue are folded again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlite_utils import Database

from ledger.domain.events import LevelsNamed, Recorded, Stream
from ledger.domain.folds.issues.folded import IssueFold
from ledger.domain.folds.issues.issue import can_resume
from ledger.domain.kinds import HAPPENING, tables_of
from ledger.domain.reports import Held, Publication, Streams, held_days, meeting_of, standing
from ledger.log.log import Log
from ledger.projections import snapshots, tables
from ledger.projections.fold import Said, fold_entries, fold_issues, issues_of, who_is_what
from ledger.projections.index_rows import Row, Rows
from ledger.projections.sources import families_of, publications_of


def refold(log: Log, db: Database, fresh: Iterable[Recorded], upto: int) -> Iterator[str]:
    """Refold the entries that the new events touch, up to a position; yield a negotiation once its rows are written."""
    for negotiation, touched in _touched(db, fresh).items():
        _Negotiation(log, db, negotiation, upto).refold(sorted(touched))
        yield negotiation


def _touched(db: Database, fresh: Iterable[Recorded]) -> dict[str, set[Stream]]:
    """The streams to refold, by negotiation: those with new events, and those that rest on a corrected source."""
    touched: dict[str, set[Stream]] = defaultdict(set)
    for record in fresh:
        negotiation, kind, slug = record.stream
        if isinstance(record.event, LevelsNamed):
            continue  # of the ledger
        touched[negotiation].add(record.stream)
        if kind == "source" and record.version > 1:  # its date of publication dates and orders its reports
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

    def __init__(self, log: Log, db: Database, negotiation: str, upto: int) -> None:
        self._log = log
        self._db = db
        self._negotiation = negotiation
        self._upto = upto

    def refold(self, touched: Collection[Stream]) -> None:
        """Replace the rows of the streams, and of the issues that they touch or have touched."""
        streams = self._read(touched)
        publications = self._publications(streams)
        before = self._roles()
        rows, said = fold_entries(streams, publications, self._held(streams))
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
        named = self._read(Stream(self._negotiation, "issue", slug) for slug in restarted)
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
        sources = dict(self._log.by_stream(self._negotiation, self._upto, "source"))
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
        return publications_of({**self._read(Stream(self._negotiation, "source", slug) for slug in named), **streams})

    def _held(self, streams: Streams) -> dict[str, Held]:
        """When the meetings were held that date statements or agreements among the streams."""
        reports = (report for records in streams.values() for report in standing(records).reports)
        named = {meeting_of(report.event) for report in reports} - {""}
        meetings = self._read(Stream(self._negotiation, "meeting", slug) for slug in named)
        return held_days(meetings, self._publications(meetings)) if meetings else {}

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
