"""Folds one negotiation: from its events in the log, as the clocks select them, to its rows of every table.

A negotiation depends on no other, so each may be folded by a process of its own (see `workers.py`). Its entries are
folded in portions, because the rows hold every text several times: a large negotiation need not fit into memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.domain.events import Recorded, Stream
from ledger.domain.reports import Account, Publication, Streams, is_upkeep, reported_on
from ledger.domain.states import Span
from ledger.log.log import Log
from ledger.projections.fold import Folded, families_of, fold_entries, fold_issues, issues_of, publications_of
from ledger.views.rows import to_values

Rows = dict[str, Sequence[Sequence[Any]]]


PORTION = 2_000  # events whose rows are in memory at a time


class Part(NamedTuple):
    """Rows of one negotiation, by table; the number of their events, and how many of those are undated."""

    rows: Rows
    events: int
    undated: int


def fold_negotiation(
    log: Log, negotiation: str, upto: int, as_of: str | None = None, reported_by: str | None = None
) -> Iterator[Part]:
    """Fold the events up to a position that are known by a day, or were reported by a day; the issues come last."""
    sources = dict(log.by_stream(negotiation, upto, "source"))
    publications = publications_of(sources)
    named: dict[str, list[Account]] = {}
    said: dict[str, list[Span]] = defaultdict(list)
    for recorded in _portions(log.by_stream(negotiation, upto)):
        streams = reported(recorded, publications, reported_by)
        entries, said_here = fold_entries(streams, publications, as_of)
        named |= issues_of(streams, publications)
        for slug, spans in said_here.items():
            said[slug] += map(_without_words, spans)
        undated = 0 if reported_by is None else _undated(recorded, publications)
        yield Part(rows_of(negotiation, entries), sum(map(len, streams.values())), undated)
    issues = rows_of(negotiation, fold_issues(named, said, as_of))
    yield Part({"families": families_of(reported(sources, publications, reported_by)), **issues}, 0, 0)


def _portions(streams: Iterable[tuple[Stream, list[Recorded]]]) -> Iterator[Streams]:
    """The streams in portions of about `PORTION` events."""
    portion: dict[Stream, list[Recorded]] = {}
    count = 0
    for stream, records in streams:
        portion[stream] = records
        count += len(records)
        if count >= PORTION:
            yield portion
            portion, count = {}, 0
    yield portion


def _without_words(span: Span) -> Span:
    """The span of a statement without its words: the fold of an issue does not need them."""
    return span._replace(state=span.state._replace(says=""))


def rows_of(negotiation: str, folded: Folded) -> Rows:
    """The rows that were folded, by table, in the order they are to be stored in."""
    rows: Rows = {name: [_history_row(negotiation, span) for span in spans] for name, spans in folded.spans.items()}
    for name, plain in folded.rows.items():
        by_position = name in ("log", "search")  # in the order they are stored in: SQLite then only adds at the end
        rows[name] = sorted(plain) if by_position else plain
    return rows


def _history_row(negotiation: str, span: Span) -> list[Any]:
    """A span of a state as one row of its history table; `valid_to` is null while it lasts."""
    return [negotiation, *to_values(span.state), span.valid_from, span.valid_to or None]


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
