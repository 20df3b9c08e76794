"""`parley replay`: the negotiation as a story, event by event, up to a day."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from cli import render
from cli import state as page
from cli.options import (
    JsonOption,
    LedgerOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    clocks,
    open_ledger,
)
from ledger.dates import When

app = typer.Typer()


@app.command("replay")
def replay(
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Up to this day; by default today.")] = "",
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="Write the projections as of then to a database.")
    ] = None,
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Tell event by event what each changed, then where things stood.

    parley replay --to 2025-03-31

    With --into the projections as of then go to a database of their own, which any SQLite tool can open:

    parley replay --to 2025-05-22 --into then.db
    """
    record = open_ledger(ledger)
    moment = clocks(to or "today", reported_by, recorded_by)
    if into is not None:
        record.replay_into(into, moment)
        render.out(f"Wrote the projections as of {When(str(moment.as_of)).describe()} to {into}.")
        return
    story = record.story(moment, negotiation)
    with closing(record.views(moment, negotiation)) as views:
        if as_json:
            render.as_json([step._replace(sentence=views.named(step.sentence)) for step in story])
            return
        day = ""
        for step in story:
            if step.day != day:
                day = step.day
                render.heading(When(day).describe())
            position = f"#{step.position} " if step.position else ""
            for line in render.paragraph(f"{position}{views.named(step.sentence)}  [{step.slug}]", "  "):
                render.out(line)
            for changed in step.changed:
                how = "; ".join(changed.how)
                subject = f"{changed.kind} {changed.slug}" if changed.slug != step.slug else changed.kind
                for line in render.paragraph(f"→ {views.named(subject)}: {how}", "      "):
                    render.out(line)
        render.out()
        page.draw(views, views.state())
