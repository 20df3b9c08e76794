"""The facets that several lists share: by party, person and issue, open or not, and words of a vocabulary."""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.dates import When
from ledger.domain.vocabulary import QUESTIONS, plain
from ledger.web.listing.narrowing import Facet

OPEN = {"yes": "yes", "no": "no"}
WITH_EVIDENCE = 50  # rows of a page, where each has its sources and quotations


def words_of(words: Iterable[str]) -> dict[str, str]:
    return {word: plain(word) for word in words}


def statuses_of(of: str) -> tuple[str, ...]:
    return tuple(word for word in QUESTIONS[of].answers if word != "none")


def parties_of(voices: Callable[[Any], Iterable[str]]) -> Callable[[Any], Iterable[str]]:
    return lambda row: [voice.partition("/")[0] for voice in voices(row)]


def by_party(voices: Callable[[Any], Iterable[str]], heading: str = "Party", name: str = "party") -> Facet:
    return Facet(name, heading, parties_of(voices), "party")


def by_person(voices: Callable[[Any], Iterable[str]], heading: str = "Person") -> Facet:
    return Facet("person", heading, lambda row: [one for v in voices(row) if (one := v.partition("/")[2])], "person")


def by_issue(issues: Callable[[Any], Iterable[str]]) -> Facet:
    return Facet("issue", "Issue", issues, "issue")


def by_open(is_open: Callable[[Any], bool], heading: str = "Open") -> Facet:
    return Facet("open", heading, lambda row: ("yes" if is_open(row) else "no",), words=OPEN)


def day_of(when: When) -> str:
    """The key of a date: its last possible day, else its first."""
    return str(when.latest or when.earliest or "")
