"""The page of an entry: the frozen text of a source, the conversation on an issue."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.console import NOON

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger import create_ledger
from ledger.web.site import Site
from tests.ledger.web import serving
from tests.ledger.web.serving import page, text_of


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


@pytest.fixture
def fish(tmp_path: Path, set_clock) -> Site:
    """The pages of the second worked example."""
    set_clock(NOON)
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.import_files(sorted((Path(__file__).parents[3] / "seeds" / "fish-stocks").glob("*.yaml")))
    return Site(ledger, "/raw_tables")


def test_a_measure_shows_its_values_with_words_speaker_and_source(fish: Site) -> None:
    body = page(fish, "/fish-stocks/measure/share-torrania")
    (row,) = [one for one in re.findall(r"<tr>.*?</tr>", body, re.DOTALL) if "31 percent" in one]
    assert "31 percent 31 percent Ravik Osterly (torrania) asked" in text_of(row)  # the value, and the source's words
    assert "/fish-stocks/statement/osterly-asks-for-share" in row
    assert "/fish-stocks/source/torrania-readout-round-2" in row
    assert '<svg class="steps"' in body


def test_an_entry_shows_the_figures_that_it_gives(fish: Site) -> None:
    body = page(fish, "/fish-stocks/meeting/round-2")
    assert "/fish-stocks/measure/articles-agreed" in body
    assert "4 of 12 articles" in text_of(body)
    assert '<svg class="steps"' not in body


def test_a_task_is_on_the_page_of_own_tasks_alone_and_a_deadline_on_that_of_deadlines(fish: Site) -> None:
    lists = {one: text_of(page(fish, f"/fish-stocks/{one}")) for one in ("tasks", "deadlines", "follow-ups")}
    for task in json.loads(fish.respond("/fish-stocks/tasks.json", {}).body)["rows"]:
        assert [one for one, body in lists.items() if task["says"] in body] == ["tasks"]
    for one in json.loads(fish.respond("/fish-stocks/deadlines.json", {}).body)["rows"]:
        assert one["says"] in lists["deadlines"]


def test_an_issue_shows_asks_and_answers_by_party_and_its_status_along_time(site: Site) -> None:
    body = page(site, "/vn-us-trade/issue/technical-dialogue")
    turns = re.findall(r'<li class="turn (\w+) at-(\w+)">', body)
    assert ("asks", "1") in turns
    assert ("answers", "2") in turns
    told = text_of(body)
    assert "noted from 14 March 2025 agreed (inferred) from 22 May 2025" in told


def test_what_is_contested_names_its_sources_and_voices_as_people_do(site: Site) -> None:
    said = {"by": "us", "to": "vn", "act": "asked", "issues": "tariffs", "says": "Cut it.", "on": "2025-06-01"}
    site.ledger.append("statement", "vow", said, note="A.")
    site.ledger.append("statement", "vow", said | {"to": "tech-industry"}, note="B.")
    words = text_of(page(site, "/vn-us-trade/statement/vow"))
    assert "To Technology corporations and industry associations" in words
    assert "Viet Nam taken as this" in words
    meeting = page(site, "/vn-us-trade/meeting/dien-greer-2025-05-22")
    contested = meeting.partition("<h2>Contested</h2>")[2].partition("</section>")[0]
    assert 'href="/vn-us-trade/source/vna-2025-05-22"' in contested
    assert "vna-2025-05-22</a>" not in contested
