"""The law of numbers: a number shown is the number there is, and pages, their JSON and the command line agree.

In this ledger every list is longer than what a page shows at once. A page that shows a part says of how many.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from cli.main import run

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.base import now
from ledger.web.site import Site
from tests.cli.console import NOON
from tests.ledger.web.serving import page, text_of
from tests.long_record import LONG, TASKS, long_record

PARTY, ISSUE, MEETING, SOURCE = "/party/aa", "/issue/issue-0", "/meeting/meeting-7", "/source/paper-7"
PAGES = ("", "/search?q=matter", "/timeline")
PAGES += ("/table", "/figures", "/changes?from=2026-02-01", PARTY, ISSUE, MEETING, SOURCE, "/person/person-7")
WITHOUT_SECTIONS = ("/search", "/timeline", "/table", "/figures")
ITEM = re.compile(r'<li class="(?:line|card|turn)[ "]|<li id="rests-|<li><a href=|<li><span class="since">|<tr')
PART = re.compile(r"The (?:first|newest|best) (\d+) of (\d+) (?:marks )?are shown\.|None of (\d+) is shown\.")


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(now, "now", lambda: datetime.fromisoformat(NOON))
        folder = tmp_path_factory.mktemp("long")
        patch.setenv("PARLEY_LEDGER", str(folder / "ledger.db"))
        yield Site(long_record(folder), "/raw_tables")


@pytest.fixture
def ask(long_site: Site, capsys: pytest.CaptureFixture[str]) -> Callable[[str], Any]:
    """The answer of a command in JSON."""

    def answer(line: str) -> Any:
        assert run([*line.split(), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def in_json(site: Site, address: str) -> Any:
    path, sign, asked = address.partition("?")
    return json.loads(page(site, f"/talks{path}.json{sign}{asked}"))


def slugs(rows: Any) -> list[str]:
    return sorted(one["slug"] for one in rows)


def _sections(body: str) -> list[tuple[str, str]]:
    """The sections of a page with what the heading of each counts."""
    found = []
    main = body.split("<main", 1)[1].split("</main>", 1)[0]
    for section in re.findall(r"<section.*?</section>", main, re.DOTALL):
        for part in re.split(r"(?=<h[23][ >])", section)[1:]:
            counted = re.search(r'<h[23][^>]*>(?:(?!</h).)*<span class="count">(\d+)</span></h', part, re.DOTALL)
            if counted:
                found.append((counted[1], part))
    return found


@pytest.mark.parametrize("address", PAGES)
def test_a_heading_counts_every_line_and_a_part_says_of_how_many_it_is(long_site: Site, address: str) -> None:
    sign = "&" if "?" in address else "?"
    for body in (page(long_site, f"/talks{address}"), page(long_site, f"/talks{address}{sign}all=everything")):
        for count, section in _sections(body):
            lines = len(ITEM.findall(section)) - section.count("<thead><tr")
            part = PART.search(section)
            assert (part.groups() if part else None) in (
                [(str(lines), count, None), (None, None, count)] if lines < int(count) else [None]
            ), section[:400]
    assert not PART.search(body), "the whole page has no part"
    assert _sections(body) or address.startswith(WITHOUT_SECTIONS)


def test_a_list_that_is_cut_says_of_how_many(long_site: Site) -> None:
    for address, count in {
        "/search?q=matter": 2 * LONG,
        "/figures": LONG,
    }.items():
        shown, of, _ = PART.search(text_of(page(long_site, f"/talks{address}"))).groups()
        assert int(of) == count > int(shown)


@pytest.mark.parametrize("asked", ["", "?from=2026-02-01&to=2026-07-01", "?by=issue", "?party=aa", "?issue=issue-0"])
def test_what_the_timeline_counts_adds_up(long_site: Site, asked: str) -> None:
    marks = in_json(long_site, f"/timeline{asked}")["marks"]
    body = page(long_site, f"/talks/timeline{asked}")
    counts = [int(count) for count in re.findall(r'data-count="(\d+)"', body)]
    one_by_one = body.count("data-drawn=") + body.count('class="former"')
    assert sum(counts) + one_by_one == len(marks)
    assert len(counts) + one_by_one < 600
    assert f": {len(marks)} marks" in text_of(body)


def test_pages_their_json_and_the_command_line_have_the_same_entries(
    long_site: Site, ask: Callable[[str], Any]
) -> None:
    front, party, issue = (in_json(long_site, address) for address in ("", PARTY, ISSUE))
    for found, line in {
        "issues": in_json(long_site, "/issues")["rows"],
        "meetings": in_json(long_site, "/meetings")["rows"],
        "sources": in_json(long_site, "/sources")["rows"],
        "people": in_json(long_site, "/people")["rows"],
        "search matter": in_json(long_site, "/search?q=matter")["hits"],
        "follow-ups --closed": in_json(long_site, "/follow-ups")["rows"],
        "follow-ups": front["follow_ups"],
        "contested": front["contested"],
        "statements --by aa": party["statements"],
        "follow-ups --closed --owner aa": party["follow_ups"],
        "statements --issue issue-0": issue["history"]["conversation"],
        "statements --at meeting-7": in_json(long_site, MEETING)["statements"],
    }.items():
        assert slugs(line) == slugs(ask(found)), found
    assert front["asks"] == ask("asks")
    assert in_json(long_site, "/table")["rows"] == ask("table")["rows"]
    assert in_json(long_site, "/figures")["rows"] == ask("figures rate")
    assert issue["asks"] == [one for one in ask("asks --answered") if one["issue"] == "issue-0"]
    assert slugs(party["meetings"]) == slugs(one for one in ask("meetings") if "aa" in one["parties"])
    assert in_json(long_site, "/follow-ups")["total"] == TASKS


def test_an_entry_is_the_same_on_its_page_and_on_the_command_line(long_site: Site, ask: Callable[[str], Any]) -> None:
    for address in (PARTY, ISSUE, MEETING, SOURCE, "/person/person-7", "/statement/said-7", "/follow-up/task-7"):
        found, slug = in_json(long_site, address), address.rpartition("/")[2]
        shown, past = ask(f"show {slug}"), ask(f"history {slug}")
        assert {name: found[name] for name in shown} == shown, slug
        assert found["history"] == past, slug


def test_the_front_page_counts_what_state_counts(long_site: Site, ask: Callable[[str], Any]) -> None:
    found, state = in_json(long_site, ""), ask("state")
    for name in ("asks", "follow_ups", "contested", "unresolved", "deferred", "deadlines", "conditions"):
        assert len(found[name]) == len(state[name]), name
    assert found["counts"]["asks"] == len(state["asks"]) > 15
    assert found["counts"]["follow-ups"] == len(state["follow_ups"]) > 15
    assert found["counts"]["contested"] == len(state["contested"]) > 15
    assert found["counts"]["deadlines"] == len(state["deadlines"]) == len(ask("deadlines")) > 15
    assert found["counts"]["conditions"] == len(state["conditions"]) > 15
    assert found["counts"]["meetings"] == len(state["other_meetings"]) > 15


def test_the_command_line_counts_what_there_is(
    long_site: Site, ask: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    state, gaps = ask("state"), ask("gaps")
    counts = {
        "Asked and not answered": str(len(state["asks"])),
        "Follow-ups": str(len(state["follow_ups"])),
        "Contested": str(len(state["contested"])),
        "Deadlines": str(len(state["deadlines"])),
        "Conditions": str(len(state["conditions"])),
        "Last entries": f"5 of {len(ask('timeline'))}",
    }
    assert run(["state"]) == 0
    assert dict(re.findall(r"^(\S.*?) \(([0-9 of]+)\)$", capsys.readouterr().out, re.MULTILINE)) == counts
    lists = ("statements", "asks --answered", "follow-ups --closed", "meetings", "issues", "people", "sources")
    lists += ("figures", "figures rate", "deadlines --passed", "parties", "tasks --done")
    for line in (*lists, "timeline"):
        assert run([*line.split(), "--csv"]) == 0
        assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(ask(line)), line
    assert run(["gaps"]) == 0
    told = capsys.readouterr().out
    headings = re.findall(r"^\S.*? \((?:(\d+) of )?(\d+)\)$", told, re.MULTILINE)
    assert sum(int(count) for _, count in headings) == len(gaps)
    left = re.search(r"^(\d+) more: --full", told, re.MULTILINE)
    assert left and sum(int(shown or count) for shown, count in headings) + int(left[1]) == len(gaps)
