"""Views held in one snapshot while a page is made: all of it is of one moment, and nothing is read twice."""

from typing import Any

from ledger.states import S
from ledger.views import Views


class HeldViews(Views):
    """Views that see nothing of what is filed after they were opened."""

    def __init__(self, views: Views) -> None:
        super().__init__(views._connection, views.day, views.negotiation)
        self._read: dict[tuple[Any, ...], list[Any]] = {}

    @classmethod
    def hold(cls, views: Views) -> "HeldViews":
        """The views, from now on in one snapshot until they are closed."""
        held = cls(views)
        held.rows("BEGIN")
        held.position()  # the snapshot is that of the first thing read
        return held

    def position(self) -> int:
        """Where the log stood."""
        rows = self.rows("SELECT position FROM upkeep")
        return int(rows[0][0]) if rows else 0

    def at(self, day: str) -> "HeldViews":
        return HeldViews(super().at(day))

    def _states(self, cls: type[S], table: str, order: str = "rowid", narrowed: str = "", *params: str) -> list[S]:
        asked = (table, order, narrowed, params)
        if asked not in self._read:
            self._read[asked] = super()._states(cls, table, order, narrowed, *params)
        return list(self._read[asked])
