"""Access to the pages: the allowed hosts, methods and paths, who has signed in, and the headers of every answer.

Everything that is not allowed here is refused. Of Datasette's pages, only those of the views' tables are allowed, and
none that shows anything about the machine. Pages may run only our script file, never an inline script.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from ledger.errors import Refusal
from ledger.web.desk import forms, tokens
from ledger.web.desk.forms import LARGEST_FORM, is_from_here
from ledger.web.desk.site import ADDRESS as DESK
from ledger.web.errors import FormTooLarge, NoSuchPage, NotFromHere, SignedOut
from ledger.web.people.audit import Audit
from ledger.web.people.errors import AuditNotWritable, KeepersOnly, TooManyGuesses, WrongToken
from ledger.web.people.people import People
from ledger.web.people.proxy import Headers
from ledger.web.people.visitors import HERE, Visitor, Visitors
from ledger.web.plugin import TABLES, Pages, for_a_spreadsheet
from ledger.web.request import JSON, Response
from ledger.web.site import ADDRESS, Site

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Fields = Sequence[tuple[bytes, bytes]]  # headers of an answer

SIGN_IN, SIGN_OUT = "/-/sign-in", "/-/sign-out"
HEAD = "/-/head.json"
LONGEST_FORM = 4096  # bytes of the forms about signing in
_OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
_THEIRS = "default-src 'none'; style-src 'self'; img-src 'self' data:; "  # Datasette's pages: no script at all
_ALWAYS = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_STATIC = re.compile(r"/-/parley/[a-z]+\.(?:css|js|svg)")
_TABLE = r"[\w.~,-]+"
_TABLES = re.compile(rf"/{TABLES}(?:\.json|\.csv|/{_TABLE}(?:/{_TABLE})?)?|/-/static/app\.css")
_PLAIN = re.compile(r"[!-\[\]-~]+")  # visible ASCII without a backslash
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with `no-referrer`, a form would not tell its origin either
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


class Lock(NamedTuple):
    """The rules of access: the host names that the pages answer to (empty: any), and who may sign in.

    If `visitors` is None, nobody needs to sign in. With `audit`, visitors who look at pages are noted.
    """

    hosts: frozenset[str] = frozenset()
    visitors: Visitors | None = None
    audit: Audit | None = None

    def is_encrypted(self, arrival: "Arrival") -> bool:
        """Whether the browser uses TLS, as a trusted proxy says."""
        return self.visitors is not None and self.visitors.proxy.is_encrypted(arrival.headers, arrival.peer)


class Arrival(NamedTuple):
    """A request: its method, path and query as they were sent, its headers, and the address of the connection."""

    method: str
    path: str
    query: str
    headers: Headers
    peer: str

    @classmethod
    def of(cls, scope: Message) -> "Arrival":
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
        query = scope.get("query_string", b"").decode("latin-1")
        return cls(scope["method"], path, query, headers, (scope.get("client") or ("",))[0])

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def once(self) -> dict[str, str]:
        """The last value of each header."""
        return {name: values[-1] for name, values in self.headers.items()}


class Gate:
    """The gate that every request passes before it reaches a page."""

    def __init__(self, pages: Pages, lock: Lock) -> None:
        self.pages, self.lock = pages, lock

    def stop(self) -> None:
        """Compute no more pages that nobody asked for."""
        self.pages.at("").site.stop()

    def keep_warm(self) -> None:
        """Compute the likely pages before anybody asks for them, until the server stops."""
        self.pages.at("").site.keep_warm()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.pages.at("").answer(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        arrival = Arrival.of(scope)
        site = self.pages.at("").site
        try:
            found = await self._before(arrival, receive)
            if isinstance(found, Visitor):
                tables = await asyncio.to_thread(self.pages.at, found.level) if found.level else self.pages.at("")
                site, found = tables.site, found._replace(is_noted=tables.is_noted)
                answer = await self._refused(site, found, arrival, receive)
            else:
                answer = found
        except Refusal as refusal:  # the list of people, or the copy of a level, cannot be read
            answer = site.failed(refusal), ()
        ours = answer is not None or not _TABLES.fullmatch(arrival.path)
        send = _with_headers(send, ours=ours, keep=bool(_STATIC.fullmatch(arrival.path)))
        if answer is not None:
            await _answer(send, *answer)
            return
        if not ours:
            await asyncio.to_thread(site.opening.catch_up)
            for_a_spreadsheet.set(arrival.path.endswith(".csv"))
        scheme = "https" if self.lock.is_encrypted(arrival) else scope.get("scheme", "http")
        await tables.answer({**scope, "visitor": found, "scheme": scheme}, receive, send)

    async def _before(self, arrival: Arrival, receive: Receive) -> Visitor | tuple[Response, Fields]:
        """The visitor; or the answer to one who has not signed in, or who is signing in or out."""
        site, visitors = self.pages.at("").site, self.lock.visitors
        if self.lock.hosts and arrival.once.get("host", "").lower() not in self.lock.hosts:
            return site.problem(421, "These pages are not served under this host name."), ()
        if visitors is None or _STATIC.fullmatch(arrival.path):
            return HERE
        if arrival.method == "POST" and arrival.path in (SIGN_IN, SIGN_OUT):
            if not is_from_here(arrival.once):
                return site.problem(403, str(NotFromHere())), ()
            if arrival.path == SIGN_IN:
                return await self._sign_in(visitors, arrival, receive)
            cookie = await asyncio.to_thread(visitors.sign_out, arrival.headers, arrival.peer)
            return _go("/", cookie)
        try:
            found = await asyncio.to_thread(visitors.visitor, arrival.headers, arrival.peer, used=arrival.path != HEAD)
        except (WrongToken, TooManyGuesses) as refusal:
            return site.problem(_status(refusal, 401), str(refusal)), _CHALLENGE
        except Refusal as refusal:
            if "path" in refusal.details:
                raise
            return site.problem(403, str(refusal)), ()
        if found is not None:
            return found
        if arrival.method == "POST" and "application/json" in arrival.once.get("accept", ""):
            return Response(401, JSON, json.dumps({"refused": str(SignedOut())})), _CHALLENGE
        return site.sign_in(401, arrival.address if _may_go(arrival.address) else ""), _CHALLENGE

    async def _sign_in(self, visitors: Visitors, arrival: Arrival, receive: Receive) -> tuple[Response, Fields]:
        body = await _body(receive, LONGEST_FORM)
        form = parse_qs(body.decode("utf-8", "replace"))
        token, there = (form.get(name, [""])[0] for name in ("token", "there"))
        there = there if _may_go(there) else ""
        try:
            if len(body) > LONGEST_FORM:
                raise WrongToken()
            cookie = await asyncio.to_thread(visitors.sign_in, token, arrival.headers, arrival.peer)
        except (WrongToken, TooManyGuesses) as refusal:
            return self.pages.at("").site.sign_in(_status(refusal, 403), there, str(refusal)), ()
        return _go(there or "/", cookie)

    async def _refused(
        self, site: Site, visitor: Visitor, arrival: Arrival, receive: Receive
    ) -> tuple[Response, Fields] | None:
        """The answer to a form, or the refusal of a request; None if it is one for a page."""
        if (
            self.lock.visitors is not None
            and arrival.path == tokens.ADDRESS
            and arrival.method in ("GET", "HEAD", "POST")
        ):
            return await self._tokens(self.lock.visitors.people, site, visitor, arrival, receive)
        if arrival.method == "POST" and DESK.fullmatch(arrival.path):
            return await self._post(site, visitor, arrival, receive)
        if arrival.method not in ("GET", "HEAD"):
            return site.problem(405, "These pages can only be read."), [(b"allow", b"GET, HEAD")]
        if not _is_page(arrival.path):
            return site.problem(404, str(NoSuchPage())), ()
        if (
            self.lock.audit is not None
            and visitor.is_noted
            and not (_STATIC.fullmatch(arrival.path) or arrival.path == HEAD)
        ):
            try:
                await asyncio.to_thread(self.lock.audit.note, visitor, arrival.method, arrival.address)
            except AuditNotWritable as refusal:
                return site.problem(503, str(refusal)), ()
        return None

    async def _tokens(
        self, people: People, site: Site, visitor: Visitor, arrival: Arrival, receive: Receive
    ) -> tuple[Response, Fields]:
        """The page where a keeper names the people who may sign in, or the answer to a form on it."""
        if not visitor.role.keeps:
            return site.problem(403, str(KeepersOnly(name=visitor.name)), visitor), ()
        visitor = visitor._replace(is_noted=False)  # this page shows nothing of the record
        if arrival.method != "POST":
            return site.tokens(await asyncio.to_thread(tokens.shown, people, site.ledger), visitor), ()
        try:
            form = forms.read(arrival.once.get("content-type", ""), await _body(receive, LONGEST_FORM))
            forms.check_origin(arrival.once, form, visitor.forms)
        except Refusal as refusal:
            return site.problem(409, str(refusal), visitor), ()
        return site.tokens(await asyncio.to_thread(tokens.sent, people, site.ledger, form), visitor), ()

    async def _post(self, site: Site, visitor: Visitor, arrival: Arrival, receive: Receive) -> tuple[Response, Fields]:
        if (refused := site.closed_to(visitor, arrival.path)) is not None:
            return site.problem(403, str(refused)), ()
        body = await _body(receive, LARGEST_FORM)
        if len(body) > LARGEST_FORM:
            return site.problem(413, str(FormTooLarge(most=LARGEST_FORM // 1_000_000))), ()
        answer = await asyncio.to_thread(site.post, arrival.path, arrival.once, body, visitor)
        return answer, [(b"location", answer.location.encode())] if answer.location else ()


_CHALLENGE = ((b"www-authenticate", b'Bearer realm="Parley"'),)


def _status(refusal: Refusal, otherwise: int) -> int:
    return 429 if isinstance(refusal, TooManyGuesses) else otherwise


def _go(there: str, cookie: str) -> tuple[Response, Fields]:
    response = Response(303, "text/plain; charset=utf-8", "")
    return response, [(b"location", there.encode()), (b"set-cookie", cookie.encode())]


def _is_page(path: str) -> bool:
    if path in ("/", HEAD) or _STATIC.fullmatch(path):
        return True
    return bool(ADDRESS.fullmatch(path) or (_TABLES.fullmatch(path) and not path.endswith((".db", ".blob"))))


def _may_go(address: str) -> bool:
    """Whether an address is one of our own pages: `//host/x` would be another site."""
    path = address.partition("?")[0]
    return _is_page(path) and path != HEAD and bool(_PLAIN.fullmatch(address))


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


async def _answer(send: Send, response: Response, headers: Fields) -> None:
    body = response.body if isinstance(response.body, bytes) else response.body.encode()
    own = [(b"content-type", response.content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": response.status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})
