"""The dates ahead of a day: those given for meetings and deadlines, and the deadlines that are near.

A deadline passes merely because time passes, so that is computed when a question is asked. It was missed only if a
report says so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ledger.base.text import counted
from ledger.dates import When, as_limit, covers, surely_after
from ledger.domain.states import Deadline, Forecast, Meeting
from ledger.views.links import replaced
from ledger.views.reader import Reader
from ledger.views.rows import selected

NEAR = 14  # days: a deadline that may fall within them is near


class DeadlineOnTheDay(NamedTuple):
    """A deadline with its timing.

    timing: due, possibly passed (only its earliest possible day has), passed (its latest has, and no report says how it
    ended), no date, or how it ended: met, missed, lifted. days_left: the days to its last possible day; null if there
    is none, or if it has passed or ended. near: its first possible day is at most 14 days away, and it has not passed.
    An open one that another entry replaces (`replaced_by`) is replaced.
    """

    deadline: Deadline
    timing: str
    days_left: int | None
    near: bool
    replaced_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has neither passed nor ended."""
        return self.timing in _OPEN

    @property
    def left(self) -> str:
        """The timing as people read it: `today`, `in 5 days`, `in at most 9 days`; else as it is."""
        if not self.near or self.days_left is None:
            return by_another(self.timing, self.replaced_by)
        exact = self.deadline.within or self.deadline.due.earliest == self.deadline.due.latest
        if self.days_left == 0:
            return "today" if exact else "today at the latest"
        return f"in {'' if exact else 'at most '}{counted(self.days_left, 'day')}"


class Move(NamedTuple):
    """How an expectation relates to the one before it.

    how: slipped (its window lies wholly later), brought forward (wholly earlier), made more precise (within the earlier
    window), reaffirmed (the same), restated (anything else). `days` is the number of days by which the last possible
    day moved, if it slipped or was brought forward and both have one. It moved by `at_least` to `at_most` days, counted
    from start to start; `at_most` is null if a date is open.
    """

    how: str
    days: int | None
    at_least: int | None = None
    at_most: int | None = None

    @property
    def says(self) -> str:
        """`10 days later than before`; `37 to 61 days later than before`; `made more precise`."""
        if self.at_least is None:
            return self.how
        by = counted(self.at_least, "day")
        if self.at_most is None:
            by = f"at least {by}"
        elif self.at_most != self.at_least:
            by = f"{self.at_least} to {counted(self.at_most, 'day')}"
        return f"{by} {'later' if self.how == 'slipped' else 'earlier'} than before"


class Ahead(Reader):
    """The questions about dates that lie ahead."""

    def forecasts(self, slug: str) -> list[Forecast]:
        """Every date that a meeting or a deadline was given by the day, oldest first."""
        rows = self.rows(
            f"SELECT {selected(Forecast)} FROM forecasts"
            " WHERE negotiation = ? AND meeting = ? AND valid_from <= ? ORDER BY nth",
            self.negotiation,
            slug,
            self.day,
        )
        return self.read(Forecast, rows)

    def unended_deadlines(self) -> list[DeadlineOnTheDay]:
        """The deadlines of which no report says how they ended: first those that passed, then those that lie ahead."""
        every = self.deadlines(everything=True)
        return [one for timings in (("passed",), _OPEN) for one in every if one.timing in timings]

    def deadlines(self, *, everything: bool = False) -> list[DeadlineOnTheDay]:
        """The deadlines that have neither passed nor ended, nearest first; with `everything`, then the others."""
        every, instead = self.states(Deadline, "deadlines", order="valid_from"), replaced(self)
        found = nearest_first(on_the_day(one, self.day, instead.get(one.slug, "")) for one in every)
        return [one for one in found if everything or one.is_open]


def by_another(status: str, replaced_by: str) -> str:
    """A status in words; of an entry that another replaces, `replaced by new-plan`."""
    return f"{status} by {replaced_by}" if replaced_by else status


def on_the_day(deadline: Deadline, day: str, replaced_by: str = "") -> DeadlineOnTheDay:
    """The deadline with its timing on the day; an open one may have been replaced."""
    if replaced_by and deadline.status == "open":
        return DeadlineOnTheDay(deadline, "replaced", None, near=False, replaced_by=replaced_by)
    due, today = deadline.due, date.fromisoformat(day)
    timing = _timing(deadline, today)
    if timing not in ("due", "possibly passed"):
        return DeadlineOnTheDay(deadline, timing, None, near=False)
    left = (due.latest - today).days if due.latest else None
    first = due.latest if deadline.within else due.earliest or due.latest
    return DeadlineOnTheDay(deadline, timing, left, near=first is not None and (first - today).days <= NEAR)


def _timing(deadline: Deadline, today: date) -> str:
    due = deadline.due
    if deadline.status != "open":
        return deadline.status
    if not due:
        return "no date"
    if due.latest is not None and due.latest < today:
        return "passed"
    # A date without a first day ("before 1 August"), without a last one, or within some days, has not begun to pass.
    begun = due.earliest is not None and due.latest is not None and due.earliest < today and not deadline.within
    return "possibly passed" if begun else "due"


_OPEN = ("due", "possibly passed", "no date")


def nearest_first(deadlines: Iterable[DeadlineOnTheDay]) -> list[DeadlineOnTheDay]:
    """The deadlines that lie ahead, nearest first; then those without a date, and those that passed or ended."""

    def turn(one: DeadlineOnTheDay) -> tuple[int, str, str]:
        rank = 0 if one.timing in _OPEN[:2] else 1 if one.timing == "no date" else 2
        return rank, str(one.deadline.due.latest or "9999"), one.deadline.slug

    return sorted(deadlines, key=turn)


def moved(before: When, after: When) -> Move:
    """How a new expectation relates to the one before it."""
    if surely_after(after, before) or surely_after(before, after):
        days = (after.latest - before.latest).days if after.latest and before.latest else None
        if surely_after(after, before):
            return Move("slipped", days, *_apart(before, after))
        return Move("brought forward", days, *_apart(after, before))
    if before.edtf == after.edtf:
        return Move("reaffirmed", None)
    return Move("made more precise" if covers(before, after) else "restated", None)


def _apart(earlier: When, later: When) -> tuple[int | None, int | None]:
    """The least and the most days from the start of one date to the start of a later one; None where a date is open."""
    (first, last), (other_first, other_last) = earlier.starts, later.starts
    least = (other_first - last).days if other_first and last else None
    return least, (other_last - first).days if other_last and first else None


def moves(forecasts: Sequence[Forecast], *, of_deadline: bool = False) -> list[Move | None]:
    """How each forecast relates to the one before; None for the first, and for one that differs from it."""
    dates = [as_limit(one.expected) if of_deadline else one.expected for one in forecasts]
    pairs = zip(pairwise(forecasts), pairwise(dates), strict=True)
    related = (None if differs(*both) else moved(*when) for both, when in pairs)
    return [None, *related][: len(forecasts)]


def differs(one: Forecast, other: Forecast) -> bool:
    """Whether two voices gave these forecasts in one source, without saying who spoke later: nothing has moved."""
    by_others = bool(one.by and other.by) and not {*one.by} & {*other.by}
    return by_others and one.source == other.source and not surely_after(other.said_on, one.said_on)


def present_forecast(meeting: Meeting, forecasts: Sequence[Forecast]) -> Forecast | None:
    """The forecast that gives the expected date of a meeting; None for a meeting without forecasts."""
    same = [one for one in forecasts if one.expected == meeting.expected] or [*forecasts]
    return same[-1] if same else None
