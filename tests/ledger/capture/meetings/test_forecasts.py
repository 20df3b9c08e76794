"""Meetings to come, and the meeting before which another is expected; each pattern has a counterexample."""

import pytest

from ledger.capture.entries import entries
from tests.ledger.capture.reports import drafted, field, only, suggested

TWO = "Norway and Canada held the third round of talks in Oslo on Monday. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both sides agreed that the postponed meeting should take place in May.", "2024-05"),
        ("The two ministers expect the fourth round to be held in May.", "2024-05"),
        ("Norway hopes that the fourth round of talks will take place in May.", "2024-05"),
        ("The talks between Norway and Canada were adjourned until 18 March.", "2024-03-18"),
    ],
)
def test_a_meeting_is_expected(text: str, expected: str) -> None:
    one = only(text, "announcement")
    assert field(one, "expected") == expected
    assert not suggested(text, "statement")


def test_a_request_about_a_meeting_is_none_to_come() -> None:
    assert [one.acts[0] for one in suggested("Norway expects Canada to answer in May.")] == ["asked"]


def test_a_postponed_meeting_that_both_agree_to_hold_is_not_called_off() -> None:
    assert not suggested("They agreed that the postponed meeting should take place in May.", "called-off")
    (one,) = suggested("Norway and Canada postponed the second round.", "called-off")
    assert (one.quote, one.fields["by"]) == ("Norway and Canada postponed the second round", ["no", "ca"])


def test_the_coming_meeting_of_a_parliament_is_not_one_of_the_talks() -> None:
    assert not suggested("Norway will decide before the parliament meets on Thursday.", "announcement")
    assert suggested("Norway will decide before the ministers meet in Oslo on Thursday.", "announcement")


def test_a_meeting_is_expected_before_another_one() -> None:
    text = f"{TWO}They agreed that a technical meeting on cod would be held before the third round."
    one = suggested(text, "announcement")[-1]
    assert (one.fields["number"], one.fields["before"]) == (None, "m1")
    of_record = only("Both sides agreed that a working group meeting would be held before round 3.", "announcement")
    assert of_record.fields["before"] == "round-3"


def test_a_meeting_before_a_day_is_expected_by_that_day() -> None:
    assert not only("Both sides agreed that a meeting on cod would be held before 1 May.", "announcement").fields[
        "before"
    ]


def test_the_entry_names_the_meeting_before_which_another_is_expected() -> None:
    draft = drafted("Both sides agreed that a working group meeting would be held before round 3.")
    (made,) = [one for one in entries(draft, ()) if one.kind == "announcement"]
    assert made.fields["before"] == "round-3"


@pytest.mark.parametrize(
    "text",
    [
        "Talks were to follow the agenda set in January.",
        "Dahl did not say when the talks would resume.",
        "Dahl declined to say where the next round of talks would be held.",
        "It is unclear whether the next round of talks will take place.",
        "Dahl said it was unlikely that the talks would resume in June.",
        "There is little prospect that a round of talks will be held this year.",
    ],
)
def test_what_is_not_told_of_a_meeting_is_no_announcement(text: str) -> None:
    assert suggested(text, "announcement") == []


def test_a_day_is_announced_though_something_else_is_not_known() -> None:
    found = only("It is not known where the next round of talks will take place in May.", "announcement")
    assert field(found, "expected") == "2024-05"


def test_who_says_it_and_where_is_not_the_place_or_day_of_the_meeting() -> None:
    found = only("A round will be held in May, Dahl told the press in Bergen on 12 March.", "announcement")
    assert (field(found, "expected"), found.fields["place"], found.fields["by"]) == ("2024-05", "", ["no/ingrid-dahl"])


def test_the_day_of_a_meeting_after_another_one_is_not_its_own() -> None:
    text = "Norway and Canada were to meet again on 20 March to prepare the next stage of talks on 4 April."
    assert field(only(text, "announcement"), "expected") == "2024-03-20"


def test_what_is_to_be_done_in_the_next_round_announces_no_round() -> None:
    assert suggested("Norway agreed to reply to the objections in the next round.", "announcement") == []
    assert suggested("Norway and Canada agreed to hold the next round in May.", "announcement") != []
