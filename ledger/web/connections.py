"""Limits on connections, so that they cannot block others: a deadline for requests and a maximum for each address.

A connection whose request does not arrive in time is closed. If there are too many connections, the one that has waited
longest for its request is closed in favour of the newest, so readers are served despite half-open connections.
"""

import asyncio
import errno
import logging
import math
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    import resource
except ImportError:  # a system without limits of this kind
    FILES = 1_024
else:
    FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[
        0
    ]  # this process may have open; negative where there is no limit

SECONDS = 10  # for a whole request, its head and its body
MOST = 480 if FILES < 0 else min(480, FILES // 2)  # connections at once
MOST_FROM_ONE = MOST // 4  # connections from one address
BACKLOG = 64  # connections accepted in one step of the event loop
EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE = 60  # seconds between two warnings of one kind


class Server(uvicorn.Server):
    """A server that warns only once a minute if it cannot accept connections; asyncio would log every attempt.

    When it stops, it calls `stop` first.
    """

    _warned = -math.inf

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(self._report)
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop()
        await super().shutdown(sockets)

    def _report(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if self.should_exit and isinstance(error, ValueError):
            return  # after a pause asyncio listens again, here on a socket that was closed when the server stopped
        if not isinstance(error, OSError) or error.errno not in EXHAUSTED:
            loop.default_exception_handler(context)
        elif loop.time() - self._warned >= PAUSE:
            self._warned = loop.time()
            logging.getLogger("uvicorn.error").warning(
                "New connections must wait (%s). If this happens often, raise the limit with `ulimit -n`.",
                error.strerror,
            )


class Connection(H11Protocol):
    """A connection with a deadline."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._deadline.cancel()
        self._expect()
        super().on_response_complete()

    @property
    def waits(self) -> bool:
        """Whether the connection is still waiting for a whole request."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and not self.transport.is_closing()

    def _expect(self) -> None:
        """Start the deadline of the next request."""
        self.since = self.loop.time()
        self._deadline = self.loop.call_later(SECONDS, self._expire)

    def _expire(self) -> None:
        if self.waits:
            self.transport.abort()
        else:
            self._deadline = self.loop.call_later(SECONDS, self._expire)

    def _make_room(self) -> None:
        every: list[Any] = [one for one in self.connections if not one.transport.is_closing()]
        of_address = [one for one in every if one.client and self.client and one.client[0] == self.client[0]]
        for connections, most in ((of_address, MOST_FROM_ONE), (every, MOST)):
            if len(connections) > most and not self.transport.is_closing():
                waiting = [one for one in connections if one is not self and one.waits]
                min(waiting, key=lambda one: one.since, default=self).transport.abort()
