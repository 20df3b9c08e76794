"""`parley watch`: prints each event as it is recorded."""

import contextlib
import json
import sys
from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.options import JsonOption, LedgerOption, NegotiationOption, open_ledger
from ledger import Clocks
from ledger.base.text import minute, visible_json
from ledger.export.as_json import plain
from ledger.views.views import LogRow

app = typer.Typer()

WAIT = 30.0  # seconds
EVER = Clocks("9999-12-31")


@app.command("watch")
def watch(
    since: Annotated[
        int | None,
        typer.Option("--since", min=0, metavar="POSITION", help="Begin with the events after this position."),
    ] = None,
    most: Annotated[int, typer.Option("--most", min=0, metavar="N", help="End after this many events.")] = 0,
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Print each event as it is recorded, at this desk or another, until Ctrl-C.

    With --json, each line is one event.

    parley watch --since 160 --most 3
    """
    record = open_ledger(ledger)
    position, printed = record.head().position if since is None else since, 0
    with contextlib.suppress(KeyboardInterrupt):
        while not most or printed < most:
            if record.head().position > position and record.unsent is None:  # what waits has no position yet
                with record.views(EVER, negotiation) as views:
                    fresh = [one for one in views.log(later=True) if one.position > position]
                    position = views.position()
                for one in fresh[: most - printed if most else None]:
                    _print(one, as_json=as_json)
                    printed += 1
                continue
            record.wait(position, WAIT)


def _print(one: LogRow, *, as_json: bool) -> None:
    if as_json:
        render.raw(f"{visible_json(json.dumps(plain(one), ensure_ascii=False))}\n")
    else:
        render.out(f"#{one.position} {minute(one.recorded_at)} {one.recorded_by}: {one.sentence} ({one.slug})")
    sys.stdout.flush()
