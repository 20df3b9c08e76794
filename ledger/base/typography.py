"""Typography: differences in typesetting, which are ignored when two texts are compared.

Straight and curly quotation marks are the same, and so are all dashes, an ellipsis and three dots, every kind and
amount of white space, and the Unicode forms of one letter. Soft hyphens and marks without width do not count.
Everything else does: letters, their accents and case, and punctuation.
"""

import re
import unicodedata
from functools import lru_cache

from ledger.base.patterns import once
from ledger.base.text import tidy

_IGNORED = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SAME = (
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys(_DASHES, "-")
    | {"\u2026": "..."}
    | dict.fromkeys(_IGNORED, "")
)
_VARIANT = f"[{''.join(_SAME)}]"
_RESIZED = ("\u2026", "--", *_IGNORED)  # characters whose number changes for the comparison
_PIECES = f"[-{_DASHES}]+|(?s:.)[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u093c]*"  # a letter, its accents
_GAPS = re.compile(r"\s{2,}|[\t-\r\x1c-\x1f\x85\u2028\u2029]")


def comparable(text: str) -> str:
    """The text in the form for comparing, with single spaces between words; never for display."""
    if text.isascii():
        text = text.replace("`", "'")
    else:
        text = unicodedata.normalize("NFC", text)
        if once(_VARIANT).search(text):
            for variant in _SAME.keys() & set(text):
                text = text.replace(variant, _SAME[variant])
            text = unicodedata.normalize("NFC", text)  # a removed character may have separated a letter from its accent
    if "--" in text:
        text = re.sub("--+", "-", text)
    words = text.strip().replace("\n", " ")
    return words if tidy(words) else " ".join(words.split())


def keeps_places(text: str) -> bool:
    """Whether each character, apart from white space, is still one character in the form for comparing."""
    return unicodedata.is_normalized("NFC", text) and not any(mark in text for mark in _RESIZED)


def words_of(text: str) -> list[tuple[int, int]]:
    """The start and end of each word that is not empty in the form for comparing."""
    words = [found.span() for found in re.finditer(r"\S+", text)]
    if not any(mark in text for mark in _IGNORED):
        return words
    return [(start, end) for start, end in words if text[start:end].strip(_IGNORED)]


@lru_cache(maxsize=64)
def origins(word: str) -> list[tuple[int, int]]:
    """For each character of the comparable word, the start and end of its origin in the word as written.

    If letters cannot be separated, as in a syllable of Hangul in NFD, the origin is the whole word.
    """
    found: list[tuple[int, int]] = []
    spelt, at = [], 0
    for piece in once(_PIECES).findall(word):
        spelt.append(_comparable_piece(piece))
        found += [(at, at + len(piece))] * len(spelt[-1])
        at += len(piece)
    whole = comparable(word)
    return found if "".join(spelt) == whole else [(0, len(word))] * len(whole)


_comparable_piece = lru_cache(maxsize=1024)(comparable)


def on_one_line(text: str) -> str:
    """The text character by character, except that each line break and run of white space becomes one space."""
    return text if text.isprintable() and "  " not in text else _GAPS.sub(" ", text)
