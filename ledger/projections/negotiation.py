"""Folds one negotiation: turns its events, as far as the clocks select them, into its rows of every table.

A negotiation does not depend on others, so several processes may fold one each (see `workers.py`). Entries are folded
in portions, because the rows contain every text several times and a large negotiation might not fit into memory.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.clocks import EVERYTHING, Clocks
from ledger.domain.events import Recorded, Stream
from ledger.domain.reports import Account, Streams, held_days
from ledger.log.log import Log
from ledger.projections.fold import Said, fold_entries, fold_issues, issues_of, who_is_what
from ledger.projections.index_rows import Row, Rows
from ledger.projections.sources import families_of, publications_of, reported, undated

PORTION = 2_000  # events whose rows are in memory at a time


class Part(NamedTuple):
    """Rows of one negotiation, by table; the number of their events, and how many of these are undated."""

    rows: Rows
    events: int
    undated: int


def fold_negotiation(log: Log, negotiation: str, upto: int, clocks: Clocks = EVERYTHING) -> Iterator[Part]:
    """Fold the events up to a position that the other two clocks select; the issues come last."""
    sources = dict(log.by_stream(negotiation, upto, "source"))
    by = clocks.reported_by
    publications = publications_of(sources, by)
    held = held_days(reported(dict(log.by_stream(negotiation, upto, "meeting")), publications, by), publications)
    named: dict[str, list[Account]] = {}
    said: Said = {}
    roles: list[Row] = []
    for recorded in _portions(log.by_stream(negotiation, upto)):
        streams = reported(recorded, publications, by)
        rows, said_here = fold_entries(streams, publications, held, clocks.as_of)
        named |= issues_of(streams, publications)
        roles += [(*row[1:4], *row[-2:]) for row in rows.get("memberships", ())]
        for slug, spans in said_here.items():
            said.setdefault(slug, []).extend(spans)
        yield Part(rows, sum(map(len, streams.values())), 0 if by is None else undated(recorded, publications))
    issues = fold_issues(negotiation, named, said, clocks.as_of, who=who_is_what(roles))
    yield Part({"families": families_of(reported(sources, publications, by)), **issues}, 0, 0)


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
