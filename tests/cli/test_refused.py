"""The law of figures that were refused: wherever such a figure is listed, so is who refused it, when, and where."""

import re

import pytest

from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {issue: tariffs, title: Tariffs}
  - {issue: quotas, title: Quotas}
  - {measure: rate, title: Rate, unit: percent}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-05-03}
entries:
  - {statement: ask, by: vn, to: us, act: proposed, issues: tariffs, says: Zebra tariffs., on: 2026-05-01,
     figures: {rate: 21 percent}}
  - {statement: both, by: vn, to: us, act: asked, issues: [tariffs, quotas], says: Zebra both., on: 2026-04-01,
     figures: {rate: 22 percent}}
  - {statement: named, by: us, to: vn, act: proposed, issues: quotas, says: Zebra quotas., on: 2026-05-01,
     figures: {rate: 23 percent}}
---
negotiation: talks
source: {slug: wire, title: Wire, published: 2026-05-10}
entries:
  - {statement: no-tariffs, by: us, to: vn, act: refused, issues: tariffs, says: No., on: 2026-05-09}
  - {statement: no-quotas, by: vn, to: us, act: refused, says: No., on: 2026-05-08, answers: named}
"""
REFUSED = {
    "21 percent": "refused by the United States on 9 May 2026 in no-tariffs (wire)",
    "23 percent": "refused by Viet Nam on 8 May 2026 in no-quotas (wire)",
}


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(TALKS)
    console.columns = 1000
    return console


@pytest.mark.parametrize(
    "line",
    ["figures", "figures rate", "figures rate --csv", "figures rate --json", "table", "brief --full", "handover",
     "show ask", "show named", "show rate", "diff 2026-01-01 2026-06-01"],
)  # fmt: skip
def test_every_answer_with_a_figure_that_was_refused_says_so(talks: Console, line: str) -> None:
    shown = talks.line(f"parley {line}" + ("" if line.startswith("diff") else " --as-of 2026-06-01")).out
    if "json" in line or line.startswith("show"):
        shown = " ".join(shown.split())
        found = [shown] * 2
    else:
        found = re.split("## The story", shown)[0].splitlines()
    told = {value: [one for one in found if value in one] for value in REFUSED}
    assert any(told.values())
    for value, how in REFUSED.items():
        words = how.removeprefix("refused by ") if "json" in line or "csv" in line else how
        assert [one for one in told[value] if words not in one] == [], line
    others = [one for one in found if "22 percent" in one and "23 percent" not in one]
    assert [one for one in others if "refused by" in one and not line.startswith("show")] == []


def test_a_figure_was_not_refused_before_the_day_of_the_refusal(talks: Console) -> None:
    assert "refused" not in talks.line("parley figures rate --as-of 2026-05-07").out


def test_the_pages_with_figures_say_so(talks: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    site = Site(Ledger(talks.folder / "ledger.db"), "/raw_tables")
    for path in ("/figures", "/table", "/statement/ask", "/brief"):
        shown = " ".join(re.sub("<[^>]+>", "", page(site, f"/talks{path}?as-of=2026-06-01")).split())
        assert REFUSED["21 percent"] in shown, path


def test_a_figure_stays_refused_when_its_party_asks_again(talks: Console) -> None:
    again = "--by vn --to us --act proposed --issues tariffs --says Zebra --on 2026-05-20 --figures rate=25%"
    assert talks.line(f"parley append statement again {again} --note x").code == 0
    shown = talks.line("parley figures rate --as-of 2026-06-01").out.splitlines()
    assert [REFUSED["21 percent"] in one for one in shown if "21 percent" in one] == [True]
    assert ["refused" in one for one in shown if "25 percent" in one] == [False]
