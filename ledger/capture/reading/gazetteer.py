"""The names in the record that can be found in a text: of parties, people, issues and meetings."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ledger.dates import When

# The last words of names by which a report calls a party for short: "the union", "the Commission".
HEADS = frozenset(
    (
        *("union", "company", "government", "airline", "employers", "rebels", "movement", "front", "commission"),
        *("committee", "council", "association", "federation", "authority", "fund", "agency", "consortium"),
        *("management", "board", "group", "alliance", "coalition", "territory", "university"),
    )
)


_OF_STATES = frozenset(("European", "African", "Customs", "Economic", "Eurasian", "Monetary", "Soviet", "Arab"))


class KnownPerson(NamedTuple):
    """A person in the record: the names, the post, and the party that the person speaks for ("" if none)."""

    names: Sequence[str]
    party: str
    post: str = ""


class KnownMeeting(NamedTuple):
    """A meeting in the record; `held` and `expected` are unknown dates if they are not in the record."""

    slug: str
    kind: str
    number: int | None
    held: When
    expected: When


class KnownMeasure(NamedTuple):
    """A measure in the record, such as a tariff rate; `unit` is "" if its values may have any."""

    names: Sequence[str]
    unit: str = ""


class Gazetteer(NamedTuple):
    """The names of one negotiation, by slug. The names of an issue are its title and its other phrases."""

    parties: Mapping[str, Sequence[str]]
    people: Mapping[str, KnownPerson]
    issues: Mapping[str, Sequence[str]]
    meetings: Sequence[KnownMeeting] = ()
    measures: Mapping[str, KnownMeasure] = MappingProxyType({})
    neutral: frozenset[str] = frozenset()  # parties that mediate, chair or observe, and are on no side

    @property
    def sides(self) -> tuple[str, ...]:
        """The parties that negotiate: all but those with a neutral role in the record."""
        return tuple(one for one in self.parties if one not in self.neutral)


def short_names(parties: Mapping[str, Sequence[str]], countries: Collection[str]) -> dict[str, str]:
    """The short names of parties: "the union" for the only party whose name ends so.

    "The government" is clear only if no more than one party is among the countries.
    """
    found: dict[str, set[str]] = {}
    for slug, names in parties.items():
        for name in (one for one in names if " " in one.strip()):
            head = name.split()[-1]
            if head.lower() in HEADS:
                found.setdefault(f"the {head}", set()).add(slug)
                if head != "Union" or name.split()[-2] not in _OF_STATES:  # "the union" is one of workers
                    found.setdefault(f"the {head.lower()}", set()).add(slug)
    if len(countries) > 1:
        found.pop("the government", None)
    return {name: slugs.pop() for name, slugs in found.items() if len(slugs) == 1}


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches the names as whole words, the longest first, with any white space between their words."""
    in_order = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    parts = [re.escape(name).replace(r"\ ", r"\s+").replace("'", "[’']") for name in in_order]
    parts = [f"[Tt]{part[1:]}" if part.startswith("the\\s") else part for part in parts]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)")


def bare(name: str) -> str:
    """The name without its diacritics, as English texts print it."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def key_of(name: str) -> str:
    key = " ".join(name.replace("’", "'").split())
    return f"t{key[1:]}" if key.startswith("The ") else key
