"""Bracketed wordings: words, and alternatives in square brackets, each followed by those who propose it.

In `The Parties [shall](au, nz) [should](br) cooperate`, Australia and New Zealand propose "shall", Brazil "should".
The names stand in parentheses directly after the bracket. A bracket without them is open, and nobody is on record as
its proposer. Brackets may contain brackets. `written` is the inverse of `parsed`.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.domain.texts.errors import BracketNeverCloses, BracketNeverOpens, BracketsTooDeep, NobodyProposes

DEEPEST = 20  # brackets within brackets


class Bracket(NamedTuple):
    """An alternative in brackets, with the parties that propose it."""

    inside: "Wording"
    by: tuple[str, ...] = ()


Wording = tuple[str | Bracket, ...]
_TOKEN = re.compile(r"[\[\]]")
_PROPOSERS = re.compile(r"\(([^()\[\]]*)\)")
_SHOWN = 40  # characters that locate a broken bracket


@lru_cache(maxsize=4096)
def parsed(text: str, place: str = "The wording") -> Wording:
    """The wording in a text, with single spaces; refused if its brackets are broken."""
    text = " ".join(text.split())
    level: list[str | Bracket] = []
    outer: list[tuple[list[str | Bracket], int]] = []
    at = 0
    while (found := _TOKEN.search(text, at)) is not None:
        _add(level, text[at : found.start()])
        at = found.end()
        if found.group() == "[":
            if len(outer) == DEEPEST:
                raise BracketsTooDeep(place=place, most=DEEPEST)
            outer.append((level, at))
            level = []
            continue
        if not outer:
            raise BracketNeverOpens(place=place, words=text[max(0, found.start() - _SHOWN) : found.start()].strip())
        inside = tuple(level)
        level, opened = outer.pop()
        by, at = _proposers(text, at, place, text[opened : found.start()])
        level.append(Bracket(inside, by))
    _add(level, text[at:])
    if outer:
        opened = outer[-1][1]
        raise BracketNeverCloses(place=place, words=text[opened : opened + _SHOWN].strip())
    return tuple(level)


def written(wording: Wording, name: Callable[[str], str] = str) -> str:
    """The wording as text; `name` gives the name that is written for a party."""
    return "".join(one if isinstance(one, str) else _bracket(one, name) for one in wording)


def bare(wording: Wording) -> str:
    """The wording as text, without its proposers."""
    return "".join(one if isinstance(one, str) else f"[{bare(one.inside)}]" for one in wording)


def brackets(wording: Wording) -> Iterator[Bracket]:
    """Every bracket of a wording, outer ones first."""
    for one in wording:
        if isinstance(one, Bracket):
            yield one
            yield from brackets(one.inside)


def is_bracketed(wording: Wording) -> bool:
    """Whether something in the wording is in brackets."""
    return any(isinstance(one, Bracket) for one in wording)


def with_parties(wording: Wording, find: Callable[[str], str]) -> Wording:
    """The wording with each name of a proposer replaced by what `find` returns for it."""
    return tuple(
        one
        if isinstance(one, str)
        else Bracket(with_parties(one.inside, find), tuple(dict.fromkeys(find(party) for party in one.by)))
        for one in wording
    )


def _bracket(one: Bracket, name: Callable[[str], str]) -> str:
    by = f"({', '.join(map(name, one.by))})" if one.by else ""
    return f"[{written(one.inside, name)}]{by}"


def _add(level: list[str | Bracket], words: str) -> None:
    if words:
        level.append(words)


def _proposers(text: str, at: int, place: str, words: str) -> tuple[tuple[str, ...], int]:
    """The proposers named directly after a bracket that closed before `at`, and where the text goes on."""
    found = _PROPOSERS.match(text, at)
    if found is None:
        return (), at
    by = tuple(dict.fromkeys(name for part in found.group(1).split(",") if (name := part.strip())))
    if not by:
        raise NobodyProposes(place=place, words=words[:_SHOWN])
    return by, found.end()
