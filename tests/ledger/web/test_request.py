"""A request: the links of its page keep its moment, and its views are one snapshot."""

import html
import re
from contextlib import closing

import pytest

from ledger import Clocks

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.request import Request, Tick
from ledger.web.site import Site
from tests.ledger.web.serving import page


def test_links_of_a_page_keep_its_moment(site: Site) -> None:
    body = page(site, "/vn-us-trade?as-of=2025-06-30&reported-by=2025-05-22&recorded-by=172")
    links = [html.unescape(found) for found in re.findall(r'<a [^>]*href="(/vn-us-trade/[^"]*)"', body)]
    assert len(links) > 20
    assert all("as-of=2025-06-30&reported-by=2025-05-22&recorded-by=172" in link for link in links)


def test_a_page_is_of_one_moment_though_a_writer_files_while_it_is_made(site: Site) -> None:
    views = site.opening.views(Clocks())
    site.ledger.append("issue", "new-matter", {"title": "New matter"})
    site.ledger.views().close()
    assert "new-matter" not in [one.slug for one in views.issues()]
    assert views.rows("SELECT position FROM upkeep")[0][0] == 172
    views.close()


def test_the_ticks_are_the_meetings_held_by_the_day_and_the_last_one_before_it_is_the_previous(site: Site) -> None:
    views = site.opening.views(Clocks("2025-05-22"))
    request = Request(site.opening, views, Clocks("2025-05-22"), "/vn-us-trade", {"all": "asks"})
    held = {one.meeting.slug for one in views.meetings() if one.status == "held"}
    assert {one.slug for one in request.met} == held
    assert max(one.day for one in request.met) == "2025-05-22"
    assert request.previous().day == max(one.day for one in request.met if one.day < "2025-05-22")
    assert request.others == {"all": "asks"}
    assert (request.position, request.newer) == (172, 0)
    views.close()


def test_a_page_of_a_day_leads_to_the_meeting_before_it_and_to_today(site: Site) -> None:
    steps = re.search(r'(?s)data-swap="steps">(.*?)</p>', page(site, "/vn-us-trade?as-of=2025-05-22")).group(1)
    assert re.findall(r"as-of=([\d-]+)", steps) == ["2025-05-21", "2026-11-21"]


def test_a_day_is_compared_with_the_last_round_before_it_else_with_another_series_else_with_any(
    site: Site,
) -> None:
    with closing(site.opening.views(Clocks("2025-05-22"))) as views:
        request = Request(site.opening, views, Clocks("2025-05-22"), "/vn-us-trade", {})
        met = [
            Tick("2025-05-10", "r1", "Round 1", "round", ""),
            Tick("2025-05-12", "m1", "Ministerial", "ministerial", ""),
            Tick("2025-05-21", "call", "Call", "call", ""),
            Tick("2025-05-22", "r2", "Round 2", "round", ""),
        ]
        for shown, expected in ((met, "r1"), (met[1:], "m1"), (met[2:], "call")):
            request.__dict__["met"] = shown
            assert request.compared_with().slug == expected
        request.__dict__["met"] = met[3:]
        assert request.compared_with() is None
