"""The command that exports an answer as a document: brief."""

from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.options import (
    MOMENT,
    AsOfOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    clocks,
    complete_slug,
    open_ledger,
)
from cli.terminal.question import say_undated
from ledger.base.text import visible

app = typer.Typer()


@app.command("brief")
def brief(
    since: Annotated[
        str, typer.Option("--since", metavar="MOMENT", help=f"Include the changes since then. {MOMENT}")
    ] = "",
    meeting: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="MEETING",
            help="The meeting to prepare for; by default the next round.",
            autocompletion=complete_slug,
        ),
    ] = "",
    ours: Annotated[str, typer.Option("--us", metavar="PARTY", help="The party that the brief is written for.")] = "",
    full: Annotated[bool, typer.Option("--full", help="All of it, not only what one page holds.")] = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Write a page to prepare for a meeting, in Markdown, with the source of each line.

    It is one page: each heading says how many lines it shows, of how many. `--full` and `--json` give all of them.

    parley brief --as-of 2025-05-22 --since 2025-03-31 --us vn
    """
    from ledger.export.markdown import markdown
    from ledger.queries.brief import ChangesSince
    from ledger.queries.brief.one_page import on_one_page
    from ledger.queries.brief.writer import brief as brief_of
    from ledger.queries.diff import diff

    record = open_ledger(ledger, keeper)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        say_undated(views)
        changed = None
        if since:
            [moment] = record.moments(since, negotiation=negotiation)
            with record.views(moment.clocks, negotiation) as before:
                changed = ChangesSince(moment.told, diff(before, views))
        answer = brief_of(views, views.find(["party"], ours), meeting, changed)
        if as_json:
            render.as_json(answer)
        else:
            render.raw(visible(markdown(answer if full else on_one_page(answer))))
