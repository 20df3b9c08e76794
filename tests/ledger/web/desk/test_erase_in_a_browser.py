"""Erasing in a real Chromium, at a server where people sign in: a keeper does it, a recorder and a reader cannot."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

from playwright.sync_api import expect

from ledger.integrity.verify import verify
from ledger.web.people.people import AccessRole, People
from ledger.web.people.visitors import Visitors
from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, violations

ENTRY = "/vn-us-trade/statement/greer-commends-goodwill"
ERASE = "/vn-us-trade/erase/greer-commends-goodwill"
pytestmark = MARKS


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return serving.worked_example(tmp_path)


@pytest.fixture
def page(ledger: Ledger, browser: Any) -> Iterator[Any]:
    """A window at the entry, in which nobody has signed in."""
    People(ledger.path).add("minh", AccessRole.KEEPER)
    with serving.serving(ledger, Visitors(People(ledger.path))) as address, browser.new_context() as context:
        found = context.new_page()
        found.goto(f"{address}{ENTRY}")
        yield found


def sign_in(page: Any, ledger: Ledger, role: AccessRole, level: str = "") -> None:
    page.fill("#token", People(ledger.path).add("lan", role, level=level))
    page.press("#token", "Enter")
    page.get_by_text("Signed in as").wait_for()


def test_a_keeper_erases_an_entry_from_its_page(page: Any, ledger: Ledger) -> None:
    with ledger.views() as views:
        says = next(one.says for one in views.statements() if one.slug == "greer-commends-goodwill")
    before = ledger.head().position
    sign_in(page, ledger, AccessRole.KEEPER)
    page.get_by_text(says).first.wait_for()
    page.goto(page.url.replace(ENTRY, "/raw_tables"))  # its tables keep a connection
    page.goto(page.url.replace("/raw_tables", ENTRY))
    page.get_by_role("link", name="Erase").click()
    page.get_by_label("Reason").fill("The ministry asked for it.")
    page.get_by_role("button", name="Show what would be erased").click()
    page.get_by_role("heading", name="What remains").wait_for()
    page.get_by_text("Kept: type, slug, time, keeper and SHA-256").wait_for()
    assert ledger.head().position == before
    assert violations(page) == []
    page.reload()
    confirm = page.get_by_label("Type greer-commends-goodwill to confirm")
    confirm.fill("yes")
    confirm.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was erased")
    confirm.fill("greer-commends-goodwill")
    page.get_by_role("button", name="Erase it for good").click()
    page.get_by_text(f"Recorded as #{before + 1}: The ministry asked for it.").wait_for()
    page.get_by_role("heading", name="What was erased").wait_for()
    assert verify(ledger.path).problems == []
    with ledger.views() as views:
        assert views.log(later=True)[-1].recorded_by == "lan"
    page.get_by_role("link", name="greer-commends-goodwill").click()
    page.get_by_text("Erased: The ministry asked for it.").first.wait_for()
    expect(page.get_by_role("link", name="Erase")).to_have_count(0)
    page.goto(page.url.replace(ENTRY, "/vn-us-trade/statements"))
    page.get_by_role("heading", name="Statements").wait_for()
    expect(page.get_by_text(says)).to_have_count(0)


@pytest.mark.parametrize(("role", "level"), [(AccessRole.RECORDER, ""), (AccessRole.READER, "confidential")])
def test_others_have_no_way_to_erase(page: Any, ledger: Ledger, role: AccessRole, level: str) -> None:
    sign_in(page, ledger, role, level)
    before = ledger.head()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Erase")).to_have_count(0)
    there = page.url.replace(ENTRY, ERASE)
    form = {"reason": "Because.", "keeper": "keeper", "plan": "1", "confirm": "greer-commends-goodwill"}
    for answer in (page.request.get(there), page.request.post(there, form=form)):
        assert answer.status == 403
    assert ledger.head() == before
