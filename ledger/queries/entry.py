"""One entry with everything there is about it, as of a day."""

from typing import Any, NamedTuple

from ledger.domain.states import Forecast, Slugs, Source
from ledger.domain.voices import among
from ledger.views import status as otd
from ledger.views.views import Evidence, Label, LogRow, Views
from ledger.views.weight import WeighedContest, Weight, copies_of, weighed, weight


class Shown(NamedTuple):
    """An entry: what is known of it, what its reports disagree on, and every event with its evidence.

    weight: how many sources carry it on the day, and how many of them are independent of each other.
    copies: of a source, the other sources with copies of its text.
    """

    entry: Label
    state: Any
    status: str
    weight: Weight
    copies: Slugs
    contested: list[WeighedContest]
    forecasts: list[Forecast]
    asks: list[otd.AskOnTheDay]
    statements: list[Any]
    follow_ups: list[otd.FollowUpOnTheDay]
    events: list[LogRow]
    evidence: list[Evidence]
    sources: list[Source]


def read(views: Views, slug: str) -> Shown:
    """Everything about an entry as of the views' day; refused when there is no such entry."""
    entry = views.entry(slug)
    history = views.history(entry.kind, slug)
    events = views.log(slug)
    named = {event.source for event in events}
    families = views.families()
    current = history[-1].state if history and not history[-1].valid_to else None
    return Shown(
        entry=entry,
        state=current,
        status=_status(views, entry),
        weight=weight((one.source for one in events if one.stands and one.takes_effect <= views.day), families),
        copies=tuple(sorted(copies_of(slug, families))),
        contested=weighed(views.contested(slug), families),
        forecasts=views.forecasts(slug),
        asks=[one for one in views.asks(everything=True) if one.ask.issue == slug],
        statements=_statements(views, entry),
        follow_ups=[one for one in views.follow_ups(everything=True) if _belongs(entry, one.follow_up)],
        events=events,
        evidence=views.evidence(slug),
        sources=[source for source in views.every_source() if source.slug in named],
    )


def _status(views: Views, entry: Label) -> str:
    if entry.kind == "meeting":
        return next((one.status for one in views.meetings() if one.meeting.slug == entry.slug), "")
    if entry.kind == "follow-up":
        found = (one.timing for one in views.follow_ups(everything=True) if one.follow_up.slug == entry.slug)
        return next(found, "")
    if entry.kind == "issue":
        return next((one.status for one in views.issues() if one.slug == entry.slug), "")
    return ""


def _statements(views: Views, entry: Label) -> list[Any]:
    """The statements on an issue, at a meeting, or by a person or party."""
    if entry.kind == "issue":
        return views.statements(issue=entry.slug)
    if entry.kind == "meeting":
        return views.statements(at=entry.slug)
    if entry.kind in ("person", "party"):
        return views.statements(by=entry.slug)
    if entry.kind == "source":
        return [one for one in views.statements() if entry.slug in one.sources]
    return []


def _belongs(entry: Label, follow_up: Any) -> bool:
    if entry.kind == "issue":
        return entry.slug in follow_up.issues
    if entry.kind == "meeting":
        return bool(entry.slug == follow_up.at)
    if entry.kind in ("person", "party"):
        return among(entry.slug, follow_up.owners)
    return entry.kind == "source" and entry.slug in follow_up.sources
