"""The keeper's own tasks, which were not agreed with anybody, and the entries on which each of them still waits."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.base.names import fold
from ledger.domain.states import Slugs, Task
from ledger.views.links import replaced
from ledger.views.status import timing_of
from ledger.views.views import Views

ANSWERED = ("answered", "agreed", "settled", "withdrawn")  # the statuses of an issue that a task no longer waits for


class TaskOnTheDay(NamedTuple):
    """A task with its timing: past due, possibly past due, due, no date, or done.

    `waiting_on` has the entries on which it still waits: tasks until they are done, follow-ups until they are closed,
    deadlines until they have passed or ended, meetings until they were held, called off or superseded, and issues until
    they are answered, agreed, settled or withdrawn and no ask on them is waiting. ready: it is open, and waits on
    nothing. gone: the entries on which it waited but which were retracted, erased or replaced, each in a phrase that
    says so.
    """

    task: Task
    timing: str
    waiting_on: Slugs
    ready: bool
    gone: Slugs = ()

    @property
    def waits(self) -> str:
        """`ready`, `waits on legal-check, round-3`, `ready (old-plan was replaced by new-plan)`, or `done`."""
        if self.task.status == "done":
            return "done"
        waits = f"waits on {', '.join(self.waiting_on)}" if self.waiting_on else "ready"
        return f"{waits} ({'; '.join(self.gone)})" if self.gone else waits


def tasks(views: Views, *, everything: bool = False, assignee: str = "") -> list[TaskOnTheDay]:
    """The open tasks: those that are ready first, then by date; with `everything`, those that are done come last."""
    every = views.states(Task, "tasks", order="slug")
    gone = dict(_gone(views)) if every else {}
    happened = {*_happened(views), *gone} if every else set()
    found = []
    for task in every:
        waiting_on = tuple(slug for slug in task.waits_on if slug not in happened) if task.status == "open" else ()
        ready = task.status == "open" and not waiting_on
        why = tuple(gone[slug] for slug in task.waits_on if slug in gone and task.status == "open")
        found.append(TaskOnTheDay(task, timing_of(task, views.day), waiting_on, ready, why))
    wanted = [
        one
        for one in found
        if (everything or one.task.status == "open") and (not assignee or fold(one.task.assignee) == fold(assignee))
    ]
    return sorted(wanted, key=_turn)


def nearest_first(found: Iterable[TaskOnTheDay]) -> list[TaskOnTheDay]:
    """The tasks by their dates, whether they are ready or not; those without a date, and then those done, come last."""
    return sorted(found, key=lambda one: (one.task.status == "done", str(one.task.due.latest or "9999"), one.task.slug))


def _turn(one: TaskOnTheDay) -> tuple[bool, bool, str, str]:
    return one.task.status == "done", not one.ready, str(one.task.due.latest or "9999"), one.task.slug


def _gone(views: Views) -> Iterator[tuple[str, str]]:
    """The entries that were replaced, retracted or erased, each with a phrase that says so."""
    yield from ((slug, f"{slug} was replaced by {by}") for slug, by in replaced(views).items())
    for one in views.labels(later=True):
        if one.retracted or one.erased:
            yield one.slug, f"{one.slug} was {'retracted' if one.retracted else 'erased'}"


def _happened(views: Views) -> Iterator[str]:
    """The entries on which no task waits any longer, because they came about or ended."""
    yield from (one.slug for one in views.states(Task, "tasks") if one.status == "done")
    followed = views.follow_ups(everything=True)
    yield from (one.follow_up.slug for one in followed if one.follow_up.is_closed and not one.alone)
    ahead = {one.deadline.slug for one in views.deadlines()}
    yield from (slug for one in views.deadlines(everything=True) if (slug := one.deadline.slug) not in ahead)
    over = ("held", "called off", "overtaken")
    yield from (one.meeting.slug for one in views.meetings() if one.status in over)
    waiting = {one.ask.issue for one in views.asks()}
    yield from (one.slug for one in views.issues() if one.status in ANSWERED and one.slug not in waiting)
