"""The server of the pages: it binds a port and answers requests until it is stopped."""

import ipaddress
import os
import socket
from threading import Thread

import uvicorn

from ledger.base.desks import is_desk
from ledger.record import AskableRecord
from ledger.web.connections import BACKLOG, Connection, Server
from ledger.web.errors import NobodyYet, PortTaken
from ledger.web.gate import Gate, Lock
from ledger.web.people.visitors import Visitors
from ledger.web.plugin import Pages


def lock(host: str, port: int, visitors: Visitors | None = None) -> Lock:
    """The rules of access; refused if people must sign in, and nobody can.

    People must sign in wherever other machines can reach the host, and where `visitors` are given.
    """
    if visitors is not None:
        if all(one.has_expired for one in visitors.people.all()):
            raise NobodyYet()
        return Lock(visitors=visitors)
    if not is_this_machine(host):
        raise NobodyYet()
    names = {host, "127.0.0.1", "localhost", "[::1]"}
    return Lock(frozenset(f"{name}:{port}" for name in names) | (names if port == 80 else set()))


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; refused if the port is in use. Port 0 means any free port."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(found[4][:2], family=found[0])
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)
        raise PortTaken(host=host, port=port, why=why) from None
    # asyncio sets this only on sockets created as TCP by name; without it a page waits 40 ms for its second packet.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def application(ledger: AskableRecord, who: Lock, *, read_only: bool = False) -> Gate:
    """The pages as an ASGI application.

    A ledger on a server is followed, so that a page need not wait for its log.
    """
    pages = Pages(ledger, read_only=read_only, is_noted=who.audit is not None)
    if is_desk(ledger.path):
        Thread(target=pages.at("").site.opening.follow, daemon=True).start()
    return Gate(pages, who)


def server(app: Gate) -> uvicorn.Server:
    """A server that logs only errors. The likely pages are computed before anybody asks for them, until it stops."""
    Thread(target=app.keep_warm, daemon=True).start()
    return Server(
        uvicorn.Config(
            app,
            http=Connection,
            backlog=BACKLOG,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            proxy_headers=False,  # which proxy is believed is decided in `ledger.web.people.proxy` alone
            timeout_graceful_shutdown=2,  # seconds for the requests in progress when the server stops
        ),
        app.stop,
    )


def address(host: str, port: int) -> str:
    """The address of the pages for a browser."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not listened on)
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def is_this_machine(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
