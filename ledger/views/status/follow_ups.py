"""The status of a follow-up or a task on a day: due, past due, possibly past due."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger.dates import When, surely_late, surely_over
from ledger.domain.states import FollowUp, Task
from ledger.views.status.deadlines import by_another


class FollowUpOnTheDay(NamedTuple):
    """A follow-up with its timing, and the facts that it lacks.

    timing: past due (its latest possible day has passed, and no report says that it was done), possibly past due (only
    its earliest has, or its end is a convention, as that of "early June"), due, open (its date has only a start), no
    date, standing, replaced (by the entry `replaced_by`), or its outcome. lacks: owner, date.
    """

    follow_up: FollowUp
    timing: str
    lacks: tuple[str, ...]
    replaced_by: str = ""

    @property
    def left(self) -> str:
        """The timing as people read it: `due`, `done late`, `replaced by new-plan`."""
        return outcome(self.timing, self.follow_up.closed_on, self.follow_up.due, self.replaced_by)


def outcome(timing: str, closed_on: When, due: When, replaced_by: str = "") -> str:
    """How a follow-up stands or ended, as people read it: `done late` if it was surely done after it was due."""
    late = timing == "done" and surely_late(closed_on, due)
    return "done late" if late else by_another(timing, replaced_by)


def timed(follow_up: FollowUp, day: str, replaced_by: str = "") -> FollowUpOnTheDay:
    """The follow-up with its timing on the day; one that is open, or standing, may have been replaced."""
    if replaced_by and follow_up.status in ("open", "standing"):
        return FollowUpOnTheDay(follow_up, "replaced", (), replaced_by)
    lacks = [] if follow_up.owners else ["owner"]
    if not follow_up.due and follow_up.status == "open":
        lacks.append("date")
    return FollowUpOnTheDay(follow_up, timing_of(follow_up, day), tuple(lacks))


def timing_of(one: FollowUp | Task, day: str) -> str:
    """Whether it is past due (no report says that it was done), possibly past due, due, undated; else its status."""
    if one.status != "open":
        return one.status
    due, today = one.due, date.fromisoformat(day)
    if not due:
        return "no date"
    if due.latest is None:
        return "open"  # "soon" has no end: never due
    if due.latest < today:
        return "past due" if surely_over(due, today) else "possibly past due"
    # A date without a first day ("before 1 August"), or within some days, can be met until its last day.
    begun = due.earliest is not None and due.earliest < today and not one.within
    return "possibly past due" if begun else "due"


_URGENCY = ("past due", "possibly past due", "due", "open", "no date", "standing")


def most_urgent_first(follow_ups: Iterable[FollowUpOnTheDay]) -> list[FollowUpOnTheDay]:
    """The follow-ups, with those past due first, by due date, and the closed ones last."""

    def urgency(one: FollowUpOnTheDay) -> tuple[int, str, str]:
        rank = _URGENCY.index(one.timing) if one.timing in _URGENCY else len(_URGENCY)
        latest = one.follow_up.due.latest
        return rank, latest.isoformat() if latest else "9999", one.follow_up.slug

    return sorted(follow_ups, key=urgency)
