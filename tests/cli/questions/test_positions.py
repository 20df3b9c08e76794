"""The commands that show positions, the table and the figures."""

import json
import re

from tests.cli.console import Console


def test_long_positions_are_one_screen_with_the_latest_first_and_whole_on_request(recorded: Console) -> None:
    recorded.columns = 80
    positions = json.loads(recorded.line("parley positions --json").out)
    page = recorded.line("parley positions").out.splitlines()
    assert 24 <= len(page) <= 40
    statements = {one["slug"] for one in positions}
    shown = [line.split()[-1] for line in page[:-2:2]]
    assert page[-1] == f"{len(statements) - len(shown)} more: --full"
    days = {one["slug"]: one["day"] for one in positions}
    assert [days[slug] for slug in shown] == sorted(days.values(), reverse=True)[: len(shown)]
    whole = " ".join(recorded.line("parley positions --full").out.split())
    assert all(one["quote"] in whole for one in positions)
    assert len(recorded.line("parley positions --csv").rows) == len(positions)


def test_positions_that_a_screen_holds_are_whole(recorded: Console) -> None:
    narrowed = "parley positions --issue market-economy-status"
    assert recorded.line(narrowed).out == recorded.line(f"{narrowed} --full").out


def test_the_table_of_positions_has_a_column_for_each_party(recorded: Console) -> None:
    recorded.columns = 1000
    shown = recorded.line("parley table --as-of 2025-05-22").out
    heading, *rows = shown.splitlines()
    assert "By United States" in heading
    assert "By Viet Nam" in heading
    answer = json.loads(recorded.line("parley table --as-of 2025-05-22 --json").out)
    assert len(rows) == len(answer["rows"])
    cells = [cell for row in answer["rows"] for cell in row["cells"]]
    assert [row["slug"] for row in recorded.line("parley table --as-of 2025-05-22 --csv").rows] == [
        cell["slug"] for cell in cells
    ]
    one = recorded.line("parley table --issue export-controls --json").out
    assert [row["slug"] for row in json.loads(one)["rows"]] == ["export-controls"]


def test_a_table_without_room_is_stacked_issue_by_issue(recorded: Console) -> None:
    recorded.columns = 80
    lines = recorded.line("parley table --as-of 2025-05-22").out.splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads[:1] and all(re.fullmatch(r".* \(.*\) +[a-z0-9-]+", line) for line in heads)
    assert any(line.startswith("  Viet Nam ") for line in lines)
    assert any(line.startswith("  between ") for line in lines)
    assert max(map(len, lines)) <= 80


def test_figures_of_an_entry_that_another_replaces_no_longer_count(recorded: Console) -> None:
    recorded.columns = 1000
    recorded.line("parley append measure rate --title Rate --unit percent")
    said = "--by us --to vn --act proposed --issues tariffs --on 2025-05-22 --note Told."
    recorded.parley("append", "statement", "first", *said.split(), "--says", "20", "--figures", "rate = 20 percent")
    replacing = ["--replaces", "first", "--figures", "rate = 18 percent"]
    recorded.parley("append", "statement", "second", *said.split(), "--says", "18", *replacing)
    assert [line.split()[1] for line in recorded.line("parley figures").out.splitlines()[1:]] == ["18"]
    assert "20 percent, replaced by second" in recorded.line("parley figures rate").out
    assert "Rate" not in recorded.line("parley contested").out
    assert "replaces first on 22 May" not in recorded.line("parley show second").out
    assert "(replaced by second)" not in recorded.line("parley show second").out


def test_a_joint_statement_is_shown_as_joint_in_the_row_of_every_party(recorded: Console) -> None:
    recorded.columns = 1000
    recorded.line("parley append measure rate --title Rate --unit percent")
    recorded.line("parley append issue levy --title Levy")
    said = "--by us --by vn --act agreed-in-principle --issues levy --on 2025-05-22 --says 'Halve it.'"
    filed = recorded.line(f"parley append statement joint {said} --figures 'rate = 20 percent' --note Told.")
    assert filed.code == 0, filed.err
    [_, row] = recorded.line("parley table --issue levy").out.splitlines()
    assert "agreed in principle jointly with Viet Nam (Rate: 20 percent) 2025-05-22" in row
    assert "agreed in principle jointly with the United States (Rate: 20 percent) 2025-05-22" in row
    recorded.columns = 80
    narrow = " ".join(recorded.line("parley table --issue levy").out.split())
    assert narrow.count("jointly with") == 2
    cells = json.loads(recorded.line("parley table --issue levy --json").out)["rows"][0]["cells"]
    assert {one["party"]: one["jointly_with"] for one in cells} == {"us": ["vn"], "vn": ["us"]}
    rows = recorded.line("parley table --issue levy --csv").rows
    assert [(one["party"], one["jointly_with_names"]) for one in rows] == [("us", "Viet Nam"), ("vn", "United States")]
    alone = recorded.line("parley positions --issue levy --by us").out
    assert "United States jointly with Viet Nam" in " ".join(alone.split())
    positions = json.loads(recorded.line("parley positions --issue levy --json").out)
    assert [one["jointly_with"] for one in positions] == [["vn"], ["us"]]
    recorded.columns = 80
    short = recorded.line("parley positions --by us").out
    assert "2025-05-22  United States jointly with Viet Nam  agreed in principle" in short


def test_since_when_a_party_asks_is_told_with_who_told_and_denied_its_request(recorded: Console) -> None:
    (recorded.folder / "more.yaml").write_text("""
negotiation: vn-us-trade
source: {slug: leak, title: A leak, published: 2025-11-20, kind: news}
entries:
  - {issue: ports, title: Ports}
  - {statement: us-wants, by: us, to: vn, act: asked, issues: ports, says: Open them., on: 2025-11-19,
     reported-by: two officials}
  - {statement: us-says-no, by: us, act: denied, issues: ports, says: The US asked for ports., on: 2025-11-20,
     denies: us-wants}
""")
    assert recorded.line("parley import more.yaml").code == 0
    answer = " ".join(recorded.line("parley positions --issue ports").out.split())
    told = "as told by two officials, denied by the United States on 20 November 2025"
    assert f"2025-11-19: Open them. (us-wants), {told}" in answer


def test_who_denied_one_of_several_requests_did_not_deny_the_others(recorded: Console) -> None:
    fields = "--by us --act denied --denies dien-asks-market-economy-nov --says No. --on 2025-11-20 --note Call."
    assert recorded.line(f"parley append statement us-denies {fields}").code == 0
    recorded.columns = 1000
    denied = [line for line in recorded.line("parley asks --by vn").out.splitlines() if "denied by the United" in line]
    assert len(denied) == 1 and "2025-11-14" in denied[0] and "2025-03-13" not in denied[0]
    answer = recorded.line("parley positions --issue market-economy-status").out
    assert "2025-03-13" in answer and "2025-03-13, denied" not in answer and "2025-03-13; one" not in answer
