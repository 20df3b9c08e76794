"""What questions return beside states: an event, a quotation, an entry's name; and which negotiation is meant."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.base.names import nearest
from ledger.views.errors import NoNegotiationYet, SeveralNegotiations, UnknownNegotiation


class Event(NamedTuple):
    """One event as the log table tells it; `takes_effect` is "" where it no longer stands."""

    position: int
    recorded_at: str
    recorded_by: str
    kind: str
    slug: str
    version: int
    event: str
    source: str
    occurred: str
    occurred_phrase: str
    reported: str
    takes_effect: str
    stands: bool
    sentence: str

    @property
    def is_upkeep(self) -> bool:
        """Whether it mends the record rather than reports anything."""
        return self.event in ("EntryCorrected", "EntryRetracted", "EntryErased")


class Evidence(NamedTuple):
    """A quotation and where it stands; places count from 0, -1 while unverified."""

    slug: str
    position: int
    source: str
    words: str
    start: int
    end: int
    verified: bool


class Label(NamedTuple):
    """An entry's name; `retracted` and `erased` are reasons, "" while it stands."""

    kind: str
    slug: str
    label: str
    retracted: str
    erased: str


def chosen(named: str, known: Sequence[str]) -> str:
    """The negotiation named, else the only one known; refused when that is unclear."""
    if named and named not in known:
        raise UnknownNegotiation.near("negotiation", named, nearest(named, known), known)
    if not named and not known:
        raise NoNegotiationYet()
    if not named and len(known) > 1:
        raise SeveralNegotiations(slugs=", ".join(known))
    return named or known[0]
