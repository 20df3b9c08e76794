"""Divides the text of a report into sentences, each with its place.

`sentencex` finds the boundaries; those after an abbreviation, as in "Mr. Chester" or "U.S. Ambassador", are undone with
the table of the language. A sentence is text[start:end], without the white space around it.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from ledger.base.patterns import CAPITAL, cased
from ledger.errors import ExtraNeeded

LONGEST = 3_000  # characters: a longer run without a full stop is not prose, and is left alone
LONGEST_PARAGRAPH = 100_000  # characters; a longer line is cut, so that the time taken follows the length of the text

# Abbreviations that end a sentence if a typical first word of a sentence follows.
_MAY_END = frozenset(("U.S", "U.K", "U.N", "E.U", "D.C", "a.m", "p.m"))
_STARTERS = cased(
    r"(?:The|This|These|Those|That|He|She|They|It|We|I|In|On|At|Both|A|An|After|Before|During|As|While|For|By|Also|But|"
    r"And|However|Meanwhile|Each|Our|His|Her|Their|Its|If|When|Since)\b"
)
_LETTERED = (
    r"(?i:annex|appendix|article|section|part|schedule|group|class|plan|track|option|category|phase|chapter|attachment|"
    r"exhibit|column|list|zone|area|team|table) [A-Z]"
)
# Ends of sentences that the library takes for abbreviations: "on 4 May. Norway …", "under Annex C. Norway …".
_IN_MAY = r"(?:and|or|in|to|of|until|by|before|since|from|for|early|late|mid|next|last|this|through)[ -]May"
_ENDS_HERE = cased(rf"(?:\d(?:st|nd|rd|th)? May|\b{_IN_MAY}|\b{_LETTERED})\.(?=\s+(?:{CAPITAL}|[“\"]))")
_IS_LETTERED = cased(rf"\b{_LETTERED}\.\s*$")
_LAST_WORD = cased(r"([^\s(“\"]{1,60})\.$")


class Sentence(NamedTuple):
    """A sentence at [start:end] of the report; `text` has spaces for line breaks, `paragraph` is a number."""

    number: int
    start: int
    end: int
    paragraph: int
    text: str


def split(text: str, language: str = "en", abbreviations: Collection[str] = ()) -> list[Sentence]:
    """The sentences of a text, in their order. Raises ExtraNeeded if the extra `draft` is not installed."""
    try:
        from sentencex import get_sentence_boundaries
    except ImportError:
        raise ExtraNeeded(what="Drafting entries", extra="draft") from None

    pieces: list[tuple[int, int, int]] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text)):
        for found in get_sentence_boundaries(language or "en", text[start:end].replace("\n", " ")):
            for first, last in _parted(text, start + found["start_index"], start + found["end_index"]):
                if not text[first:last].strip():
                    continue
                before = pieces[-1] if pieces and pieces[-1][2] == paragraph else None
                if before and _goes_on(text, before[0], first, abbreviations):
                    pieces[-1] = (before[0], last, paragraph)
                else:
                    pieces.append((first, last, paragraph))
    sentences: list[Sentence] = []
    for first, last, paragraph in pieces:
        words = text[first:last].replace("\n", " ").strip()
        start = first + len(text[first:last]) - len(text[first:last].lstrip())
        sentences.append(Sentence(len(sentences), start, start + len(words), paragraph, words))
    return sentences


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences in text[start:end], in which the library took the end of one for an abbreviation.

    A quotation is not divided: the library leaves it whole.
    """
    found = (start + match.end() for match in _ENDS_HERE.finditer(text[start:end]))
    ends = [at for at in found if text.count("“", start, at) == text.count("”", start, at)]
    return list(pairwise((start, *ends, end)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The places of the paragraphs: the lines, or the parts between empty lines if the text has hard line breaks."""
    wrapped = len(re.findall(r"[^\n.!?:]\n(?=[a-z])", text)) > text.count("\n") / 5
    for line in re.finditer(r"[^\n]+(?:\n(?![ \t]*(?:\n|[-*•]))[^\n]+)*" if wrapped else r"[^\n]+", text):
        for start in range(line.start(), line.end(), LONGEST_PARAGRAPH):
            yield start, min(start + LONGEST_PARAGRAPH, line.end())


def _goes_on(text: str, start: int, end: int, abbreviations: Collection[str]) -> bool:
    """Whether the sentence that began at `start` continues beyond the boundary at `end`."""
    after = text[end : end + 40].lstrip()
    if not after:
        return False
    if text[end - 1 : end] == "." and not text[end : end + 1].isspace():
        return True  # inside an abbreviation: "U.|S."
    word = _LAST_WORD.search(text[max(start, end - 80) : end].rstrip())
    if word is None:
        return False
    last = word[1].split("-")[-1]
    if last in _MAY_END:
        return not _STARTERS.match(after)
    initial = len(last) == 1 and last.isupper() and not _IS_LETTERED.search(text[max(start, end - 40) : end])
    return last in abbreviations or initial
