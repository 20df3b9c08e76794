"""Finds quotations in frozen text: exactly, except for Unicode form and white space.

A quotation proves something only if anybody can find it again. Text and quote are compared in Unicode NFC, with each
run of white space as one space; every other difference counts. Places are counted in characters of the text as filed.
"""

import unicodedata
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.text import tidy

if TYPE_CHECKING:
    from difflib import SequenceMatcher

LONGEST_QUOTE_WORDS = 60
LONGEST_COMPARED = 500  # words of a quotation that was not found


class Place(NamedTuple):
    """The place of a quote: `text[start:end]` of the frozen text."""

    start: int
    end: int


class Word(NamedTuple):
    """A word of the text: its place as filed, its start among the joined words, and whether NFC changed it."""

    start: int
    end: int
    joined: int
    changed: bool


class FrozenText:
    """A source's text. The forms for comparing are built when the first quote is looked up.

    Quotes are looked up among the *joined* words: the text's words in NFC, each between single spaces.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str) -> Place | None:
        """The place of the first occurrence as whole words, else of the first anywhere; None if not found."""
        wanted = normalised(quote)
        return self.place_of(wanted) if wanted else None

    def place_of(self, wanted: str) -> Place | None:
        """The place of words that are already normalised."""
        start = self._first(wanted)
        if start < 0:
            return None
        end = start + len(wanted)
        if self._offset is not None:
            return Place(start + self._offset, end + self._offset)
        return Place(self._filed_start(start), self._filed_end(end))

    def nearest(self, quote: str) -> str:
        """The passage most like the quote; "" if none is similar.

        Words that a long text repeats often are ignored, so no text makes this slow.
        """
        wanted = normalised(quote).split()[:LONGEST_COMPARED]
        self._matcher.set_seq1([_bare(word) for word in wanted])
        best = self._matcher.find_longest_match()
        if best.size == 0:
            return ""
        first = max(0, best.b - best.a)
        return " ".join(self._joined.split()[first : first + len(wanted)])

    @cached_property
    def _joined(self) -> str:
        lines = unicodedata.normalize("NFC", self.text).strip().replace("\n", " ")
        return f" {lines if tidy(lines) else normalised(lines)} "

    @cached_property
    def _offset(self) -> int | None:
        """The offset from places among the joined words to places as filed; None if it varies.

        It is constant if the text is in NFC and has single white space between its words.
        """
        begun = self.text.lstrip()
        if not unicodedata.is_normalized("NFC", begun) or len(self._joined) != len(begun.rstrip()) + 2:
            return None
        return len(self.text) - len(begun) - 1

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """The place of each word in the text as filed."""
        import re

        return [found.span() for found in re.finditer(r"\S+", self.text)]

    @cached_property
    def _matcher(self) -> "SequenceMatcher[str]":
        from difflib import SequenceMatcher

        return SequenceMatcher(None, [], [_bare(word) for word in self._joined.split()])

    def _first(self, wanted: str) -> int:
        """The start of `wanted` among the joined words: first as whole words, else first anywhere, else -1."""
        anywhere = self._joined.find(wanted)
        if anywhere < 0 or self._joined.startswith(f" {wanted} ", anywhere - 1):
            return anywhere
        before = self._joined.find(f" {wanted} ", anywhere)
        return before + 1 if before >= 0 else anywhere

    def _word(self, at: int) -> Word:
        """The word to which a character of the joined words belongs."""
        joined = self._joined.rfind(" ", 0, at) + 1
        start, end = self._spans[self._joined.count(" ", 0, at) - 1]
        return Word(start, end, joined, not self._joined.startswith(self.text[start:end] + " ", joined))

    # A word that NFC changed is taken whole: half of a composed character has no place as filed.

    def _filed_start(self, start: int) -> int:
        """The start of a passage in the text as filed."""
        word = self._word(start)
        return word.start if word.changed else word.start + start - word.joined

    def _filed_end(self, end: int) -> int:
        """The end of a passage in the text as filed."""
        word = self._word(end - 1)
        return word.end if word.changed else word.start + end - word.joined


@lru_cache(maxsize=1)
def frozen(text: str) -> FrozenText:
    """The text, cached: the entries of one source follow one another and quote the same text."""
    return FrozenText(text)


def normalised(text: str) -> str:
    """The text in Unicode NFC, with one space for each run of white space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str | bytes) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
