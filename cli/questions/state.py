"""`parley state` and `parley next-round`: the status on one page, and the next round.

Every line ends with a slug for `parley show`. Empty sections are left out, except the next round, because its absence
is also an answer.
"""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import typer

from cli.terminal import render
from cli.terminal.question import question
from cli.terminal.render import Column, Listing
from ledger.base.text import capital, in_quotes, listed, marked, times
from ledger.dates import When, due_in_words
from ledger.domain.states import Contest, Forecast, Meeting
from ledger.domain.vocabulary import ACTS, MEETING_KINDS, OF_THE_ACT, guess, known
from ledger.domain.voices import according_to
from ledger.queries.replies import replies, which, withdrawal
from ledger.views.ahead import date_given, moves, present_forecast
from ledger.views.conditions import ConditionOnTheDay
from ledger.views.state import State
from ledger.views.status import (
    AHEAD,
    AskOnTheDay,
    DeadlineOnTheDay,
    Deferral,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    NextMeeting,
    guessed,
    in_place,
    made_in,
    met_in_words,
    took_place,
    when_expected,
)
from ledger.views.views import Views

app = typer.Typer()

Cells = Sequence[str]
DEADLINES = 6  # the place of the deadlines among the sections, after the follow-ups, if none is near


class StateLine(NamedTuple):
    """A line of the page, for CSV."""

    section: str
    text: str
    slug: str


class Section(NamedTuple):
    """A heading and its lines; each line is a list of cells that ends with a slug, and the cell at `wide` wraps."""

    heading: str
    lines: list[Cells]
    wide: int


@question(app, "state", looking=True)
def state(views: Views) -> Any:
    """Show where we stand, on one page.

    parley state --as-of 2025-05-22
    """
    answer = views.state()
    return answer, lambda: draw(views, answer), StateLine, lines(views, answer)


@question(app, "next-round", everywhere=True)
def next_round(
    views: Views,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Another kind of meeting, or `any`.")] = "round",
) -> Any:
    """Show when the next round is expected, who said so, and how that date has moved.

    parley next-round --as-of 2025-05-22
    """
    known("kind of meeting", kind, [*MEETING_KINDS, "any"])
    answer = views.next_meeting("" if kind == "any" else kind)
    rows = [answer.expected] if answer.expected else []
    others: list[Cells] = []
    for one in answer.others:
        status = f": {one.in_words}" if one.status != "expected" else ""  # the title says that it is expected
        others.append(
            (
                f"{views.titled(one.meeting)}{views.how_told(one.meeting)}{status}{_agenda(views, one.meeting)}",
                one.meeting.slug,
            )
        )
    columns = [
        Column("Next round" if kind == "round" else "Next meeting", lambda cells: cells[0], wide=True),
        Column("Slug", lambda cells: cells[1]),
    ]
    return answer, Listing([*next_lines(views, answer), *others], columns, "", headings=False), MeetingOnTheDay, rows


def sections(views: Views, state: State) -> list[Section]:
    """The sections of the page, in order."""
    asks = [_ask(views, one) for one in state.asks]
    deferred_in = made_in([one.asked for one in state.deferred])
    last: dict[bool, list[Cells]] = {False: [], True: []}
    told = {False: 0, True: 0}  # entries; several that say the same are one line
    dated = " with a date" if state.undated else ""
    for one in state.last_entries:
        last[one.is_undated].append((one.on.brief(), one.sentence, one.slug))
        told[one.is_undated] += 1 + len(one.also)
    unresolved: list[Cells] = [
        (
            one.title,
            marked(f"according to {views.as_told(according_to(one))}", "".join(one.rests_on_inferred)),
            one.slug,
        )
        for one in state.unresolved
    ]
    found = [
        Section("Next round", next_lines(views, state.next_round), 0),
        Section("Also expected", [_expected(views, one) for one in state.other_meetings], 1),
        Section(f"Unresolved, as the parties say ({len(unresolved)})", unresolved, 0),
        Section(f"Asked and not answered ({len(asks)}{made_in(state.asks)})", asks, 3),
        Section(f"Deferred ({len(state.deferred)}{deferred_in})", [_deferral(views, one) for one in state.deferred], 1),
        Section(f"Conditions ({len(state.conditions)})", [_condition(views, one) for one in state.conditions], 2),
        Section(f"Follow-ups ({len(state.follow_ups)})", [_follow_up(views, one) for one in state.follow_ups], 2),
        Section(f"Contested ({len(state.contested)})", [_contest(views, one) for one in state.contested], 0),
        Section(f"Last entries ({told[False]} of {state.entries - state.undated}{dated})", last[False], 1),
        Section(f"Undated entries, the last reported ({told[True]} of {state.undated})", last[True], 1),
    ]
    deadlines = Section(f"Deadlines ({len(state.deadlines)})", [_deadline(views, one) for one in state.deadlines], 2)
    found.insert(0 if any(one.near for one in state.deadlines) else DEADLINES, deadlines)
    return [section for section in found if section.lines]


def draw(views: Views, state: State) -> None:
    """Print the page."""
    render.title(state.title)
    if state.notice:
        render.out(state.notice)
    render.out(f"as of {When(state.day).describe()}")
    for section in sections(views, state):
        render.heading(section.heading)
        render.block(section.lines, section.wide)
    _draw_tasks(views)


def _draw_tasks(views: Views) -> None:
    """Print the tasks of the keeper's own side, apart from the follow-ups; JSON and CSV do not have them."""
    from ledger.queries.tasks import nearest_first, tasks

    own: list[Cells] = []
    for one in nearest_first(tasks(views)):
        what = f"{one.task.says.rstrip('.')}{_when_due(one.task.due)}; {one.waits}"
        own.append((one.timing, one.task.assignee, what, one.task.slug))
    if own:
        render.heading(f"Own tasks ({len(own)})")
        render.block(own, 2)


def _when_due(due: When) -> str:
    return f" – {due_in_words(due)}" if due else ""


def lines(views: Views, state: State) -> list[StateLine]:
    """The page as rows."""
    return [
        StateLine(section.heading.partition(" (")[0], "  ".join(cell for cell in cells[:-1] if cell), cells[-1])
        for section in sections(views, state)
        for cells in section.lines
    ]


def next_lines(views: Views, answer: NextMeeting) -> list[Cells]:
    """The meeting of a kind that is in progress, the next one, and the last expectation that came to nothing.

    Then come the reports of meetings that may have been on record by the day.
    """
    lapsed: list[Cells] = [(views.told(answer.lapsed), answer.lapsed.meeting.slug)] if answer.lapsed else []
    lapsed += [(one.told, one.meeting) for one in answer.perhaps]
    if answer.under_way is None:
        return [*_next(views, answer), *lapsed]
    now = answer.under_way
    place = f", {now.place}" if now.place else ""
    name = capital(views.name_of_meeting(now))
    going_on: Cells = (
        marked(
            f"{name} is {now.status}: {now.held_in_words}{place}{views.how_told(now)}", guessed(now, "held", "place")
        ),
        now.slug,
    )
    return [going_on, *(_next(views, answer) if answer.expected else ()), *lapsed]


def _next(views: Views, answer: NextMeeting) -> list[Cells]:
    """The next meeting with its expectations, or a line that says that none is on record."""
    if answer.expected is None:
        if answer.last_held is None:
            return [(answer.none_ahead, "")]
        last = answer.last_held
        place = f", in {last.place}" if last.place else ""
        held = marked(f"was held {answer.held_on}{place}{views.how_told(last)}", guessed(last, "status", "held"))
        return [(f"{answer.none_ahead} {answer.last_one(views.name_of_meeting)} {held.removesuffix('.')}.", last.slug)]
    meeting = answer.expected.meeting
    when = when_expected(views.to_tell(meeting), "no date given")
    status = "" if answer.expected.status in AHEAD else f" ({_WHY[answer.expected.status]})"
    place = f", {meeting.place}" if meeting.place else ""
    name = capital(views.name_of_meeting(meeting))
    says = marked(
        f"{name}: {when}{answer.expected.rival}{place}{views.how_told(meeting)}",
        guessed(meeting, "kind", "number", "expected", "place"),
    )
    found: list[Cells] = [(f"{says}{status}", meeting.slug)]
    if meeting.issues:
        found.append((f"Agenda: {titles_of(views, meeting.issues)}", ""))
    if needed := views.depends_on(meeting):
        found.append((f"Depends on: {'; '.join(needed)}", ""))
    given = present_forecast(meeting, answer.forecasts)
    for one, move in reversed([*zip(answer.forecasts, moves(answer.forecasts), strict=True)]):
        date = "" if one.expected == meeting.expected else f"{date_given(one)}, "
        quote = f": {in_quotes(answer.quote)}" if one is given and answer.quote else ""
        change = f" ({move.says})" if move else ""
        found.append((f"{date}{said(views, one)}{change}{quote}", one.source))
    return found


_WHY = {
    "unconfirmed": "unconfirmed: the time has passed without a report that it was held",
    "in progress": "in progress",
    "in progress or over": "in progress or over",
}
_TIMING = {"past due": "PAST DUE", "possibly past due": "past due?", "no date": "no date"}


def _expected(views: Views, one: MeetingOnTheDay) -> Cells:
    meeting = one.meeting
    when = met_in_words(views.to_tell(meeting), "no date given")
    name = capital(views.name_of_meeting(meeting))
    when += f"{one.rival}{in_place(meeting)}{views.how_told(meeting)}"
    says = marked(f"{name}, {when}", guessed(meeting, "expected"))
    return (one.in_words, f"{says}{_agenda(views, meeting)}", meeting.slug)


def _agenda(views: Views, meeting: Meeting) -> str:
    """The agenda of a meeting and what it depends on, after its name; "" if it has neither, or is already held."""
    agenda = f"; agenda: {titles_of(views, meeting.issues)}" if meeting.issues and not took_place(meeting) else ""
    return f"{agenda}{views.needs(meeting)}"


def titles_of(views: Views, issues: Sequence[str]) -> str:
    """The titles of issues, in one line."""
    titles = {one.slug: one.title for one in views.issues()}
    return listed(titles.get(slug, slug) for slug in issues)


def _ask(views: Views, one: AskOnTheDay) -> Cells:
    ask = one.ask
    answered = "".join(f"; {said}" for said in (replies(one, views), withdrawal(one, views)) if said)
    return (
        one.waited,
        views.addressed(ask.asker, ask.to),
        f"{times(ask.times)} on record",
        f"{what_was_asked(one).rstrip('.')} – {asked_by(views, one)}{answered}",
        ask.issue,
    )


def _deferral(views: Views, one: Deferral) -> Cells:
    ask, said = one.asked.ask, one.deferred
    at = f"at {said.at}" if said.at else ""
    more = replies(one.asked, views) or which(one.asked)
    where = filter(None, [said.said_on.describe(), at, f"in {', '.join(said.sources)}", more])
    return (
        views.addressed(ask.asker, ask.to),
        f"{what_was_asked(one.asked).rstrip('.')} – {asked_by(views, one.asked)}."
        f" Deferred by {views.speakers(said.by, said.reported_by, said.slug)}: {said.told.rstrip('.')}"
        f" – {', '.join(where)}",
        ask.issue,
    )


def _condition(views: Views, one: ConditionOnTheDay) -> Cells:
    said = one.statement
    by, told_by = views.names_of(said.on_behalf_of or said.by), views.told_and_denied(said.reported_by, said.slug)
    who = marked(f"{by} {ACTS[said.act].verb}{told_by}", guess(said.inferred, said.inferred_in, *OF_THE_ACT))
    about = f"{titles_of(views, said.issues)}: " if said.issues else ""
    return (said.said_on.brief(), who, f"{about}{said.says.rstrip('.')}, conditional on: {one.told}", said.slug)


def what_was_asked(one: AskOnTheDay) -> str:
    """The issue of an ask, the words with which it was last made, and the other issues of the same request."""
    what = f"{one.title}{one.among}: {one.told}" if one.says else one.title
    answered = f"answered of the same request: {'; '.join(one.besides)}" if one.besides else ""
    also = "; ".join(filter(None, [answered, one.elsewhere]))
    return f"{what.rstrip('.')} ({also})" if also else what


def asked_by(views: Views, one: AskOnTheDay) -> str:
    """The day, speaker and place of the last request, and its sources: `14 November 2025, Nguyen Hong Dien (vn)`."""
    at, sources = f"at {one.at}" if one.at else "", f"in {', '.join(one.sources)}"
    by = views.speakers(one.said_by, one.reported_by, one.ask.last_statement)
    return ", ".join(filter(None, [one.said_on.describe(), by, at, sources]))


def _follow_up(views: Views, one: FollowUpOnTheDay) -> Cells:
    due = _when_due(one.follow_up.due)
    what = one.clause if due else one.told
    owners = views.names_of(one.follow_up.owners) or "NO OWNER"
    slug = one.follow_up.slug
    timing = f"{one.left}{one.ended_by}" if one.alone else _TIMING.get(one.timing, one.timing)
    return (timing, owners, f"{what}{due}{views.denials(slug)}", slug)


def _deadline(views: Views, one: DeadlineOnTheDay) -> Cells:
    deadline = one.deadline
    due = f"due {deadline.due.describe(limit=True)}" if deadline.due else ""
    more = ", ".join(filter(None, [due, deadline.basis]))
    owners = views.names_of(deadline.owners)
    return (one.left, owners, f"{one.clause}{f' – {more}' if more else ''}", deadline.slug)


def _contest(views: Views, one: Contest) -> Cells:
    field = one.field.replace("_", " ")
    taken = f". Taken as {views.value_of(one, one.preferred)}" if one.preferred else ""
    return (f"{one.kind} {field}: {views.accounts_of(one)}{taken}", one.slug)


def said(views: Views, forecast: Forecast) -> str:
    """The origin of an expectation: `said 22 May 2025 by Viet Nam`; `as reported` if no speaker and no day is named."""
    when = forecast.said_on
    on = f" {when.describe()}" if when else ""
    if forecast.at and not when.phrase and when.earliest != when.latest:  # the days of the meeting say no more than it
        on = f" at {forecast.at}"
    by = listed(map(views.in_sentence, forecast.by))
    told = views.told_by(forecast.reported_by)
    reason = f", reason given: {forecast.reason}" if forecast.reason else ""
    return f"said{on}{f' by {by}' if by else ''}{told}{reason}" if by or on else f"as reported{told}{reason}"
