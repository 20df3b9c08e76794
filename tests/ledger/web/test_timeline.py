"""The timeline: marks as wide as their dates are imprecise."""

import json
import re

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.examples import file
from tests.ledger.web.serving import page


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


def test_a_statement_without_a_day_is_drawn_with_an_open_start(ledger) -> None:
    file(ledger, "  - {statement: some-day, by: vn, to: us, act: asked, issues: export-controls, says: Lift them.}\n")
    marks = json.loads(page(Site(ledger, "/raw_tables"), "/vn-us-trade/timeline.json?as-of=2025-06-01"))["marks"]
    (found,) = [one for one in marks if one["slug"] == "some-day"]
    assert (found["open"], found["certain"], found["last"]) == ("start", False, "2025-05-22")
    assert found["first"] < found["last"]
