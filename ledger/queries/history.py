"""How an entry came to stand where it does: its states with what brought each about, the days on which a forecast
slipped, the conversation on an issue, and every correction; each with the day it happened and the day it was recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.domain.states import ALWAYS, Forecast, Issue, Slugs, Statement
from ledger.domain.wording import changes
from ledger.queries.positions import speakers
from ledger.views.rows import selected
from ledger.views.views import Label, LogRow, Views


class Cause(NamedTuple):
    """A report with both its days; `days_later` counts from when it happened to when it was recorded, None if undated.

    `happened` is the ISO day from which it counts, "" for names; `recorded_at` is UTC.
    """

    position: int
    sentence: str
    source: str
    happened: str
    recorded_at: str
    recorded_by: str
    days_later: int | None


class Stage(NamedTuple):
    """A state an entry went through: the days it held ("" = still; "" = always), what was new, and what caused it."""

    valid_from: str
    valid_to: str
    changed: Slugs
    causes: list[Cause]


class Slip(NamedTuple):
    """One expectation of a meeting; `moved` is by how many days its latest bound moved, None where either has none."""

    forecast: Forecast
    moved: int | None
    cause: Cause


class Turn(NamedTuple):
    """Something said on an issue, and the parties whose word it is."""

    statement: Statement
    parties: Slugs


class Mended(NamedTuple):
    """A correction or retraction: `happened` is the date of what it mends, `recorded_at` when the record was mended."""

    position: int
    sentence: str
    happened: str
    mends: list[int]
    recorded_at: str
    recorded_by: str


class History(NamedTuple):
    """How an entry got where it is; `slips` is for meetings, `conversation` for issues."""

    entry: Label
    slips: list[Slip]
    conversation: list[Turn]
    states: list[Stage]
    corrections: list[Mended]


def history(views: Views, slug: str) -> History:
    """The history of an entry as far as the day; refused, with the nearest slugs, when there is no such entry."""
    entry = views.entry(slug)
    log = [event for event in views.log(slug) if event.kind == entry.kind]
    known = [event for event in log if event.takes_effect and event.takes_effect <= views.day]
    said = views.statements(issue=slug) if entry.kind == "issue" else []
    # An issue gets where it is by what is said on it.
    causes = _causes([*known, *(_reports(views, slug, said) if said else [])])
    return History(
        entry=entry,
        slips=_slips(views, slug, known) if entry.kind == "meeting" else [],
        conversation=[Turn(one, speakers(one)) for one in said],
        states=_stages(views, entry, causes),
        corrections=_corrections(views, log),
    )


def _stages(views: Views, entry: Label, causes: dict[str, list[Cause]]) -> list[Stage]:
    if entry.kind == "negotiation":
        return []
    found: list[Stage] = []
    before = None
    for span in views.history(entry.kind, entry.slug):
        changed = tuple(changes(before, span.state)) or (_told(before, span.state),)
        since = "" if span.valid_from == ALWAYS else span.valid_from
        found.append(Stage(since, span.valid_to, changed, causes.get(span.valid_from, [])))
        before = span.state
    return found


def _told(before: Any, after: Any) -> str:
    """What is new in a state that differs only in what `changes` passes over."""
    if isinstance(after, Issue) and isinstance(before, Issue):
        if after.times_raised > before.times_raised:
            return f"raised again, by now {after.times_raised} times"
        return "answered again" if after.last_answer != before.last_answer else "spoken of again"
    return "told more fully" if before is not None else "of record"


def _slips(views: Views, slug: str, known: Iterable[LogRow]) -> list[Slip]:
    by_position = {event.position: event for event in known}
    found: list[Slip] = []
    for forecast in views.forecasts(slug):
        before = found[-1].forecast.expected.latest if found else None
        latest = forecast.expected.latest
        moved = (latest - before).days if latest and before else None
        found.append(Slip(forecast, moved, _cause(by_position[forecast.position])))
    return found


def _causes(known: Iterable[LogRow]) -> dict[str, list[Cause]]:
    """What was reported of an entry, by the day from which it counts."""
    found: dict[str, list[Cause]] = defaultdict(list)
    for event in known:
        found[event.takes_effect].append(_cause(event))
    return found


def _reports(views: Views, issue: str, said: Iterable[Statement]) -> list[LogRow]:
    """The reports, by the day, of the statements on an issue."""
    slugs = {statement.slug for statement in said}
    rows = views.rows(
        f"SELECT {selected(LogRow)} FROM log"
        " WHERE negotiation = ? AND kind = 'statement' AND takes_effect BETWEEN '0' AND ?"
        " AND slug IN (SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?)"
        " ORDER BY takes_effect, reported, position",
        views.negotiation,
        views.day,
        views.negotiation,
        issue,
    )
    found = views.read(LogRow, [row for row in rows if row["slug"] in slugs])
    return [one._replace(sentence=views.named(one.sentence)) for one in found]


def _cause(event: LogRow) -> Cause:
    named = event.takes_effect == ALWAYS
    recorded, happened = date.fromisoformat(event.recorded_at[:10]), date.fromisoformat(event.takes_effect)
    return Cause(
        position=event.position,
        sentence=event.sentence,
        source=event.source,
        happened="" if named else event.takes_effect,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        days_later=None if named else (recorded - happened).days,
    )


def _corrections(views: Views, log: Sequence[LogRow]) -> list[Mended]:
    """What mended the entry, in order of recording; a correction belongs to the reports it mends on every day."""
    rows = views.rows(
        "SELECT position, mends FROM log WHERE negotiation = ? AND kind = ? AND slug = ?",
        views.negotiation,
        log[0].kind if log else "",
        log[0].slug if log else "",
    )
    of = dict(tuple(row) for row in rows)
    found = []
    for event in log:
        if event.is_upkeep:
            mended = [
                one
                for one in log
                if not one.is_upkeep and one.position < event.position and of[event.position] in (0, one.version)
            ]
            if any(not one.takes_effect or one.takes_effect <= views.day for one in mended):
                found.append(_mended(event, mended))
    return found


def _mended(event: LogRow, mended: Sequence[LogRow]) -> Mended:
    dates = [When(one.occurred, one.occurred_phrase) for one in mended if one.occurred]
    return Mended(
        position=event.position,
        sentence=event.sentence,
        happened=" or ".join(dict.fromkeys(when.describe() for when in dates)),
        mends=[one.position for one in mended],
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
    )
