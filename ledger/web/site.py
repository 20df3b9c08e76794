"""The site: from an address to a page, rendered or as JSON.

A page is a pure function of its address, of where the log stands and of the day; so the last pages are kept and not
made twice. What was filed reaches a page only through templates that escape it and make unsafe characters visible.
"""

import re
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, NamedTuple

from ledger.base import now
from ledger.domain.kinds import KINDS
from ledger.errors import Refusal, RefusedNear
from ledger.export.as_json import in_json
from ledger.ledger import Ledger
from ledger.views.errors import NoNegotiationYet
from ledger.web import lists, rendering, timeline_drawing
from ledger.web.entries import entry
from ledger.web.errors import NoSuchPage
from ledger.web.front import front
from ledger.web.request import Desk, Opening
from ledger.web.timeline import timeline

MOST_KEPT = 256  # pages
HTML, JSON = "text/html; charset=utf-8", "application/json; charset=utf-8"

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ADDRESS = re.compile(rf"/(?P<negotiation>{_SLUG})(?:/(?P<page>{_SLUG})(?:/(?P<slug>{_SLUG}))?)?(?P<json>\.json)?")


class Response(NamedTuple):
    """What is sent back."""

    status: int
    content_type: str
    body: str


class Page(NamedTuple):
    """A page: its name in the navigation, its template, and the answer it gives."""

    heading: str
    template: str
    answer: Callable[[Desk, Opening], Any]


PAGES = {
    "": Page("Where we stand", "front.html", lambda desk, _: front(desk)),
    "timeline": Page("Timeline", "timeline.html", lambda desk, _: timeline(desk)),
    "issues": Page("Issues", "issues.html", lambda desk, _: lists.issues(desk)),
    "meetings": Page("Meetings", "meetings.html", lambda desk, _: lists.meetings(desk)),
    "follow-ups": Page("Follow-ups", "follow_ups.html", lambda desk, _: lists.follow_ups(desk)),
    "people": Page("People", "people.html", lambda desk, _: lists.people(desk)),
    "sources": Page("Sources", "sources.html", lambda desk, _: lists.sources(desk)),
    "changes": Page("Compare", "changes.html", lists.changes),
    "search": Page("Search", "search.html", lambda desk, _: lists.search(desk)),
}
_ENTRY_TEMPLATES = ("issue", "source")  # those with more to show than every entry has


class Site:
    """The pages of one ledger."""

    def __init__(self, ledger: Ledger, tables: str) -> None:
        self.ledger = ledger
        self.opening = Opening(ledger)
        self._tables = tables  # where the views' tables are
        self._templates = rendering.environment()
        self._kept: OrderedDict[object, Response] = OrderedDict()
        self._keeping = Lock()

    def respond(self, path: str, query: Mapping[str, str]) -> Response:
        """The page at an address; what cannot be answered becomes a page that says so."""
        try:
            key = (path, tuple(sorted(query.items())), self.ledger.head(), now.today())
            with self._keeping:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
            found = self._page(path, query)
        except Refusal as refusal:
            return self._refused(path, refusal)
        except (sqlite3.Error, OSError) as error:
            return self._failed(error)
        with self._keeping:
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def head(self) -> Response:
        """Where the log stands, for pages that ask whether there is anything new."""
        try:
            return Response(200, JSON, f'{{"position": {self.ledger.head().position}}}\n')
        except Refusal as refusal:
            return self._refused(".json", refusal)

    def problem(self, status: int, says: str) -> Response:
        """A page that says what is wrong."""
        return Response(status, HTML, self._templates.get_template("problem.html").render(says=says))

    def enter(self, status: int, there: str, *, wrong: bool = False) -> Response:
        """The page that asks for the token; `there` is the address that was asked for."""
        return Response(status, HTML, self._templates.get_template("enter.html").render(there=there, wrong=wrong))

    def _page(self, path: str, query: Mapping[str, str]) -> Response:
        if path == "/":
            known = self.ledger.negotiations()
            if not known:
                raise NoNegotiationYet()
            if len(known) > 1:
                return self._negotiations(known, query)
            path = f"/{known[0]}"
        found = ADDRESS.fullmatch(path)
        if found is None:
            raise NoSuchPage()
        asked = self.opening.clocks(query, now.today())
        views = self.opening.views(asked, found["negotiation"])
        try:
            desk = Desk(self.ledger, views, asked, path.removesuffix(".json"), query)
            name, slug = found["page"] or "", found["slug"] or ""
            template, answer = self._answer(desk, name, slug)
            if found["json"]:
                return Response(200, JSON, in_json(answer))
            body = self._templates.get_template(template).render(
                desk=desk,
                answer=answer,
                picture=timeline_drawing.draw(answer) if template == "timeline.html" else None,
                nav={one: page.heading for one, page in PAGES.items()},
                here=name,
                tables=self._tables,
            )
            return Response(200, HTML, body)
        finally:
            views.close()

    def _answer(self, desk: Desk, name: str, slug: str) -> tuple[str, Any]:
        """The template of a page and what it is filled with."""
        if slug and name in KINDS:
            return f"{name if name in _ENTRY_TEMPLATES else 'entry'}.html", entry(desk, name, slug)
        if slug or name not in PAGES:
            raise NoSuchPage()
        return PAGES[name].template, PAGES[name].answer(desk, self.opening)

    def _negotiations(self, known: list[str], query: Mapping[str, str]) -> Response:
        asked = self.opening.clocks(query, now.today())
        titles = {}
        for negotiation in known:
            views = self.opening.views(asked, negotiation)
            titles[negotiation] = views.title()
            views.close()
        return Response(200, HTML, self._templates.get_template("negotiations.html").render(titles=titles, asked=asked))

    def _refused(self, path: str, refusal: Refusal) -> Response:
        if "path" in refusal.details:  # where the record is kept is nobody's business who reads it
            return self._failed(refusal)
        status = 404 if isinstance(refusal, NoSuchPage | RefusedNear) else 400
        if path.endswith(".json"):
            return Response(status, JSON, in_json({"refused": str(refusal)}))
        return self.problem(status, str(refusal))

    def _failed(self, error: Exception) -> Response:
        print(f"parley: {error}", file=sys.stderr)
        return self.problem(
            503, "The record cannot be read just now. Try again; its keeper finds the reason where Parley runs."
        )
