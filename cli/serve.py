"""`parley serve`: the record in a browser."""

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import render
from cli.terminal.options import KeeperOption, LedgerOption, LevelOption, find_ledger, open_ledger, open_record
from ledger.web.errors import WebNotInstalled

if TYPE_CHECKING:
    from ledger.web.people.visitors import Visitors

app = typer.Typer()

PLAIN = (
    "These pages use plain HTTP: whoever can listen between a browser and this machine can read the record and the"
    " tokens. Put a server that speaks TLS in front of them, and name its address with --proxy-from."
)


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
            help="The address to listen on; at any address that others can reach, people must sign in.",
        ),
    ] = "127.0.0.1",
    sign_in: Annotated[
        bool, typer.Option("--sign-in", help="Let people sign in with their tokens on this machine, too.")
    ] = False,
    proxy_header: Annotated[
        str,
        typer.Option(
            "--proxy-header",
            metavar="NAME",
            help="The header in which a trusted reverse proxy names the person, such as X-Remote-User.",
            show_default=False,
        ),
    ] = "",
    proxy_from: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy-from",
            metavar="ADDRESS",
            help="The address or network of the trusted proxy (may be repeated); the headers of others are ignored.",
        ),
    ] = None,
    audit: Annotated[
        Path | None,
        typer.Option(
            "--audit",
            metavar="FILE",
            help="Note in this file who looks at pages that may have more than the most open level; the pages say so.",
        ),
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show the record, and let nobody enter anything.")
    ] = False,
    opening: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
    ledger: LedgerOption = "",
    level: LevelOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Show the record in a browser, and enter reports there.

    Other machines can reach it only with --host. Then people sign in, with the tokens that `parley token add` makes or
    through a trusted reverse proxy: readers see what their clearance allows, and recorders can also enter reports. With
    --level, the pages show only entries at or below that level, and nothing can be entered. Ctrl-C stops it.

    parley serve --port 8001

    For colleagues, behind a proxy that speaks TLS:

    parley serve --host 10.0.0.7 --proxy-from 10.0.0.5
    """
    try:
        from ledger.web import server
    except ModuleNotFoundError as missing:
        raise WebNotInstalled(missing=missing.name) from None
    record = open_record(ledger, level, keeper) if level else open_ledger(ledger, keeper)
    others = not server.is_this_machine(host)
    visitors = _visitors(find_ledger(ledger), proxy_header, proxy_from or [], needed=sign_in or others)
    rules = server.lock(host, port, visitors)  # check this before opening anything
    if audit is not None:
        from ledger.web.people.audit import Audit
        from ledger.web.people.errors import AuditNeedsNames

        if visitors is None:
            raise AuditNeedsNames()
        rules = rules._replace(audit=Audit(audit, find_ledger(ledger)))
    with server.bound(host, port) as listening:
        port = listening.getsockname()[1]
        rules = rules._replace(hosts=server.lock(host, port, visitors).hosts)
        pages = server.application(record, rules, read_only=read_only or bool(level))
        where = server.address(host, port)
        render.out(f"The record is at {where} (Ctrl-C stops it).")
        if others and not proxy_from:
            render.note(PLAIN)
        sys.stdout.flush()
        if opening:
            typer.launch(where)
        with contextlib.suppress(KeyboardInterrupt):
            server.server(pages).run(sockets=[listening])


def _visitors(path: Path, header: str, addresses: list[str], *, needed: bool) -> "Visitors | None":
    """Those who may sign in; None if nobody needs to."""
    if not (needed or header or addresses):
        return None
    from ledger.web.people.people import People
    from ledger.web.people.proxy import Proxy
    from ledger.web.people.visitors import Visitors

    return Visitors(People(path), Proxy.typed(header, addresses))
