"""Where we stand on a day, and what changed since the meeting before it."""

from typing import NamedTuple, TypeVar

from ledger.domain.states import Contest, Forecast
from ledger.queries.diff import Difference, diff
from ledger.views import status as otd
from ledger.views.views import Views
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.request import Desk, Tick

T = TypeVar("T")
FOLD = 15  # lines of a section shown before "show all"
TOLD = ("ask", "issue", "follow-up", "meeting", "contested")


class Slip(NamedTuple):
    """An expectation of the next round, in the words of whoever voiced it; `moved` by so many days, None if unknown."""

    forecast: Forecast
    moved: int | None
    quote: str


class Change(NamedTuple):
    """A difference with the entry whose reports it rests on."""

    difference: Difference
    rests_on: str


class Standing(NamedTuple):
    """Where we stand. `since` is the last meeting before the day, with what changed since; counts of all."""

    negotiation: str
    title: str
    day: str
    next_round: otd.NextMeeting
    slips: list[Slip]
    other_meetings: list[otd.MeetingOnTheDay]
    asks: list[otd.AskOnTheDay]
    follow_ups: list[otd.FollowUpOnTheDay]
    contested: list[Contest]
    since: Tick | None
    changes: list[Change]
    waiting: int
    to_do: int
    changed: int
    proofs: Proofs


def front(desk: Desk) -> Standing:
    """The page, its sections folded unless the address says `all=SECTION`."""
    views = desk.views
    meetings = views.meetings()
    next_round, slips = _next_round(views, meetings)
    shown = next_round.expected.meeting.slug if next_round.expected else ""
    other = otd.expected_after(meetings, shown)
    asks, follow_ups, contested = views.asks(), views.follow_ups(), views.contested()
    since, changes, changed = _changes(desk)
    some_asks, some_follow_ups = _folded(desk, "asks", asks), _folded(desk, "follow-ups", follow_ups)
    some_changes = [Change(one, evidence.of_difference(views, one)) for one in changes]
    contested_shown = _folded(desk, "contested", contested)
    rests_on = [shown, *(evidence.of_ask(one) for one in some_asks), *(one.follow_up.slug for one in some_follow_ups)]
    rests_on += [one.meeting.slug for one in other] + [one.slug for one in contested_shown]
    rests_on += [one.rests_on for one in some_changes]
    return Standing(
        negotiation=desk.negotiation,
        title=desk.title,
        day=desk.day,
        next_round=next_round,
        slips=slips,
        other_meetings=other[:FOLD],
        asks=some_asks,
        follow_ups=some_follow_ups,
        contested=contested_shown,
        since=since,
        changes=some_changes,
        waiting=len(asks),
        to_do=len(follow_ups),
        changed=changed,
        proofs=evidence.proofs(views, rests_on),
    )


def _unfolded(desk: Desk, section: str) -> bool:
    return desk.query.get("all") in (section, "everything")


def _folded(desk: Desk, section: str, lines: list[T]) -> list[T]:
    return lines if _unfolded(desk, section) else lines[:FOLD]


def _next_round(views: Views, meetings: list[otd.MeetingOnTheDay]) -> tuple[otd.NextMeeting, list[Slip]]:
    """The next round, and every expectation there was of it."""
    expected = otd.next_of_kind(meetings, "round")
    forecasts = views.forecasts(expected.meeting.slug) if expected else []
    slips: list[Slip] = []
    for one in forecasts:
        before = slips[-1].forecast.expected.latest if slips else None
        latest = one.expected.latest
        quote = " … ".join(said.words for said in views.evidence_at(one.position))
        slips.append(Slip(one, (latest - before).days if latest and before else None, quote))
    quote = slips[-1].quote if slips else ""
    return otd.NextMeeting("round", expected, forecasts, quote, otd.last_held(meetings, "round")), slips


def _changes(desk: Desk) -> tuple[Tick | None, list[Difference], int]:
    """What a reader would ask about of all that changed since the end of the last meeting before the day."""
    since = desk.neighbours()[0]
    if since is None:
        return None, [], 0
    found = [one for one in diff(desk.views.at(since.day), desk.views, TOLD) if not _told_by_the_ask(one)]
    return since, found[: None if _unfolded(desk, "changes") else FOLD], len(found)


def _told_by_the_ask(one: Difference) -> bool:
    """An issue that is open because something was asked: the ask itself is told."""
    return one.kind == "issue" and one.after is not None and one.after.get("status") == "open"
