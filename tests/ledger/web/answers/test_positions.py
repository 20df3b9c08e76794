"""The page of positions: each cell leads to its statement and its passage, and a silence says what it means."""

import html
import json
import re
from pathlib import Path

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger import Clocks, Ledger
from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def cells(body: str) -> dict[str, list[str]]:
    """The words of the cells, by issue."""
    rows = re.findall(r'<tr role="row" class.*?</tr>', body, re.DOTALL)
    return {
        text_of(re.search(r"<th.*?<a[^>]*>(.*?)</a>", row, re.DOTALL)[1]): [
            text_of(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        for row in rows
    }


def test_the_table_of_positions_links_every_cell_to_its_statement(site: Site) -> None:
    body = page(site, "/vn-us-trade/table?as-of=2025-06-01")
    answer = json.loads(page(site, "/vn-us-trade/table.json?as-of=2025-06-01"))
    held = [(cell["slug"], cell["act"]) for row in answer["rows"] for cell in row["cells"]]
    assert len(held) > 3
    for slug, act in held:
        assert f'/vn-us-trade/statement/{slug}?as-of=2025-06-01"><span class="act ' in body
        assert act.replace("-", " ") in body
    assert [row["slug"] for row in answer["rows"]] == sorted(row["slug"] for row in answer["rows"])


def test_a_cell_has_the_act_the_figure_the_day_and_the_passage(fish: Site) -> None:
    body = page(fish, "/fish-stocks/table?as-of=2024-07-17")
    shares = cells(body)["Shares of the parties"]
    asked = (
        "Southern League asked 25 percent (Share of the Southern League) The Southern League should have 25 percent."
    )
    assert asked in shares[2]
    assert "between 18 and 21 June 2024 ✓ Verified: 21 June 2024, Chair of the Meren Sea talks" in shares[2]
    cited = re.findall(r'class="cite" href="([^"]+)"', body)
    assert len(cited) == sum(
        len(row["cells"]) for row in json.loads(page(fish, "/fish-stocks/table.json?as-of=2024-07-17"))["rows"]
    )
    for address in map(html.unescape, cited):
        there, _, passage = address.partition("#")
        assert page(fish, there).count(f'id="{passage}"') == 1


def test_three_kinds_of_silence_are_told_apart(fish: Site) -> None:
    found = cells(page(fish, "/fish-stocks/table?as-of=2024-07-17"))
    port = dict(zip(("halvia", "ostwick"), found["Inspection in port"], strict=False))
    assert port["halvia"] == "Halvia no answer to Torrania on record, at least 89 days"
    assert port["ostwick"] == "Ostwick – no ask on record"
    fields = {"by": "torrania", "act": "withdrew", "issues": "inspection-in-port", "on": "2024-07-20"}
    issue = next(one.slug for one in fish.ledger.views().issues() if one.title == "Inspection in port")
    fish.ledger.append("statement", "gives-up", fields | {"issues": issue, "says": "Withdrawn."}, note="It gave up.")
    after = cells(page(fish, "/fish-stocks/table?as-of=2024-07-21"))["Inspection in port"]
    assert after[0] == "Halvia ◌ was asked; no answer is reported"


def test_a_party_that_promised_what_it_was_asked_has_replied(fish: Site) -> None:
    views = fish.ledger.views(Clocks("2024-07-17"))
    issue = next(one.slug for one in views.issues() if one.title == "Inspection in port")
    [asked] = [one.ask for one in views.asks() if one.ask.issue == issue]
    reply = {
        "by": "halvia",
        "to": asked.asker,
        "act": "promised",
        "issues": issue,
        "says": "It will.",
        "on": "2024-07-21",
    }
    fish.ledger.append("statement", "will", {**reply, "answers": asked.last_statement}, note="By phone.")
    [cell, *_] = cells(page(fish, "/fish-stocks/table?as-of=2024-07-22"))["Inspection in port"]
    assert cell == "Halvia replied (promised), and holds no position on record"


def test_the_cells_are_those_of_the_command_line_and_what_was_taken_since_the_round_is_new(
    site: Site, tmp_path: Path
) -> None:
    told = json.loads(Console(tmp_path).line("parley table --as-of 2025-05-22 --json").out)
    found = json.loads(page(site, "/vn-us-trade/table.json?as-of=2025-05-22"))
    assert (found["rows"], found["parties"]) == (told["rows"], told["parties"])
    days = {cell["slug"]: cell["day"] for row in told["rows"] for cell in row["cells"]}
    assert {slug for slug, day in days.items() if day > "2025-03-14"} <= {*found["changed"]}
    assert {slug for slug, day in days.items() if day <= "2025-03-13"} & {*found["changed"]} == set()
    body = page(site, "/vn-us-trade/table?as-of=2025-05-22")
    assert body.count('<span class="new">new</span>') > len(found["changed"])  # the legend has one too


def test_the_table_can_be_turned_and_an_issue_opens_its_conversation(site: Site) -> None:
    turned = page(site, "/vn-us-trade/table?as-of=2025-05-22&across=issues")
    rows = re.findall(r'<th scope="row".*?</th>', turned, re.DOTALL)
    assert [text_of(row) for row in rows] == ["United States", "Viet Nam"]
    assert "Issues down, parties across" in turned
    there = re.search(r'href="(/vn-us-trade/issue/trade-balance[^"#]*)#h-said"', turned)[1]
    assert 'id="h-said"' in page(site, html.unescape(there))


def test_both_readings_of_a_contested_position_are_in_its_cell(site: Site) -> None:
    ledger = site.ledger
    asked = {"by": "us", "to": "vn", "act": "asked", "issues": "tariffs", "on": "2025-06-01"}
    ledger.append("statement", "cut", asked | {"says": "Cut them."}, note="One account.")
    ledger.append("statement", "cut", asked | {"on": "2025-06-02", "says": "Cut them."}, note="Another account.")
    cell = next(one for one in cells(page(site, "/vn-us-trade/table"))["US tariffs"] if "Cut them." in one)
    assert "contested : day" in cell
    assert "1 June 2025" in cell and "2 June 2025" in cell


def test_a_cell_says_with_whom_a_joint_statement_was_made(tmp_path: Path) -> None:
    console = Console(tmp_path)
    console.line("parley init")
    (tmp_path / "talks.yaml").write_text(
        "negotiation: talks\ntitle: Talks\nparties: [us, vn]\nentries:\n"
        "  - {party: us, name: United States}\n  - {party: vn, name: Viet Nam}\n  - {issue: levy, title: Levy}\n"
        "  - {measure: rate, title: Rate, unit: percent}\n---\nnegotiation: talks\n"
        "source: {slug: paper, title: Paper, published: 2026-06-01}\nentries:\n"
        "  - {statement: joint, by: [us, vn], act: agreed-in-principle, issues: levy, says: Halve it., on: 2026-05-02,"
        " figures: {rate: 20 percent}}\n"
    )
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err
    site = Site(Ledger(tmp_path / "ledger.db"), "/raw_tables")
    us, vn = cells(page(site, "/talks/table?as-of=2026-06-01"))["Levy"]
    assert "jointly with Viet Nam 20 percent (Rate)" in us
    assert "jointly with United States 20 percent (Rate)" in vn
    answer = json.loads(page(site, "/talks/table.json?as-of=2026-06-01"))
    assert [cell["jointly_with"] for cell in answer["rows"][0]["cells"]] == [["vn"], ["us"]]
