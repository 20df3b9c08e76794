"""The positions that the parties hold on an issue: each party's last statement in which it took one.

Statements whose dates leave their order open are still heard in some order, so the last one heard may not have been
made last. Those that may have been made after it are stored with it.
"""

from collections.abc import Iterable

from ledger.domain.clocks import follows
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import ACTS


class Holding:
    """By party, the statements that may be its last position, each with its day and act, in the order of hearing."""

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._held: dict[str, dict[str, tuple[str, str]]] = {}
        for party, slug, day, act in (one.split(" ") for one in stored):
            self._held.setdefault(party, {})[slug] = day, act

    def __copy__(self) -> "Holding":
        other = Holding()
        other._held = {party: {**held} for party, held in self._held.items()}
        return other

    def take(self, speakers: Iterable[str], statement: Statement) -> None:
        """The speakers take a position in a statement; those that certainly came before it are over."""
        slug, new = statement.slug, (statement.day, statement.act)
        for speaker in speakers:
            before = self._held.get(speaker, {}).items()
            kept = {one: said for one, said in before if one != slug and not follows(statement, one, said[0])}
            self._held[speaker] = kept | {slug: new}

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
        """Each party's last statement, in the order of hearing."""
        return tuple([*held][-1] for held in self._held.values())

    @property
    def besides(self) -> Slugs:
        """Each party's other statements that may be later, in one text: `vn-asks vn-asks-again`."""
        return tuple(" ".join([*held][:-1]) for held in self._held.values())

    def other_answers(self, parties: Iterable[str]) -> list[tuple[str, str]]:
        """The answers of the parties that may be later than the last one heard: each party with the act."""
        others = [(party, act) for party in parties for _, act in [*self._held.get(party, {}).values()][:-1]]
        return [*dict.fromkeys(one for one in others if one[1] in ACTS and ACTS[one[1]].role.is_answer)]

    def stored(self) -> Slugs:
        """The positions as texts, which can be read back: `vn vn-asks 2025-05-22 asked`."""
        return tuple(" ".join((party, one, *said)) for party, held in self._held.items() for one, said in held.items())
