"""Wherever an entry is told in another's sentence, it has its name, and no list of names ends with a comma."""

import re

import pytest

from tests.cli.console import Console

FIRST = """
negotiation: talks
title: Talks
parties: [vn, us, eu]
source: {slug: daily, title: The daily, published: 2026-05-12}
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {party: eu, name: European Union, in-sentences: the European Union}
  - {issue: tariffs, title: Tariffs on steel}
  - {follow-up: plan, says: Send the plan., owners: [vn, us, eu], due: 2026-06-03, on: 2026-05-10}
  - {announcement: call-1, kind: call, parties: [vn, us], expected: 2026-06-20, by: us, depends-on: plan}
  - {announcement: call-2, kind: call, parties: [vn, eu], expected: 2026-06-25, on: 2026-05-13, replaces: call-1}
  - {meeting: talk-1, kind: meeting, parties: [vn, us], held: 2026-05-10, place: Hanoi}
"""
SECOND = """
negotiation: talks
source: {slug: weekly, title: The weekly, published: 2026-05-20}
entries:
  - {meeting: talk-1, kind: meeting, parties: [vn, us], held: 2026-05-10, place: Hanoi Opera}
  - {follow-up: plan-2, says: Send the longer plan., owners: vn, due: 2026-07-03, on: 2026-05-14, replaces: plan}
  - {announcement: call-3, kind: call, parties: [us, eu], expected: 2026-07-20, before: call-2, depends-on: talk-1}
  - {statement: s1, by: [vn, us, eu], act: asked, issues: tariffs, says: Lower them., on: 2026-05-13}
"""
THIRD = SECOND.partition("entries:")[0].replace("weekly", "third") + (
    "entries:\n  - {meeting: talk-1, kind: meeting, parties: [vn, us], held: 2026-05-10, place: Hanoi Opera}\n"
)
CALL_1 = "the call of Viet Nam and the United States expected on 20 June 2026"
CALL_2 = "the call of Viet Nam and the European Union expected on 25 June 2026"


@pytest.fixture
def told(console: Console) -> Console:
    console.columns = 500
    console.line("parley init")
    for name, report in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        (console.folder / f"{name}.yaml").write_text(report, "utf-8")
        answer = console.line(f"parley import {name}.yaml")
        assert answer.code == 0, answer.err
    return console


def _text(console: Console, line: str) -> str:
    answer = console.line(f"parley {line}")
    assert answer.code == 0, answer.err
    return " ".join(answer.out.split())


@pytest.mark.parametrize("line", ["timeline", "replay --full --to 2026-05-25", "history call-2", "log call-2"])
def test_the_entries_that_a_report_names_have_their_names_in_its_sentence(told: Console, line: str) -> None:
    assert f"(replaces {CALL_1})" in _text(told, line)


def test_a_follow_up_is_named_by_its_words(told: Console) -> None:
    assert "(replaces “Send the plan”)" in _text(told, "timeline")
    assert "(depends on “Send the plan”)" in _text(told, "timeline")
    assert "Replaced by “Send the longer plan”: Send the plan" in _text(told, "diff 2026-05-01 2026-05-25")


@pytest.mark.parametrize("line", ["show call-1", "history call-1", "meetings", "diff 2026-05-01 2026-05-25"])
def test_what_replaces_a_meeting_is_named(told: Console, line: str) -> None:
    assert f"replaced by {CALL_2}" in _text(told, line)


def test_the_position_of_a_party_names_what_it_depends_on(told: Console) -> None:
    said = "{statement: s2, by: vn, act: proposed, issues: tariffs, says: A cut., on: 2026-05-15, depends-on: plan-2}"
    (told.folder / "fourth.yaml").write_text(f"{SECOND.partition('entries:')[0]}entries:\n  - {said}\n", "utf-8")
    assert told.line("parley import fourth.yaml").code == 0
    assert "depends on “Send the longer plan” (due)" in _text(told, "table --as-of 2026-05-25")


def test_links_name_their_other_ends_in_full(told: Console) -> None:
    assert "Call of Viet Nam and the European Union, expected 25 June 2026" in _text(told, "history call-1")
    assert f"before {CALL_2}" in _text(told, "show call-3")


@pytest.mark.parametrize("line", ["state --as-of 2026-05-25", "meetings", "brief --as-of 2026-05-25"])
def test_a_meeting_on_which_another_depends_is_named_in_full(told: Console, line: str) -> None:
    named = r"(?i)depends on: Meeting of Viet Nam and the United States, 10 May 2026, Hanoi Opera"
    assert re.search(named, _text(told, line))


def test_what_an_event_changed_is_named_in_replay(told: Console) -> None:
    story = _text(told, "replay --full --to 2026-05-25")
    assert "→ issue Tariffs on steel: status: open" in story
    assert "→ ask of the United States on Tariffs on steel:" in story


def test_accounts_of_one_meeting_are_marked_in_replay_and_among_the_last_entries_as_in_the_timeline(
    told: Console,
) -> None:
    account = "Meeting of Viet Nam and the United States: 10 May 2026, Hanoi Opera"
    assert _text(told, "timeline").count(f"{account} (another account)") == 1
    story = _text(told, "replay --full --to 2026-05-11")
    last = story[story.index("Last entries") :]
    assert last.count(f"{account} (another account)") == last.count("Hanoi Opera") == 1
    assert "Last entries (4 of 4)" in last
    assert f"{account} (another account)" in story and f"{account} (also in weekly)" in story


@pytest.mark.parametrize(
    "line", ["issues", "follow-ups --closed", "statements", "asks", "show plan", "state --as-of 2026-05-25"]
)
def test_lists_of_names_end_in_and(told: Console, line: str) -> None:
    shown = _text(told, line)
    assert re.search("Viet Nam, (the )?United States and (the )?European Union", shown) or line == "asks"
    assert "United States, European Union" not in shown
