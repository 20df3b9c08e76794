"""`parley serve`: the record in a browser."""

import contextlib
import sys
from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.options import KeeperOption, LedgerOption, LevelOption, open_ledger, open_record
from ledger.web.errors import WebNotInstalled

app = typer.Typer()


@app.command("serve")
def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0 means any free port.")
    ] = 8001,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="HOST",
            help="The address to listen on; any address that others can reach requires --token.",
        ),
    ] = "127.0.0.1",
    token: Annotated[
        str,
        typer.Option(
            "--token",
            envvar="PARLEY_TOKEN",
            metavar="TOKEN",
            help="The token that visitors must enter.",
            show_default=False,
        ),
    ] = "",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show the record, and let nobody enter anything.")
    ] = False,
    opening: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
    ledger: LedgerOption = "",
    level: LevelOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Show the record in a browser, and enter reports there.

    Other machines can reach it only with --host; their users must enter the token, and can only read. With --level, the
    pages have only what is at or below that level, and nothing can be entered. Ctrl-C stops it.

    parley serve --port 8001
    """
    try:
        from ledger.web import server
    except ModuleNotFoundError as missing:
        raise WebNotInstalled(missing=missing.name) from None
    record = open_record(ledger, level, keeper) if level else open_ledger(ledger, keeper)
    server.lock(host, port, token)  # check this before opening anything
    with server.bound(host, port) as listening:
        port = listening.getsockname()[1]
        pages = server.application(record, server.lock(host, port, token, read_only=read_only or bool(level)))
        where = server.address(host, port)
        render.out(f"The record is at {where} (Ctrl-C stops it).")
        sys.stdout.flush()
        if opening:
            typer.launch(where)
        with contextlib.suppress(KeyboardInterrupt):
            server.server(pages).run(sockets=[listening])
