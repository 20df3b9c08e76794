"""The separate requests of each party on one issue, each as an `Ask` of its own.

A request that reaffirms or replaces an earlier one is that one made again. Requests that no such link joins may be
about different things, so each has its own first day, number of times and answer. An answer that names a request
(`answers`) answers that one and no other; any other answer goes to all requests that wait for its speaker.

Once an answer has ended the wait for all of them alike, they are told as one ask, as before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ledger.domain.folds.issues.ask import answers, asked, closed, ended, together
from ledger.domain.states import Ask, Statement

Change = Callable[[Ask], Ask | None]


class Requests:
    """The requests that each party has made since its ask last ended; a copy is independent."""

    def __init__(self, asks: Iterable[Ask] = (), stored: Iterable[Ask] = ()) -> None:
        self._of: dict[str, dict[str, Ask]] = {
            one.asker: {one.first_statement: one} for one in asks if one.waiting_since
        }
        apart: dict[str, dict[str, Ask]] = {}
        for one in stored:
            apart.setdefault(one.asker, {})[one.first_statement] = one
        self._of |= apart
        self._first: dict[str, str] = {}  # of each statement that makes a request, the first one that made it
        self._before: dict[tuple[str, str], Ask] = {}  # those replaced, or told together since, by asker and first

    def __copy__(self) -> "Requests":
        other = Requests()
        other._of, other._first, other._before = {**self._of}, {**self._first}, {**self._before}
        return other

    def of(self, asker: str) -> Sequence[Ask]:
        """The requests of a party."""
        return [*self._of.get(asker, {}).values()]

    def apart(self, whole: Ask) -> Sequence[Ask]:
        """The requests of an ask that differ from it: none if it is a single request."""
        found = self.of(whole.asker)
        return [] if found == [whole] else found

    def make(self, before: Ask | None, whole: Ask, statement: Statement, heard: str) -> None:
        """Take in a request: `before` and `whole` are the party's ask before and after it, `heard` as in `asked`."""
        asker, known = whole.asker, self._of.get(whole.asker, {})
        again = [*statement.linked("reaffirms"), *statement.linked("replaces")]
        first = next((self._first[slug] for slug in again if slug in self._first), "")
        earlier = known.get(first) or self._before.get((asker, first))
        self._first[statement.slug] = first = first or statement.slug
        if first in known or (before is not None and before.waiting_since):
            current = known
        else:
            current = {}
            self._together(asker, known)
        if earlier:
            one = asked(earlier, asker, statement)
        elif before is None:
            one = whole
        else:
            one = asked(None, asker, statement, max(heard, before.last_end))
            one = one._replace(unless=one.unless and (whole.unless or one.unless))
        self._of[asker] = current | {first: one}

    def replace(self, slug: str, replaced: Iterable[str], asks: Mapping[str, Ask]) -> dict[str, Ask]:
        """End a request whose statements were all replaced; return the asks, of those given, that have others."""
        first, gone, still = self._first.get(slug, ""), {*replaced}, dict[str, Ask]()
        if not first or any(one not in gone for one, of in self._first.items() if of == first):
            return still
        for asker, known in self._of.items():
            if first in known and len(known) > 1:
                self._before[asker, first] = ended(known[first])
                self._of[asker] = {key: one for key, one in known.items() if key != first}
                still[asker] = together(asks[asker], self.of(asker))
        return still

    def forget(self, asker: str) -> None:
        """All statements in which a party asked were replaced."""
        self._together(asker, {key: ended(one) for key, one in self._of.get(asker, {}).items()})

    def answer(self, before: Ask, statement: Statement, speakers: Sequence[str], change: Callable[[Ask], Ask]) -> Ask:
        """Take in an answer, which may answer only some requests, and return the party's ask after it.

        `change` is what the answer makes of an ask, or of a request.
        """
        after = change(before)
        known = self._of.get(before.asker, {})
        named = self._named(statement)
        if named and before.waiting_since and not named & known.keys():
            return before  # it answers an earlier request
        hit = named & known.keys() or _concerned(known, statement, speakers)
        some = {key: change(one) if key in hit else one for key, one in known.items()}
        apart = len(known) > 1 and (hit != known.keys() or any(not one.waiting_since for one in known.values()))
        self._of[before.asker] = some
        if not apart:
            if not after.waiting_since:
                self._together(before.asker, some)
            return after
        whole = together(after, [*some.values()])
        return whole._replace(last_end=before.last_end) if whole.waiting_since else whole

    def consider(self, asker: str, statement: Statement, speakers: Sequence[str], change: Change) -> None:
        """Take in that addressees consider the requests that the statement names, or all that wait for them."""
        known = self._of.get(asker, {})
        hit = self._named(statement) & known.keys() or _concerned(known, statement, speakers)
        self._of[asker] = {key: change(one) or one if key in hit else one for key, one in known.items()}

    def close(self, asker: str, status: str, by: Statement) -> None:
        """The party withdrew its requests, or called the matter settled."""
        known = self._of.get(asker, {})
        apart = len(known) > 1 and any(not one.waiting_since for one in known.values())
        self._of[asker] = {key: closed(one, status, by) for key, one in known.items()}
        if not apart:
            self._together(asker, self._of[asker])

    def _named(self, statement: Statement) -> set[str]:
        """The requests that a reply names, each by its first statement."""
        return {self._first[slug] for slug in statement.linked("answers") if slug in self._first}

    def _together(self, asker: str, requests: Mapping[str, Ask]) -> None:
        """Tell the requests of a party as one ask from now on, until one of them is made again."""
        self._before |= {(asker, key): one for key, one in requests.items()}
        self._of.pop(asker, None)


def _concerned(known: Mapping[str, Ask], statement: Statement, speakers: Sequence[str]) -> set[str]:
    """The requests that an answer to nothing in particular answers: those that wait for it, or all if none waits."""
    waiting = {key for key, one in known.items() if one.waiting_since}
    return {key for key in waiting if answers(statement, speakers, known[key])} or {*known} - waiting
