"""The levels of a ledger: their names, their order, and the default for an entry.

A ledger names its levels when it is created, and never again. One that names none has the three usual levels, as do
ledgers from before there were levels. Every question asks for them, so this module imports no library.
"""

import json
from typing import NamedTuple

from ledger.levels.errors import UnknownLevel
from ledger.log.store import Store

STREAM = "-/ledger/levels"  # `ledger.domain.events.LEVELS`


class Levels(NamedTuple):
    """The names of the levels, the most open first. A rank is a level's place in that order, from 0.

    `default` is the level of an entry without one. The keeper's own notes and tasks have the second level, if the
    default is the first.
    """

    names: tuple[str, ...] = ("public", "internal", "confidential")
    default: str = "public"

    def __str__(self) -> str:
        return f"{', '.join(self.names)} (default {self.default})"

    @property
    def top(self) -> int:
        return len(self.names) - 1

    def rank(self, name: str) -> int:
        """The rank of a level; a name that the ledger does not have ranks highest, and "" lowest."""
        if not name:
            return 0
        return self.names.index(name) if name in self.names else self.top

    def default_rank(self, *, own: bool) -> int:
        """The rank of an entry without a level; `own` if it is the keeper's own note or task."""
        return max(self.rank(self.default), min(1, self.top) if own else 0)

    def at(self, rank: int) -> str:
        """The name of the level with this rank."""
        return self.names[rank]

    def known(self, name: str) -> str:
        """The level with this name; refused if the ledger has none."""
        if name not in self.names:
            raise UnknownLevel(typed=name, names=", ".join(self.names))
        return name


USUAL = Levels()


def levels_of(store: Store) -> Levels:
    """The levels that a ledger named when it was made, else the usual ones."""
    for row in store.events_of(STREAM):
        event = json.loads(row.state)["event"]
        return Levels(tuple(event["levels"]), event["level"])
    return USUAL
