"""The names in the record that can be found in a text: of parties, people, issues and meetings."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.dates import When


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


class Gazetteer(NamedTuple):
    """The names of one negotiation, by slug. The names of an issue are its title and its other phrases."""

    parties: Mapping[str, Sequence[str]]
    people: Mapping[str, KnownPerson]
    issues: Mapping[str, Sequence[str]]
    meetings: Sequence[KnownMeeting] = ()
