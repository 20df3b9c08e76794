"""The timeline: past and expected events in lanes; a mark covers the days that its date may mean."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ledger import dates
from ledger.base.text import capital, listed
from ledger.dates import When, reported
from ledger.domain.states import Forecast, Statement
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import parties
from ledger.views import status
from ledger.views.rows import from_row, selected, slugs
from ledger.views.status import AHEAD, MeetingOnTheDay, given_by, in_words, title_of
from ledger.views.views import Views
from ledger.web.request import Request

MOST = 160  # marks on one page; if there are more, the latest are shown, with a link to the earlier ones; JSON has all
HELD, EXPECTED, DUE = "Meetings", "Expected", "Due"
OPEN_END = 45  # the length in days of a mark with an open end

SHAPES = {
    Role.RAISES: "asks",
    Role.OBJECTS: "answers",
    Role.ACCEPTS: "accepts",
    Role.ANSWERS: "answers",
    Role.NARROWS: "narrows",
    Role.SETTLES: "settles",
    Role.KEEPS_OPEN: "speaks",
    Role.WITHDRAWS: "withdraws",
    Role.SPEAKS: "speaks",
}


class Mark(NamedTuple):
    """One mark on the timeline, drawn from `first` to `last`: the days that its date may mean.

    certain: the date is one day, or lasted from one day to another. open: the missing end, "start" or "end", else "".
    """

    lane: str
    shape: str
    kind: str
    slug: str
    label: str
    says: str
    when: When
    first: str
    last: str
    certain: bool
    open: str
    contested: bool


class Timeline(NamedTuple):
    """The marks between two days, in lanes; `earlier` and `later` are days for links to further marks, or "".

    `total` is the number of all marks between the two days of the address; `undated` have no place among them.
    """

    day: str
    first: str
    last: str
    lanes: list[str]
    marks: list[Mark]
    total: int
    undated: int
    earlier: str
    later: str


def timeline(request: Request) -> Timeline:
    """The timeline as of the request's day, between the days `from` and `to` of its address."""
    views = request.views
    since, until = _day(request, "from") or date.min.isoformat(), _day(request, "to") or date.max.isoformat()
    contested = {one.slug for one in views.contested()}
    dated = [one for one in (*_meetings(views), *_due(views), *_deadlines(views)) if _within(one, since, until)]
    most = -1 if request.whole("marks") else MOST + 1
    said = [one for one in _said(views, since, until, most) if _within(one, since, until)]
    found = sorted([*dated, *said], key=lambda one: (one.first, one.last, one.lane))
    placed = [one._replace(contested=one.slug in contested) for one in found if one.first]
    shown = request.part("marks", placed, MOST, newest=True)
    total = sum(bool(one.first) for one in dated) + _count_said(views, since, until)
    days = [one.first for one in shown] + [one.last for one in shown]
    first, last = _with_margins(min(days, default=views.day), max(days, default=views.day), views.day)
    speaking = [views.name_of(one.slug) for one in views.parties()]
    held = {one.lane for one in shown}
    return Timeline(
        day=views.day,
        first=max(first, since),
        last=min(last, until),
        lanes=[lane for lane in (HELD, EXPECTED, *speaking, DUE) if lane in held],
        marks=shown,
        total=total,
        undated=len(found) - len(placed),
        earlier=shown[0].first if shown and (total > len(shown) or since > date.min.isoformat()) else "",
        later=shown[-1].last if request.query.get("to") and shown else "",
    )


def _within(mark: Mark, since: str, until: str) -> bool:
    return not mark.first or (mark.last >= since and mark.first <= until)


def _meetings(views: Views) -> Iterator[Mark]:
    """The meetings that were held, and every expectation of a meeting, including those that slipped."""
    for one in views.meetings():
        meeting = one.meeting
        if meeting.held:
            shape = "held" if one.status == "held" else "progress"
            yield _mark(HELD, shape, "meeting", meeting.slug, _short(one), title_of(meeting), meeting.held)
        yield from _forecasts(views, one)


def _forecasts(views: Views, one: MeetingOnTheDay) -> Iterator[Mark]:
    """Every expectation of a meeting; the one that gives the date is current while the meeting is expected."""
    if not one.meeting.expectations:
        return
    forecasts: list[Forecast] = views.forecasts(one.meeting.slug)
    given = given_by(one.meeting, forecasts)
    for forecast in forecasts:
        stands = forecast is given and one.status in (*status.EXPECTED, "in progress")
        now = (
            f", {in_words(one.status, one.superseded_by, one.replaced_by)}"
            if forecast is given and one.status not in AHEAD
            else ""
        )
        says = f"{_short(one)} expected {forecast.expected.describe()}{now if stands else now or ', expected before'}"
        shape = "expected" if stands else "passed"
        yield _mark(EXPECTED, shape, "meeting", one.meeting.slug, _short(one), says, forecast.expected)


def _short(one: MeetingOnTheDay) -> str:
    return title_of(one.meeting._replace(held=When(), expected=When()))


def _due(views: Views) -> Iterator[Mark]:
    for one in views.follow_ups(everything=True):
        if one.timing == "standing":
            continue
        shape = "overdue" if "overdue" in one.timing else "due" if one.follow_up.status == "open" else "closed"
        says = f"{one.timing}: {one.follow_up.told}"
        yield _mark(DUE, shape, "follow-up", one.follow_up.slug, "", says, one.follow_up.due)


def _deadlines(views: Views) -> Iterator[Mark]:
    for one in views.deadlines(everything=True):
        shape = (
            "due"
            if one.timing in ("due", "possibly passed")
            else "closed"
            if one.deadline.status != "open"
            else "passed"
        )
        says = f"deadline, {one.timing}: {one.deadline.told}"
        yield _mark(DUE, shape, "deadline", one.deadline.slug, "", says, one.deadline.due)


_SAID_BETWEEN = "negotiation = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) AND day BETWEEN ? AND ?"


def _count_said(views: Views, since: str, until: str) -> int:
    """The number of marks of all statements between two days."""
    rows = views.rows(
        f"SELECT [on], day, [by], on_behalf_of, COUNT(*) FROM statements WHERE {_SAID_BETWEEN} GROUP BY 1, 2, 3, 4",
        *(views.negotiation, views.day, views.day, since, until),
    )
    return sum(
        number * len(parties(slugs(on_behalf_of) or slugs(by)))
        for on, day, by, on_behalf_of, number in rows
        if _within(_mark("", "", "statement", "", "", "", reported(When(on), day)), since, until)
    )


def _said(views: Views, since: str, until: str, most: int) -> Iterator[Mark]:
    """The last statements between two days, all if `most` is -1; one by several parties is in the lane of each."""
    rows = views.rows(
        f"SELECT {selected(Statement)} FROM statements WHERE rowid IN (SELECT rowid FROM statements"
        f" WHERE {_SAID_BETWEEN} ORDER BY day DESC, turn DESC LIMIT ?)",
        *(views.negotiation, views.day, views.day, since, until, most),
    )
    for one in (from_row(Statement, row) for row in rows):
        says = f"{capital(listed(map(views.in_sentence, one.by)))} {ACTS[one.act].verb}: {one.told}"
        for party in parties(one.on_behalf_of or one.by):
            shape = SHAPES[ACTS[one.act].role]
            yield _mark(views.name_of(party), shape, "statement", one.slug, "", says, reported(one.on, one.day))


def _mark(lane: str, shape: str, kind: str, slug: str, label: str, says: str, when: When) -> Mark:
    """The mark of a date; an open date is drawn `OPEN_END` days long, and an unknown date has no days."""
    first, last = when.earliest, when.latest
    opened = "start" if first is None else "end" if last is None else ""
    if first is None and last is not None:
        first = date.fromordinal(max(1, last.toordinal() - OPEN_END))
    elif last is None and first is not None:
        last = date.fromordinal(min(date.max.toordinal(), first.toordinal() + OPEN_END))
    return Mark(
        lane=lane,
        shape=shape,
        kind=kind,
        slug=slug,
        label=label,
        says=says,
        when=when,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        certain=first == last or (when.is_duration and not set(when.edtf) & set("~?%[") and len(when.edtf) == 21),
        open=opened if when else "",
        contested=False,
    )


def _with_margins(first: str, last: str, day: str) -> tuple[str, str]:
    """The days with a margin on both sides, extended to the day of the page unless that is far away."""
    start, end, asked = date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(day)
    if end < asked <= end + (end - start) / 4:
        end = asked
    room = timedelta(days=max(2, (end - start).days // 40))
    earliest, latest = start.toordinal() - room.days, end.toordinal() + room.days
    return (
        date.fromordinal(max(1, earliest)).isoformat(),
        date.fromordinal(min(date.max.toordinal(), latest)).isoformat(),
    )


def _day(request: Request, name: str) -> str:
    typed = request.query.get(name, "").strip()
    when = dates.parse(typed, date.fromisoformat(request.today)) if typed else When()
    return str(when.latest or when.earliest or "")
