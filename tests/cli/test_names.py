"""Names and aliases are accepted wherever an entry is asked for."""

import json

import pytest

from tests.cli.console import Console


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("show MES", "show market-economy-status"),
        ("history mes", "history market-economy-status"),
        ("log 'Nguyễn Hồng Diên'", "log nguyen-hong-dien"),
        ("show 'Round 5'", "show round-5"),
        ("compare 'round 5'", "compare round-5"),
        ("show 'Viet Nam'", "show vn"),
        ("statements --issue D1", "statements --issue export-controls"),
        ("statements --by Dien", "statements --by nguyen-hong-dien"),
        ("statements --by us/Greer", "statements --by jamieson-greer"),
        ("statements --at 'round 5'", "statements --at round-5"),
        ("positions --by 'United States'", "positions --by us"),
        ("positions --issue MES", "positions --issue market-economy-status"),
        ("promises --by Helberg", "promises --by jacob-helberg"),
        ("asks --by 'viet nam'", "asks --by vn"),
        ("follow-ups --owner Helberg", "follow-ups --owner jacob-helberg"),
        ("diff 'round 2'", "diff round-2"),
    ],
)
def test_a_name_is_as_good_as_a_slug(typed: str, slug: str, recorded: Console) -> None:
    by_name, by_slug = recorded.line(f"parley {typed} --json"), recorded.line(f"parley {slug} --json")
    assert (by_name.code, by_name.err) == (0, "")
    assert by_name.out == by_slug.out
    assert len(json.loads(by_name.out)) > 0


def test_the_meeting_of_a_brief_is_found_by_name(recorded: Console) -> None:
    assert recorded.line("parley brief --for 'round 5'").out == recorded.line("parley brief --for round-5").out


def test_an_entry_is_corrected_and_retracted_by_name(recorded: Console) -> None:
    answer = recorded.line("parley correct MES title='Market economy' --reason 'As the agenda says.'")
    assert answer.code == 0, answer.err
    assert "Market economy\n" in recorded.line("parley show market-economy-status").out
    assert recorded.line("parley retract MES --reason 'Twice on the list.'").code == 0


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("MES", "market-economy-status"), ("Round 3", "round-3"), ("us/Greer", "jamieson-greer"), ("Viet Nam", "vn")],
)
def test_an_entry_is_proved_and_erased_by_name(typed: str, slug: str, recorded: Console) -> None:
    assert recorded.parley("prove", typed).out == recorded.parley("prove", slug).out != ""
    why = ("--reason", "Told in confidence.", "--json")
    by_name, by_slug = (recorded.parley("erase", one, "--dry-run", *why) for one in (typed, slug))
    assert (by_name.code, by_name.out) == (0, by_slug.out)
    assert len(json.loads(by_name.out)["erased"]) > 0
    assert json.loads(recorded.parley("erase", typed, *why).out)["slug"] == slug


def test_a_name_that_no_entry_has_is_not_erased(recorded: Console) -> None:
    answer = recorded.line("parley erase 'Round 9' --reason 'Told in confidence.'")
    assert (answer.code, answer.out) == (1, "")
    assert "round-3" in answer.err or "round-5" in answer.err


def test_a_person_of_one_party_needs_no_party(recorded: Console) -> None:
    said = ["--act", "stated", "--on", "2025-06-04", "--says", "So.", "--note", "Heard."]
    answer = recorded.parley("append", "statement", "one", "--by", "Nguyễn Hồng Diên", "--to", "Greer", *said)
    assert answer.code == 0, answer.err
    [statement] = [one for one in json.loads(recorded.line("parley statements --json").out) if one["slug"] == "one"]
    assert (statement["by"], statement["to"]) == (["vn/nguyen-hong-dien"], ["us/jamieson-greer"])


def test_a_person_of_no_known_party_needs_one(recorded: Console) -> None:
    recorded.line("parley append person ann-lee --name 'Ann Lee'")
    said = ["--act", "stated", "--says", "So.", "--note", "Heard."]
    answer = recorded.parley("append", "statement", "one", "--by", "Ann Lee", *said)
    assert (answer.code, "so the party must be given: PARTY/ann-lee" in answer.err) == (1, True)
    assert recorded.parley("append", "statement", "one", "--by", "us/Ann Lee", *said).code == 0


def test_a_name_of_two_entries_is_refused_with_both(recorded: Console) -> None:
    recorded.line("parley append issue mes-two --title 'MES'")
    answer = recorded.line("parley show MES")
    assert answer.code == 1
    assert "market-economy-status or mes-two" in answer.err
