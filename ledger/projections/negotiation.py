"""Folds one negotiation: turns its events, as far as the clocks select them, into its rows of every table.

A negotiation does not depend on others, so several processes may fold one each (see `workers.py`). Entries are folded
in portions, because the rows contain every text several times and a large negotiation might not fit into memory.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.clocks import EVERYTHING, Clocks
from ledger.domain.events import Recorded, Stream
from ledger.domain.reports import Account, Streams, held_days, is_linking, is_movable, linked_days
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
    linking: dict[Stream, list[Recorded]] = {}
    movable: dict[Stream, list[Recorded]] = {}  # folded once it is known which others name them
    for recorded in _portions(log.by_stream(negotiation, upto)):
        streams = reported(recorded, publications, by)
        linking |= {stream: of_it for stream, of_it in streams.items() if is_linking(stream, of_it)}
        movable |= {stream: of_it for stream, of_it in streams.items() if is_movable(stream, of_it)}
        fixed = {stream: of_it for stream, of_it in streams.items() if stream not in movable}
        rows, said_here = fold_entries(fixed, publications, held, clocks.as_of)
        named |= issues_of(fixed, publications)
        roles += [(*row[1:4], *row[-3:-1]) for row in rows.get("memberships", ())]
        _add(said, said_here)
        yield Part(rows, sum(map(len, streams.values())), 0 if by is None else undated(recorded, publications))
    made_by = linked_days(linking, publications, held)
    for streams in _portions(movable.items()) if movable else ():
        rows, said_here = fold_entries(streams, publications, held, clocks.as_of, made_by)
        _add(said, said_here)
        yield Part(rows, 0, 0)
    issues = fold_issues(negotiation, named, said, clocks.as_of, who=who_is_what(roles))
    yield Part({"families": families_of(reported(sources, publications, by)), **issues}, 0, 0)


def _add(said: Said, more: Said) -> None:
    for slug, spans in more.items():
        said.setdefault(slug, []).extend(spans)


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
