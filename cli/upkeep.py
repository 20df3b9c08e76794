"""The ledger itself: create it, make its views anew, check an entry file's quotations."""

from pathlib import Path
from typing import Annotated

import typer

from cli import render
from cli.asking import LedgerOption, find_ledger, open_ledger

app = typer.Typer()


@app.command("init")
def init(ledger: LedgerOption = "") -> None:
    """Create an empty ledger.

    parley init --ledger talks.db
    """
    from ledger import create_ledger

    path = Path("ledger.db") if not ledger else find_ledger(ledger)
    create_ledger(path)
    render.out(f"Created {path}. Next: `parley import` entry files, or `parley append negotiation SLUG --title …`.")


@app.command("rebuild")
def rebuild(
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the log as it is, though it is not the one the views saw.")
    ] = False,
    ledger: LedgerOption = "",
) -> None:
    """Make the views anew from the log.

    parley rebuild
    """
    position = open_ledger(ledger).rebuild(accept=accept)
    render.out(f"The views are made anew from {position} events.")


@app.command("check-quotes")
def check_quotes(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Entry files.")],
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="FOLDER", help="Where the sources' texts are, known by SHA-256.")
    ] = None,
) -> None:
    """Check that every quotation in entry files stands in its source's text, where that is at hand.

    parley check-quotes seeds/vn-us-trade/3-vna-2025-05-22.yaml --texts texts
    """
    from ledger.filing.check_quotes import check

    missing = 0
    for result in check(files, texts):
        if result.at_hand:
            render.out(f"{result.source}: {result.found} of {result.found + len(result.missing)} quotes found")
        else:
            render.out(f"{result.source}: {len(result.missing)} quotes not checked, its text is not at hand")
            continue
        for where, refusal in result.missing:
            missing += 1
            render.out(f"  {where}: {refusal}")
    if missing:
        raise typer.Exit(1)
