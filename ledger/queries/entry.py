"""Everything about one entry as of a day: its state, its reports with their quotations, and related entries."""

from typing import Any, NamedTuple

from ledger.domain.kinds import HAPPENING
from ledger.domain.states import Deadline, FollowUp, Forecast, Slugs, Source, Statement
from ledger.domain.voices import Membership, among
from ledger.figures.given import FigureGiven
from ledger.queries.tasks import tasks
from ledger.views import status as otd
from ledger.views.ahead import DeadlineOnTheDay
from ledger.views.conditions import ConditionOnTheDay, conditions
from ledger.views.measured import given
from ledger.views.parties import memberships
from ledger.views.views import Evidence, Label, LogRow, Views
from ledger.views.weight import WeighedContest, Weight, copies_of, weighed, weight


class Shown(NamedTuple):
    """An entry: its state, the fields on which its reports disagree, and every event with its evidence.

    weight: how many sources report it by the day, and how many of them are independent.
    copies: for a source, the other sources with copies of its text.
    roles: for a party, its roles, and those of its members and others in it.
    conditions: those of a statement, and those of other statements that are about the entry.
    told: the status as people read it.
    """

    entry: Label
    state: Any
    status: str
    told: str
    weight: Weight
    copies: Slugs
    contested: list[WeighedContest]
    forecasts: list[Forecast]
    figures: list[FigureGiven]
    conditions: list[ConditionOnTheDay]
    asks: list[otd.AskOnTheDay]
    statements: list[Statement]
    follow_ups: list[otd.FollowUpOnTheDay]
    deadlines: list[DeadlineOnTheDay]
    events: list[LogRow]
    evidence: list[Evidence]
    sources: list[Source]
    roles: list[Membership]


def show(views: Views, typed: str) -> Shown:
    """Everything about an entry as of the views' day; refused if there is no such entry."""
    entry = views.entry(typed)
    slug = entry.slug
    history = views.history(entry.kind, slug)
    status, told = status_of(views, entry)
    events = views.log(slug)
    named = {event.source for event in events}
    families = views.families()
    state = history[-1].state if history and not history[-1].valid_to else None
    sources = {one.slug: one for one in _sources_known(views)} if entry.kind == "source" else {}
    return Shown(
        entry=entry,
        state=state or sources.get(slug),
        status=status,
        told=told,
        weight=weight((one.source for one in events if one.stands and one.takes_effect <= views.day), families),
        copies=tuple(sorted(one for one in copies_of(slug, families) if one in sources)),
        contested=weighed(views.contested(slug), families),
        forecasts=views.forecasts(slug),
        figures=_figures(views, entry),
        conditions=[*conditions(views, of=slug), *conditions(views, about=slug)],
        asks=[one for one in views.asks(everything=True) if one.ask.issue == slug],
        statements=_statements(views, entry),
        follow_ups=[one for one in views.follow_ups(everything=True) if _concerns(entry, one.follow_up)],
        deadlines=[one for one in views.deadlines(everything=True) if _concerns(entry, one.deadline)],
        events=events,
        evidence=views.evidence(slug),
        sources=[source for source in views.every_source() if source.slug in named],
        roles=memberships(views, slug) if entry.kind == "party" else [],
    )


def _sources_known(views: Views) -> list[Source]:
    """The sources published by the day, and those without a day of publication in which a report counts by then."""
    published = views.sources()
    undated = (one for one in views.every_source() if one not in published and one.published.latest is None)
    return [*published, *(one for one in undated if views.rests_on(one.slug))]


def status_of(views: Views, entry: Label) -> tuple[str, str]:
    """The status on the day of a meeting, follow-up, deadline or issue, and how people read it; "" for others."""
    found: dict[str, tuple[str, str]] = {}
    match entry.kind:
        case "meeting":
            found = {
                one.meeting.slug: (one.status, otd.in_words(one.status, one.superseded_by)) for one in views.meetings()
            }
        case "follow-up":
            timed = views.follow_ups(everything=True)
            found = {one.follow_up.slug: (one.timing, one.timing) for one in timed}
        case "deadline":
            found = {one.deadline.slug: (one.timing, one.left) for one in views.deadlines(everything=True)}
        case "task":
            found = {one.task.slug: (one.timing, one.waits) for one in tasks(views, everything=True)}
        case "issue":
            found = {one.slug: (one.status, otd.standing_of(one)) for one in views.issues()}
    return found.get(entry.slug, ("", ""))


def _statements(views: Views, entry: Label) -> list[Statement]:
    """The statements on an issue, at a meeting, by a person or party, or in a source."""
    match entry.kind:
        case "issue":
            return views.statements(issue=entry.slug)
        case "meeting":
            return views.statements(at=entry.slug)
        case "person" | "party":
            return views.statements(by=entry.slug)
        case "source":
            return [one for one in views.statements() if entry.slug in one.sources]
    return []


def _figures(views: Views, entry: Label) -> list[FigureGiven]:
    """The values of a measure, or the figures that an entry gives."""
    if entry.kind == "measure":
        return given(views, measure=entry.slug)
    return given(views, entry=f"{entry.kind}/{entry.slug}") if entry.kind in HAPPENING else []


def _concerns(entry: Label, one: FollowUp | Deadline) -> bool:
    """Whether it is about the issue, agreed or set at the meeting, owned by the voice, or reported by the source."""
    match entry.kind:
        case "issue":
            return entry.slug in one.issues
        case "meeting":
            return entry.slug == one.at
        case "person" | "party":
            return among(entry.slug, one.owners)
    return entry.kind == "source" and entry.slug in one.sources
