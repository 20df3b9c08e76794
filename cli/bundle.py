"""`parley bundle`: entries with their sources, quotes and proofs in one file."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.terminal import render
from cli.terminal.errors import FileThere
from cli.terminal.options import (
    AsOfOption,
    LedgerOption,
    NegotiationOption,
    ReplaceOption,
    complete_slug,
    whole_ledger,
)
from ledger import AskableRecord
from ledger.base import now
from ledger.base.files import is_there, new_file, replaced_file
from ledger.base.text import counted
from ledger.domain.clocks import Clocks, typed_clocks

app = typer.Typer()


@app.command("bundle")
def bundle(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The zip file to write.")],
    person: Annotated[
        str,
        typer.Option("--of", metavar="VOICE", help="Only of this person or party.", autocompletion=complete_slug),
    ] = "",
    issue: Annotated[
        str, typer.Option("--issue", metavar="ISSUE", help="Only on this issue.", autocompletion=complete_slug)
    ] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Only from this day on.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Only up to this day.")] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help="Entries above this level are redacted; by default the most open level.",
            show_default=False,
        ),
    ] = "",
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Also the whole texts of sources, which have owners; else quotes only.")
    ] = False,
    replace: ReplaceOption = False,
    as_of: AsOfOption = "",
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write entries with their sources, quotes and proofs to a zip file, for an archive or a request for information.

    Entries above the level are redacted, and marked in their place. A script in the file checks the proofs without
    Parley.

    parley bundle --out request.zip --issue tariffs --from 2025-03-01 --to 2025-05-31
    """
    from cli.upkeep import EXAMPLE
    from ledger.export.bundle import Wanted
    from ledger.export.bundle import bundle as bundle_of
    from ledger.integrity import copies, proofs

    if is_there(out) and not replace:
        raise FileThere(path=out)
    path, today = whole_ledger(ledger), now.today()
    days = [typed_clocks(typed, "", "", today).as_of or "" if typed else "" for typed in (first, last, as_of)]
    at, clocks = level or copies.names(path)[0], Clocks(days[2] or today.isoformat())
    record, whole = AskableRecord(path, level=at), AskableRecord(path)

    def prove(streams: set[str], sources: set[str]) -> dict[str, Any]:
        return proofs.at_level(path, at, streams | sources, sealed=set() if with_texts else sources)

    with record.views(clocks, negotiation) as views, whole.views(clocks, views.negotiation) as every:
        found = bundle_of(
            views,
            every,
            Wanted(person, issue, days[0], days[1]),
            at,
            prove,
            (EXAMPLE / "docs/verify.py").read_bytes(),
            partial(record.text_of, views.negotiation) if with_texts else None,
        )
    with (replaced_file if replace else new_file)(out, like=path) as draft:
        draft.write_bytes(found.content)
    redacted = f", and marked {found.redacted} as redacted" if found.redacted else ""
    render.out(f"Wrote {counted(found.entries, 'entry', 'entries')} to {out}{redacted}.")
