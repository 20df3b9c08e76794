"""The front page: the status on a day, and the changes since the round before it."""

from typing import NamedTuple

from ledger.domain.clocks import in_order
from ledger.domain.states import Contest, Forecast, Issue
from ledger.domain.voices import among
from ledger.queries.diff import TOLD as COMPARED
from ledger.queries.diff import Difference, diff
from ledger.views.ahead import Move, moves
from ledger.views.conditions import ConditionOnTheDay, in_force
from ledger.views.status import (
    AskOnTheDay,
    DeadlineOnTheDay,
    Deferral,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    NextMeeting,
    awaited,
    expected_after,
    made_in,
)
from ledger.views.views import Label, Views
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.request import Request, Tick

GLANCE = 2  # lines of a block at the head of the page
FOLD = 6  # lines of a section, shown before "show more"
TOLD = tuple(kind for kind in COMPARED if kind != "correction")


class ShownForecast(NamedTuple):
    """An expectation of the next round with its source's words; `move` says how it relates to the one before."""

    forecast: Forecast
    move: Move | None
    quote: str


class Unresolved(NamedTuple):
    """An issue that the parties call unresolved, with the statement in which one of them last said so."""

    issue: Issue
    statement: str


class SourcedDifference(NamedTuple):
    """A difference, the entry that it is about, and the entry with its evidence."""

    difference: Difference
    entry: Label
    rests_on: str


class AskedBySide(NamedTuple):
    """The unanswered asks of one side: their heading, their number, and those that have waited longest.

    `made_in` follows the number, as in `FrontPage`.
    """

    of: str
    total: int
    longest: list[AskOnTheDay]
    made_in: str = ""


class FrontPage(NamedTuple):
    """The front page. `asked` has the asks by side: those to us and our own, if the address names us, else by asker.

    `pressing` are the deadlines and follow-ups that come first, at most `GLANCE` of each. `counts` are the numbers of
    all lines of the sections that a page may show in part. `made_in` follows the number of asks, if one statement made
    several of them.

    `near`: a deadline is near, so the deadlines come first. `since` is the meeting that the day is compared with.
    """

    negotiation: str
    title: str
    notice: str
    day: str
    deadlines: list[DeadlineOnTheDay]
    near: bool
    next_round: NextMeeting
    slips: list[ShownForecast]
    asked: list[AskedBySide]
    pressing: list[DeadlineOnTheDay | FollowUpOnTheDay]
    other_meetings: list[MeetingOnTheDay]
    unresolved: list[Unresolved]
    asks: list[AskOnTheDay]
    deferred: list[Deferral]
    conditions: list[ConditionOnTheDay]
    follow_ups: list[FollowUpOnTheDay]
    contested: list[Contest]
    since: Tick | None
    changes: list[SourcedDifference]
    counts: dict[str, int]
    proofs: Proofs
    made_in: str = ""


def front(request: Request) -> FrontPage:
    """The front page; a long section is shown in part unless the address says `all=SECTION`."""
    views = request.views
    meetings = views.meetings()
    next_round, slips = _next_round(views)
    other = expected_after(meetings, *next_round.slugs)
    asks, follow_ups, contested, deferred = views.asks(), views.follow_ups(), views.contested(), views.deferred()
    since, changes = _changes(request)
    unresolved = [
        Unresolved(one, [*in_order(views.statements(issue=one.slug, act="unresolved"))][-1].slug)
        for one in views.issues("unresolved")
    ]
    some_asks, some_follow_ups = request.part("asks", asks, FOLD), request.part("follow-ups", follow_ups, FOLD)
    deadlines = views.unended_deadlines()
    some_deadlines = request.part("deadlines", deadlines, FOLD)
    some_others = request.part("meetings", other, FOLD)
    some_changes = [
        SourcedDifference(one, evidence.entry_of(one, views), evidence.of_difference(views, one))
        for one in request.part("changes", changes, FOLD)
    ]
    some_contested, some_deferred = request.part("contested", contested, FOLD), request.part("deferred", deferred, FOLD)
    conditions = in_force(views)
    some_conditions = request.part("conditions", conditions, FOLD)
    asked = _asked(views, asks, views.find(["party"], request.query.get("us", "")))
    pressing: list[DeadlineOnTheDay | FollowUpOnTheDay] = [*deadlines[:GLANCE]]
    pressing += [one for one in follow_ups if one.timing in ("past due", "possibly past due", "due")][:GLANCE]
    rests_on = [
        *next_round.slugs,
        *(one.ask.last_statement for side in asked for one in side.longest),
        *(one.ask.last_statement for one in some_asks),
        *(one.follow_up.slug for one in some_follow_ups),
    ]
    rests_on += [one.meeting.slug for one in some_others] + [one.slug for one in some_contested]
    rests_on += [one.deferred.slug for one in some_deferred] + [one.statement.slug for one in some_conditions]
    rests_on += [one.deadline.slug for one in some_deadlines]
    rests_on += [one.rests_on for one in some_changes] + [one.statement for one in unresolved]
    return FrontPage(
        negotiation=request.negotiation,
        title=request.title,
        notice=request.notice,
        day=request.day,
        deadlines=some_deadlines,
        near=any(one.near for one in deadlines),
        next_round=next_round,
        slips=slips,
        asked=asked,
        pressing=pressing,
        other_meetings=some_others,
        unresolved=unresolved,
        asks=some_asks,
        deferred=some_deferred,
        conditions=some_conditions,
        follow_ups=some_follow_ups,
        contested=some_contested,
        since=since,
        changes=some_changes,
        counts={
            "deadlines": len(deadlines),
            "meetings": len(other),
            "asks": len(asks),
            "deferred": len(deferred),
            "conditions": len(conditions),
            "follow-ups": len(follow_ups),
            "contested": len(contested),
            "changes": len(changes),
        },
        proofs=evidence.proofs(views, rests_on),
        made_in=made_in(asks),
    )


def _next_round(views: Views) -> tuple[NextMeeting, list[ShownForecast]]:
    """The next round, and all expectations of it."""
    found = views.next_meeting("round")
    quotes = [" … ".join(said.words for said in views.evidence_at(one.position)) for one in found.forecasts]
    return found, [ShownForecast(*one) for one in zip(found.forecasts, moves(found.forecasts), quotes, strict=True)]


def _asked(views: Views, asks: list[AskOnTheDay], us: str) -> list[AskedBySide]:
    """The unanswered asks by side: of many askers, that of the longest wait and that of the most asks.

    The page below has the rest. asks: the longest wait first.
    """
    if us:
        ours = [one for one in asks if among(us, [one.ask.asker])]
        theirs = [one for one in asks if one not in ours and (not one.ask.to or among(us, awaited(one.ask)))]
        sides = {"Asked of us": theirs, "Asked by us": ours}
    else:
        by: dict[str, list[AskOnTheDay]] = {}
        for one in asks:
            by.setdefault(one.ask.asker, []).append(one)
        shown = sorted(by.items(), key=lambda side: (asks[0] not in side[1], -len(side[1]), side[0]))[:2]
        sides = {f"Asked by {views.in_sentence(asker)}": of for asker, of in shown}
    return [AskedBySide(of, len(found), found[:GLANCE], made_in(found)) for of, found in sides.items() if found]


def _changes(request: Request) -> tuple[Tick | None, list[Difference]]:
    """The round before the day, and the differences since then."""
    since = request.compared_with()
    if since is None:
        return None, []
    return since, diff(request.views.at(since.day), request.views, TOLD)
