"""A suggested entry, and how its quotation is cut: the shortest run of words that proves it."""

import re
from typing import Any, NamedTuple

from ledger.capture.reading.sentences import Sentence

MOST_WORDS = 40  # of a quotation
_LONG = 24  # words; a longer run is cut at a comma, where one stands late enough
_FEWEST = 8  # words that must stand before the cut
_CUTS = (
    re.compile(r",\s+(?:including|such as|in particular|especially|which|where|who|with the aim)\b"),
    re.compile(r"[;–—]\s"),
    re.compile(r",\s"),
)
_ABBREVIATION_AT_END = re.compile(r"\b(?:U\.S|D\.C|U\.K|U\.N|Inc|Co|Ltd)\.$")

Place = tuple[int, int]


class Suggestion(NamedTuple):
    """One suggested entry. `kind` is that of an entry file; `quote` is text[start:end] of the report.

    `fields` are those of the entry, as read: dates are `When`, voices and slugs are those of the record. `acts` are
    all acts offered, the likeliest first; `reasons` say why, each with the words it goes by. `doubts` names the fields
    that a person should look at.
    """

    kind: str
    sentence: int
    start: int
    end: int
    quote: str
    fields: dict[str, Any]
    acts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def overlaps(self, start: int, end: int) -> bool:
        """Whether its quotation shares words with text[start:end]."""
        return self.start < end and start < self.end


def suggest_entry(
    kind: str,
    sentence: Sentence,
    place: Place,
    fields: dict[str, Any],
    acts: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
) -> Suggestion:
    """A suggestion whose quotation is at a place of its sentence."""
    start, end = place
    words = sentence.text[start:end]
    first, last = sentence.start + start, sentence.start + end
    return Suggestion(kind, sentence.number, first, last, words, fields, acts, reasons, doubts)


def cut(text: str, start: int, end: int) -> Place:
    """A place cut to the shortest run of words that says it: at a comma when it is long, without marks at its ends."""
    words = text[start:end]
    if len(words.split()) > _LONG:
        words = words[: _place_of_cut(words)]
    pieces = list(re.finditer(r"\S+", words))
    if len(pieces) > MOST_WORDS:
        words = words[: pieces[MOST_WORDS - 1].end()]
    stripped = words.strip(" \t\n,;:")
    if not _ABBREVIATION_AT_END.search(stripped):
        stripped = stripped.rstrip(".")
    start += len(words) - len(words.lstrip(" \t\n,;:"))
    return start, start + len(stripped)


def _place_of_cut(words: str) -> int:
    for pattern in _CUTS:
        for match in pattern.finditer(words):
            if len(words[: match.start()].split()) >= _FEWEST:
                return match.start()
    return len(words)
