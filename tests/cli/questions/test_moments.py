"""`parley diff` and `parley replay`: the record through time."""

import json

from tests.cli.console import Console


def test_a_diff_of_nothing_says_since_when(recorded: Console) -> None:
    assert recorded.line("parley diff 2026-11-21").out == "Nothing has changed since 21 November 2026.\n"
    assert recorded.line("parley diff 2024-01-01 2024-01-02").out == (
        "Nothing changed from 1 January 2024 to 2 January 2024.\n"
    )


def test_replay_in_csv_says_what_each_event_changed(recorded: Console) -> None:
    rows = recorded.line("parley replay --as-of 2025-05-22 --csv").rows
    steps = json.loads(recorded.line("parley replay --to 2025-05-22 --json").out)
    assert [(row["slug"], row["sentence"]) for row in rows] == [(step["slug"], step["sentence"]) for step in steps]
    [asked] = [row for row in rows if row["slug"] == "greer-asks-market-opening"]
    assert "issue market-opening: status: open" in asked["changed"]


def test_the_views_of_a_moment_need_a_folder_to_be_written_to(recorded: Console) -> None:
    refused = recorded.line("parley replay --to 2025-05-22 --into away/then.db")
    assert (refused.code, refused.out) == (1, "")
    told = "away/then.db cannot be written: its folder does not exist. Create away first, or choose another place."
    assert refused.err == f"parley: {told}\n"
