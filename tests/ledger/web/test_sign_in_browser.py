"""Signing in with a real Chromium, at a name of this machine and, by plain HTTP, at another: there it tells less."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import Ledger, create_ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")

from ledger.web.people.people import AccessRole, People
from ledger.web.people.visitors import Visitors
from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, OTHER

pytestmark = MARKS


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = create_ledger(tmp_path / "ledger.db", "keeper")
    found.append("negotiation", "talks", {"title": "The talks"})
    return found


@pytest.fixture
def token(ledger: Ledger) -> str:
    return People(ledger.path).add("lan", AccessRole.RECORDER)


@pytest.fixture(params=["127.0.0.1", OTHER])
def page(request: pytest.FixtureRequest, ledger: Ledger, token: str, browser: Any) -> Iterator[Any]:
    """A page of a context of its own, at the form for a note; nobody has signed in."""
    with serving.serving(ledger, Visitors(People(ledger.path))) as address, browser.new_context() as context:
        found = context.new_page()
        found.goto(f"{address.replace('127.0.0.1', request.param)}/talks/note?kind=meeting")
        yield found


def test_a_recorder_signs_in_files_a_note_and_signs_out(token: str, page: Any, ledger: Ledger) -> None:
    page.fill("#token", token)
    page.press("#token", "Enter")
    page.wait_for_selector("text=A note of your own")
    assert page.url.endswith("/talks/note?kind=meeting")
    page.fill("#note", "They met again in the corridor.")
    page.select_option("[name=f-kind]", "call")
    page.fill("[name=f-held]", "2026-11-20")
    page.click("text=File the note")
    page.wait_for_selector("text=They met again")
    with ledger.views() as views:
        assert views.log(later=True)[-1].recorded_by == "lan"
    page.click("text=Sign out")
    page.wait_for_selector("text=Your token")
    page.go_back()
    page.reload()
    page.wait_for_selector("text=Your token")
