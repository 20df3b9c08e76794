"""The positions that the parties hold on an issue: of each, the last statement in which it took one.

Statements whose dates do not tell their order are heard in some order all the same, so the last one heard may not have
been made last. Those that may have been made after it are kept beside it.
"""

from collections.abc import Iterable

from ledger.domain.clocks import follows
from ledger.domain.states import Slugs, Statement


class Holding:
    """By party, the statements that may be its last position, with their days, in the order of hearing."""

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._held: dict[str, dict[str, str]] = {}
        for party, slug, day in (one.split(" ") for one in stored):
            self._held.setdefault(party, {})[slug] = day

    def take(self, speakers: Iterable[str], statement: Statement) -> None:
        """The speakers take a position in a statement; those that certainly came before it are over."""
        for speaker in speakers:
            before = self._held.get(speaker, {}).items()
            kept = {slug: day for slug, day in before if slug != statement.slug and not follows(statement, slug, day)}
            self._held[speaker] = kept | {statement.slug: statement.day}

    def replace(self, slug: str) -> None:
        """A statement was replaced: nobody holds its position any more."""
        for party, held in [*self._held.items()]:
            if slug == [*held][-1]:
                del self._held[party]
            else:
                held.pop(slug, None)

    @property
    def parties(self) -> Slugs:
        return tuple(self._held)

    @property
    def positions(self) -> Slugs:
        """The last statement heard of each party."""
        return tuple([*held][-1] for held in self._held.values())

    @property
    def besides(self) -> Slugs:
        """The others of each party that may be later, in one text: `vn-asks vn-asks-again`."""
        return tuple(" ".join([*held][:-1]) for held in self._held.values())

    def stored(self) -> Slugs:
        """As texts, from which it can be made again: `vn vn-asks 2025-05-22`."""
        return tuple(f"{party} {slug} {day}" for party, held in self._held.items() for slug, day in held.items())
