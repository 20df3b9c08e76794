"""What a brief, a history and the positions name: sources, titles and doubts, in words of the record."""

import json
import re

import pytest

from tests.cli.console import Console

TALKS = """
negotiation: ferry
title: Ferry line talks
parties: [arda, bren]
source: {slug: gazette, title: Opening, publisher: Gazette, published: 2025-05-20}
entries:
  - {party: arda, name: Arda}
  - {party: bren, name: Bren Republic, in-sentences: the Bren Republic}
  - {issue: berths, title: Berths at Port Sel}
  - {issue: fares, title: Fares of the line}
  - {measure: fare, title: Fare, unit: crowns}
  - {statement: two, by: bren, to: arda, act: proposed, issues: berths, says: Two berths each., on: 2025-05-19}
  - {statement: fifth, by: arda, to: bren, act: asked, issues: fares, says: Lower them., on: 2025-05-19,
     figures: "fare = 30"}
  - {follow-up: lists, says: Exchange lists., owners: [arda, bren], issues: fares, on: 2025-05-19, due: 2025-06-06}
  - {announcement: round-2, kind: round, number: 2, expected: 2025-06-16, on: 2025-05-19}
---
negotiation: ferry
source: {slug: herald, title: Progress, publisher: Herald, published: 2025-07-10}
entries:
  - {meeting: round-2, kind: round, number: 2, held: 2025-06-26, parties: [arda, bren]}
  - {statement: three, by: bren, to: arda, act: proposed, issues: berths, says: Three berths each.}
  - {statement: four, by: bren, to: arda, act: proposed, issues: berths, says: Four berths each.}
  - {statement: tenth, by: bren, to: arda, act: accepted, issues: fares, says: By a tenth., at: round-2, answers: fifth,
     figures: "fare = 27"}
  - {closed: lists, outcome: done, owners: arda, by: bren, on: 2025-06-04}
"""


@pytest.fixture
def ferry(console: Console) -> Console:
    console.line("parley init")
    (console.folder / "talks.yaml").write_text(TALKS)
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err
    return console


@pytest.mark.parametrize("full", ["", " --full"])
def test_each_line_of_a_brief_names_its_source_also_where_nothing_is_quoted(ferry: Console, full: str) -> None:
    brief = ferry.line(f"parley brief --since 2025-05-25{full}").out
    lines = [line for line in brief.partition("## Sources")[0].splitlines() if line.startswith("- ")]
    assert len(lines) > 8
    # The titles of issues that other lines tell of stand in one line without a source.
    [named] = [line for line in lines if line.startswith("- Open, with the last word among the unanswered asks (1): ")]
    lines.remove(named)
    assert any(named.rpartition(": ")[2].rstrip(".") in line for line in lines)
    assert [line for line in lines if not re.search(r"\[\d+\]$", line)] == []
    cited = {line.rpartition("[")[2].rstrip("]") for line in lines if line.startswith("- Fares of the line: open →")}
    assert f"[{cited.pop()}]" in brief.partition("`herald`")[2] or full


def test_the_changes_of_the_newest_source_come_first(ferry: Console) -> None:
    changed = ferry.line("parley diff 2025-05-01 --csv").rows
    assert {one["source"] for one in changed} == {"gazette", "herald"}
    brief = ferry.line("parley brief --since 2025-05-01 --full").out
    section = brief.partition("## What changed")[2].partition("\n## ")[0]
    assert section.index("Round 2 held") < section.index("Fare: 30 crowns")


def test_a_history_has_names_titles_and_days_in_words(ferry: Console) -> None:
    told = ferry.line("parley history lists").out
    assert "ended for: Arda" in told
    assert "ended on: 4 June 2025" in told
    assert "closed by: bren" not in told
    assert "2025-06-26  status: open → agreed" in ferry.line("parley history fares").out  # said at the round
    assert "parties: Arda and the Bren Republic" in ferry.line("parley history round-2").out


def test_the_short_form_of_the_positions_tells_the_same_doubt_as_the_table(ferry: Console) -> None:
    more = ["negotiation: ferry", "source: {slug: gazette}", "entries:"]
    for nth in range(30):
        more.append(f"  - {{issue: matter-{nth}, title: Matter {nth}}}")
        asked = f"by: arda, to: bren, act: asked, issues: matter-{nth}, says: Do {nth}., on: 2025-05-19"
        more.append(f"  - {{statement: said-{nth}, {asked}}}")
    (ferry.folder / "more.yaml").write_text("\n".join(more).replace("{slug: gazette}", "{slug: post, title: Post}"))
    filed = ferry.line("parley import more.yaml")
    assert filed.code == 0, filed.err
    short = ferry.line("parley positions").out
    assert "--full" in short
    assert "(not known to be later than two and four)" in short
    full = " ".join(ferry.line("parley positions --full --issue berths").out.split())
    assert "(not known to be later than two and four)" in full
    [cell] = json.loads(ferry.line("parley table --issue berths --json").out)["rows"][0]["cells"]
    assert cell["besides"] == ["two", "four"]
