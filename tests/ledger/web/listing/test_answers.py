"""The lists of answers: the figures stand by measure, and their charts keep what a filter leaves out."""

import json
import re
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.listing.narrowing import SECTION
from tests.ledger.web.serving import page, text_of


def rows(site: Any, address: str) -> Any:
    """All rows of a list."""
    path, _, asked = address.partition("?")
    return json.loads(page(site, f"/talks/{path}.json?{asked}"))["rows"]


def test_the_figures_have_the_newest_of_each_measure_until_one_is_chosen(long_site: Any) -> None:
    def values_on(address: str) -> list[str]:
        return re.findall(r"<td>([0-9]+ percent)</td>", page(long_site, f"/talks/{address}"))

    every = [one["value"] for one in rows(long_site, "figures?measure=rate")]
    assert values_on("figures") == every[: -SECTION - 1 : -1]
    first = page(long_site, "/talks/figures")
    assert f"The newest {SECTION} of {len(every)} are shown." in text_of(first)
    assert 'href="/talks/figures?measure=rate"' in first
    pages = [values_on(f"figures?measure=rate&page={nth}") for nth in (1, 2, 3)]
    assert [value for shown in pages for value in shown] == every[::-1]


def test_a_chart_keeps_the_values_that_a_filter_leaves_out_and_says_so(long_site: Any) -> None:
    asked = "figures?party=bb&from=2026-07-01"
    body, shown = page(long_site, f"/talks/{asked}"), rows(long_site, asked)
    assert {tuple(one["by"]) for one in shown} == {("bb",)}
    assert body.count('<g class="st') == 100 > len(shown) > 0
    assert "The chart has the newest 100 of 210 values." in text_of(body)
    assert "No value matches these filters" in page(long_site, "/talks/figures?words=nothing-of-the-kind")


def test_the_figures_of_an_issue_are_those_of_its_statements(long_site: Any) -> None:
    [found] = rows(long_site, "figures?issue=issue-7")
    assert (found["entry"], found["issues"]) == ("statement/said-7", ["issue-7"])
    assert rows(long_site, "figures?issue=issue-0&party=aa") == []


def test_values_that_count_and_those_that_do_not_make_up_all_values(long_site: Any) -> None:
    now, before = (rows(long_site, f"figures?counts={word}") for word in ("yes", "no"))
    assert {one["counts"] for one in now} == {True}
    assert {one["counts"] for one in before} == {False}
    assert len(now) + len(before) == len(rows(long_site, "figures"))
