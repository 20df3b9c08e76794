"""The site: every page exists, permanent pages do not change, and hostile text stays text."""

import html
import json
import re
import sqlite3
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ledger import Clocks, create_ledger
from ledger.export.calendar import calendar
from tests.cli.console import NOON

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web import serving
from tests.ledger.web.serving import every_page, page, query, some_pages, text_of


def test_every_page_of_the_worked_example_is_there_and_so_is_its_json(site: Site) -> None:
    addresses = every_page(site.ledger, "vn-us-trade")
    assert len(addresses) > 150
    of_json = some_pages(site.ledger, "vn-us-trade")
    for address in addresses:
        assert "<h1" in page(site, address)
        if address != "/" and address in of_json:
            json.loads(page(site, f"{address}.json"))


def test_the_calendar_is_that_of_the_command(site: Site) -> None:
    vobject = pytest.importorskip("vobject", reason="a reader of calendars is not installed")
    answer = site.respond("/vn-us-trade/calendar.ics", {"as-of": "2025-06-30"})
    assert (answer.status, answer.content_type) == (200, "text/calendar; charset=utf-8")
    with site.ledger.views(Clocks(as_of="2025-06-30")) as views:
        assert answer.body == calendar(views, site.ledger.head().ledger_id).text
    assert "round 3" in str(vobject.readOne(answer.body)).lower()
    assert site.respond("/nobody/calendar.ics", {}).status == 404


def test_a_permanent_address_shows_the_same_page_whatever_is_filed_later(site: Site) -> None:
    live = "/vn-us-trade?as-of=2025-06-30"
    before = page(site, live)
    permanent = html.unescape(re.search(r'href="([^"]*)">Permanent address', before)[1])
    assert permanent == "/vn-us-trade?as-of=2025-06-30&recorded-by=172"
    pinned = page(site, permanent)
    fields = {"by": "us", "to": "vn", "act": "refused", "issues": "market-economy-status", "on": "2025-06-04"}
    site.ledger.append("statement", "said-later", {**fields, "says": "No."}, note="On the phone.")
    main = re.compile(r"<main.*</main>", re.DOTALL)
    assert main.search(page(site, permanent))[0] == main.search(pinned)[0]
    assert main.search(page(site, live))[0] != main.search(pinned)[0]
    assert "2 events came later" in text_of(page(site, permanent))


def test_what_had_not_been_published_by_a_day_is_not_shown(site: Site) -> None:
    told = text_of(page(site, "/vn-us-trade?as-of=2025-06-30&reported-by=2025-05-21"))
    assert "early June" not in told
    assert "events count from the day of recording" in told


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/vn-us-trade/meeting/round-9", 404, "no entry with the slug 'round-9'"),
        ("/vn-us-trade/issue/round-3", 404, "There is no issue 'round-3' here"),
        ("/vn-us-trade/nothing", 404, "There is no page at this address"),
        ("/nowhere", 404, "There is no negotiation 'nowhere'"),
        ("/vn-us-trade?as-of=someday", 400, "The date 'someday' is not understood"),
        ("/vn-us-trade?as-of=2025-02-30", 400, "The nearest real day"),
        ("/vn-us-trade?recorded-by=2025-06-01", 404, "Nothing about vn-us-trade had been recorded by then."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(site: Site, address: str, status: int, says: str) -> None:
    path, _, asked = address.partition("?")
    found = site.respond(path, query(asked))
    assert found.status == status
    assert says in html.unescape(found.body)


def test_where_the_record_is_kept_is_not_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.ledger.path.unlink()
    found = site.respond("/", {})
    assert (found.status, str(site.ledger.path.parent) in found.body) == (503, False)
    assert str(site.ledger.path) in capsys.readouterr().err


def test_an_empty_record_says_so(tmp_path: Path, set_clock) -> None:
    set_clock(NOON)
    found = Site(create_ledger(tmp_path / "empty.db"), "/raw_tables").respond("/", {})
    assert "This ledger has no negotiation yet" in found.body


def test_of_several_negotiations_the_first_page_lists_all(site: Site) -> None:
    site.ledger.append("negotiation", "other-talks", {"title": "Other talks"})
    body = text_of(page(site, "/"))
    assert "Other talks" in body
    assert "Viet Nam and United States, reciprocal trade agreement" in body
    assert "Where we stand" in page(site, "/other-talks")


class Inline(HTMLParser):
    """Collects whatever in a page would run or style in place, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        is_data = given == {"type": "application/ld+json"}  # a browser does not run it
        is_ours = (given.get("src") or "").startswith("/-/parley/")
        if tag == "style" or (tag == "script" and not (is_ours or is_data)):
            self.found.append(tag)
        if tag in ("img", "iframe", "object", "embed", "base"):
            self.found.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def test_hostile_text_in_every_field_stays_text_on_every_page(tmp_path: Path, set_clock) -> None:
    set_clock(NOON)
    ledger = serving.hostile(tmp_path)
    site = Site(ledger, "/raw_tables")
    addresses = [*every_page(ledger, "hostile"), "/hostile/search?q=script", "/hostile/changes?from=2025-05-01"]
    for address in [*addresses, "/hostile?as-of=2025-05-21", "/hostile/timeline?as-of=2025-05-21"]:
        body = page(site, address)
        parsed = Inline()
        parsed.feed(body)
        assert parsed.found == [], address
        assert all(link.startswith(("/", "#")) for link in parsed.links), address
        assert "\u202e" not in body, address
    typed = html.escape(serving.SCRIPT)
    assert typed in page(site, "/hostile/statement/asked").replace("&#34;", '"').replace("&#39;", "&#x27;")
    assert "\\u202eton" in page(site, "/hostile/follow-up/pay")


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", '" onfocus="alert(1)', "javascript:alert(1)"])
def test_hostile_text_in_an_address_stays_text(site: Site, asked: str) -> None:
    for path in ("/vn-us-trade/search", "/vn-us-trade/changes", "/vn-us-trade/timeline", "/vn-us-trade"):
        for name in ("q", "from", "to", "as-of", "all", "reported-by", "recorded-by", asked):
            parsed = Inline()
            parsed.feed(site.respond(path, {name: asked}).body)
            assert parsed.found == []
            assert all(link.startswith(("/", "#")) for link in parsed.links)


def test_fifty_readers_see_no_error_while_a_writer_appends(site: Site) -> None:
    wrong: list[str] = []
    done = threading.Event()

    def read(number: int) -> None:
        addresses = ["/", "/vn-us-trade/timeline", "/vn-us-trade/issues", "/vn-us-trade?recorded-by=150"]
        turn = number
        while not done.is_set():
            found = site.respond(*[addresses[turn % 4].partition("?")[0], query(addresses[turn % 4].partition("?")[2])])
            if found.status != 200:
                wrong.append(found.body)
            turn += 1

    readers = [threading.Thread(target=read, args=(number,)) for number in range(50)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            site.ledger.append("issue", f"matter-{number}", {"title": f"Matter {number}"})
    finally:
        done.set()
        for reader in readers:
            reader.join(30)
    assert wrong == []
    assert "Matter 7" in page(site, "/vn-us-trade/issues")


def test_a_page_is_made_once_and_its_copy_goes_when_something_is_recorded(site: Site) -> None:
    first = site.respond("/vn-us-trade/issues", {})
    assert site.respond("/vn-us-trade/issues", {}) is first
    site.ledger.append("issue", "new-matter", {"title": "New matter"})
    assert "New matter" in site.respond("/vn-us-trade/issues", {}).body
    assert site._cached.cache_info().currsize == 1, "no page of the older log stays in memory"


def test_the_likely_pages_are_computed_before_they_are_asked_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = "/vn-us-trade/meeting/round-2"
    page(site, opened)
    site.ledger.correct("round-2", {"place": "Ha Noi"}, "Misheard.", everywhere=True)
    monkeypatch.setattr("ledger.web.site.QUIET", 0.0)
    site.warm()

    def unavailable(*_: object) -> None:
        raise AssertionError("this page was to be at hand")

    monkeypatch.setattr(site.opening, "views", unavailable)
    assert "Ha Noi" in page(site, opened)
    for path in ("", "/table", "/statements", "/timeline"):
        assert "<h1" in page(site, f"/vn-us-trade{path}")
    with pytest.raises(AssertionError):
        site.respond("/vn-us-trade", {"as-of": "2025-06-30"})


def test_a_page_that_nobody_asked_for_fails_in_silence(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unavailable(*_: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr("ledger.web.site.QUIET", 0.0)
    monkeypatch.setattr(site.opening, "views", unavailable)
    site.warm()
    assert capsys.readouterr().err == ""
    assert site.respond("/vn-us-trade", {}).status == 503
    assert capsys.readouterr().err == "parley: unable to open database file\n"


def test_nothing_is_computed_beside_while_somebody_asks_for_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("ledger.web.site.QUIET", 3600.0)
    page(site, "/vn-us-trade")
    monkeypatch.setattr(site.opening, "views", lambda *asked: opened.append(asked))
    warming = threading.Thread(target=site.keep_warm, daemon=True)
    warming.start()
    warming.join(0.2)
    site.stop()
    warming.join(30)
    assert not warming.is_alive(), "it ends when the site is stopped"
    assert opened == []
