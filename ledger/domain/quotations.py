"""Quotes in frozen text: found exactly, but for Unicode form and white space, or not at all.

A quotation proves something only when anybody can find it again. Text and quote are compared in Unicode
NFC with runs of white space as one space; nothing else is forgiven. The place of a quote is given in
characters of the frozen text as it was filed.
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
    """Where a quote stands: `text[start:end]` of the frozen text."""

    start: int
    end: int


class FrozenText:
    """A source's text, prepared at the first of the quotes that are looked up in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str) -> Place | None:
        """The place of the quote's first occurrence in whole words, else of its first anywhere; None if it has none."""
        wanted = normalised(quote)
        return self.place_of(wanted) if wanted else None

    def place_of(self, wanted: str) -> Place | None:
        """The same of words that are normalised already."""
        at = self._joined.find(wanted)
        if at < 0:
            return None
        is_whole = self._joined[at - 1] == " " == self._joined[at + len(wanted)]
        if not is_whole and self._joined.find(wanted, at + 1) > 0:
            at = self._joined.find(f" {wanted} ", at) + 1 or at  # past the space
        end = at + len(wanted)
        if self._shift is not None:
            return Place(at + self._shift, end + self._shift)
        return Place(self._original(at, closing=False), self._original(end, closing=True))

    def nearest(self, quote: str) -> str:
        """The passage of the text that looks most like the quote; "" when nothing is like it.

        Words that a long text is full of do not count, so that no text makes this slow.
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
        """The words as they are compared, each between single spaces."""
        lines = unicodedata.normalize("NFC", self.text).strip().replace("\n", " ")
        return f" {lines if tidy(lines) else normalised(lines)} "

    @cached_property
    def _shift(self) -> int | None:
        """How far each character stands from its place in the joined words; None where that differs.

        It does not where the text is in NFC and has single white space between its words.
        """
        begun = self.text.lstrip()
        if not unicodedata.is_normalized("NFC", begun) or len(self._joined) != len(begun.rstrip()) + 2:
            return None
        return len(self.text) - len(begun) - 1

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the frozen text."""
        import re

        return [found.span() for found in re.finditer(r"\S+", self.text)]

    @cached_property
    def _matcher(self) -> "SequenceMatcher[str]":
        from difflib import SequenceMatcher

        return SequenceMatcher(None, [], [_bare(word) for word in self._joined.split()])

    def _original(self, at: int, *, closing: bool) -> int:
        """The offset in the frozen text of an offset in the joined words.

        A word that NFC changed is taken whole: half a composed character has no place of its own.
        """
        inside = at - 1 if closing else at
        start, end = self._spans[self._joined.count(" ", 0, inside) - 1]
        begun = self._joined.rfind(" ", 0, inside) + 1
        if not self._joined.startswith(self.text[start:end] + " ", begun):
            return end if closing else start
        return start + at - begun


@lru_cache(maxsize=1)
def frozen(text: str) -> FrozenText:
    """The text as it was prepared last time, where it is the same: entries from one source come one after another."""
    return FrozenText(text)


def normalised(text: str) -> str:
    """Unicode NFC, each run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str | bytes) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
