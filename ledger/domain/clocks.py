"""The three clocks: which part of the record a question asks of."""

from typing import NamedTuple


class Selection(NamedTuple):
    """Which part of the log to project: by day of occurrence, by day of publication, by position. None = all."""

    as_of: str | None = None
    reported_by: str | None = None
    recorded_by: int | None = None


EVERYTHING = Selection()


class Clocks(NamedTuple):
    """The moment a question is asked of: days as ISO dates, `recorded_by` a position; None = today or everything."""

    as_of: str | None = None
    reported_by: str | None = None
    recorded_by: str | int | None = None

    @property
    def selective(self) -> bool:
        """Whether only a part of the log counts, so that it has to be replayed."""
        return self.reported_by is not None or self.recorded_by is not None
