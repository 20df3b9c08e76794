"""Finds quotations in frozen text: exactly, except for typography.

A quotation proves something only if anybody can find it again. Text and quote are compared in the spelling of
`ledger.base.typography`; every other difference counts. Places are counted in characters of the text as filed, and the
words at a place are the text's own.
"""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.typography import comparable, keeps_places, on_one_line, origins, words_of

if TYPE_CHECKING:
    from difflib import SequenceMatcher

LONGEST_QUOTE_WORDS = 60
LONGEST_COMPARED = 500  # words of a quotation that was not found


class Place(NamedTuple):
    """The place of a quote: `text[start:end]` of the frozen text."""

    start: int
    end: int


class FrozenText:
    """A source's text. The forms for comparing are built when the first quote is looked up.

    Quotes are looked up among the *joined* words: the text's words as they are compared, each between single spaces.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str) -> Place | None:
        """The place of the first occurrence as whole words, else of the first anywhere; None if not found."""
        wanted = comparable(quote)
        start = self._first(wanted) if wanted else -1
        if start < 0:
            return None
        end = start + len(wanted)
        if self._offset is not None:
            return Place(start + self._offset, end + self._offset)
        return Place(self._filed(start)[0], self._filed(end - 1)[1])

    def words_at(self, place: Place) -> str:
        """The text's own words at a place, on one line."""
        return on_one_line(self.text[place.start : place.end])

    def nearest(self, quote: str) -> str:
        """The passage most like the quote; "" if none is similar.

        Words that a long text repeats often are ignored, so no text makes this slow.
        """
        wanted = comparable(quote).split()[:LONGEST_COMPARED]
        self._matcher.set_seq1([_bare(word) for word in wanted])
        best = self._matcher.find_longest_match()
        if best.size == 0:
            return ""
        first = max(0, best.b - best.a)
        return " ".join(self._joined.split()[first : first + len(wanted)])

    @cached_property
    def _joined(self) -> str:
        return f" {comparable(self.text)} "

    @cached_property
    def _offset(self) -> int | None:
        """The offset from places among the joined words to places as filed; None if it varies."""
        begun = self.text.lstrip()
        if len(self._joined) != len(begun.rstrip()) + 2 or not keeps_places(begun):
            return None
        return len(self.text) - len(begun) - 1

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return words_of(self.text)

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

    def _filed(self, at: int) -> tuple[int, int]:
        """The start and the end, in the text as filed, of the origin of a character of the joined words."""
        begins = self._joined.rfind(" ", 0, at) + 1
        start, end = self._spans[self._joined.count(" ", 0, at) - 1]
        first, last = origins(self.text[start:end])[at - begins]
        return start + first, start + last


@lru_cache(maxsize=1)
def frozen(text: str) -> FrozenText:
    """The text, cached: the entries of one source follow one another and quote the same text."""
    return FrozenText(text)


def fingerprint(text: str | bytes) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    from hashlib import sha256  # loads OpenSSL, for which most filings need not wait

    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
