"""What the record knows by name, for finding it in a text: parties, people with their party, issues, meetings."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.dates import When


class KnownPerson(NamedTuple):
    """A person of record: the names, and the party spoken for, "" where none is of record."""

    names: Sequence[str]
    party: str
    post: str = ""


class KnownMeeting(NamedTuple):
    """A meeting of record: its kind, its number where it has one, when it was held or is expected."""

    slug: str
    kind: str
    number: int | None
    held: When
    expected: When


class Gazetteer(NamedTuple):
    """The names of one negotiation. `parties` and `issues` are slugs with all their names, or phrases."""

    parties: Mapping[str, Sequence[str]]
    people: Mapping[str, KnownPerson]
    issues: Mapping[str, Sequence[str]]
    meetings: Sequence[KnownMeeting] = ()
