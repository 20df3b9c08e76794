"""What the pages say, without a browser: complete without a script, the same for ever at a permanent address."""

import html
import json
import re
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ledger import Clocks, Ledger, create_ledger
from ledger.domain.kinds import KINDS
from tests.cli.console import NOON, Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import PAGES, Site
from tests.ledger.web import serving


def query(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("&") if part)


def page(site: Site, address: str) -> str:
    """The page at an address, which must be there."""
    path, _, asked = address.partition("?")
    found = site.respond(path, query(asked))
    assert found.status == 200, found.body
    return found.body


def text_of(body: str) -> str:
    """The words of a page, as a person reads them."""
    bare = re.sub(r"<(script|style|title)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.fixture
def site(tmp_path: Path, set_clock) -> Site:
    set_clock(NOON)
    return Site(serving.worked_example(tmp_path), "/raw_tables")


def every_page(ledger: Ledger, negotiation: str) -> list[str]:
    """The address of every page: those of the navigation, and one of each entry."""
    views = ledger.views(negotiation=negotiation)
    slugs = [(one.kind, one.slug) for one in views.labels() if one.kind in KINDS and one.kind != "negotiation"]
    views.close()
    pages = [f"/{negotiation}/{name}".rstrip("/") for name in PAGES]
    return ["/", *pages, *(f"/{negotiation}/{kind}/{slug}" for kind, slug in slugs)]


def test_every_page_of_the_worked_example_is_there_and_so_is_its_json(site: Site) -> None:
    addresses = every_page(site.ledger, "vn-us-trade")
    assert len(addresses) > 150
    for address in addresses:
        assert "<h1" in page(site, address)
        if address != "/":
            json.loads(page(site, f"{address}.json"))


def test_the_first_page_says_where_we_stand_as_the_command_line_does(site: Site, tmp_path: Path) -> None:
    body = text_of(page(site, "/?as-of=2025-05-22"))
    told = json.loads(Console(tmp_path).line("parley state --as-of 2025-05-22 --json").out)
    found = json.loads(page(site, "/vn-us-trade.json?as-of=2025-05-22"))
    for name in ("next_round", "asks", "follow_ups", "contested"):
        assert found[name] == told[name]
    assert "Round 3 : “early June” (between 1 and 10 June 2025)" in body
    assert "next phase of negotiations, scheduled to take place in early June" in body
    assert "70 days Market economy status of Viet Nam Viet Nam → asked United States , twice" in body


def test_every_line_of_the_first_page_carries_its_evidence(site: Site) -> None:
    body = page(site, "/?as-of=2025-05-22")
    lines = body.count('<li class="line">')
    assert lines > 20
    assert body.count('<details class="evidence">') == lines + 1  # and the next round
    assert "Recorded 2026-11-21" in body
    assert "published 22 May 2025" in body


def test_what_changed_is_told_since_the_last_meeting_before_the_day(site: Site) -> None:
    body = text_of(page(site, "/vn-us-trade?as-of=2025-05-22&all=changes"))
    assert "Changed since Meeting , 21 May 2025" in body
    assert "Round 3 announced, expected “early June”" in body


def test_a_permanent_address_shows_the_same_page_whatever_is_filed_later(site: Site) -> None:
    live = "/vn-us-trade?as-of=2025-06-30"
    before = page(site, live)
    permanent = html.unescape(re.search(r'href="([^"]*)">Permanent address', before)[1])
    assert permanent == "/vn-us-trade?as-of=2025-06-30&recorded-by=164"
    pinned = page(site, permanent)
    fields = {"by": "us", "to": "vn", "act": "refused", "issues": "market-economy-status", "on": "2025-06-04"}
    site.ledger.append("statement", "said-later", {**fields, "says": "No."}, note="On the phone.")
    main = re.compile(r"<main.*</main>", re.DOTALL)
    assert main.search(page(site, permanent))[0] == main.search(pinned)[0]
    assert main.search(page(site, live))[0] != main.search(pinned)[0]
    assert "2 events came later" in text_of(page(site, permanent))


def test_links_of_a_page_keep_its_moment(site: Site) -> None:
    body = page(site, "/vn-us-trade?as-of=2025-06-30&reported-by=2025-05-22&recorded-by=164")
    links = [html.unescape(found) for found in re.findall(r'<a [^>]*href="(/vn-us-trade/[^"]*)"', body)]
    assert len(links) > 20
    assert all("as-of=2025-06-30&reported-by=2025-05-22&recorded-by=164" in link for link in links)


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
        ("/vn-us-trade?recorded-by=2025-06-01", 404, "None is of record yet"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(site: Site, address: str, status: int, says: str) -> None:
    path, _, asked = address.partition("?")
    found = site.respond(path, query(asked))
    assert found.status == status
    assert says in html.unescape(found.body)


def test_where_the_record_is_kept_is_not_told(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.ledger.path = tmp_path / "gone.db"
    found = site.respond("/", {})
    assert (found.status, str(tmp_path) in found.body) == (503, False)
    assert "gone.db" in capsys.readouterr().err


def test_an_empty_record_says_so(tmp_path: Path, set_clock) -> None:
    set_clock(NOON)
    found = Site(create_ledger(tmp_path / "empty.db"), "/raw_tables").respond("/", {})
    assert "This ledger holds no negotiation yet" in found.body


def test_of_several_negotiations_the_first_page_lists_all(site: Site) -> None:
    site.ledger.append("negotiation", "other-talks", {"title": "Other talks"})
    body = text_of(page(site, "/"))
    assert "Other talks" in body
    assert "Viet Nam and United States, reciprocal trade agreement" in body
    assert "Where we stand" in page(site, "/other-talks")


def test_a_source_shows_its_frozen_text_with_every_quotation_marked(tmp_path: Path, set_clock) -> None:
    set_clock(NOON)
    body = page(Site(serving.hostile(tmp_path), "/raw_tables"), "/hostile/source/the-source")
    frozen = re.search(r'<div class="frozen".*?</div>', body, re.DOTALL)[0]
    marked = [text_of(one) for one in re.findall(r"<mark>(.*?)</mark>", frozen, re.DOTALL)]
    assert any(one.startswith("appointed 1") for one in marked)
    numbers = re.findall(r'href="#rests-(\d+)"', frozen)
    assert {f'id="rests-{number}"' in body for number in numbers} == {True}
    assert "/hostile/statement/asked" in body


def test_a_source_without_text_says_that_its_quotations_are_unverified(site: Site) -> None:
    body = text_of(page(site, "/vn-us-trade/source/vna-2025-05-22"))
    assert "Its text is not at hand, so the quotations are unverified." in body
    assert "goodwill and efforts in addressing US concerns" in body


def test_an_issue_shows_asks_and_answers_by_party_and_its_status_along_time(site: Site) -> None:
    body = page(site, "/vn-us-trade/issue/technical-dialogue")
    turns = re.findall(r'<li class="turn (\w+) at-(\w+)">', body)
    assert ("asks", "1") in turns
    assert ("answers", "2") in turns
    told = text_of(body)
    assert "noted from 14 March 2025 to 22 May 2025 agreed from 22 May 2025" in told


def test_the_timeline_draws_imprecise_dates_soft_and_marks_what_is_contested(site: Site) -> None:
    body = page(site, "/vn-us-trade/timeline?as-of=2025-05-22")
    marks = {
        found[1]: found[0]
        for found in re.findall(r'(<a href="/vn-us-trade/meeting/([\w-]+)\?[^>]*class="mark.*?</a>)', body, re.DOTALL)
    }
    assert 'class="soft"' in marks["round-3"]
    assert 'class="span"' in marks["round-2"]  # from 19 to 22 May: known exactly
    assert 'class="ring"' in marks["dien-greer-2025-05-22"]
    lanes = re.findall(r'<text class="lane-name"[^>]*>([^<]*)<', body)
    assert lanes == ["Meetings", "Expected", "United States", "Viet Nam"]


def test_the_timeline_can_be_narrowed_without_a_script(site: Site) -> None:
    answer = json.loads(page(site, "/vn-us-trade/timeline.json?from=2025-03-01&to=2025-04-01"))
    assert {mark["first"] for mark in answer["marks"]} == {"2025-03-13", "2025-03-14"}


@pytest.mark.parametrize(
    "asked", ["from=9999-12-31", "to=1000-01-01", "from=2025-06-01&to=2025-01-01", "as-of=1000-01-01"]
)
def test_a_timeline_of_days_without_anything_is_empty(site: Site, asked: str) -> None:
    assert json.loads(page(site, f"/vn-us-trade/timeline.json?{asked}"))["marks"] == []
    assert "Timeline" in page(site, f"/vn-us-trade/timeline?{asked}")


def test_a_permanent_comparison_is_of_the_same_moments_whatever_words_name_them(site: Site, set_clock) -> None:
    asked = "/vn-us-trade/changes.json?as-of=2025-06-10&recorded-by=164&from=yesterday&to=round-2"
    before = page(site, asked)
    assert "9 June 2025" in before
    fields = {"held": "2025-05-23"}
    site.ledger.correct("round-2", fields, "The talks went on for a day.", everywhere=True)
    set_clock("2027-01-01T12:00:00+00:00")
    assert page(site, asked) == before


def test_two_moments_are_compared_as_the_command_line_does(site: Site, tmp_path: Path) -> None:
    told = json.loads(Console(tmp_path).line("parley diff 2025-03-31 round-2 --json").out)
    answer = json.loads(page(site, "/vn-us-trade/changes.json?from=2025-03-31&to=round-2&all=everything"))
    assert sorted(one["says"] for one in answer["changes"]) == sorted(
        one["says"] for one in told if one["says"] and one["kind"] != "mended"
    )
    assert "last-look" not in page(site, "/vn-us-trade/changes")
    refused = page(site, "/vn-us-trade/changes?from=last-look")
    assert "do not remember when you last looked" in refused


def test_a_search_marks_what_it_found_without_diacritics(site: Site) -> None:
    body = page(site, "/vn-us-trade/search?q=nguyen")
    assert "<mark>Nguyen</mark>" in body
    assert "found, best first" in body
    assert "No word to look for" not in page(site, "/vn-us-trade/search")


def test_long_sections_are_folded_and_can_be_unfolded(site: Site) -> None:
    for number in range(40):
        site.ledger.append("issue", f"matter-{number}", {"title": f"Matter {number}"})
        fields = {"by": "us", "to": "vn", "act": "asked", "issues": f"matter-{number}", "on": "2025-06-04"}
        site.ledger.append("statement", f"ask-{number}", {**fields, "says": f"Ask {number}."}, note=f"Note {number}.")
    folded, unfolded = page(site, "/vn-us-trade"), page(site, "/vn-us-trade?all=asks")
    assert "Show 39 more" in folded
    assert len(folded.encode()) < 150_000
    assert unfolded.count("Matter") > folded.count("Matter")


class Inline(HTMLParser):
    """Collects whatever in a page would run or style in place, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        if tag == "style" or (tag == "script" and not (given.get("src") or "").startswith("/-/parley/")):
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


def test_a_page_is_of_one_moment_though_a_writer_files_while_it_is_made(site: Site) -> None:
    views = site.opening.views(Clocks())
    site.ledger.append("issue", "new-matter", {"title": "New matter"})
    site.ledger.views().close()
    assert "new-matter" not in [one.slug for one in views.issues()]
    assert views.rows("SELECT position FROM upkeep")[0][0] == 164
    views.close()
