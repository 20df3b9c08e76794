"""`parley show` and `parley history`: everything about one entry, and how it changed."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from cli.questions.cells import ask_in_full, raised, who_said
from cli.questions.state import said
from cli.terminal import render
from cli.terminal.layout import GAP, padded, wrapped
from cli.terminal.options import SlugArgument
from cli.terminal.question import question
from ledger.base.text import days, in_quotes, listed, minute
from ledger.dates import When, reported
from ledger.domain.clocks import known_day
from ledger.domain.states import FollowUp, Forecast, Issue, Meeting, Source
from ledger.domain.vocabulary import OFF, WORDED, inference, plain
from ledger.domain.voices import STANDING, Membership, tellings
from ledger.domain.wording import LIMITS, VOICES
from ledger.queries.replies import last_answer
from ledger.views.ahead import date_given
from ledger.views.status import post_of, took_place
from ledger.views.views import Evidence, Label, LogRow, Views

if TYPE_CHECKING:
    from ledger.queries.entry import LinkShown, Shown
    from ledger.queries.history import Cause, Correction, History, Slip, Stage, Turn
    from ledger.views.conditions import ConditionOnTheDay

app = typer.Typer()

NARROWEST = 30  # characters: the least width of a party's column in a conversation

_REPORTED = {"person": "posts reported by", "party": "roles reported by"}  # the other sources only name them
# Fields that another section shows, or that only the fold needs.
_NOT_SHOWN = (
    "last_answer_by", "bounds", "slug", "status", "day", "turn", "titles", "sources", "posts_in", "status_in",
    "told_when",     "held_within", "contested", "text_length", "standing", "valid_from", "expected_on", "expected_by",
    "expected_source", "expectations", "reaffirmed", "reaffirmed_sources", "told_as", "dates", "figures", "within",
    "conditional_on", "conditional_about", "holding", "links", "positions", "besides", "other_answers",
    "other_answers_by", "named_in", "ended_as", "end_told", "inferred_in", "other_ends", "ended_on", "rests_on",
    "agreed_in", "conditional", "unless", "raised_surely", "surely_by", "surely_last", "last_spoken", "posts_reported",
)  # fmt: skip


class HistoryLine(NamedTuple):
    """A line of a history in CSV: an event, with the day on which it happened and the time when it was recorded."""

    section: str
    happened: str
    recorded_at: str
    days_later: int | None
    text: str
    source: str


@question(app, "show")
def show_command(views: Views, slug: SlugArgument) -> Any:
    """Show everything about one entry: its state, its events with their quotes, and its sources.

    parley show dien-greer-2025-05-22
    """
    from ledger.queries.entry import show

    answer = show(views, slug)
    return answer, lambda: _draw_entry(views, answer), LogRow, answer.events


@question(app, "history")
def history_command(views: Views, slug: SlugArgument) -> Any:
    """Show how an entry changed: its states and its corrections.

    The history of a meeting also shows how its date moved, and that of an issue the statements about it.

    parley history round-3

    parley history market-economy-status
    """
    from ledger.queries.history import history

    answer = history(views, slug)
    return answer, lambda: _draw_history(views, answer), HistoryLine, list(_history_lines(views, answer))


def gone(entry: Label) -> str:
    """The reason why an entry no longer counts, as `RETRACTED: …` or `ERASED: …`; "" if it counts."""
    how = {"ERASED": entry.erased, "RETRACTED": entry.retracted}
    return next((f"{word}: {reason}" for word, reason in how.items() if reason), "")


def _draw_entry(views: Views, shown: "Shown") -> None:
    entry = shown.entry
    render.title(entry.label)
    status = gone(entry) or shown.told
    render.out(f"{entry.kind} {entry.slug}{', ' + status if status else ''}, as of {When(views.day).describe()}")
    if shown.weight.sources:
        differ = listed(one.contest.field.replace("_", " ") for one in shown.contested)
        ended = f", its end by {render.witnesses(*shown.ending)}" if shown.ending.sources else ""
        contested = f"; its reports differ on {differ}" if differ else ""
        carried = _REPORTED.get(entry.kind, "carried by")
        render.out(f"{carried} {render.witnesses(*shown.weight)}{ended}{contested}")
    known = list(_known(views, shown.state, shown.last_mentioned))
    if known:
        render.out()
        render.block(known, 1)
    if shown.contested:
        render.heading("Contested")
        for one in shown.contested:
            reports = zip(one.contest.values, one.weights, one.contest.sources, one.contest.quotes, strict=True)
            field = one.contest.field.replace("_", " ")
            render.block([(field, value, _said_by(count), *rest) for value, count, *rest in reports], 4)
            if one.contest.preferred:
                render.out(f"taken as {one.contest.preferred}", GAP)
    _section("Roles", [_role(views, one) for one in shown.roles if one.party == entry.slug], 0)
    _section("Members", [_role(views, one, whose=True) for one in shown.roles if one.of == entry.slug], 0)
    dates = "Dates" if entry.kind == "deadline" else "Expected"
    _section(dates, [_forecast(views, one) for one in reversed(shown.forecasts)], 1)
    if isinstance(shown.state, FollowUp):
        again = zip(shown.state.reaffirmed, shown.state.reaffirmed_sources, strict=True)
        _section("Agreed again", [(When(day).describe(), source) for day, source in again], 0)
    values = [
        (one.measure, one.told, f"{one.in_words}, in {one.reported_in}{views.refused(one.slug)}", one.slug)
        for one in shown.figures
    ]
    _section("Figures", values, 1)
    _section("Conditions", [_condition(views, one, entry.slug) for one in shown.conditions], 2)
    _section("Links", _links(shown.links), 1)
    _section("Asks", [ask_in_full(views, one) for one in shown.asks], 2)
    said_so = [(one.said_on.brief(), who_said(views, one), plain(one.act), one) for one in shown.statements]
    _section("Said", [(*how, one.told, one.slug) for *how, one in said_so], 3)
    _section("Follow-ups", [(one.left + one.ended_by, one.told, one.follow_up.slug) for one in shown.follow_ups], 1)
    _section("Deadlines", [(one.left, one.told, one.deadline.slug) for one in shown.deadlines], 1)
    render.heading("On record")
    for event in shown.events:
        _event(views, event, [one for one in shown.evidence if one.position == event.position])
    _section("Counted as one source with", [(views.entry(one).label, one) for one in shown.copies], 0)
    _section("Sources", [(_published(one), one.title, one.publisher, one.slug) for one in shown.sources], 1)
    for source in shown.sources:
        if source.inferred:
            render.out(f"inferred in {source.slug}: {source.inferred}", "  ")


def _links(links: "Sequence[LinkShown]") -> list[tuple[str, ...]]:
    """Each link with the other entry, its present state, and the sources that report the link."""
    return [(one.told, one.other.label, one.state, ", ".join(one.link.sources)) for one in links]


def _condition(views: Views, one: "ConditionOnTheDay", of: str) -> tuple[str, ...]:
    """A condition and who made it; on the page of the statement with it, only the condition."""
    said = one.statement
    if said.slug == of:
        return "", "", one.told, one.about
    return said.said_on.brief(), f"{who_said(views, said)}: {plain(said.act)}", one.told, said.slug


def _said_by(independent: int) -> str:
    return f"said by {render.witnesses(independent, independent)}"


def _event(views: Views, event: LogRow, evidence: list[Evidence]) -> None:
    sent = "" if views.is_sent(event.position) else ", not sent yet"
    stands = "" if event.stands or event.is_upkeep else ", no longer counts"
    recorded = f"recorded {minute(event.recorded_at)} by {event.recorded_by}"
    source = f", from {event.source}" if event.source else ""
    happened = When(event.occurred, event.occurred_phrase)
    when = f", happened {happened.describe()}" if happened else ""
    render.out(f"#{event.position} {event.event}: {event.sentence}", "  ")
    render.out(f"{recorded}{source}{when}{stands}{sent}", "      ")
    for one in evidence:
        render.out(f"{in_quotes(one.words)} ({one.told})", "      ")


def _known(views: Views, state: Any, mentioned: When) -> Iterator[tuple[str, str]]:
    """The fields that are not empty; an issue was last `mentioned` on some date."""
    is_reply = not isinstance(state, Issue) or state.slug in views.answered_issues
    labels = _CALLED if is_reply else {**_CALLED, "last_answer": "said on", "last_answer_act": "said"}
    for name, value in zip(getattr(state, "_fields", ()), state or (), strict=True):
        if isinstance(state, Issue) and name.startswith("last_answer") and not state.raised_by:
            continue  # there was nothing to answer
        if isinstance(state, Issue) and name == "last_raised" and state.times_raised < 2:
            continue  # it is the first one
        if name == "held" and not value and took_place(state):
            yield name, value.describe()
        if name == "last_spoken" and mentioned:
            yield "last mentioned", mentioned.brief()
        if name in _NOT_SHOWN or value in ((), "", None, False, 0) or value == When():
            continue
        if name == "post":
            yield name, post_of(state)
        elif name == "people":
            titled = zip(state.people, state.titles, strict=True)
            yield name, "; ".join(views.name_of(who) + (f", {title}" if title else "") for who, title in titled)
        elif name == "words_reported":
            reply = plain(state.last_answer_act) if state.raised_by else ""  # another line has it
            others = [one for one in tellings(state) if one[0] != reply or one[0] in STANDING]
            if told := "; ".join(f"{word}: {views.as_told({party: teller})}" for word, party, teller in others):
                yield "reported by others", told
        elif isinstance(state, Issue) and name == "last_answer_act":
            yield labels[name], last_answer(state, views)
        elif isinstance(value, When):
            called = {"due": "due" if value.latest else "when", "agreed_on": f"{getattr(state, 'told_as', '')} on"}
            yield called.get(name, name.replace("_", " ")), value.describe(limit=name in LIMITS)
        elif name == "issues":
            agenda = isinstance(state, Meeting) and not took_place(state)
            yield "agenda" if agenda else name, ", ".join(value)
        elif name == "inferred":
            yield name, inference(value, getattr(state, "inferred_in", ()))
        elif isinstance(value, tuple):
            names = [views.name_of(one) for one in value]
            yield labels.get(name, name.replace("_", " ")), listed(names) if names != [*value] else ", ".join(names)
        elif name in (*VOICES, "reported_by"):
            yield name.replace("_", " "), views.name_of(value)
        elif name == "before":
            yield name, views.called(value)
        elif name == "reason" and isinstance(state, Meeting) and state.status not in OFF.values():
            yield "reason for the date", str(value)
        elif isinstance(state, Issue) and name == "last_raised" and not state.surely_last:
            yield "raised", raised(state)
        elif isinstance(state, Issue) and value in state.bounds:
            yield labels.get(name, name.replace("_", " ")), known_day(state, value).brief()
        else:
            word = plain(value) if name in WORDED else str(value)
            yield labels.get(name, name.replace("_", " ")), "yes" if value is True else word


_CALLED = {
    "last_answer": "replied",
    "last_answer_act": "reply",
    # The counts of the provisions of a draft text.
    "length": "provisions",
    "bracketed": "in brackets",
    "settled": "agreed or deleted",
}


def _role(views: Views, one: Membership, *, whose: bool = False) -> tuple[str, ...]:
    """A role with its days and its source; with `whose`, the party that has it."""
    from ledger.views.parties import days_held, role_in_words

    role = role_in_words(views, one)
    if whose:
        role = views.name_of(one.party) + (f" ({one.role})" if one.role != "member" else "")
    return (role, days_held(one), f"inferred: {one.inferred}" if one.inferred else "", one.source)


def _forecast(views: Views, one: Forecast) -> tuple[str, ...]:
    return date_given(one), said(views, one), one.source


def _published(source: Source) -> str:
    return source.published.describe() if source.published else "date unknown"


def _section(heading: str, rows: Sequence[tuple[str, ...]], wide: int) -> None:
    if rows:
        render.heading(heading)
        render.block(rows, wide)


def _draw_history(views: Views, shown: "History") -> None:
    entry = shown.entry
    status = gone(entry) or shown.told
    render.title(entry.label)
    render.out(f"history of {entry.kind} {entry.slug}{status and f', {status}'}, as of {When(views.day).describe()}")
    dates = "Dates" if entry.kind == "deadline" else "Expected"
    _section(dates, [(_expected(one), _voiced(views, one), one.forecast.source) for one in shown.slips], 0)
    _section("Links", _links(shown.links), 1)
    if shown.conversation:
        render.heading("Said")
        _converse(views, shown.conversation)
    if shown.states:
        render.heading("States")
    for stage, following in zip_longest(shown.states, shown.states[1:]):
        _stage(stage, following)
    if shown.corrections:
        render.heading("Corrections")
    for correction in shown.corrections:
        _correction(correction)


def _expected(slip: "Slip") -> str:
    when = date_given(slip.forecast)
    return f"{when}, {slip.move.says}" if slip.move else when


def _voiced(views: Views, slip: "Slip") -> str:
    forecast = slip.forecast
    by = listed(map(views.in_sentence, forecast.by))
    day = forecast.said_on.describe() if forecast.said_on else reported(When(), slip.cause.happened).clause()
    reason = f", reason given: {forecast.reason}" if forecast.reason else ""
    told = views.told_by(forecast.reported_by)
    return f"said {day}{f' by {by}' if by else ''}{told}{reason}, {_entered(slip.cause)}"


def _entered(cause: "Cause") -> str:
    """When an event was recorded, counted from the day on which it happened."""
    if cause.days_later is None:
        return f"entered {cause.recorded_on}"
    if not cause.exact and cause.days_later < 1:
        return f"entered {cause.recorded_on}"
    if cause.days_later < 1:
        return "entered the same day" if cause.days_later == 0 else f"entered {days(-cause.days_later)} before"
    return f"entered {'' if cause.exact else 'at least '}{days(cause.days_later)} later"


def _stage(stage: "Stage", following: "Stage | None") -> None:
    since = stage.since.brief() or "undated"
    # If the next state begins on a day that is not exact, only its own line says so.
    ends = stage.valid_to and (not following or following.since.edtf == stage.valid_to)
    until = f"{',' if since.endswith('earlier') else ''} to {stage.valid_to}" if ends else ""
    render.out(f"{since}{until}  {'; '.join(stage.changed)}", "  ")
    for cause in stage.causes:
        source = f" ({cause.source})" if cause.source else ""
        render.out(f"#{cause.position} {cause.sentence}{source}, {_entered(cause)}", "      ")


def _correction(correction: "Correction") -> None:
    happened = f", of what happened {correction.happened}" if correction.happened else ""
    render.out(f"#{correction.position} {correction.sentence}", "  ")
    render.out(f"recorded {minute(correction.recorded_at)} by {correction.recorded_by}{happened}", "      ")


def _converse(views: Views, turns: "Sequence[Turn]") -> None:
    """Print a column for each party, or, if there are too many, a line for each statement with its speakers."""
    parties = sorted({party for turn in turns for party in turn.parties})
    dated = max((len(turn.statement.said_on.brief()) for turn in turns), default=0)
    room = (render.width() - 2 - dated) // max(len(parties), 1) - 2
    if len(parties) > 1 and room < NARROWEST:
        said = [(turn, turn.statement) for turn in turns]
        render.block(
            [(one.said_on.brief(), views.names_of(turn.parties), _words(views, turn), one.slug) for turn, one in said],
            2,
        )
        return
    render.write("  " + " " * (dated + 2) + "  ".join(padded(views.name_of(party), room) for party in parties).rstrip())
    for turn in turns:
        cells = [wrapped(_cell(views, turn, party), room) for party in parties]
        for number in range(max(map(len, cells))):
            day = turn.statement.said_on.brief() if number == 0 else ""
            line = "  ".join(padded(cell[number] if number < len(cell) else "", room) for cell in cells)
            render.write(f"  {day.ljust(dated)}  {line}".rstrip())


def _cell(views: Views, turn: "Turn", party: str) -> str:
    """A party's cell: the words for the first speaker, "jointly" for the others, "" for those who did not speak."""
    if party not in turn.parties:
        return ""
    return f"{_words(views, turn)} ({turn.statement.slug})" if party == turn.parties[0] else "jointly"


def _words(views: Views, turn: "Turn") -> str:
    return f"{plain(turn.statement.act).upper()} {views.words_of(turn.statement)}"


def _history_lines(views: Views, shown: "History") -> Iterator[HistoryLine]:
    for slip in shown.slips:
        cause = slip.cause
        text = _expected(slip)
        yield HistoryLine("expected", cause.happened, cause.recorded_at, cause.days_later, text, cause.source)
    for one in shown.links:
        yield HistoryLine("link", one.link.on.brief(), "", None, one.in_words, "; ".join(one.link.sources))
    for turn in shown.conversation:
        statement = turn.statement
        text = f"{', '.join(turn.parties)}: {plain(statement.act)}: {views.words_of(statement)}"
        yield HistoryLine("said", statement.said_on.brief(), "", None, text, "; ".join(statement.sources))
    for stage in shown.states:
        text = "; ".join(stage.changed)
        recorded = stage.causes[-1] if stage.causes else None
        at, later, source = (recorded.recorded_at, recorded.days_later, recorded.source) if recorded else ("", None, "")
        yield HistoryLine("state", stage.valid_from, at, later, text, source)
    for correction in shown.corrections:
        yield HistoryLine("correction", correction.happened, correction.recorded_at, None, correction.sentence, "")
