"""Merges the reports of one entry: chooses the value of each field and finds the fields on which reports disagree.

Values that can all be true are not contested: "May 2025" and "22 May 2025" agree, and the more precise is shown.
Values that cannot all be true are contested: all are shown, and the value of the report published last is preferred,
unless a correction has settled the field. A speaker's own words are preferred to another voice's report of them.
Two paraphrases are contested only if their numbers differ.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ledger.base.names import fold, is_slug
from ledger.dates import When, compatible, gives_an_end, joined, more_precise
from ledger.dates.calendar import MONTHS
from ledger.domain.events import FollowUpAgreed, StatementReported
from ledger.domain.figures.given import FigureGiven
from ledger.domain.folds.figures import agree as figures_agree
from ledger.domain.folds.figures import fuller as fuller_figures
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest, Link
from ledger.domain.vocabulary import guess
from ledger.domain.wording import written


class Folded(NamedTuple):
    """The state of an entry in a span, the fields on which its reports disagree then, its figures and its links."""

    state: Any
    contests: tuple[Contest, ...]
    figures: tuple[FigureGiven, ...] = ()
    links: tuple[Link, ...] = ()


class Claim(NamedTuple):
    """One account's value for one field."""

    value: Any
    account: Account


class Manner(NamedTuple):
    """How to decide whether two values of a field agree, and which of two agreeing values is more precise."""

    agree: Callable[[Any, Any], bool]
    fuller: Callable[[Any, Any], Any]


def _same_voices(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether one list may be a more detailed form of the other: `us` may be `us/jamieson-greer`."""
    return _told_by(first, second) or _told_by(second, first)


def _told_by(voices: Iterable[str], others: Iterable[str]) -> bool:
    return all(any(_same_voice(voice, other) for other in others) for voice in voices)


def _same_voice(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _more_persons(first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    persons = sum("/" in voice for voice in first), sum("/" in voice for voice in second)
    return first if (len(first), persons[0]) > (len(second), persons[1]) else second


def _later(_: Any, second: Any) -> Any:
    return second


def _same_set(first: Iterable[str], second: Iterable[str]) -> bool:
    one, other = set(first), set(second)
    return one <= other or other <= one


def _larger(first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    return first if len(first) > len(second) else second


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DAY_OR_YEAR = re.compile(rf"\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b|\b(?:19|20)\d\d\b", re.IGNORECASE)


def numbers(words: str) -> set[str]:
    """The numbers in a paraphrase, except days and years."""
    return {number.replace(",", "") for number in _NUMBER.findall(_DAY_OR_YEAR.sub(" ", words))}


def _same_numbers(first: str, second: str) -> bool:
    return _same_set(numbers(first), numbers(second))


def _place_words(place: str) -> set[str]:
    return set(fold(place).replace(".", "").replace(",", " ").split())


def _same_place(first: str, second: str) -> bool:
    return _same_set(_place_words(first), _place_words(second))


def _same_spot(first: str, second: str) -> bool:
    """Whether two places agree and begin alike: `Almaty` and `Almaty, Kazakhstan`, not `Hotel Rixos, Almaty`."""
    return _same_place(first, second) and fold(first.partition(",")[0]) == fold(second.partition(",")[0])


def _gives(date: When, shown: When) -> bool:
    """Whether a report with this date gives the date to show, or its start or its end."""
    return date == shown or gives_an_end(date, shown)


DATES = Manner(compatible, more_precise)
OCCASIONS = Manner(compatible, joined)
VOICES = Manner(_same_voices, _more_persons)
PLACES = Manner(_same_place, _larger)
EXACT = Manner(lambda first, second: bool(first == second), _later)
NUMBERS = Manner(_same_numbers, _later)  # the keeper's own words, which are in dispute only if their numbers differ
FIGURES = Manner(figures_agree, fuller_figures)
FREE = Manner(lambda first, second: True, _later)

# How to decide whether a report gives the value to show; without one of these, its value must be the same.
_GIVES: dict[Manner, Callable[[Any, Any], bool]] = {
    PLACES: _same_spot,
    OCCASIONS: _gives,
    NUMBERS: NUMBERS.agree,
    FREE: FREE.agree,
}

MANNERS: dict[str, Manner] = {
    "held": OCCASIONS,
    "expected": DATES,
    "on": DATES,
    "due": DATES,
    "since": DATES,
    "by": VOICES,
    "to": VOICES,
    "on_behalf_of": VOICES,
    "owners": VOICES,
    "place": PLACES,
    "says": NUMBERS,
    "reason": NUMBERS,
    "reported_by": FREE,
    "conditional_on": FREE,  # one condition in the words of each report
    "figures": FIGURES,
}


class Weighed:
    """The fields of one entry, merged over its accounts; `contests` collects the fields on which they disagree."""

    def __init__(self, kind: str, slug: str, found: Sequence[Account], settled: Settled) -> None:
        self._kind, self._slug = kind, slug
        self._accounts = found if len(found) < 2 else sorted(found, key=_when_reported)
        self._alone = found[0].event if len(found) == 1 else None
        # The fields with the accounts that give the values to show, noted where only some accounts have inferences.
        self._given: list[tuple[str, Sequence[Account]]] | None = None
        if len({bool(_inferred(one)) for one in found}) > 1 or any(map(_inferred_in, found)):
            self._given = []
        self._settled = settled
        self.contests: list[Contest] = []

    def among(self, found: Sequence[Account]) -> "Weighed":
        """The fields merged over only some of the accounts; their contests go into the same collection."""
        narrowed = Weighed(self._kind, self._slug, found, self._settled)
        narrowed.contests, narrowed._given = self.contests, self._given
        return narrowed

    def of(self, name: str, empty: Any, told_as: str = "") -> Any:
        """The value to show for a field; `empty` if no account reports one.

        `told_as` names the field in a contest, if events of different classes have a field of this name.
        """
        if self._alone is not None and self._given is None:  # there is nothing to merge
            return getattr(self._alone, name, empty)
        claims = [
            Claim(value, account)
            for account in self._accounts
            if (value := getattr(account.event, name, empty)) != empty
        ]
        if not claims:
            return empty
        manner = MANNERS.get(name, EXACT)
        value = self._shown(claims, manner, name, told_as or name)
        self.rests_on(name, [claim.account for claim in claims if _GIVES.get(manner, EXACT.agree)(claim.value, value)])
        return value

    def _shown(self, claims: Sequence[Claim], manner: Manner, name: str, told_as: str) -> Any:
        """The value to show of some claims, which are noted as a contest if they disagree."""
        first = claims[0].value
        if all(claim.value == first for claim in claims):
            return first
        if all(manner.agree(one.value, other.value) for one, other in combinations(claims, 2)):
            return _fullest(claims, manner)
        preferred = self._preferred(name, claims)
        self.contests.append(self._contest(told_as, claims, preferred))
        return preferred.value

    def rests_on(self, name: str, accounts: Sequence[Account]) -> None:
        """Note that these accounts give the value to show for a field."""
        if self._given is not None and accounts:
            self._given.append((name, accounts))

    def each(self, empties: Mapping[str, Any]) -> dict[str, Any]:
        """The values to show for several fields; `empties` maps each to its empty value."""
        if self._alone is not None and self._given is None:
            return {name: getattr(self._alone, name, empty) for name, empty in empties.items()}
        return {name: self.of(name, empty) for name, empty in empties.items()}

    def union(self, name: str) -> tuple[Any, ...]:
        """The items that the accounts list, in order of first mention."""
        items = tuple(dict.fromkeys([item for one in self._accounts for item in getattr(one.event, name, ())]))
        for item in items if self._given is not None else ():
            self.rests_on(name, [one for one in self._accounts if item in getattr(one.event, name, ())])
        return items

    def every(self, name: str, told_by: str = "") -> str:
        """Every value of a field, because all reports may be shown; several values have their sources.

        Each says which words name its teller, unless that is `told_by`, whom the reader is told of anyway.
        """
        giving = [one for one in self._accounts if getattr(one.event, name, "")]
        self.rests_on(name, giving)
        told: dict[str, dict[str, None]] = {}
        for one in giving:
            value, teller = getattr(one.event, name), _according_to(one.event, told_by)
            told.setdefault(f"{value.rstrip('.')}{teller}" if teller else value, {})[one.source] = None
        if len(told) < 2:
            return next(iter(told), "")
        return " or ".join(f"{value} ({', '.join(sources)})" for value, sources in told.items())

    def sources(self) -> tuple[str, ...]:
        """The sources that report the entry."""
        return tuple(dict.fromkeys([account.event.source for account in self._accounts if account.event.source]))

    def inferred(self) -> str:
        """The keeper's inferences, with their reasons, that are the only basis of a shown value."""
        inferring = [one for _, accounts in self._guesses() for one in accounts] if self._given else self._accounts
        return " ".join(dict.fromkeys([why for one in inferring if (why := _inferred(one))]))

    def inferred_in(self) -> tuple[str, ...]:
        """The fields that rest on inferences alone; none if every account has one, because then all do."""
        return tuple(dict.fromkeys([name for name, _ in self._guesses()]))

    def _guesses(self) -> list[tuple[str, Sequence[Account]]]:
        """The values to show that are given only by accounts with an inference about them."""
        given = self._given or ()
        return [(name, found) for name, found in given if all(_infers(one, name) for one in found)]

    def _preferred(self, name: str, claims: Sequence[Claim]) -> Claim:
        settled = self._settled.get(name, frozenset())
        return next((claim for claim in claims if claim.account.version in settled), claims[-1])

    def _contest(self, name: str, claims: Sequence[Claim], preferred: Claim) -> Contest:
        return Contest(
            kind=self._kind,
            slug=self._slug,
            field=name,
            preferred=written(preferred.value),
            values=tuple(written(claim.value) for claim in claims),
            sources=tuple(claim.account.source for claim in claims),
            positions=tuple(str(claim.account.position) for claim in claims),
            quotes=tuple(" … ".join(quote.words for quote in claim.account.event.quotes) for claim in claims),
        )


def _according_to(event: Any, told_by: str) -> str:
    """`, according to two diplomats`, if the report names in its own words who said so; voices are in its sentence."""
    teller = getattr(event, "reported_by", "")
    return "" if teller in ("", told_by) or all(map(is_slug, teller.split("/"))) else f", according to {teller}"


def _inferred(account: Account) -> str:
    """The keeper's inference in a report, "" if there is none; names have no inferences."""
    return getattr(account.event, "inferred", "")


def _inferred_in(account: Account) -> tuple[str, ...]:
    """The fields that the keeper's inference in a report is about; none if it is about all of them."""
    return getattr(account.event, "inferred_in", ())


def _infers(account: Account, name: str) -> bool:
    """Whether the keeper inferred a field of a report."""
    return bool(guess(_inferred(account), _inferred_in(account), name))


def _when_reported(account: Account) -> tuple[bool, tuple[str, ...]]:
    """When a report was published. A first-hand report counts as later than what another voice tells of it."""
    told = isinstance(account.event, StatementReported | FollowUpAgreed) and account.event.reported_by
    return not told, account.order[1:]


def _fullest(claims: Sequence[Claim], manner: Manner) -> Any:
    value = claims[0].value
    for claim in claims[1:]:
        value = manner.fuller(value, claim.value)
    return value


def within(due: When, accounts: Iterable[Account]) -> bool:
    """Whether the days of a due date had begun when a report gave it: `within 60 days` gives all of them."""
    first = due.earliest
    if first is None or due.latest is None or first == due.latest:
        return False
    return any(one.event.due == due and first.isoformat() <= one.day for one in accounts)


def latest(occasions: Sequence[Weighed], name: str, empty: Any) -> Any:
    """The value of a field on the last of some occasions that gives one; `empty` if none does."""
    return next((value for one in reversed(occasions) if (value := one.of(name, empty)) != empty), empty)
