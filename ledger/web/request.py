"""A request for a page: the views of one moment, in one snapshot, and the parameters of its address; its answer."""

import re
import time
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from ledger.base import now
from ledger.base.names import fold
from ledger.base.text import capital, listed
from ledger.dates import When
from ledger.domain.clocks import Clocks
from ledger.domain.vocabulary import SERIES, meeting_name
from ledger.domain.wording import VOICES
from ledger.errors import Refusal
from ledger.export.tables import TITLED
from ledger.record import AskableRecord
from ledger.views.reader import SharedReads
from ledger.views.views import Views
from ledger.web import addresses
from ledger.web.people.visitors import HERE, Visitor

T = TypeVar("T")
HTML, JSON, SVG = "text/html; charset=utf-8", "application/json; charset=utf-8", "image/svg+xml"
ICS = "text/calendar; charset=utf-8"
SLUG = re.compile(r"(?<![\w/.-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w/-])")  # of two words or more; one could be any word
MOST_TICKS = 120  # on the slider; if there are more meetings, the last ones of a series are shown


class Tick(NamedTuple):
    """A meeting on the slider; `day` is the latest day on which it ended, `held` its date in words."""

    day: str
    slug: str
    label: str
    kind: str
    held: str


class Response(NamedTuple):
    """The answer to a request; with `location`, the browser goes there."""

    status: int
    content_type: str
    body: str | bytes
    location: str = ""


class Request:
    """One request for a page, or for its data: JSON or a file for a spreadsheet, which have all rows.

    `position` is the log position of its views. `published` is the plan of a static site for the negotiation, null if
    the page is served. `head` is the position of the newest event, if that was just read.
    """

    published: Any = None

    def __init__(
        self,
        opening: "Opening",
        views: Views,
        asked: Clocks,
        path: str,
        query: Mapping[str, str],
        *,
        as_data: bool = False,
        visitor: Visitor = HERE,
        head: int | None = None,
    ) -> None:
        self.opening = opening
        self.ledger = opening.ledger
        self.views = views
        self.asked = asked
        self.path = path
        self.query = query
        self.as_data = as_data
        self.visitor = visitor
        self.negotiation = views.negotiation
        self.day = views.day
        self.today = now.today().isoformat()
        self.position = views.position()
        self._at = addresses.link("", self.asked)
        self._head = head

    @cached_property
    def head(self) -> int:
        """The position of the newest event."""
        return self.ledger.head().position if self._head is None else self._head

    @property
    def negotiations(self) -> list[str]:
        """The negotiations of the ledger."""
        return self.opening.negotiations(self.head)

    def text_of(self, source: str) -> str:
        """The frozen text of a source."""
        return self.ledger.text_of(self.negotiation, source)

    def part(self, section: str, lines: Sequence[T], most: int, *, newest: bool = False) -> list[T]:
        """The first lines of a section, or its last lines if they are the `newest`; data always contain all lines.

        The parameter `all` of the address names a section that is shown in full.
        """
        if self.whole(section):
            return list(lines)
        return list(lines[-most:] if newest else lines[:most])

    def whole(self, section: str) -> bool:
        """Whether a section is shown in full."""
        return self.as_data or self.query.get("all") in (section, "everything")

    def keeper(self, typed: str) -> str:
        """The keeper of filed entries: the person signed in, whatever was typed; if nobody is, the typed name."""
        return self.visitor.name or typed

    def close(self) -> None:
        """Close the views."""
        self.views.close()

    def link(self, page: str = "", **more: object) -> str:
        """The address of a page of this negotiation at the same moment."""
        return addresses.link(f"/{self.negotiation}{page and '/'}{page}", self.asked, **more)

    def entry(self, kind: str, slug: str) -> str:
        """The address of an entry's page, which is the name of its stream in the log."""
        return f"/{self.negotiation}/{kind}/{slug}{self._at}"

    def entry_of(self, slug: str) -> str:
        """The address of an entry, whatever its kind."""
        return self.entry(self.views.entry(slug).kind, slug)

    def mention(self, slug: str) -> str:
        """The address of an entry, whatever its kind; "" if it is not known by the day."""
        try:
            return self.entry_of(slug)
        except Refusal:
            return ""

    def mentions(self, text: str) -> list[tuple[str, str]]:
        """A text cut into runs, each with the address of the entry whose slug it is, "" for other words."""
        runs, at = [], 0
        for found in SLUG.finditer(text):
            if there := self.mention(found[0]):
                runs += [(text[at : found.start()], ""), (found[0], there)]
                at = found.end()
        return [*runs, (text[at:], "")]

    def here(self, **more: str) -> str:
        """The address of this page with further parameters."""
        return addresses.link(self.path, self.asked, **{**self.others, **more})

    def on(self, day: str) -> str:
        """The address of this page on another day."""
        return addresses.link(self.path, self.asked._replace(as_of=day), **self.others)

    @property
    def others(self) -> dict[str, str]:
        """The parameters of the address other than the clocks."""
        return {name: value for name, value in self.query.items() if name not in addresses.CLOCKS}

    @property
    def clocks(self) -> list[tuple[str, str]]:
        """The clocks of the address as hidden fields of a form."""
        return addresses.clock_fields(self.asked)

    @property
    def permanent(self) -> str:
        """The address that always shows this page."""
        return addresses.link(self.path, Clocks(self.day, self.asked.reported_by, self.position), **self.others)

    @property
    def data(self) -> str:
        """The address of this page as JSON."""
        return addresses.link(f"{self.path}.json", self.asked, **self.others)

    def file(self, form: str) -> str:
        """The address of this page as a file for a spreadsheet: `.csv` or `.xlsx`."""
        return addresses.link(f"{self.path}{form}", self.asked, **{**self.others, "page": ""})

    @property
    def picture(self) -> str:
        """The address of the drawing of this page as a file."""
        return addresses.link(f"{self.path}.svg", self.asked, **self.others)

    @property
    def live(self) -> str:
        """The address of this page with the whole record as it is now."""
        return addresses.link(self.path, Clocks(self.asked.as_of, self.asked.reported_by), **self.others)

    @property
    def newer(self) -> int:
        """The number of events recorded after those that this page shows."""
        return self.head - self.position

    @cached_property
    def title(self) -> str:
        """The title of the negotiation."""
        return self.views.title()

    @cached_property
    def notice(self) -> str:
        """The sentence that stands at the head of every page of the negotiation, "" if there is none."""
        return self.views.notice()

    @cached_property
    def met(self) -> list[Tick]:
        """The meetings that were held by the day of the page, in order of their last days: the ticks of the slider."""
        held = "AND status = 'held' AND held_latest != ''"
        columns = "slug, kind, number, MAX(held_latest, held_within_latest), held"
        rows = self.views.held(columns, "meetings", held, order="4, slug")
        if len(rows) > MOST_TICKS:
            rows = [row for row in rows if row["kind"] in SERIES] or rows
        return [
            Tick(row[3], row[0], capital(meeting_name(row[1], row[2])), row[1], When(row[4]).describe())
            for row in rows[-MOST_TICKS:]
        ]

    def tick(self, typed: str) -> Tick | None:
        """The meeting that was typed by its slug, or by its name if no other has the same; else None."""
        named = self._ticks.get(fold(typed), [])
        return next((one for one in self.met if one.slug == typed), named[0] if len(named) == 1 else None)

    def moment_of(self, tick: Tick) -> str:
        """The name of a meeting's end as a moment: `Round 2`, or the slug if other meetings have the same name."""
        return tick.label if self.tick(tick.label) == tick else tick.slug

    @cached_property
    def _ticks(self) -> dict[str, list[Tick]]:
        found: dict[str, list[Tick]] = {}
        for one in self.met:
            found.setdefault(fold(one.label), []).append(one)
        return found

    def previous(self) -> Tick | None:
        """The last meeting that ended before the day."""
        before = [one for one in self.met if one.day < self.day]
        return before[-1] if before else None

    def compared_with(self) -> Tick | None:
        """The meeting with which the day is compared: the last round that ended before it.

        If there is none, it is the last meeting of another series, else the last meeting. A call in the middle of a
        round is not a moment to compare with.
        """
        before = [one for one in self.met if one.day < self.day]
        preferred = ([one for one in before if one.kind == kind] for kind in SERIES)
        return next((ticks[-1] for ticks in (*preferred, before) if ticks), None)

    def label(self, kind: str, slug: str) -> str:
        """The name of an entry, as known on the day."""
        if kind == "issue" and slug in self._titles:
            return self._titles[slug]
        return self.views.label_of(kind, slug) or self._labels.get(slug, slug)

    def value_of(self, field: str, value: str) -> str:
        """A reported value of a field as people read it: names and titles instead of slugs."""
        if field == "figures":
            return self.views.with_title(value)
        slugs = value.split(", ") if value else []
        if field in VOICES:
            return self.views.names_of(slugs)
        return listed(self.label(TITLED[field], slug) for slug in slugs) if field in TITLED else value

    @staticmethod
    def ordinal(day: str) -> int:
        """The number of a day, for drawing along time."""
        return date.fromisoformat(day).toordinal()

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {one.slug: one.label for one in self.views.labels()}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {issue.slug: issue.title for issue in self.views.issues()}


FOLLOWED = 30.0  # seconds for which a follower waits for the next event
PAUSE = 5.0  # seconds until it tries again after a refusal


class Opening:
    """Opens views for concurrent requests; the first request brings the views up to date."""

    def __init__(self, ledger: AskableRecord) -> None:
        self.ledger = ledger
        ledger.keep_views_open()
        self._catching_up, self._replaying = Lock(), Lock()
        self._shared = (-1, SharedReads())  # what the views up to the newest position say, whatever the day
        self._negotiations: tuple[int, list[str]] = (-1, [])  # those of the log up to a position

    def clocks(self, query: Mapping[str, str], today: date) -> Clocks:
        """The moment that an address names."""
        with self._catching_up:
            return addresses.clocks(self.ledger, query, today)

    def views(self, asked: Clocks, negotiation: str = "") -> Views:
        """The views of a moment, in one snapshot until they are closed."""
        is_pinned = asked.reported_by is None and asked.recorded_by is not None
        if is_pinned and asked.recorded_by == self.ledger.head().position:
            views = self._open(asked._replace(recorded_by=None), negotiation, self._catching_up)
            if views.position() == asked.recorded_by:  # nothing was filed meanwhile
                return views
            views.close()
        return self._open(asked, negotiation, self._replaying if asked.selective else self._catching_up)

    def negotiations(self, position: int) -> list[str]:
        """The negotiations of a log whose newest event has this position."""
        if self._negotiations[0] != position:
            self._negotiations = position, self.ledger.negotiations()
        return self._negotiations[1]

    def catch_up(self) -> None:
        """Bring the views up to date before their tables are read."""
        with self._catching_up:
            self.ledger.position_at("9999-12-31")

    def follow(self) -> None:
        """Bring the views up to date whenever the log has new events, so that the next page need not wait for it."""
        while True:
            try:
                self.catch_up()
                self.ledger.wait(self.ledger.head().position, FOLLOWED)
            except Refusal:
                time.sleep(PAUSE)

    def _open(self, asked: Clocks, negotiation: str, turn: Lock) -> Views:
        with turn:
            views = self.ledger.views(asked, negotiation)
        if not asked.selective:
            views.shared = self._shared_at(views.position())
        return views

    def _shared_at(self, position: int) -> SharedReads:
        """The shared rows of the views up to a position; older ones are dropped, because they may have been erased."""
        if position > self._shared[0]:
            self._shared = (position, SharedReads())
        return self._shared[1] if self._shared[0] == position else SharedReads()
