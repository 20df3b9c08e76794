"""Patterns that are compiled, and tried, only on a text that has one of the words that every match needs.

Compiling takes most of the time of a short draft, and most patterns match no sentence of a report. To look for a word
takes a hundredth of the time that a pattern takes.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

CAPITAL = r"[^\W\d_a-z]"  # or a small letter that is not English; ranges of capitals compile slowly
_FEWEST_LETTERS = 3  # of a word that is worth looking for
_PIECE = (
    r"(?s)(?P<open>\((?:\?(?:P<\w+>|[a-z-]*:|<?[=!]))?)|(?P<close>\))|(?P<either>\|)|"
    r"(?P<times>(?:[?*+]|\{\d*,?\d*\})[?+]?)|(?P<letters>[^\\\[\]()|?*+{}.^$]+)|"
    r"\\(?:x..|u.{4}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|."
)
Words = tuple[str, ...]


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    """The text without differences of case, cached, since many patterns are tried on the same words."""
    return text.casefold()


@cache
def once(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used; the cache of `re` itself is too small to keep it."""
    return re.compile(source, flags)


class Pattern:
    """A regular expression with the methods of `re.Pattern` that the readers use."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags
        self._groups: list[Words] | None = None
        self._compiled: re.Pattern[str] | None = None

    def _ready(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Pattern[str] | None:
        """The compiled pattern; None if text[start:end] has none of the words that every match needs."""
        if self._groups is None:
            self._groups = words_needed(self._source)
        if self._groups:
            low = _folded(text[start:end])
            for words in self._groups:
                for word in words:
                    if word in low:
                        break
                else:
                    return None
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in text[start:end]."""
        ready = self._ready(text, start, end)
        return ready.search(text, start, end) if ready else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match at `start`."""
        ready = self._ready(text, start, end)
        return ready.match(text, start, end) if ready else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match of the whole of text[start:end]."""
        ready = self._ready(text, start, end)
        return ready.fullmatch(text, start, end) if ready else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches, from the left."""
        ready = self._ready(text, start, end)
        return ready.finditer(text, start, end) if ready else iter(())

    def findall(self, text: str) -> list[str]:
        """The words of the matches; of their group, if the pattern has one."""
        ready = self._ready(text)
        return ready.findall(text) if ready else []

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with the replacement for each match."""
        ready = self._ready(text)
        return ready.sub(replacement, text) if ready else text


@cache
def compiled(source: str) -> Pattern:
    """The pattern, cached; case is ignored."""
    return Pattern(source, re.IGNORECASE)


@cache
def cased(source: str) -> Pattern:
    """The pattern, cached; case counts."""
    return Pattern(source, 0)


def words_needed(source: str) -> list[Words]:
    """Groups of words, in small letters: every match of a pattern has at least one word of each group."""
    tokens = [(match.lastgroup or "", match.group()) for match in re.finditer(_PIECE, source)]
    return _either(tokens, 0)[0]


def _either(tokens: list[tuple[str, str]], at: int) -> tuple[list[Words], int]:
    """The groups needed by the alternatives from `at` to the closing parenthesis, and the place after it."""
    branches: list[list[Words]] = [[]]
    while True:
        kind, token = tokens[at] if at < len(tokens) else ("close", "")
        at += 1
        if kind == "open":
            inside, at = _either(tokens, at)
            if not (_is_optional(tokens, at) or token.endswith(("<=", "!"))):
                branches[-1] += inside
        elif kind == "letters":
            word = (token[:-1] if _is_optional(tokens, at) else token).casefold()
            branches[-1] += [(word,)] if len(word) >= _FEWEST_LETTERS else []
        elif kind == "either":
            branches.append([])
        elif kind == "close":
            return branches[0] if len(branches) == 1 else _any_of(branches), at


def _is_optional(tokens: list[tuple[str, str]], at: int) -> bool:
    return at < len(tokens) and tokens[at][0] == "times" and tokens[at][1].startswith(("?", "*", "{0", "{,"))


def _any_of(branches: list[list[Words]]) -> list[Words]:
    """One group for several alternatives: the rarest words of each, which are the longest ones."""
    if not all(branches):
        return []
    rarest = (max(groups, key=lambda words: min(map(len, words))) for groups in branches)
    return [tuple(dict.fromkeys(word for words in rarest for word in words))]
