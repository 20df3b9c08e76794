"""The history of an entry: its states with the reports behind each, the slips of a forecast, the conversation on an
issue, and every correction; each with the day it happened and the time it was recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.text import times
from ledger.dates import When, ends_on, reported
from ledger.domain.states import ALWAYS, Forecast, Issue, Slugs, Statement
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import Membership, speakers, with_names
from ledger.domain.wording import adds, changes
from ledger.queries.entry import LinkShown, linked, status_of
from ledger.views.ahead import Move, moves
from ledger.views.parties import days_held, role_in_words
from ledger.views.rows import selected
from ledger.views.schema import OCCURRENCE
from ledger.views.views import Label, LogRow, Views


class Cause(NamedTuple):
    """A report with both its days; `days_later` is the number of days from `happened` to `recorded_on`.

    `happened` is the ISO day from which it counts, `recorded_at` a time in UTC, `recorded_on` the keeper's day then.
    Names have no day: `happened` is "" and `days_later` is null. `exact` says whether the report gives that day itself;
    if not, it is the latest possible day.
    """

    position: int
    sentence: str
    source: str
    happened: str
    recorded_at: str
    recorded_by: str
    recorded_on: str
    days_later: int | None
    exact: bool


class Stage(NamedTuple):
    """A state of an entry: its differences from the one before, and the reports that caused it.

    It was valid from `valid_from` ("" = always) until `valid_to` ("" = still valid). `since` is its first day, as exact
    as the reports are.
    """

    valid_from: str
    valid_to: str
    since: When
    changed: Slugs
    causes: list[Cause]


class Slip(NamedTuple):
    """One expectation of a meeting, or one date of a deadline.

    `move` says how it relates to the one before, and is null for the first.
    """

    forecast: Forecast
    move: Move | None
    cause: Cause


class Turn(NamedTuple):
    """A statement on an issue, and the parties that it speaks for, else `unattributed`."""

    statement: Statement
    parties: Slugs


class Correction(NamedTuple):
    """A correction, retraction or erasure. `happened` is the date of the corrected report, `recorded_at` its own time.

    `corrects` lists the positions of the corrected events.
    """

    position: int
    sentence: str
    happened: str
    corrects: list[int]
    recorded_at: str
    recorded_by: str


class History(NamedTuple):
    """The history of an entry; only meetings and deadlines have `slips`, and only issues have a `conversation`.

    The states of a party include its roles and, for a bloc, its members.

    links: to other entries, and of other entries to this one.

    told: the status on the day as people read it, "" for an entry without one.
    """

    entry: Label
    told: str
    links: list[LinkShown]
    slips: list[Slip]
    conversation: list[Turn]
    states: list[Stage]
    corrections: list[Correction]


def history(views: Views, typed: str) -> History:
    """The history of an entry up to the views' day; refused, with the nearest slugs, if there is no such entry."""
    entry = views.entry(typed)
    slug = entry.slug
    log = [event for event in views.log(slug) if event.kind == entry.kind]
    known = [event for event in log if event.takes_effect and event.takes_effect <= views.day]
    said = views.statements(issue=slug) if entry.kind == "issue" else []
    # The states of an issue are caused by the statements on it.
    causes = _causes([*known, *_that_count(_reports(views, slug, said), said)])
    states = list(_stages(views, entry, causes, [When(one.occurred) for one in known]))
    if entry.kind == "party":
        states = sorted([*states, *_roles(views, slug)], key=lambda one: one.valid_from)
    return History(
        entry=entry,
        told=status_of(views, entry)[1],
        links=linked(views, [slug]).get(slug, []),
        slips=(
            list(_slips(views, slug, known, of_deadline=entry.kind == "deadline"))
            if entry.kind in ("meeting", "deadline")
            else []
        ),
        conversation=[Turn(one, speakers(one) or one.by) for one in said],
        states=states,
        corrections=list(_corrections(views, entry, log)),
    )


def _stages(views: Views, entry: Label, causes: dict[str, list[Cause]], dates: Sequence[When]) -> Iterator[Stage]:
    before = None
    for state, valid_from, valid_to in views.history(entry.kind, entry.slug) if entry.kind != "negotiation" else ():
        changed = with_titles(views, changes(before, state)) or (_otherwise(before, state),)
        behind = causes.get(valid_from, [])
        exact = any(cause.exact for cause in behind) or any(ends_on(one, valid_from) for one in dates)
        if entry.kind == "issue":  # any of them may have changed it
            exact = all(cause.exact for cause in behind)
        day = "" if valid_from == ALWAYS else valid_from
        yield Stage(day, valid_to, _day(day, exact=exact), changed, behind)
        before = state


def with_titles(views: Views, how: Iterable[str]) -> Slugs:
    """Changes of a state with the voices, issues and meetings in them replaced by their names and titles."""

    def name_of(slug: str) -> str:
        return views.label_of("issue", slug) or views.label_of("meeting", slug) or views.called(slug)

    return tuple(with_names(change, name_of) for change in how)


def _roles(views: Views, party: str) -> Iterator[Stage]:
    """The beginning, change and end of each role of a party, and of each membership in it."""
    rows = views.rows(
        f"SELECT {selected(Membership)}, valid_from, valid_to FROM memberships"
        " WHERE negotiation = ? AND ? IN (party, [of]) AND valid_from <= ? ORDER BY valid_from, party, role, [of]",
        views.negotiation,
        party,
        views.day,
    )
    reports = views.rows(
        f"SELECT {selected(LogRow)} FROM log WHERE negotiation = ? AND kind = 'party' AND event = 'RoleReported'"
        f" AND stands AND takes_effect <= ? ORDER BY {OCCURRENCE}",
        views.negotiation,
        views.day,
    )
    causes: dict[tuple[str, str], list[Cause]] = defaultdict(list)
    for event in views.read(LogRow, reports):
        cause = _cause(event._replace(sentence=views.named(event.sentence)))
        causes[event.slug, event.takes_effect].append(cause)
        causes[event.slug, event.source].append(cause)  # for a role whose beginning nobody reports
    held = [
        (one, row["valid_from"], row["valid_to"] or "")
        for one, row in zip(views.read(Membership, rows), rows, strict=True)
        if views.knows(one.party) and (not one.of or views.knows(one.of))
    ]
    begun = {(one.party, one.role, one.of, first) for one, first, _ in held}
    for one, first, over in held:
        ended = over if over <= views.day else ""
        role = role_in_words(views, one) if one.party == party else f"{one.role} {views.in_sentence(one.party)}"
        told = f"{role} {days_held(one)}".rstrip()
        day = "" if first == ALWAYS else first
        behind = causes[one.party, first if day else one.source]
        yield Stage(day, ended, _day(day, exact=ends_on(one.since, first)), (told,), behind)
        if ended and (one.party, one.role, one.of, ended) not in begun:
            exact = one.until.earliest == one.until.latest
            yield Stage(ended, "", _day(ended, exact=exact), (f"no longer {role}",), [])


def _day(day: str, *, exact: bool) -> When:
    """The day ("" = undated), or some day up to it if it is not exact."""
    return When(day) if exact else reported(When(), day)


def _otherwise(before: Any, after: Any) -> str:
    """A phrase for a state that differs only in fields that `changes` leaves out."""
    if isinstance(after, Issue) and isinstance(before, Issue):
        if after.times_raised > before.times_raised:
            return f"raised again ({times(after.times_raised)} on record)"
        return "answered again" if after.last_answer != before.last_answer else "mentioned again"
    if before is None:
        return "recorded"
    return "reported in more detail" if adds(before, after) else "reported again"


def _slips(views: Views, slug: str, known: Iterable[LogRow], *, of_deadline: bool) -> Iterator[Slip]:
    reports, forecasts = {event.position: event for event in known}, views.forecasts(slug)
    for forecast, move in zip(forecasts, moves(forecasts, of_deadline=of_deadline), strict=True):
        yield Slip(forecast, move, _cause(reports[forecast.position]))


def _causes(known: Iterable[LogRow]) -> dict[str, list[Cause]]:
    """The reports, by the day from which they count."""
    found: dict[str, list[Cause]] = defaultdict(list)
    for event in known:
        found[event.takes_effect].append(_cause(event))
    return found


def _that_count(reports: Sequence[LogRow], said: Sequence[Statement]) -> list[LogRow]:
    """The reports without mere remarks, except on days when nothing else was said, which only mention the issue again.

    A remark asks and answers nothing, so it does not change a status.
    """
    remarks = {one.slug for one in said if one.act not in ACTS or ACTS[one.act].role is Role.SPEAKS}
    counting = {one.takes_effect for one in reports if one.slug not in remarks}
    return [one for one in reports if one.slug not in remarks or one.takes_effect not in counting]


def _reports(views: Views, issue: str, said: Iterable[Statement]) -> list[LogRow]:
    """The reports, up to the views' day, of the statements on an issue."""
    on = {statement.slug: statement.on.edtf for statement in said}  # of one at a meeting, the day of that
    if not on:
        return []
    rows = views.rows(
        f"SELECT {selected(LogRow)} FROM log"
        " WHERE negotiation = ? AND kind = 'statement' AND takes_effect BETWEEN '0' AND ?"
        " AND slug IN (SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?)"
        f" ORDER BY {OCCURRENCE}",
        views.negotiation,
        views.day,
        views.negotiation,
        issue,
    )
    found = views.read(LogRow, [row for row in rows if row["slug"] in on])
    return [one._replace(sentence=views.named(one.sentence), occurred=one.occurred or on[one.slug]) for one in found]


def _cause(event: LogRow) -> Cause:
    named = event.takes_effect == ALWAYS
    recorded, happened = date.fromisoformat(event.recorded_on), date.fromisoformat(event.takes_effect)
    return Cause(
        position=event.position,
        sentence=event.sentence,
        source=event.source,
        happened="" if named else event.takes_effect,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        recorded_on=event.recorded_on,
        days_later=None if named else (recorded - happened).days,
        exact=named or ends_on(When(event.occurred), event.takes_effect),
    )


def _corrections(views: Views, entry: Label, log: Sequence[LogRow]) -> Iterator[Correction]:
    """The corrections, in order of recording; one is included if it corrects a report that counts by the views' day."""
    which = "SELECT position, corrects FROM log WHERE negotiation = ? AND kind = ? AND slug = ?"
    version_of = dict(tuple(row) for row in views.rows(which, views.negotiation, entry.kind, entry.slug))
    reports = [one for one in log if not one.is_upkeep]
    for event in log:
        if event.is_upkeep:
            version = version_of[event.position]  # 0: every report so far
            corrected = [one for one in reports if one.position < event.position and version in (0, one.version)]
            if any(not one.takes_effect or one.takes_effect <= views.day for one in corrected):
                yield _correction(event, corrected)


def _correction(event: LogRow, corrected: Sequence[LogRow]) -> Correction:
    dates = [When(one.occurred, one.occurred_phrase) for one in corrected if one.occurred]
    return Correction(
        position=event.position,
        sentence=event.sentence,
        happened=" or ".join(dict.fromkeys(when.describe() for when in dates)),
        corrects=[one.position for one in corrected],
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
    )
