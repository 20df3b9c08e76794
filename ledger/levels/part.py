"""The part of the log at or below a level, as if nothing else had ever been filed.

Its events have positions and versions without gaps, and references from one event to others (the report that it
corrects, the events erased) use these numbers. A change of level that is not in the part is applied instead of
recorded. Every other event is stored byte for byte as in the whole log.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple, Protocol

import msgspec

from ledger.base.names import is_slug
from ledger.domain.events import (
    EntryCorrected,
    EntryErased,
    EntryReinstated,
    EntryRetracted,
    Event,
    LevelSet,
    LevelsNamed,
    Origin,
    Recorded,
    Stream,
)
from ledger.domain.kinds import KINDS
from ledger.domain.reports import is_upkeep
from ledger.levels.ranks import Ranks, reached, turn
from ledger.levels.scheme import STREAM, Levels
from ledger.log.commitments import erased
from ledger.log.mapper import EventMapper, restamped
from ledger.log.store import Store, Stored


class Seen(NamedTuple):
    """An event of the part: as stored in the whole log, its version in the part, and its content there.

    event: None if its content was erased.
    """

    row: Stored
    version: int
    event: Event | None
    origin: Origin | None


def whole_part(store: Store, levels: Levels, clearance: int) -> Iterator[Seen]:
    """The events of the part, stream by stream."""
    for row in store.events_of(STREAM):
        named = LevelsNamed(
            levels=levels.names[: clearance + 1], level=levels.at(min(levels.rank(levels.default), clearance))
        )
        yield Seen(row, 1, named, None)
    for negotiation in store.negotiations():
        if negotiation == STREAM.partition("/")[0]:
            continue
        stored = {
            Stream.named(name): [*rows]
            for name, rows in groupby(store.events_under(negotiation), key=lambda row: row.stream)
        }
        records = {stream: _recorded(rows) for stream, rows in stored.items()}
        ranks = Ranks(records, levels)
        for stream, rows in stored.items():
            yield from seen(rows, records[stream], ranks, levels, clearance)


def seen(
    rows: Iterable[Stored], records: Sequence[Recorded], ranks: Ranks, levels: Levels, clearance: int
) -> Iterator[Seen]:
    """The events of one entry that are in the part, oldest first; `rows` are all of its events as stored."""
    sets = sorted((one for one in records if isinstance(one.event, LevelSet)), key=turn)
    applied = next((one for one in reversed(sets) if ranks.of(one) > clearance), None)
    by_version = {one.version: one for one in records}
    versions: dict[int, int] = {}
    for row in rows:
        record = by_version.get(row.version)
        if record is None:
            hidden = ranks.of_erased(Stream.named(row.stream)).get(row.version, levels.top) > clearance
        else:
            replaced = applied is not None and isinstance(record.event, LevelSet) and turn(record) < turn(applied)
            hidden = replaced or ranks.of(record) > clearance
        if hidden:
            continue
        versions[row.version] = len(versions) + 1
        if record is None:
            yield Seen(row, versions[row.version], None, None)
            continue
        event = _renumbered(record.event, versions, levels, clearance)
        if applied is not None and not is_upkeep(record) and turn(record) < turn(applied):
            event = msgspec.structs.replace(event, level=applied.event.level)
        yield Seen(row, versions[row.version], event, record.origin)


def in_order(part: Iterable[Seen], after: int = 0) -> Iterator[Stored]:
    """The events of the part as it stores them, in the order of recording, from the position `after` on."""
    positions: dict[int, int] = {}
    for place, one in enumerate(sorted(part, key=lambda one: one.row.position), after + 1):
        row = one.row._replace(position=place, version=one.version)
        positions[one.row.position] = place
        if one.event is None:
            yield row
            continue
        event, origin = one.event, one.origin
        if isinstance(event, EntryErased):
            placed = tuple(
                msgspec.structs.replace(each, position=positions.get(each.position, 0)) for each in event.erased
            )
            event = msgspec.structs.replace(event, erased=placed)
        if origin is not None:
            origin = msgspec.structs.replace(origin, position=place)
        yield restamped(row, event, origin)


class WholeLog(Protocol):
    """The questions that are put to the whole log to find the new events of a part."""

    def events_of(self, stream: str) -> Iterable[Stored]: ...

    def newest_versions(self, streams: Sequence[str]) -> Mapping[str, int]: ...


class EarlierPart(Protocol):
    """A part as it was written before: its newest position, and the newest version of each of its streams."""

    def position(self) -> int: ...

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]: ...


def new_part(
    whole: WholeLog, there: EarlierPart, levels: Levels, clearance: int, new: Sequence[Stored]
) -> list[Stored] | None:
    """The new events of the part, as they are stored in it; None if earlier events enter or leave it.

    `new` are the events of the whole log since those of the part `there`, none of which changes a level by itself.
    """
    after = new[0].position - 1
    found: list[Seen] = []
    by_negotiation: dict[str, dict[str, None]] = {}
    for row in new:
        by_negotiation.setdefault(row.stream.partition("/")[0], {})[row.stream] = None
    for negotiation, names in by_negotiation.items():
        streams = [Stream.named(name) for name in names]
        records = reached(streams, partial(recorded, whole), partial(_bearing, whole, negotiation))
        ranks = Ranks(records, levels)
        before = there.newest_versions([*names])
        for stream, name in zip(streams, names, strict=True):
            of_entry = [*seen([*whole.events_of(name)], records[stream], ranks, levels, clearance)]
            earlier = [one for one in of_entry if one.row.position <= after]
            is_old = any(one.position <= after for one in records[stream])
            if len(earlier) != before.get(name, 0) or (is_old and not earlier and of_entry):
                return None
            if not is_old and not of_entry and stream.kind in ("party", "person"):
                return None  # tasks and statements may name in words whom nobody had named before
            found += of_entry[len(earlier) :]
    return [*in_order(found, there.position())]


def _renumbered(event: Event, versions: Mapping[int, int], levels: Levels, clearance: int) -> Event:
    """An event with the versions of the part in place of those of the whole log."""
    match event:
        case EntryCorrected() if event.of:
            return msgspec.structs.replace(event, of=versions[event.of])
        case EntryCorrected() | EntryRetracted():
            return msgspec.structs.replace(event, reports=_among(event.reports, versions))
        case EntryReinstated():
            return msgspec.structs.replace(event, retractions=_among(event.retractions, versions))
        case EntryErased():
            gone = [one for one in event.erased if levels.rank(one.level) <= clearance]
            placed = tuple(msgspec.structs.replace(one, version=versions.get(one.version, 0)) for one in gone)
            elsewhere = event.elsewhere if levels.rank(event.level) <= clearance else ()
            return msgspec.structs.replace(event, erased=placed, elsewhere=elsewhere)
    return event


def _among(named: Iterable[int], versions: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(versions[one] for one in named if one in versions)


def recorded(store: WholeLog, stream: Stream) -> list[Recorded]:
    """The events of an entry, oldest first, without those that were erased."""
    return _recorded(store.events_of(str(stream)))


def _recorded(rows: Iterable[Stored]) -> list[Recorded]:
    mapper = EventMapper()
    return [mapper.recorded(row) for row in rows if not erased(row.state)]


def _bearing(whole: WholeLog, negotiation: str, slugs: Sequence[str]) -> list[Stream]:
    """The streams of the entries with these slugs."""
    names = [str(Stream(negotiation, kind, slug)) for slug in slugs if is_slug(slug) for kind in KINDS]
    return [Stream.named(name) for name in whole.newest_versions(names)]
