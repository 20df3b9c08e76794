"""A meeting is next, unconfirmed or superseded, as time passes and others are held."""

import pytest

from ledger.domain.states import Meeting
from ledger.views import status as otd
from tests.examples import announced, called_off, columns, held, meetings

DAY = "2025-06-15"


def meeting(slug: str, *story) -> Meeting:
    return list(meetings(*story).values())[-1]._replace(slug=slug)


def status(*found: Meeting, day: str = DAY) -> dict[str, str]:
    return {one.meeting.slug: one.status for one in otd.judged(found, day)}


def test_an_announced_meeting_is_unconfirmed_once_its_window_has_passed():
    round_3 = meeting("round-3", announced("[2025-06-01..2025-06-10]"))
    assert status(round_3, day="2025-06-10") == {"round-3": "announced"}
    assert status(round_3, day="2025-06-11") == {"round-3": "unconfirmed"}


@pytest.mark.parametrize("expected", ["", "[2025-05-23..]"])
def test_a_meeting_expected_soon_or_some_day_is_never_unconfirmed(expected):
    assert status(meeting("round-3", announced(expected)), day="2099-01-01") == {"round-3": "announced"}


def test_a_round_is_overtaken_when_one_of_a_higher_number_was_held():
    third, fourth = meeting("r3", announced("2025-06-10", number=3)), meeting("r4", held("2025-06-12", number=4))
    assert status(third, fourth) == {"r3": "overtaken", "r4": "held"}
    earlier = meeting("r2", held("2025-06-12", number=2))
    assert status(third, earlier)["r3"] == "unconfirmed"
    also_third = meeting("r3-again", held("2025-06-12", number=3))
    assert status(third, also_third)["r3"] == "unconfirmed"


def test_a_round_without_a_number_is_overtaken_by_one_held_after_its_window():
    unnumbered = meeting("next", announced("[2025-06-01..2025-06-10]", number=None))
    assert status(unnumbered, meeting("r4", held("2025-06-12", number=4)))["next"] == "overtaken"
    assert status(unnumbered, meeting("r4", held("2025-06-10", number=4)))["next"] == "unconfirmed"


def test_a_round_without_number_or_date_is_overtaken_by_one_held_after_it_was_announced():
    undated = meeting("next", announced("", "2025-05-22", number=None))
    assert status(undated, meeting("r4", held("2025-06-12", number=4)))["next"] == "overtaken"
    assert status(undated, meeting("r4", held("2025-05-01", number=4)))["next"] == "announced"


def test_only_a_meeting_of_the_same_series_overtakes():
    third = meeting("r3", announced("2025-06-20", number=3))
    assert status(third, meeting("m4", held(kind="ministerial", number=4)))["r3"] == "announced"
    call = meeting("call-1", announced("2025-06-20", kind="call", number=1))
    assert status(call, meeting("call-2", held(kind="call", number=2)))["call-1"] == "announced"
    assert status(third, meeting("r4", announced("2025-06-18", number=4)))["r3"] == "announced"


def test_the_next_round_is_the_expected_one_with_the_earliest_window():
    found = [
        meeting("held", held("2025-06-10", number=2)),
        meeting("off", announced("2025-06-16", number=3), called_off("2025-06-05")),
        meeting("vague", announced("", number=None, day="2025-06-14")),
        meeting("later", announced("2025-07-20", number=5)),
        meeting("next", announced("[..2025-07-10]", number=4)),
        meeting("call", announced("2025-06-16", kind="call")),
    ]
    judged = otd.judged(found, DAY)
    assert otd.next_of_kind(judged, "round").meeting.slug == "next"
    assert otd.next_of_kind(judged, "").meeting.slug == "call"
    assert otd.next_of_kind(judged, "ministerial") is None
    assert columns([one.meeting for one in otd.expected_after(judged, "next")], "slug") == ["call", "later", "vague"]


def test_an_unconfirmed_round_is_still_the_next_and_an_overtaken_one_is_not():
    third = meeting("r3", announced("2025-06-10", number=3))
    assert otd.next_of_kind(otd.judged([third], DAY), "round").status == "unconfirmed"
    fourth = meeting("r4", held("2025-06-12", number=4))
    assert otd.next_of_kind(otd.judged([third, fourth], DAY), "round") is None


def test_a_meeting_in_progress_is_shown_among_the_others():
    (on_now,) = (state for day, state in meetings(held("2025-06-14/2025-06-20")).items() if day == "2025-06-14")
    assert [one.status for one in otd.expected_after(otd.judged([on_now], DAY), "")] == ["in progress"]


def test_a_round_that_had_begun_is_no_longer_in_progress_once_a_later_one_was_held():
    first = next(
        state for day, state in meetings(held("2025-03-02/..", number=1)).items() if day == "2025-03-02"
    )._replace(slug="r1")
    second = meeting("r2", held("2025-05-19/2025-05-22", number=2))
    assert [one.status for one in otd.judged([first], DAY)] == ["in progress or over"]
    assert [one.status for one in otd.judged([first, second], DAY)] == ["held", "held"]


@pytest.mark.parametrize(
    ("first", "second", "number", "surely"),
    [
        ("2025-03-13", "2025-05-19/2025-05-22", None, True),
        ("2025-03-13", "2025-03", None, False),
        ("2025-03-13", "2025-03", 2, True),
        ("2025-03-13", "2025-03-13", None, False),
    ],
)
def test_the_last_meeting_is_one_of_the_last_where_neither_its_date_nor_its_number_is_later(
    first, second, number, surely
):
    found = otd.judged([meeting("r1", held(first, number=1)), meeting("r2", held(second, number=number))], DAY)
    assert otd.surely_last(found[1].meeting, found, "round") is surely


def test_the_last_meeting_held_is_named_where_none_is_expected():
    found = [meeting("r1", held("2025-03-13", number=1)), meeting("r2", held("2025-05-19/2025-05-22", number=2))]
    judged = otd.judged(found, DAY)
    assert otd.last_held(judged, "round").slug == "r2"
    assert otd.last_held(judged, "ministerial") is None


def test_what_superseded_a_meeting_is_named_and_the_last_expectation_that_came_to_nothing_is_found():
    third, fifth = (
        meeting("r3", announced("2025-06-10", number=3)),
        meeting("r5", held("2025-11-12/2025-11-14", number=5)),
    )
    judged = otd.judged([third, fifth], "2025-11-20")
    assert otd.told(judged[0]) == ("Round 3, expected 10 June 2025: superseded by round 5 (12 to 14 November 2025)")
    assert judged[1].superseded_by is None
    assert otd.last_lapsed(judged, "round").meeting.slug == "r3"
    assert otd.last_lapsed(judged, "ministerial") is None
    off = meeting("r6", announced("2025-12-10", number=6), called_off("2025-12-01", reason="A storm."))
    assert otd.told(otd.last_lapsed(otd.judged([third, fifth, off], "2025-12-05"), "")) == (
        "Round 6, expected 10 December 2025: called off – A storm."
    )


def test_what_was_expected_before_a_round_is_unconfirmed_once_that_round_was_held_or_superseded():
    call = meeting("call", announced("", kind="call", number=None, before="r3"))
    third = meeting("r3", announced("2025-06-10", number=3))
    assert status(call, third, day="2026-06-01") == {"call": "announced", "r3": "unconfirmed"}
    assert status(call, meeting("r3", held("2025-06-10")))["call"] == "unconfirmed"
    assert status(call, third, meeting("r5", held("2025-11-12", number=5)))["call"] == "unconfirmed"


def test_a_meeting_that_was_held_on_a_day_that_nobody_reports_never_takes_the_days_on_which_it_was_expected():
    found = meeting("r3", announced("2025-06-18/2025-06-19", "2025-05-24"), held(""))
    assert (found.status, otd.took_place(found), otd.date_of(found)) == ("held", True, found.held)
    assert otd.title_of(found) == "Round 3, date unknown (expected 18 to 19 June 2025)"
    assert otd.met_in_words(meeting("r3", held(""))) == "date unknown"
    ahead = meeting("r3", announced("2025-06-18/2025-06-19", "2025-05-24"))
    assert (otd.date_of(ahead), otd.met_in_words(ahead)) == (ahead.expected, "18 to 19 June 2025")


def test_a_meeting_is_the_last_one_if_it_began_after_the_day_on_which_an_undated_one_was_reported():
    found = otd.judged([meeting("r1", held("", number=None)), meeting("r2", held("2025-04-05", number=None))], DAY)
    assert otd.surely_last(found[1].meeting, found, "round", {"r1": "2025-04-04"})
    assert not otd.surely_last(found[1].meeting, found, "round", {"r1": "2025-04-05"})


@pytest.mark.parametrize(
    ("kind", "number", "surely", "name", "told"),
    [
        ("round", None, True, "round", "The last round"),
        ("round", None, True, "round of Viet Nam", "The last round, of Viet Nam,"),
        ("round", None, False, "round", "One of the last rounds"),
        ("round", 3, True, "round 3", "The last one, round 3,"),
        ("", None, True, "round of Viet Nam", "The last one, a round of Viet Nam,"),
    ],
)
def test_the_last_meeting_is_named_as_people_name_it(kind, number, surely, name, told):
    found = otd.NextMeeting(kind, None, [], "", meeting("r3", held(number=number)), None, [], surely_last=surely)
    assert found.last_one(lambda one: name) == told
