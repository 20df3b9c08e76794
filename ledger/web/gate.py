"""Access to the pages: the allowed hosts, methods and paths, the token, and the headers of every answer.

Everything that is not allowed here is refused. Of Datasette's pages, only those of the views' tables are allowed, and
none that shows anything about the machine. Pages may run only our script file, never an inline script.
"""

import hmac
import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from ledger.web.desk.forms import LARGEST_FORM
from ledger.web.desk.site import ADDRESS as DESK
from ledger.web.errors import FormTooLarge, NoSuchPage
from ledger.web.request import Response
from ledger.web.site import ADDRESS, Site

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

for_a_spreadsheet: ContextVar[bool] = ContextVar("for_a_spreadsheet", default=False)  # whether the request asks for CSV

COOKIE = "parley"
ENTER = "/-/enter"
LONGEST_FORM = 4096  # bytes
_OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
_THEIRS = "default-src 'none'; style-src 'self'; img-src 'self' data:; "  # Datasette's pages: no script at all
_ALWAYS = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_STATIC = re.compile(r"/-/parley/[a-z]+\.(?:css|js|svg)")
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


class Lock(NamedTuple):
    """The rules of access: the host names that the pages answer to (empty: any), and the required token ("": none).

    With `writes`, the forms of the desk are answered.
    """

    hosts: frozenset[str] = frozenset()
    token: str = ""
    writes: bool = False

    def key(self) -> str:
        """The value of the cookie that a visitor gets after entering the token."""
        return hmac.new(self.token.encode(), b"has entered", "sha256").hexdigest()

    def opened_by(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())


class Gate:
    """The gate that every request passes before it reaches a page."""

    def __init__(self, app: App, site: Site, lock: Lock, tables: str) -> None:
        self.app, self.site, self.lock = app, site, lock
        name = r"[\w.~,-]+"
        self._tables = re.compile(rf"/{tables}(?:\.json|\.csv|/{name}(?:/{name})?)?|/-/static/app\.css")
        self._reads_tables = f"/{tables}"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
        refused = await self._refused(scope, path, receive)
        ours = refused is not None or not self._tables.fullmatch(path)
        send = _with_headers(send, ours=ours, keep=bool(_STATIC.fullmatch(path)))
        if refused is not None:
            await _answer(send, *refused)
            return
        if not ours:
            import asyncio

            await asyncio.to_thread(self.site.opening.catch_up)
            for_a_spreadsheet.set(path.endswith(".csv"))
        await self.app(scope, receive, send)

    async def _refused(
        self, scope: Message, path: str, receive: Receive
    ) -> tuple[Response, list[tuple[bytes, bytes]]] | None:
        """The refusal, with its headers, of a request; None if it is allowed."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if self.lock.hosts and headers.get("host", "").lower() not in self.lock.hosts:
            return self.site.problem(421, "These pages are not served under this host name."), []
        if self.lock.token and not _STATIC.fullmatch(path):
            if path == ENTER and scope["method"] == "POST":
                return await self._enter(receive)
            if not self._may_enter(headers):
                # Link only to our own pages: `//host/x` would be another site.
                return self.site.enter(401, _asked_for(path, scope) if self._known(path) else ""), []
        if scope["method"] == "POST" and DESK.fullmatch(path):
            return await self._post(path, headers, receive)
        if scope["method"] not in ("GET", "HEAD"):
            return self.site.problem(405, "These pages can only be read."), [(b"allow", b"GET, HEAD")]
        if self._known(path):
            return None
        return self.site.problem(404, str(NoSuchPage())), []

    def _known(self, path: str) -> bool:
        if path in ("/", "/-/head.json") or _STATIC.fullmatch(path):
            return True
        return bool(ADDRESS.fullmatch(path) or (self._tables.fullmatch(path) and not path.endswith((".db", ".blob"))))

    def _may_enter(self, headers: dict[str, str]) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.lock.opened_by(token.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.lock.key().encode())

    async def _post(
        self, path: str, headers: dict[str, str], receive: Receive
    ) -> tuple[Response, list[tuple[bytes, bytes]]]:
        import asyncio

        if not self.lock.writes:
            return self.site.post(path, headers, b""), []  # refused
        body = await _body(receive, LARGEST_FORM)
        if len(body) > LARGEST_FORM:
            return self.site.problem(413, str(FormTooLarge(most=LARGEST_FORM // 1_000_000))), []
        answer = await asyncio.to_thread(self.site.post, path, headers, body)
        return answer, [(b"location", answer.location.encode())] if answer.location else []

    async def _enter(self, receive: Receive) -> tuple[Response, list[tuple[bytes, bytes]]]:
        body = await _body(receive, LONGEST_FORM)
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if len(body) > LONGEST_FORM or not self.lock.opened_by(given):
            return self.site.enter(403, "", wrong=True), []
        cookie = f"{COOKIE}={self.lock.key()}; HttpOnly; SameSite=Strict; Path=/"
        return Response(303, "text/plain; charset=utf-8", ""), [(b"location", b"/"), (b"set-cookie", cookie.encode())]


async def _body(receive: Receive, most: int) -> bytes:
    """The body of a request; a longer one is cut after `most` bytes."""
    parts: list[bytes] = []
    size = 0
    while size <= most:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _asked_for(path: str, scope: Message) -> str:
    """The requested address, for a link on the page that asks for the token."""
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{path}?{query}" if query else path


def _with_headers(send: Send, *, ours: bool, keep: bool) -> Send:
    policy = (_OURS if ours else _THEIRS) + _ALWAYS

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {**_HEADERS, b"content-security-policy": policy.encode()}
            if not keep:
                own[b"cache-control"] = b"no-store"
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in own]
            message = {**message, "headers": [*kept, *own.items()]}
        await send(message)

    return with_headers


async def _answer(send: Send, response: Response, headers: list[tuple[bytes, bytes]]) -> None:
    body = response.body.encode()
    own = [(b"content-type", response.content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": response.status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})
