"""How an issue stands: its status, from the asks and the parties' words, what it rests on, and any other it may be."""

from collections.abc import Iterable

from ledger.domain.folds.issues.ask import in_doubt, rests_on
from ledger.domain.folds.issues.folded import IssueFold
from ledger.domain.folds.issues.words import Words
from ledger.domain.states import Ask, Issue, Slugs
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import Memberships, parties


class Standpoint:
    """What gives an issue its status: the asks, the answers, and the parties' own words."""

    def __init__(self, past: IssueFold, who: Memberships) -> None:
        self._who = who
        asked = {span.state.asker: span.state for span in past.asks if not span.valid_to}
        last: Issue | None = past.issue[-1].state if past.issue else None
        self.askers: dict[str, Ask] = {asker: asked[asker] for asker in last.raised_by} if last else {}
        self._words, self._answered_by = Words(past.snapshot.words), {*past.snapshot.answered_by}
        self._answer = (last.last_answer, last.last_answer_act, last.last_answer_by) if last else ("", "", ())
        self._last_spoken = last.last_spoken if last else ""
        # The status after statements without a known order, and those that another order of them would give.
        self._otherwise = past.snapshot.otherwise

    def _status(self) -> str:
        live = self._live()
        if self._said_by_all("settled"):
            return "settled"
        if self._said_by_some("settled"):
            return "partly settled"
        if self._said_by_all("unresolved"):
            return "unresolved"
        if self.askers and not live:
            return "withdrawn"
        for word in ("agreed in principle", "narrowed"):
            if self._said_by_all(word):
                return word
        if any(ask.status == "open" for ask in live):
            return "open"
        if live:
            found = {ask.status for ask in live} - {"agreed"}
            return "agreed" if not found else "deferred" if found == {"deferred"} else "answered"
        _, act, by = self._answer
        if act in ACTS and ACTS[act].role is Role.ACCEPTS and len(parties(by)) > 1:
            return "agreed"
        return "unresolved" if self._words.by("unresolved") else "noted" if self._last_spoken else "named"

    def _live(self) -> list[Ask]:
        return [ask for ask in self.askers.values() if ask.status != "withdrawn"]

    def _said_by_some(self, word: str) -> bool:
        if not (speakers := self._words.by(word)):
            return False
        asked = {party for ask in self.askers.values() for party in ask.to}
        concerned = {*self.askers, *self._answered_by, *asked}
        return not concerned or not concerned.isdisjoint(self._with_members(speakers))

    def _said_by_all(self, word: str) -> bool:
        if not (said := {*self._words.by(word)}):
            return False
        concerned = {one for one in self.askers if self._who.is_party(one, self._last_spoken)} | self._answered_by
        return concerned <= self._with_members(said) if concerned else len(said) > 1

    def _with_members(self, speakers: Iterable[str]) -> set[str]:
        """The speakers, and their members that have not said themselves whether it is settled or unresolved."""
        said = {*speakers}
        members = {member for one in said for member in self._who.members(one, self._last_spoken)}
        return said | members - {*self._words.by("settled"), *self._words.by("unresolved")}

    def _rests_on(self, status: str) -> Slugs:
        """The statements that give the issue its status; the one that gave it last is at the end."""
        if status in ("settled", "partly settled", "unresolved", "agreed in principle", "narrowed"):
            found = self._words.statements("settled" if status == "partly settled" else status)
        elif not self.askers:
            found = self._words.statements("answered") if status == "agreed" else []
        else:
            asks = [ask for ask in self.askers.values() if ask.status == status]
            asks.sort(key=lambda ask: max(ask.last_asked, ask.last_answer, ask.last_end))
            found = [slug for ask in asks for slug in rests_on(ask) if slug]
        return tuple(dict.fromkeys(reversed(found)))[::-1]

    def _unless(self, status: str) -> str:
        """The other status that the issue may have instead of this one; else ""."""
        found = self._words.perhaps(in_doubt(self._live(), status), status, self._said_by_all, self._said_by_some)
        doubts = self._otherwise[1:] if self._otherwise[:1] == (status,) else ()
        return " or ".join(one for one in dict.fromkeys([*found.split(" or "), *doubts]) if one)
