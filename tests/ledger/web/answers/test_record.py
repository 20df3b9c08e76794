"""The page about the record itself: check says what the command line says."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def told(folder: Path, line: str) -> Any:
    return json.loads(Console(folder).line(f"parley {line} --json").out)


def test_check_says_what_the_command_line_says(site: Site, tmp_path: Path) -> None:
    assert json.loads(page(site, "/vn-us-trade/check.json")) == told(tmp_path, "check")
    assert "No problem found in 0 assertions, 172 events and 146 quotes" in text_of(page(site, "/vn-us-trade/check"))
    site.ledger.retract("tariffs", "A mistake.")
    found = json.loads(page(site, "/vn-us-trade/check.json"))
    assert found["problems"] == json.loads(Console(tmp_path).line("parley check --json").out)["problems"] != []
    assert f"{len(found['problems'])} problem" in text_of(page(site, "/vn-us-trade/check"))


def test_check_as_of_a_day_says_what_the_command_line_says_whatever_day_was_checked_before(
    site: Site, tmp_path: Path
) -> None:
    site.ledger.retract("tariffs", "A mistake.")
    for day in ("2026-11-21", "2025-05-22", "2025-03-01"):
        for clocks in ("", "&reported-by=2025-05-22", "&recorded-by=100"):
            found = json.loads(page(site, f"/vn-us-trade/check.json?as-of={day}{clocks}"))
            asked = clocks.replace("&", " --").replace("=", " ")
            assert found == told(tmp_path, f"check --as-of {day}{asked}"), (day, clocks)
