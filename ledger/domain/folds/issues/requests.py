"""The separate requests of each party on one issue, each as an `Ask` of its own.

A request that reaffirms or replaces an earlier one is that one made again. Requests that no such link joins may be
about different things, so each has its own first day, number of times and answer. An answer that names a request
(`answers`) answers that one and no other; any other answer goes to all requests that wait for its speaker. A withdrawal
that names requests (`answers`, `replaces`) withdraws these; one that names none withdraws the only one that stands, and
leaves each of several in doubt.

After the wait for all of them has ended, a new request is the ask made again: the earlier ones keep their answers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ledger.domain.folds.issues.ask import (
    answers,
    asked,
    closed,
    ended,
    named_none,
    perhaps_otherwise,
    perhaps_withdrawn,
    together,
)
from ledger.domain.states import Ask, Slugs, Statement

Change = Callable[[Ask], Ask | None]


class Requests:
    """The requests that each party has made; a copy is independent.

    Some of them may be over: they were made before the wait for all requests last ended.
    """

    def __init__(self, asks: Iterable[Ask] = (), stored: Iterable[Ask] = (), over: Iterable[str] = ()) -> None:
        self._of: dict[str, dict[str, Ask]] = {one.asker: {one.first_statement: one} for one in asks}
        apart: dict[str, dict[str, Ask]] = {}
        for one in stored:
            apart.setdefault(one.asker, {})[one.first_statement] = one
        self._of |= apart
        self._over: set[tuple[str, ...]] = {tuple(one.split(" ")) for one in over}  # asker and first statement
        self._first: dict[str, str] = {}  # of each statement that makes a request, the first one that made it
        self._gone: dict[tuple[str, str], Ask] = {}  # those replaced, by asker and first statement

    def __copy__(self) -> "Requests":
        other = Requests()
        other._of, other._over = {asker: {**known} for asker, known in self._of.items()}, {*self._over}
        other._first, other._gone = {**self._first}, {**self._gone}
        return other

    def of(self, asker: str) -> Sequence[Ask]:
        """The requests of a party that are not over."""
        return [*self._standing(asker).values()]

    def apart(self, whole: Ask) -> Sequence[Ask]:
        """The requests of an ask that differ from it, also those that are over: none if it is a single request."""
        found = [*self._of.get(whole.asker, {}).values()]
        return [] if found == [whole] else found

    def over(self) -> Slugs:
        """The requests that are over, as texts that can be read back: `vn vn-asks`."""
        return tuple(sorted(" ".join(one) for one in self._over))

    def make(self, before: Ask | None, whole: Ask, statement: Statement, heard: tuple[str, str]) -> None:
        """Take in a request: `before` and `whole` are the party's ask before and after it, `heard` as in `asked`."""
        asker, standing = whole.asker, self._standing(whole.asker)
        again = [*statement.linked("reaffirms"), *statement.linked("replaces")]
        first = next((self._first[slug] for slug in again if slug in self._first), "")
        self._first[statement.slug] = first = first or statement.slug
        known = self._of.setdefault(asker, {})
        earlier = known.get(first) or self._gone.get((asker, first))
        if first not in standing and not (before is not None and before.waiting_since):
            self._over |= {(asker, one) for one in standing}
        self._over.discard((asker, first))
        if earlier:
            one = asked(earlier, asker, statement)
        elif before is None:
            one = whole
        else:
            one = asked(None, asker, statement, max(heard, (before.last_end, "")))
            one = one._replace(unless=one.unless and (whole.unless or one.unless))
        known[first] = one

    def replace(self, slug: str, replaced: Iterable[str], asks: Mapping[str, Ask]) -> dict[str, Ask]:
        """End a request whose statements were all replaced; return the asks, of those given, that have others."""
        first, gone, still = self._first.get(slug, ""), {*replaced}, dict[str, Ask]()
        if not first or any(one not in gone for one, of in self._first.items() if of == first):
            return still
        for asker, known in self._of.items():
            standing = self._standing(asker)
            if first in known and len(standing) > (first in standing):
                self._gone[asker, first] = ended(known.pop(first))
                if first in standing:
                    still[asker] = together(asks[asker], self.of(asker))
        return still

    def forget(self, asker: str) -> None:
        """All statements in which a party asked were replaced."""
        self._gone |= {(asker, first): ended(one) for first, one in self._of.pop(asker, {}).items()}

    def answer(self, before: Ask, statement: Statement, speakers: Sequence[str], change: Callable[[Ask], Ask]) -> Ask:
        """Take in an answer, which may answer only some requests, and return the party's ask after it.

        `change` is what the answer makes of an ask, or of a request.
        """
        after = change(before)
        standing, named = self._standing(before.asker), self._named(statement)
        if named and not named & standing.keys():
            self._change(before.asker, named, change)  # it answers a request that is over
            return _touched(before)
        hit = named & standing.keys() or _concerned(standing, statement, speakers)
        alike = hit == standing.keys() and len({bool(one.waiting_since) for one in standing.values()}) == 1
        unnamed = not named and len(hit) > 1
        self._change(before.asker, hit, lambda one: named_none(change(one)) if unnamed else change(one))
        if len(standing) < 2 or alike:
            return named_none(after) if unnamed else after
        whole = together(after, self.of(before.asker))
        return whole._replace(last_end=before.last_end) if whole.waiting_since else whole

    def consider(self, asker: str, statement: Statement, speakers: Sequence[str], change: Change) -> None:
        """Take in that addressees consider the requests that the statement names, or all that wait for them."""
        standing = self._standing(asker)
        hit = self._named(statement) & standing.keys() or _concerned(standing, statement, speakers)
        self._change(asker, hit, lambda one: change(one) or one)

    def compare(self, other: "Requests") -> None:
        """Note which requests have another status in `other`, where statements were heard in another order."""
        for asker, known in self._of.items():
            found = other._of.get(asker, {})
            known |= {
                first: perhaps_otherwise(one, found[first].status) for first, one in known.items() if first in found
            }

    def settle(self, asker: str, by: Statement) -> None:
        """The party called the matter settled: its requests no longer wait."""
        standing = self._standing(asker)
        hit = [first for first, one in standing.items() if one.waiting_since or one.deferred_in] or standing
        self._change(asker, hit, lambda one: closed(one, "agreed", by))

    def withdraw(self, before: Ask, by: Statement) -> Ask:
        """Take in a withdrawal by the party, and return its ask after it.

        It withdraws the requests that it names, or the only one that waits. If it names none of several, each may be
        the one that was withdrawn.
        """
        known, standing = self._of.get(before.asker, {}), self._standing(before.asker)
        named = self.withdrawn(by) & known.keys()
        waiting = [first for first, one in standing.items() if one.waiting_since]
        hit = named or {*(waiting or [first for first, one in standing.items() if one.status != "withdrawn"])}
        if not named and len(hit) > 1:
            self._change(before.asker, hit, lambda one: perhaps_withdrawn(one, by))
            return perhaps_withdrawn(before, by)
        self._change(before.asker, hit, lambda one: closed(one, "withdrawn", by))
        if len(standing) < 2 and (not named or named & standing.keys()):
            return closed(before, "withdrawn", by)
        return together(before, self.of(before.asker)) if hit & standing.keys() else _touched(before)

    def withdrawn(self, by: Statement) -> set[str]:
        """The requests that a withdrawal names, each by its first statement."""
        return {
            self._first[slug] for link in ("answers", "replaces") for slug in by.linked(link) if slug in self._first
        }

    def _named(self, statement: Statement) -> set[str]:
        """The requests that a reply names, each by its first statement."""
        return {self._first[slug] for slug in statement.linked("answers") if slug in self._first}

    def _standing(self, asker: str) -> dict[str, Ask]:
        """The requests of a party that are not over, by their first statements."""
        return {first: one for first, one in self._of.get(asker, {}).items() if (asker, first) not in self._over}

    def _change(self, asker: str, which: Iterable[str], change: Callable[[Ask], Ask]) -> None:
        """Change some requests of a party, given by their first statements."""
        known = self._of.get(asker, {})
        known |= {first: change(known[first]) for first in which if first in known}


def _touched(ask: Ask) -> Ask:
    """The same ask as a new object, because one of its requests has changed."""
    return ask._replace()


def _concerned(known: Mapping[str, Ask], statement: Statement, speakers: Sequence[str]) -> set[str]:
    """The requests that an answer to nothing in particular answers: those that wait for it, or all if none waits."""
    waiting = {key for key, one in known.items() if one.waiting_since}
    return {key for key in waiting if answers(statement, speakers, known[key])} or {*known} - waiting
