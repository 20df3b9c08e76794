"""Questions that look back: full text, how an entry came to stand where it does, positions, promises."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from cli import render
from cli import state as page
from cli.options import SlugArgument, complete_slug, question
from cli.render import Column
from ledger.base.names import known_word
from ledger.base.text import days
from ledger.dates import When
from ledger.domain.kinds import KINDS
from ledger.queries import history as histories
from ledger.queries import positions as standpoints
from ledger.queries import promises
from ledger.queries import search as searching
from ledger.queries.history import Cause, History, Stage
from ledger.views.views import Views

app = typer.Typer()

_NARROWEST = 30  # of a party's column in a conversation


class Moment(NamedTuple):
    """A line of a history, as CSV has it: what it tells of, and both its days."""

    section: str
    happened: str
    recorded_at: str
    days_later: int | None
    text: str
    source: str


@question(app, "search")
def search(
    views: Views,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What to look for; all of it must be there.")],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Only entries of this kind.")] = "",
    most: Annotated[int, typer.Option("--most", min=0, metavar="N", help="Only the N best; by default all.")] = 0,
) -> Any:
    """Full text over statements, titles, names and quotes, best first, with each hit [marked].

    Case and diacritics do not matter; `export*` finds what begins so; words in quotes are a phrase.

    parley search "market economy" dien

    parley search "export control*" --kind statement
    """
    if kind:
        known_word("kind of entry", kind, KINDS)
    # The shell takes the quotation marks away: what still holds a space was quoted.
    typed = " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)
    found = searching.search(views, typed, kind)
    answer = found[:most] if most else found
    wanted = searching.terms(typed)
    columns = [
        Column("Date", lambda one: one.day),
        Column("Kind", lambda one: one.kind),
        Column("In", lambda one: one.where),
        Column("Passage", lambda one: searching.marked(one.passage, wanted), wide=True),
        Column("Slug", lambda one: one.slug),
    ]

    def draw() -> None:
        render.table(answer, columns, "Nothing of record by then speaks of that.")
        if len(found) > len(answer):
            render.out(f"… and {len(found) - len(answer)} more.")

    return answer, draw, answer


@question(app, "history")
def history(views: Views, slug: SlugArgument) -> Any:
    """How an entry came to stand where it does: a forecast's slips, an issue's conversation, every correction.

    parley history round-3

    parley history market-economy-status
    """
    answer = histories.history(views, slug)
    return answer, lambda: _draw(views, answer), list(_moments(answer))


@question(app, "positions")
def positions(
    views: Views,
    issue: Annotated[
        str, typer.Option("--issue", metavar="SLUG", help="Only on one issue.", autocompletion=complete_slug)
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="Only those of one party.")] = "",
) -> Any:
    """Each party's latest word on each issue, as the record keeper put it, with its source.

    parley positions --issue market-economy-status
    """
    answer = standpoints.positions(views, issue=views.find(["issue"], issue), party=views.find(["party"], by))
    columns = [
        Column("Issue", lambda one: one.issue),
        Column("Party", lambda one: views.name_of(one.party)),
        Column("Date", lambda one: one.statement.day),
        Column("Act", lambda one: one.statement.act),
        Column("Latest word", _position, wide=True),
        Column("Asks since", lambda one: one.asking_since),
        Column("Slug", lambda one: one.statement.slug),
    ]
    return answer, lambda: render.table(answer, columns, "Nobody has said anything on that by then.")


@question(app, "promises")
def promised(
    views: Views,
    by: Annotated[str, typer.Option("--by", metavar="VOICE", help="Only those of a party or person.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="VOICE", help="Only those made to a party or person.")] = "",
    only_open: Annotated[bool, typer.Option("--open", help="Only those still to be done.")] = False,
) -> Any:
    """Who promised what to whom, what was agreed to be done, and on whose word it was done.

    parley promises --by us
    """
    voices = ["party", "person"]
    answer = promises.promises(views, by=views.find(voices, by), to=views.find(voices, to), only_open=only_open)
    columns = [
        Column("Since", lambda one: one.day),
        Column("Who", lambda one: views.names_of(one.by)),
        Column("To whom", lambda one: "as agreed" if one.kind == "agreed" else views.names_of(one.to) or "not said"),
        Column("What", _promise, wide=True),
        Column("Outcome", lambda one: one.status),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, lambda: render.table(answer, columns, "Nobody has promised anything by then.")


def _position(one: standpoints.Position) -> str:
    return f"{one.statement.says}{_quote(one.quote)}{_sources(one.statement.sources)}"


def _promise(one: promises.Promise) -> str:
    due = f" (due {one.due.describe()})" if one.due else ""
    return f"{one.says}{due}{_word(one)}"


def _word(one: promises.Promise) -> str:
    """On whose word it came to its end, and who denies it."""
    word = f" On {one.word} word" if one.word else ""
    if one.status == "disputed":
        word += f", denied by {', '.join(one.ended_by)}"
    where = f" ({one.ended_in})" if one.ended_in else ""
    return f"{word}{f', {one.ended_on}' if one.ended_on else ''}{where}." if word else ""


def _quote(words: str) -> str:
    return f" “{words}”" if words else ""


def _sources(sources: Sequence[str]) -> str:
    return f" ({', '.join(sources)})" if sources else ""


def _draw(views: Views, shown: History) -> None:
    entry = shown.entry
    render.title(entry.label)
    gone = page.gone(entry)
    render.out(f"history of {entry.kind} {entry.slug}{gone and f', {gone}'}, as of {When(views.day).describe()}")
    if shown.slips:
        render.heading("Expected")
        rows = [(_expected(slip), _voiced(views, slip), slip.forecast.source) for slip in shown.slips]
        for line in render.aligned(rows, 0, indent="  "):
            render.out(line)
    if shown.conversation:
        render.heading("Said")
        _converse(views, shown.conversation)
    if shown.states:
        render.heading("States")
    for stage in shown.states:
        _stage(stage)
    if shown.corrections:
        render.heading("Corrections")
    for mended in shown.corrections:
        happened = f", of what happened {mended.happened}" if mended.happened else ""
        _paragraph(f"#{mended.position} {mended.sentence}", "  ")
        _paragraph(f"recorded {_time(mended.recorded_at)} by {mended.recorded_by}{happened}", "      ")


def _expected(slip: histories.Slip) -> str:
    when = slip.forecast.expected.describe() if slip.forecast.expected else "no date given"
    if not slip.moved:
        return when
    return f"{when}, {days(abs(slip.moved))} {'later' if slip.moved > 0 else 'earlier'} than before"


def _voiced(views: Views, slip: histories.Slip) -> str:
    forecast = slip.forecast
    by = views.names_of(forecast.by)
    day = forecast.said_on.describe() if forecast.said_on else slip.cause.happened
    return f"said {day}{f' by {by}' if by else ''}, {_entered(slip.cause)}"


def _entered(cause: Cause) -> str:
    """When it was recorded, seen from the day it happened."""
    if cause.days_later is None:
        return f"entered {cause.recorded_at[:10]}"
    if cause.days_later < 1:
        return "entered the same day" if cause.days_later == 0 else f"entered {days(-cause.days_later)} before"
    return f"entered {days(cause.days_later)} later"


def _stage(stage: Stage) -> None:
    since = stage.valid_from or "always"
    until = f" to {stage.valid_to}" if stage.valid_to else ""
    _paragraph(f"{since}{until}  {'; '.join(stage.changed)}", "  ")
    for cause in stage.causes:
        source = f" ({cause.source})" if cause.source else ""
        _paragraph(f"#{cause.position} {cause.sentence}{source}, {_entered(cause)}", "      ")


def _converse(views: Views, turns: Sequence[histories.Turn]) -> None:
    """A column for each party while there is room; else each word with the name of who said it."""
    parties = sorted({party for turn in turns for party in turn.parties})
    room = (render.width() - 2 - 10) // max(len(parties), 1) - 2
    if len(parties) > 1 and room < _NARROWEST:
        rows = [(turn.statement.day, views.names_of(turn.parties), _words(turn), turn.statement.slug) for turn in turns]
        for line in render.aligned(rows, 2, indent="  "):
            render.out(line)
        return
    render.out("  " + " " * 12 + "  ".join(views.name_of(party).ljust(room) for party in parties).rstrip())
    for turn in turns:
        cells = [_wrapped(_cell(turn, party), room) for party in parties]
        for number in range(max(map(len, cells))):
            day = turn.statement.day if number == 0 else ""
            line = "  ".join((cell[number] if number < len(cell) else "").ljust(room) for cell in cells)
            render.out(f"  {day.ljust(10)}  {line}".rstrip())


def _cell(turn: histories.Turn, party: str) -> str:
    """What stands in a party's column: the words in that of the first who said it, in the others that they joined."""
    if party not in turn.parties:
        return ""
    return f"{_words(turn)} ({turn.statement.slug})" if party == turn.parties[0] else "jointly"


def _words(turn: histories.Turn) -> str:
    return f"{turn.statement.act.upper()} {turn.statement.says}"


def _wrapped(text: str, room: int) -> list[str]:
    from textwrap import wrap

    from ledger.base.text import one_line

    return wrap(one_line(text), room, break_on_hyphens=False) or [""]


def _paragraph(text: str, indent: str) -> None:
    for line in render.paragraph(text, indent):
        render.out(line)


def _time(recorded_at: str) -> str:
    return recorded_at[:16].replace("T", " ")


def _moments(shown: History) -> Iterator[Moment]:
    """The history as rows."""
    for slip in shown.slips:
        cause = slip.cause
        text = _expected(slip)
        yield Moment("expected", cause.happened, cause.recorded_at, cause.days_later, text, cause.source)
    for turn in shown.conversation:
        said = turn.statement
        text = f"{', '.join(turn.parties)}: {said.act}: {said.says}"
        yield Moment("said", said.day, "", None, text, "; ".join(said.sources))
    for stage in shown.states:
        text = "; ".join(stage.changed)
        recorded = stage.causes[-1] if stage.causes else None
        at, later, source = (recorded.recorded_at, recorded.days_later, recorded.source) if recorded else ("", None, "")
        yield Moment("state", stage.valid_from, at, later, text, source)
    for mended in shown.corrections:
        yield Moment("correction", mended.happened, mended.recorded_at, None, mended.sentence, "")
