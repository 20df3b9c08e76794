"""Resolves a typed slug, name or alias to the slug of an entry; an unknown one is refused with the nearest slugs.

Filing fills `Names` from the log, and questions fill it from the views. `chosen` resolves the name of a negotiation.
"""

from collections.abc import Iterable, Mapping, Sequence

from ledger.base.names import fold, nearest
from ledger.domain.errors import (
    NoNegotiationYet,
    SeveralEntriesMeant,
    SeveralNegotiations,
    UnknownEntry,
    UnknownNegotiation,
)


class Names:
    """The entries that can be named: by slug, and by each name and alias in any spelling."""

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        self._slugs = sorted(entries)
        self._by_name: dict[str, set[str]] = {}
        for slug, names in entries.items():
            for name in names:
                self._by_name.setdefault(fold(name), set()).add(slug)

    def slug_of(self, what: str, typed: str) -> str:
        """The slug of the one entry that `typed` names; in a refusal, `what` is the kind of entry."""
        if typed in self._slugs:
            return typed
        meant = self._by_name.get(fold(typed), set())
        if len(meant) > 1:
            raise SeveralEntriesMeant(kind=what, typed=typed, slugs=" or ".join(sorted(meant)))
        for slug in meant:
            return slug
        raise UnknownEntry.near(what, typed, self._nearest(typed), self._slugs)

    def _nearest(self, typed: str) -> list[str]:
        """The slugs of the entries whose slug, name or alias looks most like `typed`."""
        spelt = {name: slug for name, slugs in self._by_name.items() for slug in slugs}
        spelt |= {slug: slug for slug in self._slugs}
        return list(dict.fromkeys(spelt[name] for name in nearest(typed, spelt)))


def chosen(named: str, known: Sequence[str]) -> str:
    """The named negotiation, else the only one known; refused if it is unknown or unclear."""
    if named and named not in known:
        raise UnknownNegotiation.near("negotiation", named, nearest(named, known), known)
    if not named and not known:
        raise NoNegotiationYet()
    if not named and len(known) > 1:
        raise SeveralNegotiations(slugs=", ".join(known))
    return named or known[0]
