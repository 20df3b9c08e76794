"""One snapshot of the views, for many pages: rows that pages need again and again are read once."""

from collections.abc import Callable, Collection
from functools import cached_property, wraps
from typing import Any, Self

from ledger.domain.clocks import Clocks
from ledger.domain.copies import Family
from ledger.domain.states import Source
from ledger.views.views import Views
from ledger.web.request import Opening

MOST_DAYS = 4  # whose answers are kept at a time
# The questions that most pages ask, with the same answer each time.
_ASKED_AGAIN = (
    "asks", "contested", "deadlines", "entry", "follow_ups", "history", "held_according_to", "in_sentence",
    "label_of", "labels", "meetings", "name_of", "notice", "people", "sources", "title", "undated",
)  # fmt: skip


class SnapshotViews(Views):
    """The views as of one day in a snapshot that nothing changes. Closing them does nothing: the snapshot is shared."""

    def __init__(self, *opened: Any) -> None:
        super().__init__(*opened)
        for name in _ASKED_AGAIN:
            setattr(self, name, _once(getattr(self, name)))

    @classmethod
    def of(cls, views: Views) -> Self:  # type: ignore[override]
        """The same views, which may be used until `views` are closed."""
        return cls(views._connection, views.day, views.negotiation, views.reported_by)

    def every_source(self, among: Collection[str] | None = None) -> list[Source]:
        """Every source, or those among some, in the same order."""
        known = self._every_source
        wanted = known if among is None else sorted(known.keys() & {*among}, key=self._place_of_source.__getitem__)
        return [known[slug] for slug in wanted]

    def families(self, among: Collection[str] | None = None) -> dict[str, Family]:
        """The family of every source, even if only some are asked for."""
        return self._families

    @cached_property
    def _every_source(self) -> dict[str, Source]:
        return {one.slug: one for one in super().every_source()}

    @cached_property
    def _place_of_source(self) -> dict[str, int]:
        return {slug: place for place, slug in enumerate(self._every_source)}

    @cached_property
    def _families(self) -> dict[str, Family]:
        return super().families()

    def close(self) -> None:
        """Do nothing: whoever opened the snapshot closes it."""


class SnapshotOpening(Opening):
    """Opens the views of every day from one snapshot."""

    def __init__(self, views: SnapshotViews, opening: Opening) -> None:
        super().__init__(opening.ledger)
        self._newest = views
        self._days: dict[str, SnapshotViews] = {}

    def views(self, asked: Clocks, negotiation: str = "") -> SnapshotViews:
        """The views as of the given day."""
        day = asked.as_of or self._newest.day
        if day == self._newest.day:
            return self._newest
        if day not in self._days:
            if len(self._days) >= MOST_DAYS:
                del self._days[min(self._days)]
            self._days[day] = self._newest.at(day)
        return self._days[day]


def _once(answer: Callable[..., Any]) -> Callable[..., Any]:
    """The same question, answered once for each set of arguments; with unhashable arguments, answered each time."""
    kept: dict[Any, Any] = {}

    @wraps(answer)
    def asked(*args: Any, **options: Any) -> Any:
        key = args, tuple(sorted(options.items()))
        try:
            if key not in kept:
                kept[key] = answer(*args, **options)
        except TypeError:  # a list among the arguments
            return answer(*args, **options)
        found = kept[key]
        return [*found] if isinstance(found, list) else found

    return asked
