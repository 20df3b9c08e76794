"""`parley diff` and `parley replay`: the record through time."""

import json

from tests.cli.console import Console
from tests.examples import ON_TARIFFS


def test_a_diff_of_nothing_says_since_when(recorded: Console) -> None:
    assert recorded.line("parley diff 2026-11-21").out == "No change is on record since 21 November 2026.\n"
    assert recorded.line("parley diff 2024-01-01 2024-01-02").out == (
        "No change is on record from 1 January 2024 to 2 January 2024.\n"
    )


def test_replay_in_csv_says_what_each_event_changed(recorded: Console) -> None:
    rows = recorded.line("parley replay --as-of 2025-05-22 --csv").rows
    steps = json.loads(recorded.line("parley replay --to 2025-05-22 --json").out)
    assert [(row["slug"], row["sentence"]) for row in rows] == [(step["slug"], step["sentence"]) for step in steps]
    [asked] = [row for row in rows if row["slug"] == "greer-asks-market-opening"]
    assert "issue Opening of Viet Nam's market: status: open" in asked["changed"]


def test_the_views_of_a_moment_need_a_folder_to_be_written_to(recorded: Console) -> None:
    refused = recorded.line("parley replay --to 2025-05-22 --into away/then.db")
    assert (refused.code, refused.out) == (1, "")
    told = "away/then.db cannot be written: its folder does not exist. Create away first, or choose another place."
    assert refused.err == f"parley: {told}\n"


def test_the_earlier_moment_of_a_comparison_comes_first(recorded: Console) -> None:
    for later, earlier, told in (
        ("2025-06-13", "2025-05-22", "22 May 2025 is before 13 June 2025"),
        ("reported:2025-06-13", "reported:2025-05-22", "reported by 22 May 2025 is before reported by 13 June 2025"),
        ("'#120'", "'#90'", "position 90 of the log is before position 120 of the log"),
    ):
        refused = recorded.line(f"parley diff {later} {earlier}")
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == f"parley: {told}: give the earlier moment first.\n"
        assert recorded.line(f"parley diff {earlier} {later}").code == 0


def test_what_lasted_until_a_day_did_not_happen_before_and_an_old_agreement_is_told_with_its_own_day(
    console: Console,
) -> None:
    console.record(
        ON_TARIFFS,
        """\
negotiation: talks
source: {slug: paper, title: Paper, kind: news, published: 2026-04-10}
entries:
  - {meeting: talks-1, kind: round, parties: [vn, us], held: {date: ../2026-04-06, words: ended on Friday}}
  - {follow-up: format, says: Ministers attend., owners: [vn, us], on: 2026-01-29}
  - {closed: format, outcome: superseded}
""",
    )
    from_new_year = console.line("parley diff 2026-01-30 2026-04-08").out
    assert "held" in from_new_year
    assert "perhaps" not in from_new_year
    rows = console.line("parley diff reported:2026-04-09 reported:2026-04-10 --csv").rows
    assert [one["says"] for one in rows if one["slug"] == "format"] == [
        "Agreed on 29 January 2026: Ministers attend – Viet Nam and United States; "
        "since then superseded (not reported by 9 April 2026)"
    ]
