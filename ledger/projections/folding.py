"""The folding of one negotiation: from its part of the log, as the clocks select it, to its rows of every table.

No negotiation needs anything of another, so that each may be folded by a process of its own (see `workers.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ledger.base.names import fold as fold_name
from ledger.domain.events import Recorded
from ledger.domain.reports import Publication, Streams, is_upkeep, reported_on
from ledger.domain.states import Span, Statement
from ledger.log.log import Log
from ledger.projections.fold import Folded, families_of, fold_entries, fold_issues, issues_of, publications_of
from ledger.views.rows import to_values

Rows = dict[str, Sequence[Sequence[Any]]]


class Part(NamedTuple):
    """What one negotiation gives the views: its rows by table, of how many events, how many of those undated."""

    rows: Rows
    events: int
    undated: int


def fold_negotiation(
    log: Log, negotiation: str, upto: int, as_of: str | None = None, reported_by: str | None = None
) -> Part:
    """Fold the events of a negotiation up to a position, of which what is known by a day or was reported by a day."""
    recorded = dict(log.by_stream(negotiation, upto))
    publications = publications_of(recorded)
    streams = reported(recorded, publications, reported_by)
    entries, said = fold_entries(streams, publications, as_of)
    issues = fold_issues(issues_of(streams, publications), said, as_of)
    rows = {"families": families_of(streams), **rows_of(negotiation, entries), **rows_of(negotiation, issues)}
    undated = 0 if reported_by is None else _undated(recorded, publications)
    return Part(rows, sum(len(records) for records in streams.values()), undated)


def rows_of(negotiation: str, folded: Folded) -> Rows:
    """The rows that were folded, by table, in the order they are to be stored in."""
    rows: Rows = {name: [_history_row(negotiation, span) for span in spans] for name, spans in folded.spans.items()}
    for name, plain in folded.rows.items():
        by_position = name in ("log", "search")  # in the order they are stored in: SQLite then only adds at the end
        rows[name] = sorted(plain) if by_position else plain
    return rows


def _history_row(negotiation: str, span: Span) -> list[Any]:
    """A span of a state as one row of its history table; `valid_to` is null while it lasts."""
    folded = [fold_name(span.state.says)] if isinstance(span.state, Statement) else []
    return [negotiation, *to_values(span.state), *folded, span.valid_from, span.valid_to or None]


def reported(streams: Streams, publications: Mapping[str, Publication], by: str | None) -> Streams:
    """The events that had been published by a day; all of them for None."""
    if by is None:
        return streams
    chosen = {
        stream: [record for record in records if _published_by(record, publications, by)]
        for stream, records in streams.items()
    }
    return {stream: records for stream, records in chosen.items() if records}


def _published_by(record: Recorded, publications: Mapping[str, Publication], by: str) -> bool:
    """Whether the event had been published by a day; upkeep without a source goes with what it mends."""
    if is_upkeep(record) and not record.event.source:
        return True
    return reported_on(record.event, publications.get(record.event.source), record.recorded_at) <= by


def _undated(streams: Streams, publications: Mapping[str, Publication]) -> int:
    """How many events have a source that does not say by when it was published."""
    records = (record for of_stream in streams.values() for record in of_stream)
    named = (record.stream.slug if record.stream.kind == "source" else record.event.source for record in records)
    return sum(source in publications and publications[source].published.latest is None for source in named)
