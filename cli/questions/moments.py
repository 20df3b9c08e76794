"""The commands that follow the record through time: diff and replay."""

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cli.questions import state
from cli.terminal import render, screen
from cli.terminal.layout import wrapped
from cli.terminal.options import (
    MOMENT,
    CsvOption,
    FullOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    LevelOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    XlsxOption,
    clocks,
    complete_slug,
    open_record,
)
from cli.terminal.question import one_format, say_undated
from ledger import Clocks, Moment
from ledger.base import now
from ledger.dates import When
from ledger.domain.clocks import check_order
from ledger.export.tables import header
from ledger.views.views import Views

if TYPE_CHECKING:
    from ledger.queries.diff import Difference

app = typer.Typer()

DIFFERENCES = {
    "ask": "Asked and answered",
    "issue": "Issues that moved",
    "promise": "Promises",
    "denial": "Denials",
    "condition": "Conditions said to be met or not",
    "follow-up": "Follow-ups",
    "deadline": "Deadlines",
    "meeting": "Meetings",
    "role": "Roles and members",
    "post": "Posts",
    "figure": "Figures",
    "text": "Draft texts",
    "provision": "Provisions of draft texts",
    "contested": "Contested",
    "correction": "Corrections of the record",
    "statement": "Also said",
}

_ASK_OF = re.compile("^(ask of )([a-z0-9-]+)(?= on$)")  # an ask by the slug of its party


class StepLine(NamedTuple):
    """An event of the story in CSV; `changed` has its changes in words."""

    day: str
    on: When
    position: int
    kind: str
    slug: str
    sentence: str
    changed: str


class DiffLine(NamedTuple):
    """A difference in CSV: its sentence, without the fields."""

    kind: str
    slug: str
    part: str
    says: str
    source: str


@app.command("diff")
def diff_command(
    before: Annotated[str, typer.Argument(metavar="A", help=MOMENT, autocompletion=complete_slug)],
    after: Annotated[
        str, typer.Argument(metavar="B", help="The second moment; by default today.", autocompletion=complete_slug)
    ] = "today",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Show what changed between two moments, on any of the three clocks.

    parley diff 2025-03-31 round-2
    """
    from ledger.queries.diff import diff

    one_format(as_json, as_csv, xlsx)
    record = open_record(ledger, level, keeper)
    today = now.today()
    first, second = record.moments(before, after, negotiation=negotiation)
    check_order(first, second)
    with (
        record.views(first.clocks, negotiation) as earlier,
        record.views(second.clocks, negotiation) as later,
    ):
        for views in (earlier, later):
            say_undated(views)
        found = diff(earlier, later, every_field=as_json)
    if as_json:
        render.as_json(found)
    elif as_csv:
        render.as_csv(_diff_lines(found), header(DiffLine))
    elif xlsx:
        render.as_xlsx(xlsx, "diff", _diff_lines(found), header(DiffLine), [later])
    else:
        _draw_differences(first, second, found)
    if second.clocks == Clocks(today.isoformat()):
        record.look(today.isoformat())


def _diff_lines(found: "list[Difference]") -> list[DiffLine]:
    return [DiffLine(one.kind, one.slug, one.part, one.says, one.source) for one in found]


def _draw_differences(first: Moment, second: Moment, found: "list[Difference]") -> None:
    if not found:
        is_now = second.clocks == Clocks(now.today().isoformat())
        nothing = f"No change is on record since {first.told}." if is_now else ""
        render.out(nothing or f"No change is on record from {first.told} to {second.told}.")
        return
    render.title(f"From {first.told} to {second.told}")
    for kind, of_kind in groupby(found, key=lambda one: one.kind):
        render.heading(DIFFERENCES[kind])
        render.block([(one.says, one.source, one.slug) for one in of_kind], 0)


@app.command("replay")
def replay(
    to: Annotated[str, typer.Option("--to", "--as-of", metavar="DATE", help="Up to this day; by default today.")] = "",
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Write the views as of that day to a new database instead."),
    ] = None,
    full: FullOption = False,
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Show the negotiation event by event, and its status at the end.

    A story that is longer than a screen is shown in short: some events of each day, cut to a line. --full shows every
    event with its changes, and the status.

    parley replay --to 2025-03-31

    With --into, write the views as of that day to a new database, which any SQLite tool can open:

    parley replay --to 2025-05-22 --into then.db
    """
    one_format(as_json, as_csv, xlsx)
    record = open_record(ledger, level)
    moment = clocks(to or "today", reported_by, recorded_by)
    if into is not None:
        record.replay_into(into, moment)
        render.out(f"Wrote the views as of {When(str(moment.as_of)).describe()} to {into}.")
        return
    story = record.story(moment, negotiation)
    with record.views(moment, negotiation) as views:
        if as_json:
            from ledger.queries.history import with_titles

            named = []
            for step in story:
                changed = tuple(one._replace(how=with_titles(views, one.how)) for one in step.changed)
                named.append(step._replace(sentence=views.named(step.sentence), changed=changed))
            render.as_json(named)
            return
        if as_csv or xlsx:
            steps = [StepLine(*one[:5], views.named(one.sentence), "; ".join(_changes(views, one))) for one in story]
            if xlsx:
                render.as_xlsx(xlsx, "replay", steps, header(StepLine), [views])
            else:
                render.as_csv(steps, header(StepLine))
            return
        days = [(on, [*steps]) for (_, on), steps in groupby(story, key=lambda step: (step.day, step.on))]
        told = [[line for step in steps for line in _step_lines(views, step)] for _, steps in days]
        if not full and sum(map(len, told)) + 2 * len(days) > screen.LINES:
            short: dict[tuple[str, When], list[screen.Row]] = {}
            for step in story:
                row = screen.Row(views.named(step.sentence), step.slug)
                short.setdefault((step.day, step.on), []).append(row)
            parts = [screen.Group(_heading(on, len(rows)), rows) for (_, on), rows in short.items()]
            screen.show(parts, spaced=False, latest=True)
            return
        for (on, taken), lines in zip(days, told, strict=True):
            render.heading(_heading(on, len(taken)))
            for line in lines:
                render.write(line)
        render.out()
        state.draw(views, views.state())


def _heading(on: When, steps: int) -> str:
    """The day or days of some steps; their order within days that may each be that of any of them is unknown."""
    several = steps > 1 and on.earliest != on.latest and not on.is_duration
    return f"{on.describe()}{', in unknown order' if several else ''}"


def _step_lines(views: Views, step: Any) -> list[str]:
    position = f"#{step.position} " if step.position else ""
    lines = [("  ", f"{position}{views.named(step.sentence)}  [{step.slug}]")]
    lines += [("      ", f"→ {change}") for change in _changes(views, step)]
    return [indent + line for indent, text in lines for line in wrapped(text, render.width() - len(indent))]


def _changes(views: Views, step: Any) -> list[str]:
    """The changes that an event made, in a sentence for each entry."""
    from ledger.queries.history import with_titles

    asks = (_ASK_OF.sub(r"\1{\2}", one.kind) for one in step.changed)
    changes = zip(asks, step.changed, strict=True)
    subjects = (f"{kind} {{{one.slug}}}" if one.slug != step.slug else kind for kind, one in changes)
    return [
        f"{views.named(what)}: {'; '.join(with_titles(views, one.how))}"
        for what, one in zip(subjects, step.changed, strict=True)
    ]
