"""A meeting announced, in progress, held or called off, and every expectation there was of it."""

import pytest

from ledger.domain.events import Attendee
from ledger.domain.folds import forecast, meeting
from ledger.domain.states import Contest
from ledger.views.status import guessed
from tests.examples import announced, called_off, columns, corrected, held, known, meetings, on, stood


def statuses(*story, **published: str) -> dict[str, str]:
    return {day: state.status for day, state in meetings(*story, **published).items()}


def contests(*story, **published: str) -> list[Contest]:
    return list(meeting.fold("round-3", known(*story, **published), stood(*story).settled)[-1].state[1])


def test_a_meeting_is_announced_when_it_was_said_to_come_and_held_when_it_took_place():
    assert statuses(announced("2025-06-10"), held("2025-06-10")) == {"2025-05-22": "announced", "2025-06-10": "held"}


def test_a_meeting_that_lasted_is_in_progress_until_its_last_day():
    story = (announced(), held("2025-06-09/2025-06-12"))
    assert statuses(*story) == {"2025-05-22": "announced", "2025-06-09": "in progress", "2025-06-12": "held"}


def test_a_meeting_whose_end_nobody_reported_is_in_progress_or_over():
    found = meeting.fold("round-3", known(held("2025-06-09/..")), {})
    on_the_tenth = [one for one in found if one.valid_from <= "2030-01-01" and (one.valid_to or "~") > "2030-01-01"]
    assert [one.state[0].status for one in on_the_tenth] == ["in progress or over"]


@pytest.mark.parametrize("nth", [1, -1])
def test_a_meeting_that_one_report_tells_the_start_of_and_another_the_end_lasted_from_one_to_the_other(nth):
    reports = [held("2025-06-09/.."), held("../2025-06-12", source="ustr")]
    found = meetings(*reports[::nth], ustr="2025-06-12")
    assert {day: (one.held.edtf, one.status) for day, one in found.items()} == {
        "2025-06-09": ("2025-06-09/..", "in progress or over"),
        "2025-06-12": ("2025-06-09/2025-06-12", "held"),
    }
    assert not contests(*reports[::nth], ustr="2025-06-12")


def test_a_start_that_is_no_day_is_told_in_its_own_words():
    found = meetings(held("2025-06/.."), held("../2025-06-12", source="ustr"), ustr="2025-06-12")
    assert "2025-06/2025-06-12" not in {one.held.edtf for one in found.values()}


def test_a_meeting_within_a_doubtful_window_is_held_once_the_window_is_over():
    assert statuses(held("[2025-06-09..2025-06-12]")) == {"2025-06-12": "held"}


@pytest.mark.parametrize("lasted", ["2025-05/2025-05-10", "2025-05-19~/2025-05-20", "../2025-05-22"])
def test_a_meeting_that_began_on_an_uncertain_day_still_has_its_states(lasted):
    assert list(statuses(held(lasted)).values())[-1] == "held"


def test_an_undated_meeting_counts_from_the_day_it_was_reported():
    assert statuses(held("", source="ustr"), ustr="2025-05-30") == {"2025-05-30": "held"}


def test_a_meeting_is_announced_only_if_some_report_says_that_it_was():
    assert statuses(announced(told_as="expected"))["2025-05-22"] == "expected"
    assert statuses(announced(told_as=""))["2025-05-22"] == "expected"  # as stored before there was a word for it
    assert statuses(announced(told_as="agreed"))["2025-05-22"] == "announced"
    later = announced(told_as="announced", day="2025-05-25", source="ustr")
    assert statuses(announced(told_as="expected"), later) == {"2025-05-22": "expected", "2025-05-25": "announced"}
    assert set(statuses(announced(), announced(told_as="expected", day="2025-05-25")).values()) == {"announced"}
    off = (announced(), called_off("2025-05-24"), announced(told_as="expected", day="2025-05-26"))
    assert list(statuses(*off).values()) == ["announced", "called off", "expected"]


def test_a_meeting_called_off_and_announced_again_is_announced():
    story = (announced("2025-06-10"), called_off("2025-06-05"), announced("2025-06-20", "2025-06-07"))
    assert list(statuses(*story).values()) == ["announced", "called off", "announced"]
    assert statuses(*story, held("2025-06-20"))["2025-06-20"] == "held"


def test_the_reason_it_was_called_off_is_kept():
    assert meetings(announced(), called_off("2025-06-05", reason="elections"))["2025-06-05"].reason == "elections"


def test_every_expectation_is_kept_for_as_long_as_it_was_the_latest():
    story = (
        announced("[2025-06-01..2025-06-10]", "2025-05-22", by=("vn",), at="round-2"),
        announced("2025-06-12", "2025-06-05", by=("us",), source="ustr"),
    )
    spans = forecast.forecasts("round-3", known(*story))
    assert [(span.state.nth, str(span.state.expected.edtf), span.valid_from, span.valid_to) for span in spans] == [
        (1, "[2025-06-01..2025-06-10]", "2025-05-22", "2025-06-05"),
        (2, "2025-06-12", "2025-06-05", ""),
    ]
    first, second = (span.state for span in spans)
    assert (first.by, first.at, first.source, first.position) == (("vn",), "round-2", "vna", 1)
    latest = meetings(*story)["2025-06-05"]
    assert (latest.expected, latest.expectations, latest.expected_by) == (on("2025-06-12"), 2, ("us",))
    assert (latest.expected_on, latest.expected_source) == (second.said_on, "ustr")


def test_a_later_expectation_replaces_the_earlier_and_does_not_contest_it():
    story = (announced("2025-06-10"), announced("2025-06-20", "2025-06-05", source="ustr"))
    assert contests(*story) == []


def test_two_expectations_voiced_on_one_day_are_contested():
    story = (announced("2025-06-10"), announced("2025-06-20", source="ustr"))
    assert columns(contests(*story, ustr="2025-05-23"), "field", "values") == [
        ("expected", ("10 June 2025", "20 June 2025"))
    ]


def test_two_accounts_of_the_day_are_contested_and_the_later_published_is_preferred():
    text, caption = held("2025-05-22"), held("2025-05-21", source="ustr")
    (contest,) = contests(text, caption, ustr="2025-05-23")
    assert contest.field == "held"
    assert contest.preferred == "21 May 2025"
    assert (contest.values, contest.sources) == (("22 May 2025", "21 May 2025"), ("vna", "ustr"))
    assert contest.positions == ("1", "2")
    assert meetings(text, caption, ustr="2025-05-23")["2025-05-22"].held == on("2025-05-21")


def test_nothing_is_contested_before_the_day_of_the_second_account():
    found = meeting.fold("round-3", known(held("2025-05-22"), held("2025-05-21", source="ustr")), {})
    assert [(one.valid_from, len(one.state[1])) for one in found] == [("2025-05-21", 0), ("2025-05-22", 1)]


def test_a_correction_of_all_reports_settles_the_contest():
    story = (held("2025-05-22"), held("2025-05-21", source="ustr"), corrected(held={"edtf": "2025-05-22"}))
    assert contests(*story) == []
    assert statuses(*story) == {"2025-05-22": "held"}


def test_a_report_that_contradicts_the_correction_is_shown_but_not_preferred():
    settled = (held("2025-05-22"), held("2025-05-21", source="ustr"), corrected(held={"edtf": "2025-05-22"}))
    (contest,) = contests(*settled, held("2025-05-20", source="wto"), wto="2025-06-01")
    assert contest.preferred == "22 May 2025"
    assert "20 May 2025" in contest.values


def test_who_was_there_and_what_it_was_about_gather_from_all_accounts():
    story = (
        announced(people=(Attendee("us/jamieson-greer"),), parties=("us",)),
        held(people=(Attendee("vn/dien", "Minister"),), parties=("vn", "us"), issues=("tariffs",)),
        held(people=(Attendee("us/jamieson-greer", "USTR"),), source="ustr", issues=("origin",)),
    )
    state = meetings(*story)["2025-06-10"]
    assert dict(zip(state.people, state.titles, strict=True)) == {"us/jamieson-greer": "USTR", "vn/dien": "Minister"}
    assert set(state.parties) == {"vn", "us"}
    assert set(state.issues) == {"tariffs", "origin"}
    assert set(state.sources) == {"vna", "ustr"}


@pytest.mark.parametrize("filed", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_filing_decides_nothing(filed):
    story = [announced("2025-06-10"), announced("2025-06-12", "2025-06-01", source="ustr"), held("2025-06-12")]
    assert statuses(*[story[nth] for nth in filed]) == statuses(*story)


EARLY_JUNE, JUNE = "[2025-06-01..2025-06-10]", "2025-06"


def test_a_coarser_date_said_later_leaves_the_finer_one_with_who_said_it():
    coarser = announced(JUNE, day="2025-05-25", by=("us",), source="ustr")
    found = meetings(announced(EARLY_JUNE, by=("vn",)), coarser, ustr="2025-05-26")
    last = found["2025-05-25"]
    assert (last.expected, last.expected_on) == (on(EARLY_JUNE), on("2025-05-22"))
    assert (last.expected_by, last.expected_source, last.expectations) == (("vn",), "vna", 2)
    assert list(meetings(announced(EARLY_JUNE), announced("", day="2025-05-25")).values())[-1].expected == on(
        EARLY_JUNE
    )


def test_a_finer_date_an_overlapping_one_or_one_elsewhere_said_later_is_taken():
    for later in ("2025-06-05", "[2025-06-05..2025-06-20]", "2025-07"):
        assert meetings(announced(EARLY_JUNE), announced(later, day="2025-05-25"))["2025-05-25"].expected == on(later)


def test_a_coarser_date_is_taken_once_the_finer_one_passed_or_the_meeting_was_called_off():
    assert meetings(announced(EARLY_JUNE), announced(JUNE, day="2025-06-12"))["2025-06-12"].expected == on(JUNE)
    again = (announced(EARLY_JUNE), called_off("2025-05-24"), announced(JUNE, day="2025-05-25"))
    assert meetings(*again)["2025-05-25"].expected == on(JUNE)


def test_a_finer_date_of_the_same_day_from_another_source_is_no_contest():
    reports = known(announced(JUNE), announced(EARLY_JUNE, source="ustr"))
    state, contests = meeting.fold("round-3", reports, {})[-1].state[:2]
    assert (state.expected, state.expected_source, contests) == (on(EARLY_JUNE), "ustr", ())


def test_the_sides_of_a_meeting_are_its_people_and_the_parties_for_which_nobody_is_named():
    story = held(parties=("vn", "us"), people=(Attendee("vn/nguyen-hong-dien"),))
    [span] = meeting.fold("talk", known(story), {})
    assert span.state[0].sides == ("vn/nguyen-hong-dien", "us")


def test_only_the_fields_that_rest_on_inferences_alone_are_inferred():
    plain = held("2025-06-10", parties=("us",))
    guess = held("2025-06", place="Hanoi", parties=("us", "vn"), source="ustr", inferred="Where it was.")
    state = [*meetings(plain, guess, ustr="2025-06-30").values()][-1]
    assert (state.inferred, set(state.inferred_in)) == ("Where it was.", {"place", "parties"})
    assert (guessed(state, "held", "kind"), guessed(state, "held", "place")) == ("", "Where it was.")
    same = [*meetings(guess, held("2025-06-10", place="Hanoi", parties=("us", "vn")), ustr="2025-06-30").values()][-1]
    assert (same.inferred, same.inferred_in, guessed(same, "place")) == ("", (), "")
    (alone,) = meetings(guess).values()
    assert (alone.inferred_in, guessed(alone, "place")) == ((), "Where it was.")


def test_a_date_is_inferred_if_only_an_inference_is_that_precise():
    vague, exact = held("2025-06"), held("2025-06-10", source="ustr", inferred="The day.")
    state = [*meetings(vague, exact, vna="2025-06-30", ustr="2025-06-30").values()][-1]
    assert (state.held.edtf, state.inferred_in) == ("2025-06-10", ("held",))


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2025-06-09/2025-06-12", {"2025-06-09": "in progress", "2025-06-12": "held"}),
        ("2025-05/2025-06", {"2025-05-31": "in progress", "2025-06-01": "in progress or over", "2025-06-30": "held"}),
        ("2025-06-09/2025-06", {"2025-06-09": "in progress or over", "2025-06-30": "held"}),
        ("2025-06-09/..", {"2025-06-09": "in progress or over"}),
        ("2025-06-09", {"2025-06-09": "held"}),
        ("[2025-06-09..2025-06-12]", {"2025-06-12": "held"}),
    ],
)
def test_a_meeting_is_in_progress_until_it_may_be_over_and_held_once_it_must_be(when, found):
    assert {day: one.status for day, one in meetings(held(when), vna="2025-07-10").items()} == found


def test_a_meeting_postponed_without_a_new_date_is_postponed_until_it_is_announced_again():
    story = (
        announced("2025-06-10"),
        called_off("2025-06-05", told_as="postponed"),
        announced("2025-06-20", "2025-06-07"),
    )
    assert [one.status for one in meetings(*story).values()] == ["announced", "postponed", "announced"]


def test_what_was_said_of_a_meeting_before_it_was_called_off_is_not_said_of_the_one_announced_again():
    first, off = announced("2025-06-10", place="Ha Noi"), called_off("2025-06-05", reason="elections")
    again = announced("2025-06-20", "2025-06-07")
    found = [(one.place, one.reason) for one in meetings(first, off, again).values()]
    assert found == [("Ha Noi", ""), ("Ha Noi", "elections"), ("", "")]


def test_a_meeting_is_over_after_the_last_day_that_any_report_gives_for_it():
    for first, second in (("17", "18"), ("18", "17")):
        story = held(f"2025-06-16/2025-06-{first}"), held(f"2025-06-16/2025-06-{second}", source="later")
        found = meetings(*story, vna="2025-06-18", later="2025-06-30")
        assert [(day, one.status) for day, one in found.items()] == [
            ("2025-06-16", "in progress"),
            ("2025-06-17", "in progress or over"),
            ("2025-06-18", "held"),
        ]
        assert {one.held_within.edtf for one in found.values()} == {"[2025-06-16..2025-06-18]"}
    agreeing = meetings(held("2025-06"), held("2025-06-18", source="later"), vna="2025-06-30", later="2025-06-30")
    assert not any(one.held_within for one in agreeing.values())


def test_every_reason_of_a_postponement_is_told_with_its_source_and_who_told_it():
    off = {"told_as": "postponed", "day": "[..2025-06-05]"}
    one = called_off(reason="at the request of Viet Nam", reported_by="the host", **off)
    other = called_off(reason="because the mediator was ill", source="ustr", **off)
    for story in ((one, other), (other, one)):
        last = list(meetings(announced("2025-06-10"), *story, vna="2025-06-05", ustr="2025-07-01").values())[-1]
        reasons = "at the request of Viet Nam, according to the host (vna) or because the mediator was ill (ustr)"
        assert (last.status, last.reason, last.status_in) == ("postponed", reasons, ("vna", "ustr"))
    again = (
        announced("2025-06-10"),
        one,
        announced("2025-06-20", "2025-06-07"),
        called_off("2025-06-18", reason="snow"),
    )
    assert list(meetings(*again, vna="2025-06-05").values())[-1].reason == "snow"


def test_the_status_of_a_meeting_is_that_of_the_reports_which_give_it():
    """The report of a postponement says nothing of the meeting that was held."""
    story = (announced("2025-06-01"), called_off("2025-05-30", source="ustr"), held("2025-06-10", source="other"))
    found = meetings(*story, vna="2025-05-22", ustr="2025-07-01", other="2025-06-11")
    assert [(one.status, one.status_in) for one in found.values()] == [
        ("announced", ("vna",)),
        ("called off", ("ustr",)),
        ("held", ("other",)),
    ]
    days = held("2025-06-10", source="other"), held("2025-06-09", source="ustr")  # the one published last counts
    assert list(meetings(*days, other="2025-07-01", ustr="2025-06-11").values())[-1].status_in == ("ustr", "other")


def test_that_a_meeting_was_held_is_inferred_if_only_an_inference_says_so():
    state = list(
        meetings(announced("2025-06-18"), held("", source="ustr", inferred="That it was this round.")).values()
    )
    assert (state[-1].status, state[-1].inferred_in) == ("held", ("status",))
    assert guessed(state[-1], "status") == "That it was this round."


@pytest.mark.parametrize(("place", "inferred_in"), [("Almaty", ()), ("Kazakhstan", ("place",))])
def test_a_place_is_not_inferred_where_another_report_only_leaves_out_the_country(place, inferred_in):
    guess = held(place="Almaty, Kazakhstan", source="ustr", inferred="The first day.")
    state = list(meetings(held(place=place), guess).values())[-1]
    assert (state.place, state.inferred_in) == ("Almaty, Kazakhstan", inferred_in)
