"""The three clocks: which part of the record a question covers."""

from typing import NamedTuple


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
