"""Other names of countries in reports: their adjectives and the seats of their governments."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple


class Called(NamedTuple):
    """Names and adjectives, which always mean the party, and seats of government, which may also be mere places."""

    names: tuple[str, ...]
    seats: tuple[str, ...]
    own: int = 0  # how many of the names are its own, before its adjectives


def called(names: Iterable[str]) -> Called:
    """The other names of a party with one of these names; none if the party is not a country in the table."""
    row = next((_by_name()[name.lower()] for name in names if name.lower() in _by_name()), None)
    return row or Called((), ())


def party_names(parties: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], frozenset[str]]:
    """The party of each name, including names from the table; and the set of those that are seats of government.

    A name from the table that fits several parties is left out. A name in the record always keeps its party.
    """
    of_record = {name: slug for slug, names in parties.items() for name in names}
    added: dict[str, set[str]] = {}
    seats: set[str] = set()
    for slug, names in parties.items():
        more = called(names)
        seats.update(more.seats)
        for name in (*more.names, *more.seats):
            added.setdefault(name, set()).add(slug)
    clear = {name: slugs.pop() for name, slugs in added.items() if len(slugs) == 1 and name not in of_record}
    return of_record | clear, frozenset(seats)


def named_in(text: str) -> list[tuple[str, ...]]:
    """The countries and unions that a text names, in the order of their first mention."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for row in _by_name().values():
        places = [
            match.start()
            for name in {*row.names, *row.seats}
            if name in text and (match := re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", text))
        ]
        if places:
            found[row.names[0]] = (min(places), row.names[: row.own])
    return [names for _, names in sorted(found.values())]


@cache
def family_names_first() -> frozenset[str]:
    """Family names that stand before the given name: the Wang of Wang Yi."""
    return frozenset(_table()["family-names-first"].split())


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(resources.files(__package__).joinpath("english", "countries.toml").read_text("utf-8"))


@cache
def _by_name() -> dict[str, Called]:
    found = {}
    for row in _table()["rows"].strip().splitlines():
        names, adjectives, seats = (tuple(_words(part)) for part in row.split(";"))
        for name in names:
            found[name.lower()] = Called((*names, *adjectives), seats, len(names))
    return found


def _words(part: str) -> list[str]:
    return [word.strip() for word in part.split(",") if word.strip()]
