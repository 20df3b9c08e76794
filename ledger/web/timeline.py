"""The timeline: past and expected events in lanes, by party or by issue; a mark covers the days that its date may mean.

If a window has more marks than can be drawn, they are counted by day, week, month, quarter, year or decade.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain, groupby
from typing import NamedTuple

from ledger import dates
from ledger.base.text import capital, listed
from ledger.dates import When, reported
from ledger.domain.states import Forecast, Meeting, Slugs, Statement
from ledger.domain.vocabulary import ACTS, Role, meeting_name, plain
from ledger.domain.voices import among, parties, represented
from ledger.views import status
from ledger.views.ahead import present_forecast
from ledger.views.rows import from_row, selected, slugs
from ledger.views.status import AHEAD, MeetingOnTheDay, in_words, took_place
from ledger.views.views import Views
from ledger.web.request import Request

NONE = "[]"  # an empty list, as columns store it
MOST = 160  # marks in one picture; if there are more, full lanes are counted; JSON has all
MOST_IN_LANE = 30  # marks of a lane that is not counted
LANES = 12  # of parties or issues; those with the fewest statements share one more lane
HELD, EXPECTED, DUE, OTHERS, NO_ISSUE = "Meetings", "Expected", "Due", "Others", "No issue"
# The days of a bin, and the longest window with such bins: the shortest month is 25 pixels wide, as is any whole bin.
UNITS = {1: 33, 7: 235, 30: 940, 91: 3020, 365: 12_260}

SHAPES = {
    Role.RAISES: "asks",
    Role.OBJECTS: "answers",
    Role.ACCEPTS: "accepts",
    Role.ANSWERS: "answers",
    Role.CONSIDERS: "answers",
    Role.AGREES_IN_PRINCIPLE: "narrows",
    Role.NARROWS: "narrows",
    Role.SETTLES: "settles",
    Role.KEEPS_OPEN: "speaks",
    Role.WITHDRAWS: "withdraws",
    Role.SPEAKS: "speaks",
}


class Mark(NamedTuple):
    """One mark on the timeline, from `first` to `last`: the days that its date may mean, both "" if it is unknown.

    `drawn` says how: a day; lasted (from one to the other); within (some day between); either (one of them); about;
    before or after (the one bound that is known). `nth` counts the dates that a meeting was given.
    """

    lane: str
    shape: str
    drawn: str
    kind: str
    slug: str
    label: str
    says: str
    when: When
    first: str
    last: str
    contested: bool = False
    nth: int = 0


class Bin(NamedTuple):
    """The number of marks in a lane from `first` to `last`; a mark of several days counts on the last of them."""

    lane: str
    first: str
    last: str
    of: int


class Timeline(NamedTuple):
    """The marks between `first` and `last`, in lanes; `by` says what the lanes stand for: party or issue.

    `bins` count those of a lane if there are too many to draw. `total` is the number of all marks with a date,
    drawn or counted; `undated` have none. `windows` are the days to which zooming and moving lead.
    """

    day: str
    first: str
    last: str
    by: str
    lanes: list[str]
    marks: list[Mark]
    bins: list[Bin]
    total: int
    undated: list[Mark]
    windows: dict[str, tuple[str, str]]


class _Wanted(NamedTuple):
    """The entries that the address asks for: those of a party, a person, an issue, and between two days."""

    party: str
    person: str
    issue: str
    since: str
    until: str

    def holds(self, voices: Iterable[str], issues: Slugs) -> bool:
        said = [*voices]
        return all(among(one, said) for one in (self.party, self.person) if one) and self.issue in ("", *issues)

    def near(self, when: When) -> bool:
        """Whether a date, or its known bound, may be within the days that are asked for, or is unknown."""
        first, last = when.earliest or when.latest, when.latest or when.earliest
        return not (first and last) or (str(last) >= self.since and str(first) <= self.until)


def timeline(request: Request) -> Timeline:
    """The timeline as of the request's day, between the days `from` and `to` of its address."""
    views, asked = request.views, request.query
    since, until = _day(request, "from"), _day(request, "to")
    party, person, issue = (views.find([kind], asked.get(kind, "")) for kind in ("party", "person", "issue"))
    wanted = _Wanted(party, person, issue, since or date.min.isoformat(), until or date.max.isoformat())
    by = "issue" if asked.get("by") == "issue" else "party"
    others = [*chain(_meetings(views, wanted), _due(views, wanted), _deadlines(views, wanted))]
    said = _said(views, wanted, by)
    order, lane_of = _lanes(views, by, said)
    said = [*dict.fromkeys(_Said(one.row, one.day, lane_of[one.lane]) for one in said)]
    counted = len(said) > MOST and not request.as_data
    contested = {one.slug for one in views.contested()}
    drawn = [] if counted else _statements(views, by, said)
    marks = [
        one._replace(contested=one.slug in contested)
        for one in sorted((*others, *drawn), key=lambda one: (one.first, one.last, one.lane))
        if one.first
    ]
    days = [day for one in marks for day in (one.first, one.last)] + ([said[0].day, said[-1].day] if counted else [])
    first, last = _with_margins(min(days, default=views.day), max(days, default=views.day), views.day)
    first, last = since or first, max(since or first, until or last)
    placed = [(one.lane, one.day) for one in said] if counted else []
    if len(marks) > MOST and not request.as_data:
        lanes = Counter(one.lane for one in marks)
        placed += [(one.lane, one.last) for one in marks if lanes[one.lane] > MOST_IN_LANE]
        marks = [one for one in marks if lanes[one.lane] <= MOST_IN_LANE]
    bins = _bins(placed, first, last)
    used = {one.lane for one in marks} | {one.lane for one in bins}
    return Timeline(
        day=views.day,
        first=first,
        last=last,
        by=by,
        lanes=[lane for lane in (HELD, EXPECTED, *order, DUE) if lane in used],
        marks=marks,
        bins=bins,
        total=len(marks) + len(placed),
        undated=[one for one in others if not one.first],
        windows=_windows(first, last, narrowed=bool(since or until)),
    )


def _meetings(views: Views, wanted: _Wanted) -> Iterator[Mark]:
    """The meetings that were held, and every expectation of a meeting, including those that slipped."""
    for one in views.meetings():
        meeting = one.meeting
        if not wanted.holds((*meeting.people, *meeting.parties), meeting.issues):
            continue
        if took_place(meeting) and wanted.near(meeting.held):
            shape = "held" if one.status == "held" else "progress"
            says = f"{views.titled(meeting)}{views.how_told(meeting)}"
            yield _mark(HELD, shape, "meeting", meeting.slug, _short(meeting), says, meeting.held)
        yield from _forecasts(views, one, wanted)


def _forecasts(views: Views, one: MeetingOnTheDay, wanted: _Wanted) -> Iterator[Mark]:
    """Every expectation of a meeting; the one that gives the date is current while the meeting is expected."""
    if not one.meeting.expectations:
        return
    forecasts: list[Forecast] = views.forecasts(one.meeting.slug)
    given = present_forecast(one.meeting, forecasts)
    same = [[*of] for _, of in groupby(forecasts, key=lambda one: one.expected.edtf)]  # to repeat a date moves nothing
    moved = [given if given in of else of[-1] for of in same]
    unknown = ", date unknown" if took_place(one.meeting) and not one.meeting.held else ""
    for forecast in filter(lambda one: one is not None and wanted.near(one.expected), moved):
        stands = forecast is given and one.status in (*status.EXPECTED, *status.UNDER_WAY)
        now = (
            f", {in_words(one.status, one.superseded_by, one.replacement)}{unknown}"
            if forecast is given and one.status not in AHEAD
            else ""
        )
        told = views.how_told(one.meeting) if forecast is given else views.told_by(forecast.reported_by)
        name = capital(views.name_of_meeting(one.meeting))
        expected = f"{name} expected {forecast.expected.describe(limit=True)}{told}"
        says = f"{expected}{now if stands else now or ', expected before'}"
        shape = "expected" if stands else "passed"
        mark = _mark(EXPECTED, shape, "meeting", one.meeting.slug, _short(one.meeting), says, forecast.expected)
        yield mark._replace(nth=forecast.nth)


def _short(meeting: Meeting) -> str:
    return capital(meeting_name(meeting.kind, meeting.number))


def _due(views: Views, wanted: _Wanted) -> Iterator[Mark]:
    for one in views.follow_ups(everything=True):
        agreed = one.follow_up
        if one.timing == "standing" or not (wanted.near(agreed.due) and wanted.holds(agreed.owners, agreed.issues)):
            continue
        shape = "lapsed" if "past due" in one.timing else "due" if agreed.status == "open" else "closed"
        says = f"{one.timing}: {one.told}"
        yield _mark(DUE, shape, "follow-up", agreed.slug, agreed.says, says, agreed.due)


def _deadlines(views: Views, wanted: _Wanted) -> Iterator[Mark]:
    for one in views.deadlines(everything=True):
        ended = one.deadline.status != "open"
        if wanted.near(one.deadline.due) and wanted.holds(one.deadline.owners, one.deadline.issues):
            shape = "due" if one.timing in ("due", "possibly passed") else "closed" if ended else "passed"
            says = f"deadline, {one.timing}: {one.told}"
            yield _mark(DUE, shape, "deadline", one.deadline.slug, one.deadline.says, says, one.deadline.due)


class _Said(NamedTuple):
    """A statement in a lane (at first a slug, then its name), with the day on which it counts as made."""

    row: int
    day: str
    lane: str


def _said(views: Views, wanted: _Wanted, by: str) -> list[_Said]:
    """The statements between two days; one by several parties, or on several issues, is in the lane of each."""
    every = (
        "SELECT rowid, day, [by], on_behalf_of, issues, valid_from, valid_to FROM statements WHERE negotiation = ?"
        " ORDER BY day, turn"
    )
    rows = views.shared_or_read("statements", "said", lambda: [*map(tuple, views.rows(every, views.negotiation))])

    @cache  # of thousands of statements, many are by the same people on the same issues
    def lanes(speakers: str, behind: str, issues: str) -> Slugs:
        voices, about = slugs(speakers), slugs(issues)
        if not wanted.holds((*voices, *slugs(behind)), about):
            return ()
        return tuple(parties(slugs(behind) or voices)) if by == "party" else about or ("",)

    of_all = by == "party" and not wanted.issue  # then the lanes do not depend on the issues
    return [
        _Said(row, day, lane)
        for row, day, speakers, behind, issues, since, until in rows
        if since <= views.day and (not until or until > views.day) and wanted.since <= day <= wanted.until
        for lane in lanes(speakers, behind, NONE if of_all else issues)
    ]


def _lanes(views: Views, by: str, said: list[_Said]) -> tuple[list[str], dict[str, str]]:
    """The names of the lanes in order, and the name of each lane by its slug."""
    counts = Counter(one.lane for one in said)
    named = {one: one for one in counts}
    if by == "party":
        every = [one.slug for one in views.parties()]
        named |= {slug: views.name_of(slug) for slug in counts}
    else:
        every = [slug for slug, _ in counts.most_common()]
        named |= {one.slug: one.title for one in views.issues()} | {"": NO_ISSUE}
    kept = {slug for slug, _ in counts.most_common(LANES)}
    order = [named[slug] for slug in dict.fromkeys((*every, *counts)) if slug in kept]
    return [*order, OTHERS], {slug: named[slug] if slug in kept else OTHERS for slug in counts}


def _statements(views: Views, by: str, said: list[_Said]) -> list[Mark]:
    """The marks of statements."""
    wanted = ",".join(str(one.row) for one in said)
    rows = views.rows(f"SELECT {selected(Statement)}, rowid AS row FROM statements WHERE rowid IN ({wanted})")
    found = {row["row"]: from_row(Statement, row) for row in rows}
    titles = {one.slug: one.title for one in views.issues()}
    marks = []
    for one in said:
        statement: Statement = found[one.row]
        act = plain(statement.act)
        about = listed(titles.get(slug, slug) for slug in statement.issues)
        label = f"{act}: {about}" if by == "party" and about else act
        if by == "issue":
            who = listed(map(views.name_of, parties(statement.on_behalf_of or statement.by)))
            label = f"{who}: {act}" if who else act
        spoke_for = listed(map(views.in_sentence, represented(statement)))
        says = capital(listed(map(views.in_sentence, statement.by)))
        says += f"{f', for {spoke_for},' if spoke_for else ''} {ACTS[statement.act].verb}"
        says += f"{views.told_and_denied(statement.reported_by, statement.slug)}: {statement.told}"
        shape, when = SHAPES[ACTS[statement.act].role], reported(statement.on, statement.day)
        marks.append(_mark(one.lane, shape, "statement", statement.slug, label, says, when))
    return marks


def _bins(placed: Iterable[tuple[str, str]], first: str, last: str) -> list[Bin]:
    """The numbers of marks (a lane and a day each) by lane and by day, week, month, quarter, year or decade."""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    unit = next((unit for unit, longest in UNITS.items() if days <= longest), 3650)
    found: Counter[tuple[str, str, str]] = Counter()
    for (lane, day), number in Counter(placed).items():
        found[lane, *_unit(date.fromisoformat(day), unit)] += number
    return [Bin(lane, begins, ends, number) for (lane, begins, ends), number in sorted(found.items())]


def _unit(day: date, unit: int) -> tuple[str, str]:
    """The first and the last day of the day, week, month, quarter, year or decade that contains a day."""
    if unit < 30:
        begins = day - timedelta(days=day.weekday() if unit == 7 else 0)
        return _moved(begins, begins, 0, unit - 1)
    months = {30: 1, 91: 3, 365: 12, 3650: 120}[unit]
    first = (day.year * 12 + day.month - 1) // months * months
    after = first + months
    begins = date(max(first // 12, 1), first % 12 + 1, 1)
    ends = date(after // 12, after % 12 + 1, 1) - timedelta(days=1) if after // 12 < date.max.year else date.max
    return begins.isoformat(), ends.isoformat()


def _mark(lane: str, shape: str, kind: str, slug: str, label: str, says: str, when: When) -> Mark:
    """The mark of a date; of an open date it covers the bound that is known."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    days = (first.isoformat() if first else "", last.isoformat() if last else "")
    return Mark(lane, shape, drawn(when), kind, slug, label, says, when, *days)


def drawn(when: When) -> str:
    """How a date is drawn: day, lasted, within, either, about, before or after; "" if it is unknown."""
    if not when or when.earliest is when.latest is None:
        return ""
    if when.earliest is None or when.latest is None:
        return "before" if when.earliest is None else "after"
    if {*when.edtf} & {*"~?%"}:
        return "about"
    if when.earliest == when.latest:
        return "day"
    if when.is_duration:
        return "lasted" if len(when.edtf) == 21 else "within"
    return "either" if "," in when.edtf and ".." not in when.edtf else "within"


def _with_margins(first: str, last: str, day: str) -> tuple[str, str]:
    """The days with a margin on both sides, extended to the day of the page unless that is far away."""
    start, end, asked = date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(day)
    if end < asked <= end + (end - start):
        end = asked
    return _moved(start, end, -max(2, (end - start).days // 40), max(2, (end - start).days // 40))


def _windows(first: str, last: str, *, narrowed: bool) -> dict[str, tuple[str, str]]:
    """The windows to which the page leads: nearer, and if the window is narrowed, farther, earlier and later."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = (end - start).days
    found = {"in": _moved(start, end, days // 4, -days // 4)} if days > 7 else {}
    if narrowed:
        half = max(days // 2, 1)
        found |= {"out": _moved(start, end, -half, half), "earlier": _moved(start, end, -half, -half)}
        found |= {"later": _moved(start, end, half, half)}
    return found


def _moved(start: date, end: date, by: int, to: int) -> tuple[str, str]:
    """Two days moved by days, within the calendar."""
    least, most = date(1000, 1, 1).toordinal(), date.max.toordinal()
    first, last = (min(max(least, one.toordinal() + days), most) for one, days in ((start, by), (end, to)))
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


def _day(request: Request, name: str) -> str:
    typed = request.query.get(name, "").strip()
    when = dates.parse(typed, date.fromisoformat(request.today)) if typed else When()
    return str(when.latest or when.earliest or "")
