"""Views held in one snapshot while a page is made: all of it is of one moment, and nothing is read twice."""

from typing import Any

from ledger.views.rows import S
from ledger.views.views import Views


class HeldViews(Views):
    """Views that see nothing of what is filed after they were opened."""

    def __init__(self, views: Views) -> None:
        super().__init__(views._connection, views.day, views.negotiation)
        self._read: dict[tuple[Any, ...], list[Any]] = {}

    @classmethod
    def hold(cls, views: Views) -> "HeldViews":
        """The views, from now on in one snapshot until they are closed."""
        held = cls(views)
        if not views._connection.in_transaction:
            held.rows("BEGIN")
        held.position()  # the snapshot is that of the first thing read
        return held

    def position(self) -> int:
        """Where the log stood."""
        rows = self.rows("SELECT position FROM upkeep")
        return int(rows[0][0]) if rows else 0

    def at(self, day: str) -> "HeldViews":
        return HeldViews(super().at(day))

    def states(self, cls: type[S], table: str, also: str = "", *params: str, order: str = "rowid") -> list[S]:
        asked = (table, order, also, params)
        if asked not in self._read:
            self._read[asked] = super().states(cls, table, also, *params, order=order)
        return list(self._read[asked])
