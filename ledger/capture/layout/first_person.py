"""Whose "I" and "we" a report has outside quotations: a mediator's, a ministry's, or that of the person interviewed."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.base.patterns import compiled
from ledger.capture.reading.mentions import Finder, Mention
from ledger.capture.reading.sentences import Sentence
from ledger.capture.reading.voices import publishing

_BEGINNING = 1_500  # characters in which a speaker introduces himself
_ATTRIBUTABLE = r"attributable to[^:\n]{0,80}"
_I_AM = r"\b(?:I am|I’m|I'm|My name is)\s+(?=[A-Z])"
_REMARKS = (
    r"\b(?:remarks|statement|address|speech|comments|briefing|letter|message|interview)\b.{0,60}?\b(?:by|from|with)\b"
)
_FIRST_PERSON = compiled(r"\b(?:we|us|our|I|me|my)\b")
_QUOTED = compiled(r"[“\"][^”\"]{0,2000}[”\"]")
_INTERVIEWED = (  # after the name of somebody who is interviewed, or before it
    r"\b(?:spoke (?:to|with)|talked to|talks to|speaks to|answered (?:our )?questions|in (?:an|this) interview)\b"
)
_FEWEST_QUESTIONS = 2
_LONGEST_QUESTION = 60  # words


class Interview(NamedTuple):
    """The person or office that is interviewed, and the paragraphs that are questions."""

    who: tuple[str, ...]
    questions: frozenset[int]


def writer(text: str, title: str, publisher: str, finder: Finder) -> tuple[str, ...]:
    """The voice of "I" and "we": who says "I am …", whose remarks the title announces, or the party that publishes.

    () if the report is not written in the first person, or does not say who writes.
    """
    beginning = text[:_BEGINNING]
    for pattern, words in ((_ATTRIBUTABLE, beginning), (_I_AM, beginning), (_REMARKS, title)):
        for found in compiled(pattern).finditer(words):
            near = words[found.start() : found.end() + 80]
            if who := [one for one in finder.find(near) if one.kind in ("person", "party")]:
                people = [one for one in who if one.kind == "person"]
                return (people or who)[0].voices[:1]
    return publishing(publisher, finder)[:1] if _FIRST_PERSON.search(_QUOTED.sub("", text)) else ()


def interview(sentences: Sequence[Sentence], finder: Finder) -> Interview | None:
    """The interview that a report is: paragraphs that only ask, and answers in the first person after them."""
    paragraphs: dict[int, str] = {}
    for one in sentences:
        paragraphs[one.paragraph] = f"{paragraphs.get(one.paragraph, '')} {one.text}".strip()
    order = [*paragraphs]
    asked = [
        number
        for number, after in pairwise(order)
        if _only_asks(paragraphs[number]) and _FIRST_PERSON.search(_QUOTED.sub("", paragraphs[after]))
    ]
    if len(asked) < _FEWEST_QUESTIONS:
        return None
    before = " ".join(paragraphs[number] for number in order if number < asked[0])
    who = _interviewed(before, [one for one in finder.find(before) if one.kind == "person"])
    return Interview(who, frozenset(n for n in order if n >= asked[0] and _only_asks(paragraphs[n]))) if who else None


def is_interview(text: str) -> bool:
    """Whether a sentence tells of an interview."""
    return bool(compiled(_INTERVIEWED).search(text))


def _only_asks(paragraph: str) -> bool:
    return paragraph.endswith("?") and paragraph[0] not in '“"' and len(paragraph.split()) <= _LONGEST_QUESTION


def _interviewed(before: str, people: Sequence[Mention]) -> tuple[str, ...]:
    """The person named just before "spoke to", else the first one named."""
    told = compiled(_INTERVIEWED).search(before)
    near = [one for one in people if told and one.end <= told.start()]
    return (near or list(people))[-1 if near else 0].voices[:1] if people else ()
