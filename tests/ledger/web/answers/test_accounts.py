"""The page of accounts has what each side reports of one meeting in a column of its own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def told(folder: Path, line: str) -> Any:
    return json.loads(Console(folder).line(f"parley {line} --json").out)


def test_the_accounts_are_those_of_the_command_line(site: Site, tmp_path: Path) -> None:
    found = json.loads(page(site, "/vn-us-trade/accounts.json?meeting=round-2"))
    compared = told(tmp_path, "compare round-2")
    assert {name: found[name] for name in compared} == compared
    named = json.loads(page(site, "/vn-us-trade/accounts.json?meeting=Round+2".replace("+", " ")))
    assert named["meeting"] == "round-2"
    assert json.loads(page(site, "/vn-us-trade/accounts.json"))["meeting"] == "round-5"


def test_each_side_has_a_column_with_its_own_words(fish: Site) -> None:
    body = page(fish, "/fish-stocks/accounts?meeting=round-2")
    columns = [text_of(one) for one in re.findall(r'<th scope="col" role="columnheader">(.*?)</th>', body, re.DOTALL)]
    assert columns[0] == "Reported"
    halvia, torrania = (
        next(nth for nth, one in enumerate(columns) if one.startswith(name)) for name in ("Halvia", "Torr")
    )
    row = next(
        one
        for one in re.findall(r'<tr role="row"><th scope="row".*?</tr>', body, re.DOTALL)
        if "Inspection should take place in port" in one
    )
    cells = ["", *(text_of(one) for one in re.findall(r"<td.*?</td>", row, re.DOTALL))]
    assert "Inspection should take place in port instead." in cells[torrania]
    assert "20 April 2024, Ministry of Fisheries of Torrania" in cells[torrania]
    assert cells[halvia].endswith("– does not report it")


def test_before_any_meeting_there_is_nothing_to_compare(site: Site) -> None:
    assert "No meeting is on record." in page(site, "/vn-us-trade/accounts?as-of=2020-01-01")
