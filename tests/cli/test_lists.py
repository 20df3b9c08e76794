"""The commands that list rows of the views."""

import json

import pytest

from tests.cli.console import Console

DEADLINE = """
negotiation: talks
title: Talks
parties: [vn]
source: {slug: notice, title: Notice, published: 2025-08-01}
entries:
  - party: vn
    name: Viet Nam
  - follow-up: reply
    says: Reply to the notice.
    owners: vn
    due: 14 August 2025 12:00 Geneva
    quote: a
"""


@pytest.mark.parametrize(
    "command", ["follow-ups", "state", "show reply", "history reply", "promises", "brief", "log", "follow-ups --json"]
)
def test_the_hour_and_zone_of_a_deadline_are_shown_with_its_day(console: Console, command: str) -> None:
    console.columns = 1000
    console.line("parley init")
    (console.folder / "notice.yaml").write_text(DEADLINE)
    assert console.line("parley import notice.yaml").code == 0
    out = " ".join(
        console.line(f"parley {command} --as-of 2025-08-02" if command != "log" else "parley log").out.split()
    )
    assert "12:00 Geneva" in out


def test_each_contested_value_stands_with_its_independent_weight(press: Console) -> None:
    (row,) = json.loads(press.line("parley contested --json").out)
    assert (row["values"], row["weights"]) == (["21 May 2025", "21 May 2025", "22 May 2025"], [1, 1, 1])
    out = " ".join(press.line("parley contested").out.split())
    assert "21 May 2025: 1 independent" in out
    assert "(2 in all)" in out
    assert "said by 1 source" in press.line("parley show hanoi").out


def test_a_post_that_a_person_left_is_listed_as_a_former_one_with_its_end(recorded: Console) -> None:
    recorded.columns = 1000
    left = ["--on", "in June 2025", "--note", "Greer left.", "--post", "US Trade Representative"]
    assert recorded.parley("append", "left-post", "jamieson-greer", *left).code == 0
    people = {row["slug"]: row for row in recorded.line("parley people --csv").rows}
    one = people["jamieson-greer"]
    assert (one["post"], one["left"], one["until"]) == ("", "US Trade Representative", "2025-06")
    assert "formerly US Trade Representative" in recorded.line("parley people").out
    assert "formerly" not in recorded.line("parley people --as-of 2025-06-29").out
    shown = recorded.line("parley show jamieson-greer").out
    assert "Left the post US Trade Representative" in shown
    refused = recorded.parley("append", "left-post", "jamieson-greer", "--post", "Minister", "--note", "Left.")
    assert (refused.code, "It gives: US Trade Representative." in refused.err) == (1, True)
