"""Slugs, aliases and folding, which let a name find its entry in any spelling.

Folding drops case and all diacritics, even of letters that Unicode does not decompose, so that
"Nguyễn Hồng Diên", "NGUYEN HONG DIEN" and "Nguyen Hong Dien" are one name, and so are "Đà Nẵng" and "Da Nang".
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from ledger.base.errors import UnknownWord
from ledger.base.patterns import cased

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80

# The scripts without spaces between words: Thai, Lao, Burmese, Khmer; Japanese kana; Chinese characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = cased(f"[{_UNSPACED}]")
WORD = cased(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")  # of folded text

# Letters with a stroke, and ligatures: NFKD does not decompose them. A soft hyphen is dropped.
_UNDECOMPOSED = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "\u00ad": "",
}  # fmt: skip


def fold(text: str) -> str:
    """The text without case, diacritics or runs of white space; only for comparing and searching."""
    # Folded again after decomposition: "№" has no case, but the letters that it decomposes into have.
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(_bare(text).split())


def fold_words(text: str) -> str:
    """The folded text for searching by word: in scripts without spaces between words, each letter is a word."""
    folded = fold(text)
    return folded if folded.isascii() else _LETTER.sub(r" \g<0> ", folded)


def fold_each(text: str) -> list[str]:
    """The folded form of each character ("" if dropped), so that a hit can be located in the original."""
    return list(text.lower()) if text.isascii() else list(map(_bare_letter, text))


def _bare(text: str) -> str:
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    for letter in set(bare):  # few, even in a long text
        if unicodedata.combining(letter):
            bare = bare.replace(letter, "")
        elif letter in _UNDECOMPOSED:
            bare = bare.replace(letter, _UNDECOMPOSED[letter])
    return bare


_bare_letter = lru_cache(maxsize=4096)(_bare)


def known_word(what: str, typed: str, words: Collection[str], meant: Mapping[str, str] = {}) -> str:
    """The typed word if it is one of the words; otherwise it is refused with the nearest ones.

    `meant` maps words to known words of similar meaning, which are suggested first.
    """
    if typed not in words:
        near = [meant[fold(typed)]] if meant.get(fold(typed)) in words else nearest(typed, words)
        raise UnknownWord.near(what, typed, near, words)
    return typed


def is_slug(text: str) -> bool:
    """Whether the text consists of lower-case words and digits joined by single hyphens, at most 80 characters."""
    return len(text) <= LONGEST_SLUG and _has_form(text)


@lru_cache(maxsize=4096)
def _has_form(text: str) -> bool:
    return SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """A slug made from a title or a name; "" if none of its characters can be in a slug."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    slug = "-".join(words)
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]


def nearest(typed: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names closest to the typed one, or with a word close to it, best first; [] if none is similar."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for name in known:
        by_fold.setdefault(fold(name), name)
    folded = fold(typed)
    close = get_close_matches(folded, by_fold, n=most, cutoff=LEAST_LIKE)
    within = sorted(name for name in by_fold if folded and (folded in name) and name not in close)
    if not close and not within:
        words = {word for name in by_fold for word in re.split(r"\W+", name)}
        like = {*get_close_matches(folded, words, n=most, cutoff=LEAST_LIKE_WORD)}
        within = sorted(name for name in by_fold if like & {*re.split(r"\W+", name)})
    return [by_fold[name] for name in (close + within)[:most]]


# As `difflib` measures it, from 0 to 1. At 0.6 "responded" would be like "refused".
LEAST_LIKE = 0.65
LEAST_LIKE_WORD = 0.8
