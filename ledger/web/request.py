"""What a page is made from: the views of one snapshot, and what its address asks."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from ledger.base import now
from ledger.base.text import capital
from ledger.domain.clocks import Clocks
from ledger.domain.vocabulary import SERIES, meeting_name
from ledger.ledger import Ledger
from ledger.views.status import title_of
from ledger.web import addresses
from ledger.web.held import HeldViews

MOST_TICKS = 120  # of the slider; of more meetings those of a series are kept, then the last ones


class Tick(NamedTuple):
    """A meeting on the slider: the day it had ended."""

    day: str
    slug: str
    label: str


class Desk:
    """The views as asked by an address. `position` is where they stand in the log, `head` its end."""

    def __init__(self, ledger: Ledger, views: HeldViews, asked: Clocks, path: str, query: Mapping[str, str]) -> None:
        self.ledger = ledger
        self.views = views
        self.asked = asked
        self.path = path
        self.query = query
        self.negotiation = views.negotiation
        self.day = views.day
        self.today = now.today().isoformat()
        self.position = views.position()
        self.head = ledger.head().position
        self._at = addresses.link("", self.asked)

    def link(self, page: str = "", **more: object) -> str:
        """The address of a page of this negotiation at the same moment."""
        return addresses.link(f"/{self.negotiation}{page and '/'}{page}", self.asked, **more)

    def entry(self, kind: str, slug: str) -> str:
        """The address of an entry's page; it is the name of its stream in the log."""
        return f"/{self.negotiation}/{kind}/{slug}{self._at}"

    def entry_of(self, slug: str) -> str:
        """The address of an entry of whatever kind."""
        return self.entry(self.views.entry(slug).kind, slug)

    def here(self, **more: str) -> str:
        """The address of this page asked something more."""
        return addresses.link(self.path, self.asked, **{**self.others, **more})

    def on(self, day: str) -> str:
        """The address of this page on another day."""
        return addresses.link(self.path, self.asked._replace(as_of=day), **self.others)

    @property
    def others(self) -> dict[str, str]:
        """What the address asks besides the moment."""
        return {name: value for name, value in self.query.items() if name not in addresses.CLOCKS}

    @property
    def permanent(self) -> str:
        """The address that shows this page for ever."""
        return addresses.link(self.path, Clocks(self.day, self.asked.reported_by, self.position), **self.others)

    @property
    def data(self) -> str:
        """The address of this page as JSON."""
        return addresses.link(f"{self.path}.json", self.asked, **self.others)

    @property
    def live(self) -> str:
        """The address of this page with all that is recorded by now."""
        return addresses.link(self.path, Clocks(self.asked.as_of, self.asked.reported_by), **self.others)

    @property
    def newer(self) -> int:
        """How many events of the log this page does not know."""
        return self.head - self.position

    @cached_property
    def title(self) -> str:
        """What the negotiation is called."""
        return self.views.title()

    @cached_property
    def ticks(self) -> list[Tick]:
        """The meetings held, whenever that was, in order of the days they ended."""
        rows = self.views.rows(
            "SELECT slug, kind, number, held_latest FROM meetings"
            " WHERE negotiation = ? AND valid_to IS NULL AND status = 'held' AND held_latest != ''"
            " ORDER BY held_latest, slug",
            self.negotiation,
        )
        if len(rows) > MOST_TICKS:
            rows = [row for row in rows if row["kind"] in SERIES] or rows
        return [Tick(row[3], row[0], capital(meeting_name(row[1], row[2]))) for row in rows[-MOST_TICKS:]]

    def neighbours(self) -> tuple[Tick | None, Tick | None]:
        """The last meeting before the day, and the first one after it."""
        before = [one for one in self.ticks if one.day < self.day]
        after = [one for one in self.ticks if one.day > self.day]
        return before[-1] if before else None, after[0] if after else None

    def label(self, kind: str, slug: str) -> str:
        """An entry by its name, a meeting as it is known on the day."""
        if kind == "meeting":
            held = self.views.history(kind, slug)
            return title_of(held[-1].state) if held else slug
        if kind == "issue":
            return self._titles.get(slug, slug)
        rows = self.views.rows(
            "SELECT label FROM entries WHERE negotiation = ? AND slug = ? AND kind = ?", self.negotiation, slug, kind
        )
        return rows[0][0] if rows else slug

    @staticmethod
    def ordinal(day: str) -> int:
        """The number of a day, for what is drawn along time."""
        return date.fromisoformat(day).toordinal()

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {issue.slug: issue.title for issue in self.views.issues()}


class Opening:
    """Opens views for pages that are asked for side by side; whoever comes first brings them up to date."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._catching_up, self._replaying = Lock(), Lock()

    def clocks(self, query: Mapping[str, str], today: date) -> Clocks:
        """The moment that an address is asked of."""
        with self._catching_up:
            return addresses.clocks(self.ledger, query, today)

    def views(self, asked: Clocks, negotiation: str = "") -> HeldViews:
        """The views of a moment, held in one snapshot until they are closed."""
        if asked.reported_by is None and asked.recorded_by == self.ledger.head().position:
            views = self._open(asked._replace(recorded_by=None), negotiation, self._catching_up)
            if views.position() == asked.recorded_by:  # nothing was filed meanwhile
                return views
            views.close()
        return self._open(asked, negotiation, self._replaying if asked.selective else self._catching_up)

    def catch_up(self) -> None:
        """Bring the views up to date, for who reads their tables."""
        with self._catching_up:
            self.ledger.position_at("9999-12-31")

    def _open(self, asked: Clocks, negotiation: str, turn: Lock) -> HeldViews:
        with turn:
            views = self.ledger.views(asked, negotiation)
        return HeldViews.hold(views)
