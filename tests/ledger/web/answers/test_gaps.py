"""The page of gaps is the answer of the command line, by kind."""

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


def test_the_gaps_are_those_of_the_command_line(site: Site, tmp_path: Path) -> None:
    for asked, options in (("", ""), ("&months=3", "--months 3"), ("&kind=unanswered", "--kind unanswered")):
        found = json.loads(page(site, f"/vn-us-trade/gaps.json?as-of=2025-11-30{asked}"))
        rows = [one for of in found["gaps"].values() for one in of]
        assert rows == told(tmp_path, f"gaps --as-of 2025-11-30 {options}")
        assert sum(found["counts"].values()) == len(rows) > 3


def test_every_gap_leads_to_its_entry_and_a_long_kind_says_of_how_many(site: Site) -> None:
    body = page(site, "/vn-us-trade/gaps?as-of=2025-11-30")
    assert "Asked and not answered" in text_of(body)
    assert "/vn-us-trade/issue/" in body
    words = text_of(body)
    counts = json.loads(page(site, "/vn-us-trade/gaps.json?as-of=2025-11-30"))["counts"]
    assert counts["unverified"] > 100
    assert f"The first 25 of {counts['unverified']} are shown." in words
    whole = text_of(page(site, "/vn-us-trade/gaps?as-of=2025-11-30&all=unverified"))
    assert f"of {counts['unverified']} are shown" not in whole
    assert "one-sided, unanswered, unowned" in site.respond("/vn-us-trade/gaps", {"kind": "hole"}).body
