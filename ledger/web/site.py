"""The site: turns an address into a page, as HTML or JSON.

A page is a pure function of its address, the position of the log and the day, so the last pages are cached. Filed text
reaches a page only through templates that escape it and make unsafe characters visible.
"""

import re
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from threading import Event
from typing import Any, NamedTuple

from ledger.base import now
from ledger.base.desks import is_desk
from ledger.domain.clocks import Clocks
from ledger.domain.errors import NoNegotiationYet
from ledger.domain.kinds import KINDS
from ledger.errors import Refusal, RefusedNear
from ledger.export.as_json import in_json
from ledger.export.calendar import calendar
from ledger.ledger import Ledger
from ledger.record import AskableRecord
from ledger.views.errors import NotInThisPart, NotKnownYet, NotRecordedYet
from ledger.web import lists, rendering
from ledger.web.answers import positions, record
from ledger.web.answers.accounts import accounts
from ledger.web.answers.brief import brief
from ledger.web.answers.palette import palette
from ledger.web.desk.short import KEEPING
from ledger.web.desk.site import ADDRESS as DESK
from ledger.web.desk.site import DeskSite
from ledger.web.desk.tokens import TokensPage
from ledger.web.drawings import figures as figures_drawing
from ledger.web.drawings import timeline as timeline_drawing
from ledger.web.entries import entry
from ledger.web.errors import NoSuchPage, ReadOnly
from ledger.web.front import front
from ledger.web.listing import pages
from ledger.web.listing.downloads import FILES
from ledger.web.listing.lists import LISTS
from ledger.web.people.errors import KeepersOnly, RecordersOnly
from ledger.web.people.visitors import HERE, Visitor
from ledger.web.request import HTML, ICS, JSON, SVG, Opening, Request, Response
from ledger.web.texts import texts
from ledger.web.timeline import timeline

MOST_CACHED = 256  # pages
MOST_WARM = 48  # pages that are computed before anybody asks for them
QUIET = 1.0  # seconds without a request, after which they are
FOLLOWED, POLLED = 30.0, 1.0  # seconds for which the next event is waited for: of a log on a server, and in a file

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE = rf"(?:/(?P<page>{_SLUG})(?:/(?P<slug>{_SLUG}))?)?(?P<form>\.json|\.svg|\.csv|\.xlsx)?"
ADDRESS = re.compile(rf"/(?P<negotiation>{_SLUG})(?:(?P<calendar>/calendar\.ics)|{_PAGE})")


class Page(NamedTuple):
    """A page: its name in the navigation, its template, and the function that computes its answer."""

    heading: str
    template: str
    answer: Callable[[Request], Any]


PAGES = {  # those that a visitor needs most come first
    "": Page("Where we stand", "front.html", front),
    "table": Page("Positions", "table.html", positions.table),
    "timeline": Page("Timeline", "timeline.html", timeline),
    "issues": Page("Issues", "issues.html", pages.issues),
    "meetings": Page("Meetings", "meetings.html", pages.meetings),
    "follow-ups": Page("Follow-ups", "follow_ups.html", pages.follow_ups),
    "deadlines": Page("Deadlines", "deadlines.html", pages.deadlines),
    "statements": Page("Statements", "statements.html", pages.statements),
    "asks": Page("Asks", "asks.html", pages.asks),
    "brief": Page("Brief", "brief.html", brief),
    "changes": Page("Compare", "changes.html", lists.changes),
    "accounts": Page("Accounts", "accounts.html", accounts),
    "promises": Page("Promises", "promises.html", pages.promises),
    "contested": Page("Contested", "contested.html", pages.contested),
    "gaps": Page("Gaps", "gaps.html", pages.gaps),
    "figures": Page("Figures", "figures.html", lists.figures),
    "texts": Page("Texts", "texts.html", texts),
    "people": Page("People", "people.html", pages.people),
    "sources": Page("Sources", "sources.html", pages.sources),
    "tasks": Page("Own tasks", "tasks.html", pages.tasks),
    "check": Page("Check", "check.html", record.check),
    "log": Page("Log", "log.html", pages.log),
    "search": Page("Search", "search.html", lists.search),
}
DRAWINGS: dict[str, Callable[[Any], Any]] = {
    "timeline.html": timeline_drawing.draw,
    "timeline.svg": timeline_drawing.draw,
    "figures.html": figures_drawing.draw,
    "entry.html": figures_drawing.draw_measure,
}
PICTURES = {"timeline.html": "timeline.svg"}  # the pages whose drawing is also a file, and its template
_ENTRY_TEMPLATES = ("issue", "source")  # the kinds of entry with their own template


class Site:
    """The pages of one ledger."""

    def __init__(self, ledger: AskableRecord, tables: str, read_only: Refusal | None = None) -> None:
        self.ledger = ledger
        self.read_only = read_only  # why nothing can be entered; None if entries can
        self.opening = Opening(ledger)
        self._tables = tables  # the address of the views' tables
        self._templates = rendering.environment()
        self._cached = lru_cache(MOST_CACHED)(self._page)
        self._head: object = None
        self._opened: dict[tuple[str, Visitor], None] = {}  # pages as of today that were opened, the last at the end
        self._asked_at = 0.0  # when a page was last asked for
        self._stopped = Event()
        self.nav = {one: page.heading for one, page in PAGES.items()}  # the pages that are linked on every page
        self._desk = DeskSite(ledger, self.opening, self._templates, self.nav) if isinstance(ledger, Ledger) else None

    def closed_to(self, visitor: Visitor, path: str = "") -> Refusal | None:
        """The reason why a visitor cannot enter anything, or not at this address; None if the desk is open to them."""
        if self._desk is None or self.read_only is not None:
            return self.read_only or ReadOnly()
        if not visitor.role.records:
            return RecordersOnly(name=visitor.name)
        found = DESK.fullmatch(path)
        is_keeping = found is not None and found["does"] in KEEPING
        return KeepersOnly(name=visitor.name) if is_keeping and not visitor.role.keeps else None

    def respond(self, path: str, query: Mapping[str, str], visitor: Visitor = HERE) -> Response:
        """The page at an address, or a page that explains why it cannot be shown."""
        self._asked_at = time.monotonic()
        found = self._found(path, query, visitor)
        if found.status == 200 and not query and not DESK.fullmatch(path):
            page = path, visitor._replace(forms="")
            self._opened.pop(page, None)
            self._opened[page] = None
        return found

    def keep_warm(self) -> None:
        """Compute the likely pages again after every event and on every new day, until the site is stopped."""
        done: object = None
        while not self._stopped.is_set():
            try:
                state = self.ledger.head(), now.today()
                if state != done:
                    self.warm()
                    done = state
                self.ledger.wait(state[0].position, FOLLOWED if is_desk(self.ledger.path) else POLLED)
            except (Refusal, sqlite3.Error, OSError):  # a page says so to whoever opens it
                self._stopped.wait(POLLED)

    def warm(self) -> None:
        """Compute the pages as of today that are likely to be opened, so that nobody waits for them.

        They are those that were opened last, and those of the navigation. A request for a page
        comes first: the next one is computed after a second without a request.
        """
        every = [f"/{one}/{page}".rstrip("/") for one in self.ledger.negotiations() for page in self.nav]
        self._opened = dict.fromkeys([*self._opened][-MOST_WARM:])
        for path, visitor in [*dict.fromkeys([*reversed(self._opened), *((one, HERE) for one in every)])][:MOST_WARM]:
            while (left := self._asked_at + QUIET - time.monotonic()) > 0:
                if self._stopped.wait(left):
                    return
            with suppress(Refusal, sqlite3.Error, OSError):  # whoever opens the page is told
                self._current(path, {}, visitor)

    def stop(self) -> None:
        """Compute no more pages that nobody asked for."""
        self._stopped.set()

    def _found(self, path: str, query: Mapping[str, str], visitor: Visitor) -> Response:
        try:
            if DESK.fullmatch(path):
                if self._desk is None or self.closed_to(visitor, path) is not None:
                    return self.problem(403, str(self.closed_to(visitor, path)), visitor)
                return self._desk.page(path, query, visitor)
            return self._current(path, query, visitor)
        except Refusal as refusal:
            return self._refused(path, refusal, visitor)
        except (sqlite3.Error, OSError) as error:
            return self.failed(error)

    def _current(self, path: str, query: Mapping[str, str], visitor: Visitor) -> Response:
        """A page of the record as it is now, computed once."""
        head = self.ledger.head(), self.ledger.away
        if head != self._head:  # pages of an older log are not needed again, and may contain erased text
            self._cached.cache_clear()
            self._head = head
        known = visitor._replace(forms="")  # a page without forms is the same in every session
        return self._cached(path, tuple(sorted(query.items())), known, head, now.today())

    def post(self, path: str, headers: Mapping[str, str], body: bytes, visitor: Visitor = HERE) -> Response:
        """The answer to a form of the desk."""
        if self._desk is None or self.closed_to(visitor, path) is not None:
            return self.problem(403, str(self.closed_to(visitor, path)), visitor)
        try:
            return self._desk.post(path, headers, body, visitor)
        except (sqlite3.Error, OSError) as error:
            return self.failed(error)

    def head(self) -> Response:
        """The position of the log, for pages that check for new events."""
        try:
            return Response(200, JSON, f'{{"position": {self.ledger.head().position}}}\n')
        except Refusal as refusal:
            return self._refused(".json", refusal, HERE)

    def problem(self, status: int, says: str, visitor: Visitor = HERE) -> Response:
        """A page that says what is wrong."""
        title = {404: "Not found", 403: "Not allowed", 409: "Refused"}.get(status, "Cannot be shown")
        page = self._templates.get_template("problem.html")
        return Response(status, HTML, page.render(says=says, title=title, visitor=visitor))

    def sign_in(self, status: int, there: str, refused: str = "") -> Response:
        """The page that asks for a token; `there` is the address that the visitor wanted."""
        page = self._templates.get_template("sign_in.html")
        return Response(status, HTML, page.render(there=there, refused=refused, visitor=HERE))

    def tokens(self, found: TokensPage, visitor: Visitor) -> Response:
        """The page where a keeper names the people who may sign in."""
        page = self._templates.get_template("tokens.html")
        return Response(200, HTML, page.render(answer=found, visitor=visitor))

    def _page(
        self, path: str, parameters: tuple[tuple[str, str], ...], visitor: Visitor, head: Any, today: date
    ) -> Response:
        """The page; `head` is that of the log, with the sentence about a server that is away."""
        query = dict(parameters)
        if path == "/":
            known = self.ledger.negotiations()
            if not known:
                raise NoNegotiationYet()
            if len(known) > 1:
                return self._negotiations(known, query, today, visitor)
            path = f"/{known[0]}"
        found = ADDRESS.fullmatch(path)
        if found is None:
            raise NoSuchPage()
        asked = self.opening.clocks(query, today)
        with self.opening.views(asked, found["negotiation"]) as views:
            if found["calendar"]:
                return Response(200, ICS, calendar(views, self.ledger.head().ledger_id).text)
            form = found["form"] or ""
            as_data = form == ".json" or form in FILES
            position = head[0].position
            request = Request(
                self.opening, views, asked, path.removesuffix(form), query, as_data=as_data, head=position
            )
            name, slug = found["page"] or "", found["slug"] or ""
            if name == "palette" and form == ".json" and not slug:
                return Response(200, JSON, in_json(palette(request, self.nav)))
            if form in FILES and (slug or name not in LISTS):
                raise NoSuchPage()
            template, answer = self.answer(request, name, slug)
            if form == ".svg" and template not in PICTURES:
                raise NoSuchPage()
            if form == ".json":
                return Response(200, JSON, in_json(answer))
            if form in FILES:
                content_type, write = FILES[form]
                return Response(200, content_type, write(request, name, getattr(answer, "listed", answer)))
            if form:
                template = PICTURES[template]
            return Response(200, SVG if form else HTML, self.written(request, template, answer, name, visitor))

    def written(self, request: Request, template: str, answer: Any, name: str, visitor: Visitor = HERE) -> str:
        """A page with its answer; `name` is its place in the navigation."""
        return self._templates.get_template(template).render(
            request=request,
            answer=answer,
            picture=DRAWINGS[template](answer) if template in DRAWINGS else None,
            nav=self.nav,
            here=name,
            desk=self.closed_to(visitor) is None,
            visitor=visitor,
            tables=self._tables,
        )

    def answer(self, request: Request, name: str, slug: str) -> tuple[str, Any]:
        """The template of a page, and the answer that fills it."""
        if slug and name in KINDS:
            return f"{name if name in _ENTRY_TEMPLATES else 'entry'}.html", entry(request, name, slug)
        if slug or name not in PAGES:
            raise NoSuchPage()
        return PAGES[name].template, PAGES[name].answer(request)

    def _negotiations(self, known: list[str], query: Mapping[str, str], today: date, visitor: Visitor) -> Response:
        asked = self.opening.clocks(query, today)
        titles = {}
        for negotiation in known:
            with self.opening.views(asked, negotiation) as views:
                titles[negotiation] = (views.title(), views.notice())
        return Response(200, HTML, self.listed(titles, asked, visitor))

    def listed(self, titles: Mapping[str, tuple[str, str]], asked: Clocks, visitor: Visitor = HERE) -> str:
        """The page that lists negotiations, by slug with their titles and notices."""
        page = self._templates.get_template("negotiations.html")
        return page.render(titles=titles, asked=asked, visitor=visitor)

    def _refused(self, path: str, refusal: Refusal, visitor: Visitor) -> Response:
        if "path" in refusal.details:  # readers need not know the path of the ledger
            return self.failed(refusal)
        status = (
            404 if isinstance(refusal, NoSuchPage | NotInThisPart | NotKnownYet | NotRecordedYet | RefusedNear) else 400
        )
        if path.endswith((".json", ".csv", ".xlsx")):
            return Response(status, JSON, in_json({"refused": str(refusal)}))
        return self.problem(status, str(refusal), visitor)

    def failed(self, error: Exception) -> Response:
        """The page that says that the record cannot be read; the reason is printed where the server runs."""
        print(f"parley: {error}", file=sys.stderr)
        return self.problem(
            503, "The record cannot be read at the moment. Try again; Parley prints the reason where it runs."
        )
