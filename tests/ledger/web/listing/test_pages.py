"""The pages of the lists: what each of them says about its rows."""

import json

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def test_a_promise_says_by_whose_account_it_was_done_and_leads_to_its_passage(site: Site) -> None:
    said = {"by": "us", "to": "vn", "issues": "tariffs"}
    site.ledger.append("statement", "vow", said | {"act": "promised", "says": "Cut it.", "on": "2025-06-01"}, note="A.")
    done = said | {"act": "reported-done", "says": "It is cut.", "on": "2025-06-05"}
    site.ledger.append("statement", "cut", done, note="B.")
    body = page(site, "/vn-us-trade/promises?as-of=2025-06-06")
    assert "reported done Cut it. By their own account, 5 June 2025: It is cut." in text_of(body)
    assert 'class="cite"' in body


def test_every_gap_leads_to_its_entry_under_the_heading_of_its_kind(site: Site) -> None:
    body = page(site, "/vn-us-trade/gaps?as-of=2025-11-30")
    words = text_of(body)
    assert "Asked and not answered" in words
    assert "/vn-us-trade/issue/" in body
    kinds = json.loads(page(site, "/vn-us-trade/gaps.json?as-of=2025-11-30"))["facets"][0]["choices"]
    count = {one["value"]: one["rows"] for one in kinds}["unverified"]
    assert count > 100
    assert f"Quotations and figures not found in a text {count}" in words
    assert f"of {count} are on this page. Show only these" in words
    assert f"1–100 of {count} gaps" in text_of(page(site, "/vn-us-trade/gaps?as-of=2025-11-30&kind=unverified"))


def test_the_log_is_shown_newest_first(site: Site) -> None:
    rows = json.loads(page(site, "/vn-us-trade/log.json"))["rows"]
    assert [one["position"] for one in rows] == [*range(1, 173)]
    shown = page(site, "/vn-us-trade/log").partition("<tbody>")[2]
    assert shown.index('<td class="num">172<') < shown.index('<td class="num">73<')
    assert '<td class="num">72<' not in shown
    of_one = page(site, "/vn-us-trade/log?slug=round-3&valid=yes")
    assert '<input type="hidden" name="slug" value="round-3">' in of_one


def test_a_statement_says_who_did_what_and_leads_to_its_passage(site: Site) -> None:
    body = page(site, "/vn-us-trade/statements?as-of=2025-05-22&act=asked")
    assert "Market economy status of Viet Nam" in text_of(body)
    assert 'class="cite"' in body
    assert "proposed</span>" not in body.partition("<tbody>")[2]


def test_an_ask_says_how_long_it_waits_or_how_it_was_answered(site: Site) -> None:
    words = text_of(page(site, "/vn-us-trade/asks").partition("<tbody>")[2])
    assert " days " in words
    assert "agreed" in words
    assert "answered" in words


def test_people_are_listed_with_the_parties_and_their_roles(site: Site) -> None:
    words = text_of(page(site, "/vn-us-trade/people"))
    assert "Parties 3" in words
    assert "Jamieson Greer United States" in words
    assert "Jamieson Greer" not in text_of(page(site, "/vn-us-trade/people?party=vn").partition("<tbody>")[2])


@pytest.mark.parametrize("path", ["", "/meetings", "/gaps", "/brief?full=yes"])
def test_a_meeting_before_another_is_told_by_the_name_of_that_one(site: Site, path: str) -> None:
    words = text_of(page(site, f"/vn-us-trade{path}{'&' if '?' in path else '?'}as-of=2025-11-14"))
    assert "before round 3" in words
    assert "before round-3" not in words


def test_a_meeting_of_the_brief_is_named_once(site: Site) -> None:
    words = text_of(page(site, "/vn-us-trade/brief?as-of=2025-11-14"))
    assert "A ministerial of Nguyen Hong Dien (vn) and Jamieson Greer (us) is expected “later this November”" in words


def test_an_issue_that_nobody_raised_has_no_day_of_raising(site: Site) -> None:
    rows = page(site, "/vn-us-trade/issues?as-of=2025-11-14").partition("<tbody>")[2].split("<tr>")
    [of_agriculture] = [one for one in rows if ">Agriculture<" in one]
    assert '<td class="date"></td>' in of_agriculture
