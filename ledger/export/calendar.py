"""A calendar file (RFC 5545) of meetings, deadlines, follow-ups and, if wanted, the keeper's own tasks.

A meeting is an event of whole days that ends on the day after its last. An expected one is tentative and spans every
day that its words allow; the words are in its title. Deadlines, follow-ups and tasks are to-dos, due on the last day of
their words. The same record always gives the same file: each item keeps its UID, its SEQUENCE is the number of earlier
events about it (or, for a meeting, about any meeting, since one supersedes another), and its DTSTAMP is the time at
which the newest of them was recorded.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from ledger.base.text import capital
from ledger.dates import When, surely_over_after
from ledger.domain.states import Source
from ledger.domain.vocabulary import OFF
from ledger.errors import ExtraNeeded
from ledger.queries.tasks import tasks
from ledger.views.status import MeetingOnTheDay, by_voices, date_of, took_place, when_expected
from ledger.views.views import Views

if TYPE_CHECKING:
    from icalendar import Component

MOST_NAMED = 4  # people in a title; if there are more, it names their parties
PRODUCT = "-//Parley//Record of negotiations//EN"
_MEETINGS = {
    "announced": "TENTATIVE",
    "expected": "TENTATIVE",
    "unconfirmed": "TENTATIVE",
    "in progress": "CONFIRMED",
    "in progress or over": "CONFIRMED",
    "held": "CONFIRMED",
    "called off": "CANCELLED",
    "postponed": "CANCELLED",
    "overtaken": "TENTATIVE",
}
_TO_DOS = {
    "done": "COMPLETED",
    "met": "COMPLETED",
    "lapsed": "CANCELLED",
    "dropped": "CANCELLED",
    "superseded": "CANCELLED",
    "lifted": "CANCELLED",
    "missed": "CANCELLED",
}


class _Item(NamedTuple):
    """An entry as an item of a calendar: an event of the days from `first` to `last`, or, without `first`, a to-do.

    A to-do is due on `last`, if its words give an end.
    """

    kind: str
    slug: str
    title: str
    status: str
    first: date | None
    last: date | None
    told: tuple[str, ...]
    sources: tuple[str, ...] = ()
    place: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in ("TENTATIVE", "NEEDS-ACTION")


class Written(NamedTuple):
    """The calendar as text, the number of its items, and the slugs of the entries that have no day."""

    text: str
    items: int
    without_day: tuple[str, ...]


def calendar(views: Views, ledger_id: str, *, with_tasks: bool = False, alarm: int | None = None) -> Written:
    """The calendar of a negotiation on the day of the views.

    alarm: the number of days before the first day of each open item on which a reminder is due. Refused if the extra
    `office` is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise ExtraNeeded(what="A calendar", extra="office") from None
    written = Calendar()
    for name, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", views.title()),
    ):
        written.add(name, value)
    if notice := views.notice():
        written.add("x-wr-caldesc", notice)
    items, without_day = _split([*_meetings(views), *_deadlines(views), *_follow_ups(views)])
    if with_tasks:
        own, own_without_day = _split(_tasks(views))
        items, without_day = items + own, without_day + own_without_day
    changes, sources = _changes(views), {source.slug: source for source in views.every_source()}
    for item in items:
        component = _component(item)
        changed = changes[_changed_with(item.kind, item.slug)]
        component.add("uid", str(uuid5(UUID(ledger_id), f"{views.negotiation}/{item.kind}/{item.slug}")))
        component.add("sequence", len(changed) - 1)
        component.add("dtstamp", datetime.fromisoformat(changed[-1]).replace(microsecond=0))
        told = [*item.told, *(f"Source: {_cited(sources[slug])}" for slug in item.sources if slug in sources)]
        component.add("description", "\n".join(told))
        component.add("categories", [item.kind])
        if alarm is not None and item.is_open and item.last:
            component.add_component(_alarm(item, alarm))
        written.add_component(component)
    return Written(written.to_ical().decode(), len(items), tuple(without_day))


def _split(found: Iterable[_Item | str]) -> tuple[list[_Item], list[str]]:
    """The items, and the slugs of the entries without a day."""
    items, without_day = [], []
    for one in found:
        if isinstance(one, str):
            without_day.append(one)
        else:
            items.append(one)
    return items, without_day


def _meetings(views: Views) -> Iterator[_Item | str]:
    for one in views.meetings():
        meeting, when = one.meeting, date_of(one.meeting)
        day = when.earliest or when.latest
        if day is None:
            yield meeting.slug
            continue
        name = capital(views.name_of_meeting(meeting))
        sides = meeting.sides if len(meeting.sides) <= MOST_NAMED else meeting.parties
        names = "" if all(views.in_sentence(one) in name for one in sides) else views.names_of(sides)
        status = f"{capital(one.standing)}{views.denials(meeting.slug)}."
        told = [status, *_rival_dates(views, one)]
        told += ["No report says whether it was held."] if one.status == "overtaken" else _doubt(meeting.held)
        if needed := views.needs(meeting):
            told.append(f"{capital(needed.removeprefix('; '))}.")
        if meeting.reason:
            off = meeting.status in OFF.values()
            told.append(f"Reason given{'' if off else ' for the change of date'}: {meeting.reason}")
        if meeting.inferred:
            told.append(f"Inferred by the record keeper: {meeting.inferred}")
        held = "" if _is_exact(when) else f", {when.describe()}"
        words = held if meeting.held else f", expected {when_expected(views.to_tell(meeting))}"
        yield _Item(
            "meeting",
            meeting.slug,
            f"{name}{words}: {names}" if names else f"{name}{words}",
            _MEETINGS[one.status],
            day,
            when.latest or day,
            tuple(told),
            meeting.status_in,
            meeting.place,
        )


def _doubt(held: When) -> list[str]:
    """The sentence about a meeting that may have been held on other days than those of its item; none if it was not."""
    if not held or all(first == last is not None for first, last in (held.starts, held.ends)):
        return []
    if held.is_duration and (held.earliest is None or held.latest is None):
        return [f"When it {'began' if held.earliest is None else 'ended'} is not reported."]
    if held.earliest is None or held.latest is None:
        return [f"It took place on this day or {'earlier' if held.earliest is None else 'later'}."]
    return ["It took place within these days; on which of them is not reported."]


def _rival_dates(views: Views, one: MeetingOnTheDay) -> list[str]:
    """`Reports differ on its date: …`, if the date of a meeting is contested."""
    field = "held" if took_place(one.meeting) else "expected"
    found = [contest.values for contest in views.contested(one.meeting.slug) if contest.field == field]
    return [f"Reports differ on its date: {' or '.join(dict.fromkeys(values))}." for values in found]


def _deadlines(views: Views) -> Iterator[_Item | str]:
    for one in views.deadlines(everything=True):
        deadline = one.deadline
        basis = f"Deadline, {deadline.basis}." if deadline.basis else "Deadline."
        ended = f"{capital(one.timing)}{by_voices(deadline.ended_by, views.in_sentence)}."
        told = (basis, ended, *_owned(views, deadline.owners))
        yield _to_do("deadline", deadline.slug, one.told, deadline.due, deadline.status, told, deadline.sources)


def _follow_ups(views: Views) -> Iterator[_Item | str]:
    for one in views.follow_ups(everything=True):
        agreed = one.follow_up
        ended = f"{capital(one.left)}{one.ended_by}."
        told = (f"{capital(agreed.told_as)} follow-up.", ended, *_owned(views, agreed.owners))
        status = "open" if one.alone else agreed.status
        yield _to_do("follow-up", agreed.slug, one.told, agreed.due, status, told, agreed.sources)


def _tasks(views: Views) -> Iterator[_Item | str]:
    for one in tasks(views, everything=True):
        task = one.task
        told = ("Own task.", f"For {views.in_sentence(task.assignee)}." if task.assignee else "")
        yield _to_do("task", task.slug, task.says, task.due, task.status, tuple(filter(None, told)))


def _to_do(
    kind: str, slug: str, says: str, due: When, status: str, told: tuple[str, ...], sources: tuple[str, ...] = ()
) -> _Item | str:
    """A to-do that is due on the last day of its words; its slug if it has none.

    If only a convention gives that day, as the end of "early June", the to-do has no day: its words are in the title.
    """
    if due.latest is None:
        return slug
    words = "" if _is_exact(due) else f", due {due.describe(limit=True)}"
    last = due.latest if surely_over_after(due) == due.latest else None
    return _Item(
        kind,
        slug,
        f"{says.rstrip('.') if words else says}{words}",
        _TO_DOS.get(status, "NEEDS-ACTION"),
        None,
        last,
        told,
        sources,
    )


def _is_exact(when: When) -> bool:
    """Whether the days of the item express the date of the record in full."""
    return (
        not when.hour
        and when.describe() == When(when.edtf).describe()
        and (when.is_duration or when.earliest == when.latest)
    )


def _owned(views: Views, owners: tuple[str, ...]) -> list[str]:
    return [f"To be done by {views.names_of(owners)}."] if owners else []


def _cited(source: Source) -> str:
    published = source.published.describe() if source.published else "undated"
    return ", ".join(filter(None, (source.title, source.publisher, published, source.url)))


def _changes(views: Views) -> dict[tuple[str, str], list[str]]:
    """The times at which the events about each entry, or about any meeting, were recorded."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in views.log():
        found.setdefault(_changed_with(row.kind, row.slug), []).append(row.recorded_at)
    return found


def _changed_with(kind: str, slug: str) -> tuple[str, str]:
    """The key of the entries whose events may change an item: its own entry, or every meeting if it is a meeting."""
    return ("meeting", "") if kind == "meeting" else (kind, slug)


def _component(item: _Item) -> "Component":
    from icalendar import Event, Todo

    if item.first is None:
        component: Component = Todo()
        if item.last:
            component.add("due", item.last)
    else:
        component = Event()
        component.add("dtstart", item.first)
        component.add("dtend", (item.last or item.first) + timedelta(days=1))  # the first day after it
        component.add("transp", "TRANSPARENT")
        if item.place:
            component.add("location", item.place)
    component.add("summary", item.title)
    component.add("status", item.status)
    return component


def _alarm(item: _Item, days: int) -> "Component":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.title)
    start = item.first is not None
    alarm.add("trigger", -timedelta(days=days), parameters={} if start else {"RELATED": "END"})
    return alarm
