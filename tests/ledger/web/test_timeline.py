"""The timeline: each kind of date is drawn in its own way, and what is not drawn one by one is counted."""

import json
import re
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.dates import valid
from ledger.web.rendering import period
from ledger.web.site import Site
from ledger.web.timeline import drawn
from tests.examples import file
from tests.ledger.web.serving import page, text_of


def marks_of(body: str) -> dict[str, str]:
    """The marks of a picture by the slug of their entry."""
    return {
        found[1]: found[0]
        for found in re.findall(r'(<a href="/vn-us-trade/[\w-]+/([\w-]+)\?[^>]*class="mark.*?</a>)', body, re.DOTALL)
    }


TIMELINE = "/vn-us-trade/timeline?as-of=2025-05-22"


@pytest.mark.parametrize(
    ("edtf", "how"),
    [
        ("2025-05-22", "day"),
        ("2025-05-19/2025-05-22", "lasted"),
        ("[2025-06-01..2025-06-10]", "within"),
        ("2025-11", "within"),
        ("2025-05/2025-06", "within"),
        ("[2025-05-21,2025-05-22]", "either"),
        ("2025-05-20~", "about"),
        ("[..2025-07-31]", "before"),
        ("[2025-05-23..]", "after"),
        ("", ""),
    ],
)
def test_every_kind_of_date_has_a_way_to_be_drawn(edtf: str, how: str) -> None:
    assert drawn(valid(edtf)) == how


def test_a_window_is_flat_with_a_cap_at_both_ends_and_a_sign_beside_it(site: Site) -> None:
    body = page(site, "/vn-us-trade/timeline?as-of=2025-05-22")
    marks = marks_of(body)
    assert 'data-drawn="within"' in marks["round-3"]
    x, width = (
        float(one)
        for one in re.search(r'class="within" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', marks["round-3"]).groups()
    )
    assert f'd="M{x} ' in re.search(r'class="caps" ([^>]*)', marks["round-3"])[1]
    assert "Gradient" not in marks["round-3"] and "url(#" not in marks["round-3"]
    assert float(re.search(r'data-x="([\d.]+)"', marks["round-3"])[1]) > x + width, "no sign is on a day within"
    assert 'class="lasted"' in marks["round-2"]  # from 19 to 22 May: known exactly
    assert 'class="ring"' in marks["dien-greer-2025-05-22"]
    lanes = [text_of(one).strip() for one in re.findall(r'<text class="lane-name".*?</text>', body)]
    assert lanes == ["Meetings", "Expected", "United States", "Viet Nam"]


def test_a_window_that_goes_on_outside_the_picture_has_no_cap_there(site: Site) -> None:
    whole = re.search(r'class="caps" d="([^"]*)"', marks_of(page(site, f"{TIMELINE}"))["round-3"])[1]
    left = re.search(r'class="caps" d="([^"]*)"', marks_of(page(site, f"{TIMELINE}&from=2025-06-05"))["round-3"])[1]
    right = re.search(r'class="caps" d="([^"]*)"', marks_of(page(site, f"{TIMELINE}&to=2025-06-05"))["round-3"])[1]
    assert [one.count("v16") for one in (whole, left, right)] == [2, 1, 1]
    assert [len(re.findall(r"l-?5 5 -?5 5", one)) for one in (whole, left, right)] == [0, 1, 1]
    assert "goes on outside these days" in text_of(page(site, f"{TIMELINE}&to=2025-06-05"))


def test_the_legend_of_page_and_picture_explains_every_sign_that_is_drawn_and_no_other(site: Site) -> None:
    for asked in ("", "&from=2025-03-01&to=2025-04-01"):
        body = page(site, f"/vn-us-trade/timeline?as-of=2025-11-14{asked}")
        legend = re.search(r'<p class="legend".*?</p>', body, re.DOTALL)[0]
        words = [text_of(one) for one in re.findall(r"<span>.*?</span>", legend, re.DOTALL)]
        answer = json.loads(page(site, f"/vn-us-trade/timeline.json?as-of=2025-11-14{asked}"))
        assert ("on that day or earlier" in words) == (not asked)
        assert ("contested" in words) == any(one["contested"] for one in answer["marks"])
        assert {"held", "asks", "says"} <= {*words}
        assert ("due" in words) == (not asked)
        query = dict(part.split("=") for part in f"as-of=2025-11-14{asked}".split("&"))
        file = "".join(ElementTree.fromstring(site.respond("/vn-us-trade/timeline.svg", query).body).itertext())
        assert all(one.removeprefix("12 ") in file for one in words)


def test_a_bin_is_named_by_its_year_or_month() -> None:
    assert period("2015-01-01", "2015-12-31") == "2015"
    assert period("2016-02-01", "2016-02-29") == "February 2016"
    assert period("2016-04-01", "2016-06-30") == "1 April to 30 June 2016"
    assert period("2016-04-01", "2016-04-01") == "1 April 2016"


def test_labels_say_what_each_mark_is(site: Site) -> None:
    body = page(site, "/vn-us-trade/timeline?as-of=2025-05-22&from=2025-05-01&to=2025-06-15")
    marks = marks_of(body)
    assert ">Round 3<" in marks["round-3"]
    assert re.search(r">asked: US export control list…<", body)
    by_issue = page(site, "/vn-us-trade/timeline?as-of=2025-05-22&by=issue")
    assert ">Viet Nam: asked<" in by_issue
    assert 'aria-label="Trade balance"' in by_issue


def test_a_forecast_that_moved_is_one_mark_with_an_arrow_from_each_date_to_the_next(site: Site) -> None:
    for nth, expected in enumerate(("2025-07-01/2025-07-03", "[2025-08-10..2025-08-20]", "2025-10-01"), start=1):
        fields = {"kind": "round", "number": "3", "expected": expected, "on": f"2025-06-0{nth}", "by": "us"}
        site.ledger.append("announcement", "round-3", fields, note=f"Word {nth}.")
    body = page(site, "/vn-us-trade/timeline?as-of=2025-06-10")
    lane = re.search(r'<g role="list" aria-label="Expected">.*?\n</g>', body, re.DOTALL)[0]
    mark = marks_of(lane)["round-3"]
    assert lane.count("/meeting/round-3?") == 1
    assert mark.count('class="former"') == 3
    places = [
        (float(start), float(end))
        for start, end in re.findall(r'class="arrow" d="M([\d.]+) [\d.]+C[\d.]+ [\d.]+ [\d.]+ [\d.]+ ([\d.]+) ', mark)
    ]
    assert len(places) == 3
    assert [end for _, end in places[:-1]] == [start for start, _ in places[1:]], "the arrows follow one another"
    assert "Round 3, moved 3 times" in mark
    says = re.search(r"<title>(.*?)</title>", mark)[1]
    assert says.index("1 October 2025") < says.index("10 and 20 August") < says.index("1 to 3 July")


def test_who_announces_a_date_that_another_one_announced_moves_nothing(site: Site) -> None:
    for nth, voice in enumerate(("us", "vn"), start=1):
        fields = {"kind": "call", "expected": "2025-07-01", "on": f"2025-06-0{nth}", "by": voice, "as": "agreed"}
        site.ledger.append("announcement", "their-call", fields, note=f"Word {nth}.")
    body = page(site, "/vn-us-trade/timeline?as-of=2025-06-10")
    mark = marks_of(body)["their-call"]
    assert "Call expected 1 July 2025" in mark
    assert "moved" not in mark and "expected before" not in mark and 'class="former"' not in mark


def test_a_meeting_that_was_held_on_an_unknown_day_has_no_mark_of_one(site: Site) -> None:
    fields = {"kind": "call", "expected": "2025-06-05", "on": "2025-06-01", "by": "us", "as": "agreed"}
    site.ledger.append("announcement", "their-call", fields, note="Word 1.")
    site.ledger.append("meeting", "their-call", {"kind": "call", "held": "unknown"}, note="Word 2.")
    day = "2099-01-01"
    words = text_of(page(site, f"/vn-us-trade/timeline?as-of={day}"))
    assert "Call expected 5 June 2025, held, date unknown" in words
    assert "date unknown (expected 5 June 2025)" in text_of(page(site, f"/vn-us-trade/meetings?as-of={day}"))


def test_every_mark_is_drawn_or_counted(site: Site) -> None:
    for asked in (
        "",
        "&by=issue",
        "&from=2025-05-01&to=2025-06-15",
        "&issue=trade-balance",
        "&party=us",
        "&person=jamieson-greer",
    ):
        answer = json.loads(page(site, f"/vn-us-trade/timeline.json?as-of=2025-05-22{asked}"))
        body = page(site, f"/vn-us-trade/timeline?as-of=2025-05-22{asked}")
        drawn_, former = len(marks_of(body)), body.count('class="former"')
        svg = body[body.index('<svg id="timeline"') : body.index('<p id="words"')]
        one_by_one = len(re.findall(r'class="mark [^"]*" data-drawn', svg))
        assert (
            drawn_ and one_by_one + former + sum(map(int, re.findall(r'data-count="(\d+)"', svg))) == answer["total"]
        ), asked
        assert answer["total"] == len(answer["marks"]) > 0
        assert body.count("<tr") - 1 == answer["total"]


def test_a_filter_leaves_only_what_it_names(site: Site) -> None:
    marks = json.loads(page(site, "/vn-us-trade/timeline.json?as-of=2025-05-22&issue=trade-balance&party=vn"))["marks"]
    said = {one.slug for one in site.ledger.views().statements(issue="trade-balance", by="vn")}
    assert {one["slug"] for one in marks if one["kind"] == "statement"} == said
    assert "There is no issue" in site.respond("/vn-us-trade/timeline", {"issue": "nothing"}).body


def test_the_line_of_the_day_is_at_its_day_or_says_that_it_is_elsewhere(site: Site) -> None:
    body = page(site, "/vn-us-trade/timeline?as-of=2025-05-22&from=2025-05-01&to=2025-06-15")
    at = float(re.search(r'<g id="today"[^>]*><line x1="([\d.]+)"', body)[1])
    assert at == pytest.approx(132 + 21 / 45 * (986 - 132 - 14), abs=0.2)
    later = page(site, "/vn-us-trade/timeline?as-of=2025-05-22&from=2025-03-01&to=2025-04-01")
    assert "later than these days" in later
    assert not re.search(r'<g id="today"[^>]*><line', later)


def test_windows_lead_nearer_and_farther_and_back(site: Site) -> None:
    answer = json.loads(page(site, "/vn-us-trade/timeline.json?from=2025-05-01&to=2025-05-21"))
    assert answer["windows"] == {
        "in": ["2025-05-06", "2025-05-16"],
        "out": ["2025-04-21", "2025-05-31"],
        "earlier": ["2025-04-21", "2025-05-11"],
        "later": ["2025-05-11", "2025-05-31"],
    }
    whole = page(site, "/vn-us-trade/timeline")
    assert 'aria-label="Zoom in"' in whole
    assert 'aria-label="Zoom out"' not in whole


def test_the_picture_is_a_file_that_needs_no_page(site: Site) -> None:
    found = site.respond("/vn-us-trade/timeline.svg", {"as-of": "2025-05-22"})
    assert (found.status, found.content_type) == (200, "image/svg+xml")
    root = ElementTree.fromstring(found.body)
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert not tags & {"a", "style", "script", "image"}
    assert "Viet Nam and United States, reciprocal trade agreement" in "".join(root.itertext())
    assert all(one.get("fill") for one in root.iter() if one.tag.endswith("}text"))
    assert site.respond("/vn-us-trade/issues.svg", {}).status == 404


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
    assert (found["drawn"], found["first"], found["last"]) == ("before", "2025-05-22", "2025-05-22")
