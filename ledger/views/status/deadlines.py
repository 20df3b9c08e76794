"""The status of a deadline on a day: due, possibly passed, passed.

A deadline passes merely because time passes. It was missed only if a report says so.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from ledger.base.text import counted, marked
from ledger.dates import surely_over, surely_over_after
from ledger.domain.states import Deadline

NEAR = 14  # days: a deadline that may fall within them is near


class DeadlineOnTheDay(NamedTuple):
    """A deadline with its timing.

    timing: due, possibly passed (only its earliest possible day has passed, or its end is a convention), passed (its
    latest possible day has, and no report gives its end), no date, or its end: met, missed, lifted. days_left: the days
    to its last possible day; null if it has none, or only by a convention, or if it has passed or ended. near: its
    first possible day is at most 14 days away, and it has not passed. An open one that another entry replaces
    (`replaced_by`, by its name `replacement`) is replaced. `account`: who told of it, if no source does itself: `as
    told by a diplomat`.
    """

    deadline: Deadline
    timing: str
    days_left: int | None
    near: bool
    replaced_by: str = ""
    account: str = ""
    replacement: str = ""

    @property
    def told(self) -> str:
        """The task with this deadline, and who told of it; marked if the record keeper inferred something in it."""
        return self._told(self.deadline.says)

    @property
    def clause(self) -> str:
        """The same, to be followed by other words: without a full stop."""
        return self._told(self.deadline.says.rstrip("."))

    def _told(self, says: str) -> str:
        return marked(f"{says.rstrip('.')} ({self.account})" if self.account else says, self.deadline.inferred)

    @property
    def is_open(self) -> bool:
        """Whether it has neither passed nor ended."""
        return self.timing in _OPEN

    @property
    def left(self) -> str:
        """The timing as people read it: `today`, `in 5 days`, `in at most 9 days`, `near`; else as it is."""
        if self.near and self.days_left is None and self.timing == "due" and self.deadline.due.latest is not None:
            return "near"  # only a convention gives its end, so no number of days is known
        if not self.near or self.days_left is None:
            return by_another(self.timing, self.replacement or self.replaced_by)
        exact = self.deadline.within or self.deadline.due.earliest == self.deadline.due.latest
        if self.days_left == 0:
            return "today" if exact else "today at the latest"
        return f"in {'' if exact else 'at most '}{counted(self.days_left, 'day')}"


def by_another(status: str, replaced_by: str) -> str:
    """A status in words; of an entry that another replaces, `replaced by new-plan`."""
    return f"{status} by {replaced_by}" if replaced_by else status


def on_the_day(
    deadline: Deadline, day: str, replaced_by: str = "", name_of: Callable[[str], str] = str
) -> DeadlineOnTheDay:
    """The deadline with its timing on the day; an open one may have been replaced."""
    found = _timed(deadline, day, replaced_by)
    return found._replace(account=f"as told by {name_of(deadline.reported_by)}") if deadline.reported_by else found


def _timed(deadline: Deadline, day: str, replaced_by: str) -> DeadlineOnTheDay:
    if replaced_by and deadline.status == "open":
        return DeadlineOnTheDay(deadline, "replaced", None, near=False, replaced_by=replaced_by)
    due, today = deadline.due, date.fromisoformat(day)
    timing = _timing(deadline, today)
    if timing not in ("due", "possibly passed"):
        return DeadlineOnTheDay(deadline, timing, None, near=False)
    if due.latest is not None and due.latest < today:
        return DeadlineOnTheDay(deadline, timing, None, near=False)  # only a convention gives its end
    left = (due.latest - today).days if due.latest and surely_over_after(due) == due.latest else None
    first = due.latest if deadline.within else due.earliest or due.latest
    return DeadlineOnTheDay(deadline, timing, left, near=first is not None and (first - today).days <= NEAR)


def _timing(deadline: Deadline, today: date) -> str:
    due = deadline.due
    if deadline.status != "open":
        return deadline.status
    if not due:
        return "no date"
    if due.latest is not None and due.latest < today:
        return "passed" if surely_over(due, today) else "possibly passed"
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
