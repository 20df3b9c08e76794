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


def test_the_meetings_before_and_after_the_day_are_its_neighbours(site: Site) -> None:
    views = site.opening.views(Clocks("2025-05-22"))
    request = Request(site.opening, views, Clocks("2025-05-22"), "/vn-us-trade", {"all": "asks"})
    before, after = request.neighbours()
    assert before.day < "2025-05-22" < after.day
    assert not any(before.day < one.day < "2025-05-22" or "2025-05-22" < one.day < after.day for one in request.ticks)
    assert request.others == {"all": "asks"}
    assert (request.position, request.newer) == (172, 0)
    views.close()


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
