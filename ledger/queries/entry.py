"""Everything about one entry as of a day: its state, its reports with their quotations, and related entries."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.dates import When, ends_on, reported
from ledger.domain.figures.given import FigureGiven
from ledger.domain.kinds import ENDS, HAPPENING
from ledger.domain.states import Ask, Deadline, FollowUp, Forecast, Link, Meeting, Slugs, Source, Statement
from ledger.domain.vocabulary import OFF, link_from, link_to
from ledger.domain.voices import Membership, among
from ledger.queries.tasks import tasks
from ledger.views import status as otd
from ledger.views.conditions import ConditionOnTheDay, conditions
from ledger.views.links import links, reaffirmed, replaced, separate
from ledger.views.measured import given
from ledger.views.parties import memberships
from ledger.views.rows import selected
from ledger.views.status import DeadlineOnTheDay
from ledger.views.views import Evidence, Label, LogRow, Views
from ledger.views.weight import WeighedContest, Weight, copies_of, weighed, weight

_AGAIN = "asked again since"


class LinkShown(NamedTuple):
    """A link between an entry and another, with the name and the present state of the other.

    `told` is the link as this entry's page says it: `replaces vn-offer`, `replaced by vn-new on 3 June 2025`. state:
    the status of the other entry as people read it, or that it was replaced, retracted or erased; "" if it has none.
    named: the link with the name of the other: `depends on “Send the list”`; a statement has its slug there, too.
    """

    link: Link
    other: Label
    told: str
    state: str
    named: str

    @property
    def in_words(self) -> str:
        """The link with the present state of the other entry: `depends on “Send the list” (done)`."""
        return f"{self.named} ({self.state})" if self.state else self.named


class Shown(NamedTuple):
    """An entry: its state, the fields on which its reports disagree, and every event with its evidence.

    weight: how many sources report it by the day, and how many of them are independent. Sources that report only its
    end, such as the closing of a follow-up, are in `ending`. copies: for a source, the other sources with copies of its
    text. roles: for a party, its roles, and those of its members and others in it. conditions: those of a statement,
    and those of other statements that are about the entry. links: to other entries, and of other entries to this one.
    told: the status as people read it. last_mentioned: for an issue, the last date of an entry about it.
    """

    entry: Label
    state: Any
    status: str
    told: str
    weight: Weight
    ending: Weight
    copies: Slugs
    contested: list[WeighedContest]
    forecasts: list[Forecast]
    figures: list[FigureGiven]
    conditions: list[ConditionOnTheDay]
    links: list[LinkShown]
    asks: list[otd.AskOnTheDay]
    statements: list[Statement]
    follow_ups: list[otd.FollowUpOnTheDay]
    deadlines: list[DeadlineOnTheDay]
    events: list[LogRow]
    evidence: list[Evidence]
    sources: list[Source]
    roles: list[Membership]
    last_mentioned: When = When()


class IssueReport(NamedTuple):
    """A report about an issue: a statement on it, its follow-up, deadline or meeting. It counts on `day`, an ISO day.

    `on` is its date, as exactly as the reports give it.
    """

    day: str
    on: When
    sources: Slugs


def show(views: Views, typed: str) -> Shown:
    """Everything about an entry as of the views' day; refused if there is no such entry."""
    entry = views.entry(typed)
    slug = entry.slug
    history = views.history(entry.kind, slug)
    status, told = status_of(views, entry)
    events = views.log(slug)
    named = {event.source for event in events}
    families = views.families(None if entry.kind == "source" else named)
    reports = [one for one in events if one.stands and one.takes_effect <= views.day]
    ended = [one.source for one in reports if one.event in ENDS and (entry.kind != "meeting" or status in OFF.values())]
    reporting = [one.source for one in reports if one.event not in ENDS]
    state = history[-1].state if history and not history[-1].valid_to else None
    copies = copies_of(slug, families) if entry.kind == "source" else set()
    sources = {one.slug: one for one in _sources_known(views, {slug, *copies})} if entry.kind == "source" else {}
    may = entry.kind in _CONCERNED
    return Shown(
        entry=entry,
        state=state or sources.get(slug),
        status=status,
        told=told,
        weight=weight(views.held_according_to(slug).get(slug, reporting), families),
        ending=weight(ended, families),
        copies=tuple(sorted(copies & {*sources})),
        contested=weighed(views.contested(slug), families),
        forecasts=views.forecasts(slug),
        figures=_figures(views, entry),
        conditions=[*conditions(views, of=slug), *conditions(views, about=slug)],
        links=linked(views, [slug]).get(slug, []),
        asks=[one for one in views.asks(everything=True) if one.ask.issue == slug] if entry.kind == "issue" else [],
        statements=_statements(views, entry),
        follow_ups=[one for one in views.follow_ups(everything=True) if _concerns(entry, one.follow_up)] if may else [],
        deadlines=[one for one in views.deadlines(everything=True) if _concerns(entry, one.deadline)] if may else [],
        events=events,
        evidence=views.evidence(slug),
        sources=views.every_source(named),
        roles=memberships(views, slug) if entry.kind == "party" else [],
        last_mentioned=last_mention(mentions(views, slug).get(slug, ())) if entry.kind == "issue" else When(),
    )


def last_mention(found: Iterable[IssueReport]) -> When:
    """The date of the last of some mentions; unknown if there are none."""
    reports = sorted(found, key=lambda one: (one.day, one.on.edtf == one.day, one.on.edtf))
    return reports[-1].on if reports else When()


def mentions(views: Views, issue: str = "") -> dict[str, list[IssueReport]]:
    """By issue, or of one issue, every report about it by the views' day."""
    found: dict[str, list[IssueReport]] = {}
    for said in views.statements(issue=issue):
        for one in said.issues:
            found.setdefault(one, []).append(IssueReport(said.day, said.said_on, said.sources))
    states: list[FollowUp | Deadline | Meeting] = [*views.states(FollowUp, "follow_ups")]
    states += [*views.states(Deadline, "deadlines"), *views.states(Meeting, "meetings")]
    about = {one.slug: one.issues for one in states if one.issues}
    rows = views.rows(
        f"SELECT {selected(LogRow)} FROM log WHERE negotiation = ? AND kind IN ('follow-up', 'deadline', 'meeting')"
        " AND stands AND takes_effect BETWEEN '0' AND ? AND slug IN (SELECT value FROM json_each(?))",
        *(views.negotiation, views.day, json.dumps([*about])),
    )
    for report in views.read(LogRow, rows):
        for one in about[report.slug]:
            found.setdefault(one, []).append(_mention(views, report))
    return {one: found[one] for one in found if issue in ("", one)}


def _mention(views: Views, report: LogRow) -> IssueReport:
    """The mention in a report; a meeting that was over by the views' day was about its issues until it ended."""
    when, day = When(report.occurred, report.occurred_phrase), report.takes_effect
    if when.is_duration:
        day = min(when.ends_by.isoformat(), views.day) if when.ends_by else day
        when = When()
    return IssueReport(day, When(day) if ends_on(When(report.occurred), day) else reported(when, day), (report.source,))


def _sources_known(views: Views, among: Collection[str]) -> list[Source]:
    """Those of the sources that were published by the day, or have no day but a report that counts by then."""
    published = [one for one in views.sources() if one.slug in among]
    undated = [one for one in views.every_source(among) if one.published.latest is None]
    return [*published, *(one for one in undated if one not in published and views.rests_on(one.slug))]


def status_of(views: Views, entry: Label) -> tuple[str, str]:
    """The status on the day of a meeting, follow-up, deadline or issue, and how people read it; "" for others."""
    found: dict[str, tuple[str, str]] = {}
    match entry.kind:
        case "meeting":
            found = {
                one.meeting.slug: (one.status, f"{one.standing}{views.denials(one.meeting.slug)}")
                for one in views.meetings()
            }
        case "follow-up":
            timed = views.follow_ups(everything=True)
            found = {one.follow_up.slug: (one.timing, one.left + one.ended_by) for one in timed}
        case "deadline":
            found = {one.deadline.slug: (one.timing, one.left) for one in views.deadlines(everything=True)}
        case "task":
            found = {one.task.slug: (one.timing, one.waits) for one in tasks(views, everything=True)}
        case "issue":
            found = {one.slug: (one.status, otd.standing_of(one)) for one in views.issues()}
    return found.get(entry.slug, ("", ""))


def linked(views: Views, slugs: Collection[str]) -> dict[str, list[LinkShown]]:
    """The links of each of these entries to others and of others to it, each with the present state of the other."""
    ends = [
        (slug, other, link)
        for link in links(views)
        for slug, other in ((link.slug, link.target), (link.target, link.slug))
        if slug in slugs
    ]
    labels = {one.slug: one for one in views.labels(among=[other for _, other, _ in ends])}
    states = _states(views, labels)
    labels = {slug: one._replace(label=views.label_of(one.kind, slug) or one.label) for slug, one in labels.items()}
    found: dict[str, list[LinkShown]] = {}
    for slug, other, link in ends:
        if other in labels:
            says = told(link, slug)
            known = (
                f"replaced by {views.called(slug)}",
                _AGAIN if says.startswith("reaffirms ") else "",
            )  # the link says so
            state = "" if states[other] in known else states[other]
            found.setdefault(slug, []).append(
                LinkShown(link, labels[other], says, state, told(link, slug, views.called(other)))
            )
    return found


def told(link: Link, slug: str, other: str = "") -> str:
    """A link in words, as seen from the entry `slug`: `depends on data-flows`, `answered by us-yes on 3 June 2025`.

    The `other` entry has this name, or else its slug.
    """
    if link.slug == slug:
        return link_from(link.relation, other or link.target)
    return f"{link_to(link.relation, other or link.slug)} {link.on.clause()}".rstrip()


def _states(views: Views, entries: Mapping[str, Label]) -> dict[str, str]:
    """The present state of each entry, as people read it; for a statement that asks, the status of its asks."""
    instead = replaced(views) if entries else {}
    found = {}
    for slug, one in entries.items():
        if one.retracted or one.erased:
            found[slug] = "retracted" if one.retracted else "erased"
        else:
            found[slug] = f"replaced by {views.called(instead[slug])}" if slug in instead else status_of(views, one)[1]
    if asking := {slug for slug, one in entries.items() if one.kind == "statement" and not found[slug]}:
        statuses: dict[str, dict[str, None]] = {}
        again = reaffirmed(views)
        listed = "(SELECT value FROM json_each(?))"
        in_them = f"AND (first_statement IN {listed} OR last_statement IN {listed})", *[json.dumps(sorted(asking))] * 2
        for ask, _ in separate(views, views.states(Ask, "asks"), *in_them):
            for slug in asking.intersection((ask.first_statement, ask.last_statement)):
                if slug == ask.last_statement:
                    statuses.setdefault(slug, {})[otd.standing_of_ask(ask)] = None
                elif slug in again:
                    statuses.setdefault(slug, {})[_AGAIN] = None
        found |= {slug: ", ".join(of_it) for slug, of_it in statuses.items()}
    return found


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


_CONCERNED = ("issue", "meeting", "person", "party", "source")


def _concerns(entry: Label, one: FollowUp | Deadline) -> bool:
    """Whether a state is about the issue, agreed or set at the meeting, owned by the voice, or from the source."""
    match entry.kind:
        case "issue":
            return entry.slug in one.issues
        case "meeting":
            return entry.slug == one.at
        case "person" | "party":
            return among(entry.slug, one.owners)
    return entry.kind == "source" and entry.slug in one.sources
