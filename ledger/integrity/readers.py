"""The parts of a ledger on a server that readers with a clearance may read, in step with its log.

Each part is the one that `ledger.levels.part` makes from the log, so a reading role sees the same part as a question at
that level. It is written in the transaction of the events themselves: new events are added to it, and an event that
changes the level of earlier ones causes it to be written again.
"""

from collections.abc import Sequence
from pathlib import Path

from ledger.levels.scheme import Levels, levels_of
from ledger.log.store import KeptPart, Store, Stored, is_there, opened

__all__ = ["enable", "is_there", "keep"]
CHANGING = ("LevelSet", "LevelsNamed", "EntryErased")  # the events that change the level of earlier ones
FEW = 200  # new events: more are found faster by reading the whole log


def enable(ledger: Path) -> list[str]:
    """Keep a part for the readers of each level but the highest, from now on; return the names of these levels."""
    with opened(ledger) as store, store.writing():
        levels = levels_of(store)
        store.keep_parts(levels.names)
        keep(store)
    return [*levels.names[:-1]]


def keep(store: Store) -> None:
    """Bring every part of a log to its newest event, inside `writing`."""
    kept = store.parts()
    if not kept:
        return
    levels, newest = levels_of(store), store.position()
    read = ReadOnce(store)
    for part in kept:
        if part.upto < newest or not newest:
            _bring(store, read, part, levels, newest)


class ReadOnce:
    """The events and versions of the whole log that its parts need, each read only once, inside `writing`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._streams: dict[str, list[Stored]] = {}
        self._versions: dict[tuple[str, ...], dict[str, int]] = {}
        self._new: dict[int, list[Stored]] = {}

    def events_of(self, stream: str) -> list[Stored]:
        if stream not in self._streams:
            self._streams[stream] = [*self._store.events_of(stream)]
        return self._streams[stream]

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        asked = tuple(streams)
        if asked not in self._versions:
            self._versions[asked] = self._store.newest_versions(streams)
        return self._versions[asked]

    def since(self, position: int) -> list[Stored]:
        if position not in self._new:
            self._new[position] = [*self._store.events(position)]
        return self._new[position]


def _bring(store: Store, read: ReadOnce, part: KeptPart, levels: Levels, newest: int) -> None:
    """Bring one part to the newest event of the log."""
    from ledger.levels import part as parts

    new = read.since(part.upto) if newest - part.upto <= FEW else []
    added = _added(read, part, levels, new) if part.upto and new else None
    if added is not None:
        part.write(added, newest, again=False)
    else:
        part.write(parts.in_order(parts.whole_part(store, levels, part.rank)), newest, again=True)


def _added(read: ReadOnce, part: KeptPart, levels: Levels, new: Sequence[Stored]) -> list[Stored] | None:
    """The new events of a part; None if earlier events enter or leave it."""
    from ledger.levels.part import new_part

    if any(row.type.partition(".")[0] in CHANGING for row in new):
        return None
    return new_part(read, part, levels, part.rank, new)
