"""The positions that the parties hold on an issue: each party's last statement in which it took one.

Statements whose dates leave their order open are still heard in some order, so the last one heard may not have been
made last. Those that may have been made after it are stored with it.
"""

from collections.abc import Collection, Iterable

from ledger.domain.clocks import follows, surely_made_by
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import parties


class Holding:
    """By party, the statements that may be its last position, each with its day and act, in the order of hearing.

    With each is the day by which it was surely made, which is later if only a convention gives the first one.
    """

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._held: dict[str, dict[str, tuple[str, str, str]]] = {}
        for party, slug, day, surely, act in (one.split(" ") for one in stored):
            self._held.setdefault(party, {})[slug] = day, surely, act

    def __copy__(self) -> "Holding":
        other = Holding()
        other._held = {party: {**held} for party, held in self._held.items()}
        return other

    def take(self, speakers: Iterable[str], statement: Statement) -> None:
        """The speakers take a position in a statement; those that certainly came before it are over."""
        slug, new = statement.slug, (statement.day, surely_made_by(statement), statement.act)
        for speaker in speakers:
            before = self._held.get(speaker, {}).items()
            kept = {one: said for one, said in before if one != slug and not follows(statement, one, *said[:2])}
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

    def other_answers(self, of: Iterable[str]) -> list[tuple[str, str]]:
        """The answers of the parties that may be later than the last one heard: each party with the act."""
        others = [(party, act) for party in of for *_, act in [*self._held.get(party, {}).values()][:-1]]
        return [*dict.fromkeys(one for one in others if one[1] in ACTS and ACTS[one[1]].role.is_answer)]

    def answers_besides(self, last: Statement, answering: Collection[str]) -> list[tuple[str, str]]:
        """The other answers of those that have answered that may be later than the last one heard; as `other_answers`.

        Another party's answer with the same act is left out: it makes no difference which of them was the last.
        """
        by = parties(last.by)
        found = [
            (party, act)
            for party, held in self._held.items()
            if party in by or party in answering
            for slug, (*days, act) in held.items()
            if slug != last.slug and (party in by or act != last.act) and not follows(last, slug, *days)
        ]
        return [*dict.fromkeys(one for one in found if one[1] in ACTS and ACTS[one[1]].role.is_answer)]

    def stored(self) -> Slugs:
        """The positions as texts, which can be read back: `vn vn-asks 2025-05-22 2025-05-22 asked`."""
        return tuple(" ".join((party, one, *said)) for party, held in self._held.items() for one, said in held.items())
