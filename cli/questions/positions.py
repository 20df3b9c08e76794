"""The commands that show the parties' positions, side by side or in order, and the figures that they give."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.terminal import render, screen
from cli.terminal.options import FullOption, MembersOption, complete_slug, voices
from cli.terminal.question import question
from cli.terminal.render import Column, Listing
from ledger.base.text import capital, doubted, in_quotes, listed, on_condition
from ledger.dates import When
from ledger.domain.vocabulary import guessed_mark, plain
from ledger.domain.voices import speakers
from ledger.views.status import standing_of
from ledger.views.views import Views

if TYPE_CHECKING:
    from ledger.queries.figures import MeasuredValue
    from ledger.queries.positions import Position, PositionTable, TableRow

app = typer.Typer()


@question(app, "positions")
def positions_command(
    views: Views,
    issue: Annotated[
        str, typer.Option("--issue", metavar="SLUG", help="Only positions on this issue.", autocompletion=complete_slug)
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="Only positions of this party.")] = "",
    members: MembersOption = False,
    full: FullOption = False,
) -> Any:
    """Show each party's last statement on each issue, as far as the dates show.

    Each is in the keeper's words, followed by the source's own words. A list that is longer than a screen is shown
    in short: the last statements first, without the source's words.

    parley positions --issue market-economy-status
    """
    from ledger.queries.positions import Position, positions

    answer = positions(
        views, issue=views.find(["issue"], issue), party=voices(views, by, members=members, kinds=["party"])
    )
    columns = [
        Column("Issue", lambda one: one.issue),
        Column("Party", lambda one: f"{views.with_role(one.party)}{views.jointly(one.jointly_with)}"),
        Column("Date", lambda one: one.statement.said_on.brief()),
        Column("Act", lambda one: plain(one.statement.act)),
        Column("Last word", partial(_position, views), wide=True),
        Column("Asks since", partial(_asks_since, views), wide=True),
        Column("Slug", lambda one: one.statement.slug),
    ]

    def draw() -> None:
        if full or screen.holds([([[column.cell(one) for column in columns] for one in answer], 4)]):
            Listing(answer, columns, "No position is on record by then.")()
        else:
            screen.show([screen.Group("", _latest(views, answer))])

    return answer, draw, Position


def _latest(views: Views, answer: "Sequence[Position]") -> list[screen.Row]:
    """The positions in short, the last first; the positions in one statement share a row."""
    from ledger.queries.positions import order_of

    stated: dict[str, list[Position]] = {}
    for one in sorted(answer, key=lambda one: one.statement.order, reverse=True):
        stated.setdefault(one.statement.slug, []).append(one)
    rows = []
    for slug, positions in stated.items():
        said = positions[0].statement
        shown = dict.fromkeys(one.party for one in positions)
        parties = listed(map(views.with_role, shown)) + views.jointly(one for one in speakers(said) if one not in shown)
        issues = ", ".join(dict.fromkeys(one.issue for one in positions))
        besides = (slug for one in positions for slug in one.besides)
        own = (slug for one in positions for slug in one.own)
        rows.append(
            screen.Row(
                f"{said.said_on.brief()}  {parties}  {plain(said.act)}",
                slug,
                f"{issues}{order_of(tuple(dict.fromkeys(besides)), tuple(dict.fromkeys(own)))}: {views.words_of(said)}",
            )
        )
    return rows


def _position(views: Views, one: "Position") -> str:
    from ledger.queries.positions import BETWEEN

    quoted = " ".join(map(in_quotes, one.quote.split(BETWEEN))) if one.quote else ""
    quote = f" {quoted}" if quoted and one.statement.says != quoted else ""
    told_by = views.told_and_denied(one.statement.reported_by, one.statement.slug)
    sources = f" ({', '.join(one.statement.sources)}{told_by})" if one.statement.sources else ""
    return f"{one.statement.told}{quote}{sources}{one.order}"


@question(app, "figures", everywhere=True)
def figures_command(
    views: Views,
    measure: Annotated[
        str,
        typer.Argument(help="All values of this measure.", autocompletion=complete_slug),
    ] = "",
) -> Any:
    """List the values of each measure, such as a tariff rate or the chapters closed; by default those that count now.

    Each is shown with who gave it, and in the words of the source.

    parley figures
    """
    from ledger.queries.figures import MeasuredValue, figures, latest

    found = figures(views, views.find(["measure"], measure))
    answer = found if measure else latest(found)
    columns = [
        Column("Measure", lambda one: one.title),
        Column("Value", lambda one: one.value + (f", replaced by {one.replaced_by}" if one.replaced_by else "")),
        Column("Said", lambda one: _said(views, one), wide=True),
        Column("In", lambda one: one.figure.reported_in),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No figure is on record."), MeasuredValue


@question(app, "table")
def table_command(
    views: Views,
    issue: Annotated[
        str, typer.Option("--issue", metavar="SLUG", help="Only this issue.", autocompletion=complete_slug)
    ] = "",
) -> Any:
    """Show the parties' positions side by side: a row for each issue, a column for each party.

    A party's position is the last statement in which it asked, proposed, objected, answered, accepted, narrowed,
    settled or withdrew, with its conditions. The last column says who waits for whom.

    parley table --as-of 2025-05-22
    """
    from ledger.queries.positions import TableCell, table

    answer = table(views, views.find(["issue"], issue))
    columns = [
        Column("Issue", lambda row: f"{row.issue.title} ({standing_of(row.issue)})", wide=True),
        *(Column(f"By {views.with_role(party)}", partial(_held_by, views, party)) for party in answer.parties),
        Column("Between", lambda row: "; ".join(row.between)),
        Column("Slug", lambda row: row.issue.slug),
    ]
    listing = Listing(answer.rows, columns, "No position is on record by then.")
    draw = listing if listing.fits else partial(_stack, views, answer)
    return answer, draw, TableCell, [cell for row in answer.rows for cell in row.cells]


def _stack(views: Views, answer: "PositionTable") -> None:
    """Print the table issue by issue, with a line for each party that took a position and one for the waits."""
    for row in answer.rows:
        render.block([(f"{row.issue.title} ({standing_of(row.issue)})", row.issue.slug)], 0, indent="")
        held = [
            (views.with_role(party), _held_by(views, party, row)) for party in answer.parties if party in row.by_party
        ]
        render.block([*held, *(("between", one) for one in row.between)], 1)


def _held_by(views: Views, party: str, row: "TableRow") -> str:
    """A party's position in a row: `proposed 2025-05-22: Lower the tariffs. (conditional on: …) [source]`."""
    cell = row.by_party.get(party)
    if cell is None:
        return ""
    said = cell.statement
    says = on_condition(said.says, cell.conditions)
    figures = f" ({', '.join(cell.figures)})" if cell.figures else ""
    links = f" ({'; '.join(cell.links)})" if cell.links else ""
    told_by = views.told_by(said.reported_by)
    says = f"{says}{guessed_mark(said.inferred, said.inferred_in)}"
    act = f"{plain(said.act)}{views.jointly(cell.jointly_with)}{figures} {said.said_on.brief()}"
    return f"{act}: {says}{links}{cell.order} [{', '.join(said.sources)}{told_by}]"


def _asks_since(views: Views, one: "Position") -> str:
    """The day since which the party asks, with who told and denied its request, or one of several."""
    since = doubted(_since(one.asking_since), one.unless)
    if since and one.asks_in != one.statement.slug:  # the last word is not what it asks
        words = (
            f": {views.entry(one.asks_in).label}" if one.asks_times == 1 else ""
        )  # of several, others are of that day
        since += f"{words} ({one.asks_in})" if words or one.asks_apart else ""
    told = views.told_and_denied(one.asks_reported_by, one.asks_in)
    if told and one.asks_times > 1:
        told = f"; one of its requests {told.removeprefix(', ')}"
    return f"{since}{told}" if since else ""


def _since(when: When) -> str:
    """`2025-05-22`, `2025-06-03 or earlier`."""
    return when.brief()


def _said(views: Views, one: "MeasuredValue") -> str:
    """The giver of a value, its words, and how it compares with others of its day."""
    from ledger.queries.figures import given_by, with_conditions

    compared, told = _compared(one), with_conditions(views, one.figure, one.figure.in_words)
    return f"{capital(given_by(views, one.figure))}: {told}{f'; {compared}' if compared else ''}"


def _compared(one: "MeasuredValue") -> str:
    """How a value compares with others of its day."""
    if one.figure.entry in one.contested_by:
        return "its reports differ"
    if one.contested_by:
        return f"contested by {', '.join(_slugs(one.contested_by))}"
    return f"made more precise by {', '.join(_slugs(one.refined_by))}" if one.refined_by else ""


def _slugs(entries: tuple[str, ...]) -> list[str]:
    return [entry.partition("/")[2] for entry in entries]
