"""The status of a follow-up or a task on a day: due, past due, possibly past due."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from ledger.base.text import marked
from ledger.dates import When, surely_late, surely_over
from ledger.domain.states import FollowUp, Slugs, Task
from ledger.views.status.deadlines import by_another


class EndedPart(NamedTuple):
    """The part of a follow-up that one owner had: how it ended, and on what day, empty if no report says."""

    owner: str
    outcome: str
    on: When


class FollowUpOnTheDay(NamedTuple):
    """A follow-up with its timing, and the facts that it lacks.

    timing: past due (its latest possible day has passed, and no report says that it was done), possibly past due (only
    its earliest has, or its end is a convention, as that of "early June"), due, open (its date has only a start), no
    date, standing, replaced (by the entry `replaced_by`), or its outcome. lacks: owner, date. `ended`: the parts of an
    open one that ended, in words: `done 2025-06-03 for Viet Nam`.
    """

    follow_up: FollowUp
    timing: str
    lacks: tuple[str, ...]
    replaced_by: str = ""
    ended: str = ""

    @property
    def parts(self) -> list[EndedPart]:
        """The parts of it that ended."""
        one = self.follow_up
        return [*map(EndedPart, one.ended_for, one.ended_as, map(When, one.ended_on))]

    @property
    def every_owner(self) -> Slugs:
        """The owners, with those whose part ended."""
        return tuple(dict.fromkeys((*self.follow_up.ended_for, *self.follow_up.owners)))

    @property
    def told(self) -> str:
        """The task with the parts of it that ended, marked if the record keeper inferred something in it."""
        return self._told(self.follow_up.says)

    @property
    def clause(self) -> str:
        """The same, to be followed by other words: without a full stop."""
        return self._told(self.follow_up.says.rstrip("."))

    def _told(self, says: str) -> str:
        return marked(f"{says} ({self.ended})" if self.ended else says, self.follow_up.inferred)

    @property
    def left(self) -> str:
        """The timing as people read it: `due`, `done late`, `replaced by new-plan`."""
        return outcome(self.timing, self.follow_up.closed_on, self.follow_up.due, self.replaced_by)


def outcome(timing: str, closed_on: When, due: When, replaced_by: str = "") -> str:
    """How a follow-up stands or ended, as people read it: `done late` if it was surely done after it was due."""
    late = timing == "done" and surely_late(closed_on, due)
    return "done late" if late else by_another(timing, replaced_by)


def timed(
    follow_up: FollowUp, day: str, replaced_by: str = "", name_of: Callable[[str], str] = str
) -> FollowUpOnTheDay:
    """The follow-up with its timing on the day; one that is open, or standing, may have been replaced."""
    if replaced_by and not follow_up.is_closed:
        found = FollowUpOnTheDay(follow_up, "replaced", (), replaced_by)
    else:
        lacks = [] if follow_up.owners else ["owner"]
        if not follow_up.due and follow_up.status == "open":
            lacks.append("date")
        found = FollowUpOnTheDay(follow_up, timing_of(follow_up, day), tuple(lacks))
    if follow_up.is_closed:
        return found
    ended = (f"{' '.join(filter(None, (one.outcome, one.on.brief())))} for {name_of(one.owner)}" for one in found.parts)
    return found._replace(ended="; ".join(ended))


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
