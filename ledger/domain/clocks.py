"""The three clocks: which part of the record a question covers."""

from datetime import date
from typing import NamedTuple

from ledger import dates
from ledger.dates import When
from ledger.domain.errors import ClockUnclear


def typed_day(option: str, text: str, today: date) -> str:
    """The last day, in ISO form, that a typed date or phrase may mean; refused where it has none."""
    return last_day(option, dates.parse(text, today, looking="back"), text)


def last_day(option: str, when: When, text: str) -> str:
    """The last day, in ISO form, of a date that was typed as `text`; refused where it has none."""
    if when.latest is None:
        raise ClockUnclear(option=option, text=text)
    return when.latest.isoformat()


class Clocks(NamedTuple):
    """The moment of a question on each clock; None is today for `as_of`, and the whole record for the others.

    `as_of` and `reported_by` are days as ISO dates. `recorded_by` is a day, a time or a position of the log.
    """

    as_of: str | None = None
    reported_by: str | None = None
    recorded_by: str | int | None = None

    @property
    def selective(self) -> bool:
        """Whether only a part of the log counts, so that it has to be replayed."""
        return self.reported_by is not None or self.recorded_by is not None

    @property
    def position(self) -> int | None:
        """`recorded_by` as a position of the log, once `Ledger.resolved` has replaced a day or a time by one."""
        if isinstance(self.recorded_by, str):
            raise TypeError(f"{self.recorded_by!r} has not been resolved to a position")
        return self.recorded_by


EVERYTHING = Clocks()
