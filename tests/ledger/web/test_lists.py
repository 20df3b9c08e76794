"""The pages that list: comparing two moments, and search."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger import Ledger
from ledger.web.site import PAGES, Site
from tests.ledger.web.serving import page, text_of


def test_a_permanent_comparison_is_of_the_same_moments_whatever_words_name_them(site: Site, set_clock) -> None:
    asked = "/vn-us-trade/changes.json?as-of=2025-06-10&recorded-by=172&from=yesterday&to=round-2"
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
        one["says"] for one in told if one["says"] and one["kind"] != "correction"
    )
    assert "last-look" not in page(site, "/vn-us-trade/changes")
    refused = page(site, "/vn-us-trade/changes?from=last-look")
    assert "do not store when you last looked" in refused


def test_a_search_marks_what_it_found_without_diacritics(site: Site) -> None:
    body = page(site, "/vn-us-trade/search?q=nguyen")
    assert "<mark>Nguyen</mark>" in body
    assert "found, best first" in body
    assert "No word to look for" not in page(site, "/vn-us-trade/search")


def test_a_meeting_is_named_as_people_name_it_when_moments_are_compared(site: Site) -> None:
    named = page(site, "/vn-us-trade/changes?from=Round 2&to=round 5")
    assert "From Round 2 (22 May 2025) to Round 5 (14 November 2025)" in named
    assert '<option value="Round 2">' in named
    answer = json.loads(page(site, "/vn-us-trade/changes.json?from=Round 2&to=round 5"))
    assert (answer["before"], answer["after"]) == ("Round 2", "Round 5")
    assert answer == json.loads(page(site, "/vn-us-trade/changes.json?from=round-2&to=round-5"))
    assert "Round 9" in page(site, "/vn-us-trade/changes?from=Round 9")


def test_a_change_of_any_kind_is_shown_with_its_kind(site: Site) -> None:
    note = "They deny that Round 2 was held."
    fields = {"by": "vn", "act": "denied", "says": "No round was held.", "on": "2025-06-02", "denies": ["round-2"]}
    site.ledger.append("statement", "no-round", fields, negotiation="vn-us-trade", note=note)
    for denied in ("/vn-us-trade/changes?from=2025-05-01", "/vn-us-trade?as-of=2025-06-03&all=everything"):
        assert "Denial" in page(site, denied)


def test_an_empty_page_speaks_of_the_record_and_not_of_what_happened(tmp_path: Path) -> None:
    console = Console(tmp_path)
    console.line("parley init")
    console.line("parley append negotiation talks --title Talks --parties xx")
    console.line("parley append party xx --name Xx")
    console.line("parley append issue fish --title Fish")
    site = Site(Ledger(tmp_path / "ledger.db"), "/raw_tables")
    for name in (*PAGES, "issue/fish"):
        words = text_of(page(site, f"/talks/{name}".rstrip("/")).partition("<main")[2])
        for said in re.findall(r"\b(?:No|Nothing|None|Nobody|Never)\b[^.;]*", words):
            assert "record" in said or said.startswith(("No problem found in", "None of it is an error")), (name, said)
