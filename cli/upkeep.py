"""Commands around a ledger: create one, lay out the worked example, rebuild the views, check quotations."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from cli import render
from cli.options import LedgerOption, find_ledger, open_ledger

app = typer.Typer()

_PACKED = Path(__file__).parent / "example"  # in an installed wheel; a checkout has the same two paths at its top
EXAMPLE = _PACKED if _PACKED.is_dir() else Path(__file__).parents[1]


@app.command("init")
def init(ledger: LedgerOption = "") -> None:
    """Create an empty ledger.

    parley init --ledger talks.db
    """
    from ledger import create_ledger

    path = Path("ledger.db") if not ledger else find_ledger(ledger)
    create_ledger(path)
    render.out(f"Created {path}. Next: `parley import` entry files, or `parley append negotiation SLUG --title …`.")


@app.command("example")
def example(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder to put the files in.")],
) -> None:
    """Copy the worked example into a new folder, with the script that checks proofs without Parley.

    The examples in help, such as `parley import seeds/vn-us-trade/*.yaml`, work in that folder.

    parley example tour
    """
    from ledger.base.files import new_folder

    with new_folder(folder):
        shutil.copytree(EXAMPLE / "seeds/vn-us-trade", folder / "seeds/vn-us-trade")
        (folder / "docs").mkdir()
        shutil.copy(EXAMPLE / "docs/verify.py", folder / "docs")
    render.out(f"Copied the worked example to {folder}. Next: `cd {folder}`, `parley init`,")
    render.out("`parley import seeds/vn-us-trade/*.yaml`, `parley state`.")


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
