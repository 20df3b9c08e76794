"""The pages of one negotiation, each with its file: those of `parley serve`, as of one day and of earlier days."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.domain.clocks import Clocks
from ledger.domain.states import ALWAYS
from ledger.export.as_json import in_json
from ledger.export.calendar import calendar
from ledger.views.views import Views
from ledger.web.lists import ChangesPage
from ledger.web.publication.feed import ChangedDay, atom
from ledger.web.publication.links import DAILY, Links, page_file
from ledger.web.publication.search_index import days_script, search_script
from ledger.web.publication.snapshot import SnapshotOpening, SnapshotViews
from ledger.web.request import Request
from ledger.web.site import PAGES, PICTURES, Site

# The pages that are for whoever keeps the record.
FOR_KEEPERS = ("tasks", "check", "gaps", "log")
LISTED = tuple(page for page in PAGES if page not in FOR_KEEPERS)
MOST_YEARS = 40  # of the timeline
_QUERIES = {"brief": {"full": "yes"}}


class Plan(NamedTuple):
    """The pages of a negotiation to publish: those of `day`, and of the `days` on which something changed.

    `left_out` is the number of such days before the first of `days`, and `before` the last of them, "" if there is
    none. `years`: those of the timeline. `entries`: the kind and slug of each entry with a page.
    """

    negotiation: str
    title: str
    notice: str
    day: str
    days: list[str]
    left_out: int
    before: str
    years: list[str]
    entries: list[tuple[str, str]]

    def next_to(self, day: str) -> tuple[str, str]:
        """The published days of change before and after a day, "" if there is none."""
        return (
            max((one for one in self.days if one < day), default=""),
            min((one for one in self.days if one > day), default=""),
        )

    def files(self, *, every_json: bool) -> set[str]:
        """The paths of all files that are published."""
        pages = [page_file(self.negotiation, page) for page in LISTED]
        entries = [page_file(self.negotiation, f"{kind}/{slug}") for kind, slug in self.entries]
        daily = [page_file(self.negotiation, page, day) for day in self.days for page in DAILY]
        daily += [page_file(self.negotiation, f"timeline/{year}") for year in self.years]
        more = ("timeline.svg", "changes.atom", "calendar.ics", "days.js", "search.js")
        data = [page for page in pages if page != page_file(self.negotiation, "search")] + entries * every_json
        files = {f"{page}.html" for page in (*pages, *entries, *daily)} | {f"{page}.json" for page in data}
        return files | {f"{self.negotiation}/{one}" for one in more}


def plan(views: Views, most_days: int) -> Plan:
    """Plan what to publish of a negotiation as of the views' day."""
    days = [
        row[0]
        for row in views.rows(
            "SELECT DISTINCT takes_effect FROM log WHERE negotiation = ? AND stands AND takes_effect > ?"
            " AND takes_effect <= ? ORDER BY takes_effect",
            views.negotiation,
            ALWAYS,
            views.day,
        )
    ]
    left_out = max(len(days) - most_days, 0)
    return Plan(
        negotiation=views.negotiation,
        title=views.title(),
        notice=views.notice(),
        day=views.day,
        days=days[left_out:],
        left_out=left_out,
        before=days[left_out - 1] if left_out else "",
        years=sorted({day[:4] for day in days})[-MOST_YEARS:],
        entries=[(one.kind, one.slug) for one in views.labels() if one.kind not in ("negotiation", "task")],
    )


class PublishedRequest(Request):
    """A request for a page of the site.

    `published` is the plan, for the templates. `dated`: the page is in the folder of its day. `has_json`: it is
    published as JSON too. `in_full`: long lists are not cut. `texts`: frozen texts are published.
    """

    def __init__(
        self,
        opening: SnapshotOpening,
        plan: Plan,
        path: str,
        query: Mapping[str, str],
        day: str = "",
        *,
        has_json: bool,
        in_full: bool,
        texts: bool,
    ) -> None:
        asked = Clocks(as_of=day or plan.day)
        super().__init__(opening, opening.views(asked), asked, path, query)
        self.published, self.dated, self.has_json = plan, bool(day), has_json
        self._in_full, self._texts = in_full, texts

    def whole(self, section: str) -> bool:
        """Whether a section is shown in full."""
        return self._in_full

    def text_of(self, source: str) -> str:
        """The frozen text of a source, if texts are published; else ""."""
        return super().text_of(source) if self._texts else ""

    @property
    def others(self) -> dict[str, str]:
        """None: the address of a page has no other parameters here."""
        return {}


class Publisher:
    """Writes the pages of one negotiation.

    `texts`: also the frozen texts of sources. `every_json`: also the page of each entry as JSON. Long lists on the page
    of an entry are cut as on a served page, except on that of a source, so every entry is on at least one page.
    """

    def __init__(
        self, site: Site, views: Views, plan: Plan, links: Links, *, texts: bool, every_json: bool, base: str
    ) -> None:
        self._site, self._plan, self._links, self._base = site, plan, links, base
        self._texts, self._every_json = texts, every_json
        self._views = SnapshotViews.of(views)
        self._opening = SnapshotOpening(self._views, site.opening)

    def files(self) -> Iterator[tuple[str, str]]:
        """The path and content of each file."""
        changed = []
        for page in LISTED:
            yield from self._page(page, _QUERIES.get(page, {}))
        for kind, slug in self._plan.entries:
            yield from self._page(f"{kind}/{slug}", {})
        for year in self._plan.years:
            window = {"from": f"{year}-01-01", "to": f"{year}-12-31"}
            request, template, answer = self._answer("timeline", window)
            yield self._html(
                request, template, answer, "timeline", page_file(self._plan.negotiation, f"timeline/{year}")
            )
        before = self._plan.before
        for day in self._plan.days:
            for page in DAILY:
                window = {"from": before, "to": day} if page == "changes" and before else {}
                request, template, answer = self._answer(page, window, day, in_full=page == "changes")
                file = page_file(self._plan.negotiation, page, day)
                yield self._html(request, template, answer, page, file)
                if isinstance(answer, ChangesPage):
                    says = [one.difference.says for one in answer.changes]
                    changed.append(ChangedDay(day, before, says, f"{file}.html"))
            before = day
        yield from self._for_programs(changed)

    def _for_programs(self, changed: list[ChangedDay]) -> Iterator[tuple[str, str]]:
        """The feed, the calendar, and the data for the script of the pages."""
        name, ledger_id = self._plan.negotiation, self._site.ledger.head().ledger_id
        feed = f"{name}/changes.atom"
        yield feed, atom(self._plan.title, name, ledger_id, changed, self._base, feed)
        yield f"{name}/calendar.ics", calendar(self._views, ledger_id).text
        yield f"{name}/days.js", days_script(self._plan.days, self._plan.day)
        yield f"{name}/search.js", search_script(self._views, self._plan.entries)

    def _page(self, page: str, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """A page of the newest day as HTML and JSON, and its picture."""
        here, _, slug = page.partition("/")
        has_json = page != "search" and (self._every_json or not slug)
        request, template, answer = self._answer(page, query, in_full=not slug or here == "source", has_json=has_json)
        file = page_file(self._plan.negotiation, page)
        yield self._html(request, template, answer, here, file)
        if has_json:
            yield f"{file}.json", in_json(answer, indent=None)
        if template in PICTURES:
            yield f"{file}.svg", self._site.written(request, PICTURES[template], answer, here)

    def _answer(
        self, page: str, query: Mapping[str, str], day: str = "", *, in_full: bool = True, has_json: bool = False
    ) -> tuple[Request, str, Any]:
        """The request for a page, its template, and its answer."""
        name, _, slug = page.partition("/")
        path = f"/{self._plan.negotiation}{page and '/'}{page}"
        request = PublishedRequest(
            self._opening, self._plan, path, query, day, has_json=has_json, in_full=in_full, texts=self._texts
        )
        return request, *self._site.answer(request, name, slug)

    def _html(self, request: Request, template: str, answer: Any, here: str, file: str) -> tuple[str, str]:
        return f"{file}.html", self._links.rewritten(
            self._site.written(request, template, answer, here), f"{file}.html"
        )
