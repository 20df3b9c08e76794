"""`parley show`: one entry with everything there is about it, on paper."""

from collections.abc import Iterator, Sequence
from typing import Any

from cli import render
from cli import state as page
from ledger.base.text import days, times
from ledger.dates import When
from ledger.domain.states import Ask, Forecast, Source
from ledger.queries.entry import Shown
from ledger.views.views import Evidence, LogRow, Views

# Fields that another section tells, or that serve the fold alone.
_NOT_TOLD = (
    "slug",
    "status",
    "day",
    "turn",
    "titles",
    "sources",
    "text_length",
    "standing",
    "valid_from",
    "expected_on",
    "expected_by",
    "expected_source",
    "expectations",
)


def draw(views: Views, shown: Shown) -> None:
    """Put the entry on paper."""
    entry = shown.entry
    render.title(entry.label)
    status = page.gone(entry) or shown.status
    render.out(f"{entry.kind} {entry.slug}{', ' + status if status else ''}, as of {When(views.day).describe()}")
    if shown.weight.sources:
        render.out(f"carried by {render.witnesses(*shown.weight)}")
    known = list(_known(views, shown.state))
    if known:
        render.out()
        render.block(known, 1)
    if shown.contested:
        render.heading("Contested")
        for one in shown.contested:
            reports = zip(one.contest.values, one.weights, one.contest.sources, one.contest.quotes, strict=True)
            render.block([(one.contest.field, value, _said_by(count), *rest) for value, count, *rest in reports], 4)
            render.out(f"  taken as {one.contest.preferred}")
    _section("Expected", [_forecast(views, one) for one in reversed(shown.forecasts)], 1)
    _section("Asks", [_ask(views, one.ask, one.days_waiting) for one in shown.asks], 2)
    said = [(one.day, views.names_of(one.by), one.act, one.says, one.slug) for one in shown.statements]
    _section("Said", said, 3)
    _section("Agreed to be done", [(one.timing, one.follow_up.says, one.follow_up.slug) for one in shown.follow_ups], 1)
    render.heading("On record")
    for event in shown.events:
        _event(event, [one for one in shown.evidence if one.position == event.position])
    _section("Copies of its text", [(views.entry(one).label, one) for one in shown.copies], 0)
    _section("Sources", [(_published(one), one.title, one.publisher, one.slug) for one in shown.sources], 1)


def _said_by(independent: int) -> str:
    return f"said by {render.witnesses(independent, independent)}"


def _event(event: LogRow, evidence: list[Evidence]) -> None:
    stands = "" if event.stands or event.is_upkeep else ", no longer stands"
    recorded = f"recorded {event.recorded_at[:16].replace('T', ' ')} by {event.recorded_by}"
    source = f", from {event.source}" if event.source else ""
    happened = When(event.occurred, event.occurred_phrase)
    when = f", happened {happened.describe()}" if happened else ""
    for line in render.paragraph(f"#{event.position} {event.event}: {event.sentence}", "  "):
        render.out(line)
    for line in render.paragraph(f"{recorded}{source}{when}{stands}", "      "):
        render.out(line)
    for one in evidence:
        place = f"found at {one.start}–{one.end}" if one.verified else "unverified: the text is not at hand"
        for line in render.paragraph(f"“{one.words}” ({place})", "      "):
            render.out(line)


def _known(views: Views, state: Any) -> Iterator[tuple[str, str]]:
    """The fields that say something."""
    for name, value in zip(getattr(state, "_fields", ()), state or (), strict=True):
        if name in _NOT_TOLD or value in ((), "", None, False, 0) or value == When():
            continue
        if name == "people":
            told = [views.name_of(who) + (f", {title}" if title else "") for who, title in _people(state)]
            yield name, "; ".join(told)
        elif isinstance(value, When):
            yield name.replace("_", " "), value.describe()
        elif isinstance(value, tuple):
            yield name.replace("_", " "), views.names_of(value)
        else:
            yield name.replace("_", " "), "yes" if value is True else str(value)


def _people(state: Any) -> Iterator[tuple[str, str]]:
    return zip(state.people, state.titles, strict=True)


def _forecast(views: Views, one: Forecast) -> tuple[str, ...]:
    return (one.expected.describe() if one.expected else "no date given", page.said(views, one), one.source)


def _ask(views: Views, ask: Ask, waiting: int | None) -> tuple[str, ...]:
    to = views.names_of(ask.to) or "the other side"
    how = f"waiting for {days(waiting)}" if waiting is not None else ask.status
    answered = f"; last answer {ask.last_answer}: {ask.last_answer_act}" if ask.last_answer else ""
    asked = f"asked {times(ask.times)}, first {ask.first_asked}, last {ask.last_asked}{answered}"
    return (f"{views.name_of(ask.asker)} → {to}", how, asked, ask.last_statement)


def _published(source: Source) -> str:
    return source.published.describe() if source.published else "date unknown"


def _section(heading: str, rows: Sequence[tuple[str, ...]], wide: int) -> None:
    if rows:
        render.heading(heading)
        render.block(rows, wide)
