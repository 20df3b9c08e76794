"""The site in a real Chromium with the network off, opened from disk: links, slider, search, no complaint, axe."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

from playwright.sync_api import expect

from tests.ledger.web.chromium import MARKS, Windows, launched, violations
from tests.ledger.web.publication.reading import Published

pytestmark = MARKS


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """The windows of one browser for the tests of this module."""
    with launched() as browser:
        yield Windows(browser)


@pytest.fixture
def opened(windows: Windows, site: Published) -> Iterator[Callable[..., Any]]:
    """Opens a file of the site without a network; whatever the console complains of fails the test."""

    def open_page(file: str) -> Any:
        path, mark, query = file.partition("?")
        return windows.open(f"{(site.folder / path).as_uri()}{mark}{query}", "file://", offline=True)

    yield open_page
    assert windows.release() == []


def test_a_reader_goes_from_the_list_to_a_quote_in_its_source(opened: Callable[..., Any]) -> None:
    page = opened("index.html")
    page.get_by_role("link", name="Viet Nam and United States").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stand on 21 November 2026")
    page.get_by_role("link", name="Meetings", exact=True).click()
    page.get_by_role("link", name="Round 2").first.click()
    page.locator(".on-record a[href*='#q-']").first.click()
    page.wait_for_url("**/source/*")
    expect(page.locator(":target")).to_have_count(1)


def test_the_slider_goes_from_day_to_day_of_change_and_back(opened: Callable[..., Any]) -> None:
    page = opened("vn-us-trade/on/2025-05-22/table.html")
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "22 May 2025"
    with page.expect_navigation():
        slider.press("End")
    assert page.url.endswith("/vn-us-trade/table.html")
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "21 November 2026 (newest)"
    with page.expect_navigation():
        page.get_by_role("slider").press("Home")
    first = page.url
    assert "/on/" in first
    with page.expect_navigation():
        page.locator("a[rel=next]").click()
    assert page.url > first


def test_the_search_finds_names_without_accents_and_words_of_quotes(opened: Callable[..., Any]) -> None:
    page = opened("vn-us-trade/issues.html")
    page.get_by_role("searchbox").fill("nguyen hong dien")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found a").first).to_have_text("Nguyen Hong Dien")
    page.get_by_label("Words").fill("goodwill ADDRESS concern")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="goodwill").first.click()
    page.wait_for_url("**/statement/*")
    page = opened("vn-us-trade/search.html?q=zzz")
    expect(page.locator("#found")).to_have_text("No entry has these words.")


def test_hostile_text_does_nothing(opened: Callable[..., Any]) -> None:
    page = opened("hostile/index.html")
    folder = page.url.removesuffix("index.html")
    for file in ("table", "timeline", "search", "issue/money", "source/the-source", "statement/asked"):
        assert page.title() not in ("owned", "1")
        page.goto(f"{folder}{file}.html")
        assert page.title() not in ("owned", "1")
    page.get_by_role("searchbox").fill("script")
    page.get_by_role("searchbox").press("Enter")
    page.locator("#found a").first.wait_for()
    assert page.title() not in ("owned", "1")


@pytest.mark.parametrize("file", ["index", "table", "timeline", "search", "on/2025-05-22/index", "meeting/round-3"])
def test_nothing_stands_in_the_way_of_anybody(opened: Callable[..., Any], file: str) -> None:
    page = opened(f"vn-us-trade/{file}.html")
    assert violations(page) == []
