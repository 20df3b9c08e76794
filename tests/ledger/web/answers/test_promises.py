"""The page of promises is the answer of the command line, with who said that each was done."""

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


def test_the_promises_are_those_of_the_command_line(site: Site, tmp_path: Path) -> None:
    for asked, options in (("", ""), ("&by=us", "--by us"), ("&to=vn&open=yes", "--to vn --open")):
        found = json.loads(page(site, f"/vn-us-trade/promises.json?as-of=2025-11-30{asked}"))
        assert found["rows"] == told(tmp_path, f"promises --as-of 2025-11-30 {options}")
        assert found["total"] == len(found["rows"])
    assert found["rows"]


def test_a_promise_says_by_whose_account_it_was_done_and_leads_to_its_passage(site: Site) -> None:
    said = {"by": "us", "to": "vn", "issues": "tariffs"}
    site.ledger.append("statement", "vow", said | {"act": "promised", "says": "Cut it.", "on": "2025-06-01"}, note="A.")
    done = said | {"act": "reported-done", "says": "It is cut.", "on": "2025-06-05"}
    site.ledger.append("statement", "cut", done, note="B.")
    body = page(site, "/vn-us-trade/promises?as-of=2025-06-06")
    assert "reported done Cut it. By their own account, 5 June 2025: It is cut." in text_of(body)
    assert 'class="cite"' in body
