"""The facets that several lists share: by party, person and issue, open or not, and words of a vocabulary."""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.dates import When
from ledger.domain.states import Slugs
from ledger.domain.vocabulary import QUESTIONS, plain
from ledger.web.listing.narrowing import Facet

OPEN = {"yes": "yes", "no": "no"}
WITH_EVIDENCE = 30  # rows of a page, where each has its sources and quotations


def words_of(words: Iterable[str]) -> dict[str, str]:
    return {word: plain(word) for word in words}


def statuses_of(of: str) -> tuple[str, ...]:
    return tuple(word for word in QUESTIONS[of].answers if word != "none")


def by_party(voices: Callable[[Any], Slugs], heading: str = "Party", name: str = "party") -> Facet:
    return Facet(name, heading, voices, "party", read=_parties)


def by_person(voices: Callable[[Any], Slugs], heading: str = "Person") -> Facet:
    return Facet("person", heading, voices, "person", read=_people)


def _parties(voices: Slugs) -> list[str]:
    return [voice.partition("/")[0] for voice in voices]


def _people(voices: Slugs) -> list[str]:
    return [person for voice in voices if (person := voice.partition("/")[2])]


def by_issue(issues: Callable[[Any], Slugs]) -> Facet:
    return Facet("issue", "Issue", issues, "issue")


def by_open(is_open: Callable[[Any], bool], heading: str = "Open") -> Facet:
    return Facet("open", heading, lambda row: ("yes" if is_open(row) else "no",), words=OPEN)


def day_of(when: When) -> str:
    """The key of a date: its last possible day, else its first."""
    return str(when.latest or when.earliest or "")
