"""A suggested entry, and how its quotation is shortened to the words that support it."""

import re
from typing import Any, NamedTuple

from ledger.base.patterns import cased, compiled
from ledger.capture.reading.predicates import quoted
from ledger.capture.reading.sentences import Sentence

MOST_WORDS = 40  # in a quotation
_LONG = 24  # words: a longer quotation is cut at a comma
_FEWEST = 8  # words before the cut
_AFTER = 4  # words between the verb and the cut
_CUTS = (
    cased(r",\s+(?:including|such as|in particular|especially|which|where|who|with the aim)\b"),
    cased(r"[;–—]\s"),
    cased(r",\s"),
)
_CONDITION = compiled(r"\b(?:provided that|on (?:the )?condition that|only if|as long as|so long as|unless)\b")
_ABBREVIATION_AT_END = cased(r"\b(?:U\.S|D\.C|U\.K|U\.N|Inc|Co|Ltd)\.$")

_DANGLING = cased(r"\b(?:the|an?|its|his|her|their|our)$")  # words before a quotation that cannot end one

Place = tuple[int, int]


class Suggestion(NamedTuple):
    """One suggested entry. `kind` is a kind of an entry file; `quote` is text[start:end] of the report.

    `fields` has the values that were read: dates are `When`, voices and slugs are those of the record. `acts` lists
    the possible acts, the likeliest first. `reasons` explains the values, each with the words that it is based on.
    `doubts` names the fields that a person should check.
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
        """Whether the quotation shares words with text[start:end]."""
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
    """A suggestion whose quotation is at `place`, counted from the start of its sentence."""
    start, end = place
    words = sentence.text[start:end]
    first, last = sentence.start + start, sentence.start + end
    return Suggestion(kind, sentence.number, first, last, words, fields, acts, reasons, doubts)


def settled(one: Suggestion) -> Suggestion:
    """The suggestion without doubt about a day that a later sentence settled: "The round lasted from 8 to 12 March"."""
    is_settled = one.kind == "meeting" and "held" in one.doubts and "helds" not in one.fields
    return one._replace(doubts=tuple(name for name in one.doubts if name != "held")) if is_settled else one


def cut(text: str, start: int, end: int, least: int = 0) -> Place:
    """The place of the quotation text[start:end] once it is shortened, but not before text[least].

    A long quotation is cut, if possible at a comma; punctuation at either end is removed.
    """
    words = text[start:end]
    if len(words.split()) > _LONG:
        words = words[: _place_of_cut(words, max(least - start, 0))]
    pieces = list(re.finditer(r"\S+", words))
    if len(pieces) > MOST_WORDS:
        words = words[: pieces[MOST_WORDS - 1].end()]
    stripped = words.strip(" \t\n,;:")
    if not _ABBREVIATION_AT_END.search(stripped):
        stripped = stripped.rstrip(".")
    start += len(words) - len(words.lstrip(" \t\n,;:"))
    return start, _balanced(text, start, start + len(stripped))


def _balanced(text: str, start: int, end: int) -> int:
    """The end of text[start:end] without half of a quotation: after its closing mark, or before its opening one."""
    for opens, closes in quoted(text):
        if not start < opens <= end <= closes:
            continue
        whole = closes + 1
        if closes < len(text) and len(text[start:whole].split()) <= MOST_WORDS:
            return whole
        before = text[start : opens - 1].rstrip(" \t\n,;:")
        whole_words = len(before.split()) >= _FEWEST and not _DANGLING.search(before)
        return start + len(before) if whole_words else end
    return end


def _place_of_cut(words: str, least: int) -> int:
    condition = _CONDITION.search(words)  # belongs to what is offered or refused, so the cut comes after it
    for pattern in _CUTS:
        for match in pattern.finditer(words, max(least, condition.end() if condition else 0)):
            if len(words[: match.start()].split()) >= _FEWEST and len(words[least : match.start()].split()) >= _AFTER:
                return match.start()
    return len(words)
