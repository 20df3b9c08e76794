"""`parley publish`: the record as a static site."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.options import AsOfOption, LedgerOption, find_ledger, open_record
from ledger.base.text import counted
from ledger.dates import When
from ledger.errors import ExtraNeeded

app = typer.Typer()


@app.command("publish")
def publish(
    site: Annotated[Path, typer.Argument(metavar="SITE", help="The folder for the site, new or to be replaced.")],
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help="Only entries at or below this level of confidentiality; by default the most open one.",
            show_default=False,
        ),
    ] = "",
    negotiations: Annotated[
        list[str] | None,
        typer.Option("--negotiation", metavar="SLUG", help="A negotiation; several may be named. By default all."),
    ] = None,
    base_url: Annotated[
        str,
        typer.Option("--base-url", metavar="URL", help="Where the site will be, for the links in its feeds."),
    ] = "",
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Also the whole texts of sources, which have owners; else quotes only.")
    ] = False,
    with_json: Annotated[
        bool, typer.Option("--with-json", help="Also the page of each entry as JSON; else only lists.")
    ] = False,
    days: Annotated[
        int, typer.Option("--days", min=0, metavar="N", help="Pages for this many of the last days of change.")
    ] = 60,
    as_of: AsOfOption = "",
    ledger: LedgerOption = "",
) -> None:
    """Write the pages of `parley serve` as a static site, which opens from disk and needs no server.

    It has the entries at the most open level, unless --level names another, and only the quoted words of each source. A
    site published earlier is replaced; any other folder that is not empty is refused.

    parley publish site/

    parley publish site/ --base-url https://example.org/talks/
    """
    from ledger.integrity import copies

    try:
        from ledger.web.publication.publish import publish as publish_to
    except ModuleNotFoundError as missing:
        if missing.name != "jinja2":
            raise
        raise ExtraNeeded(what="A site", extra="web") from None
    record = open_record(ledger, level or copies.names(find_ledger(ledger))[0])
    found = publish_to(
        record,
        site,
        negotiations or (),
        as_of=as_of,
        base_url=base_url,
        texts=with_texts,
        every_json=with_json,
        most_days=days,
        told=_progress,
    )
    day = When(found.plans[0].day).describe()
    render.out(f"Published {counted(found.pages, 'page')} as of {day} ({found.bytes / 1e6:.1f} MB) in {site}.")
    for plan in found.plans:
        if plan.left_out:
            left = counted(plan.left_out, "earlier day")
            render.note(f"Without pages of their own: {left} on which {plan.negotiation} changed (see --days).")


def _progress(pages: int) -> None:
    """Show the progress on one line of a terminal's standard error."""
    if sys.stderr.isatty() and pages % 100 == 0:
        sys.stderr.write(f"\r{pages:,} pages")
        sys.stderr.flush()
