"""Follow-ups: open or standing until somebody reports that they were closed."""

import pytest

from ledger.domain.folds import follow_up
from ledger.domain.vocabulary import OUTCOMES
from tests.examples import agreed, closed, corrected, follow_ups, known, on, stood


def test_a_follow_up_is_open_from_the_day_it_was_agreed():
    assert {day: state.status for day, state in follow_ups(agreed("2025-06-30")).items()} == {"2025-05-22": "open"}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_is_closed_by_somebodys_word(outcome):
    found = follow_ups(agreed(), closed(outcome, "2025-06-10", by=("vn",)))
    assert list(found) == ["2025-05-22", "2025-06-10"]
    last = found["2025-06-10"]
    assert (last.status, last.closed_on, last.closed_by) == (outcome, on("2025-06-10"), ("vn",))


def test_a_standing_follow_up_stands_until_it_is_closed():
    found = follow_ups(agreed(standing=True), closed("superseded"))
    assert [state.status for state in found.values()] == ["standing", "superseded"]


def test_a_closing_dated_before_its_agreement_is_known_shows_nothing_until_then():
    assert list(follow_ups(agreed(day="2025-05-22"), closed(day="[..2025-05-20]"))) == ["2025-05-22"]


def test_two_sources_may_disagree_how_it_ended():
    story = (agreed(), closed("done", by=("vn",)), closed("lapsed", source="ustr", by=("us",)))
    published = {"vna": "2025-06-11", "ustr": "2025-06-12"}
    span = follow_up.fold("teams", known(*story, kind="follow-up", **published), {})[-1]
    state, contests = span.state[:2]
    assert state.status == "lapsed"
    assert ("outcome", ("done", "lapsed")) in [(contest.field, contest.values) for contest in contests]


def test_two_due_dates_are_contested_until_a_correction_settles_them():
    story = (agreed("2025-06-30"), agreed("2025-07-15", source="ustr"))
    _, contests = follow_up.fold("teams", known(*story), {})[-1].state[:2]
    assert [contest.field for contest in contests] == ["due"]
    settled = (*story, corrected(due={"edtf": "2025-07-15"}))
    state, contests = follow_up.fold("teams", known(*settled), stood(*settled).settled)[-1].state[:2]
    assert (state.due, contests) == (on("2025-07-15"), ())


def test_owners_and_due_date_come_from_whoever_reports_them():
    story = (agreed(owners=()), agreed("2025-06-30", owners=("vn", "us"), source="ustr"))
    state = follow_ups(*story)["2025-05-22"]
    assert (state.owners, state.due, set(state.sources)) == (("vn", "us"), on("2025-06-30"), {"vna", "ustr"})


def test_what_is_agreed_again_on_another_day_is_reaffirmed_and_neither_day_is_contested():
    again = agreed("2025-12-31", day="2025-11-14", source="ustr")
    spans = follow_up.fold("teams", known(agreed("2025-06-30"), again, kind="follow-up", ustr="2025-11-15"), {})
    assert [span.state.contests for span in spans] == [(), ()]
    state, *_ = spans[-1].state
    assert (state.agreed_on, state.reaffirmed, state.reaffirmed_sources) == (
        on("2025-05-22"),
        ("2025-11-14",),
        ("ustr",),
    )
    assert (state.due, state.owners) == (on("2025-12-31"), ("vn",))


def test_reports_of_one_meeting_are_of_one_agreement_and_may_contest_its_day():
    other = agreed(day="2025-05-21", at="round-2", source="ustr")
    state, contests = follow_up.fold("teams", known(agreed(at="round-2"), other, kind="follow-up"), {})[-1].state[:2]
    assert ([one.field for one in contests], state.reaffirmed) == (["agreed_on"], ())
    later = agreed(day="2025-05-22", at="round-3", source="ustr")
    reports = known(agreed(at="round-2"), later, kind="follow-up", ustr="2025-05-23")
    state, contests = follow_up.fold("teams", reports, {})[-1].state[:2]
    assert (contests, state.reaffirmed, state.at) == ((), ("2025-05-22",), "round-2")


def test_a_coarser_day_of_the_same_agreement_reaffirms_nothing():
    state = list(follow_ups(agreed(), agreed(day="2025-05", source="ustr")).values())[-1]
    assert (state.agreed_on, state.reaffirmed) == (on("2025-05-22"), ())


def test_agreed_again_after_it_was_closed_it_is_open_again():
    found = follow_ups(
        agreed(), closed("done", "2025-06-10"), agreed(day="2025-07-01", source="ustr"), ustr="2025-07-02"
    )
    assert [state.status for state in found.values()] == ["open", "done", "open"]


def test_a_due_date_whose_days_began_when_it_was_agreed_gives_all_of_them():
    """As in `within 60 days`: agreed on 22 May."""
    given = {due: follow_ups(agreed(due))["2025-05-22"].within for due in WINDOWS}
    assert given == WINDOWS


WINDOWS = {
    "[2025-05-22..2025-07-21]": True, "2025-05": True, "[2025-06-01..2025-06-10]": False, "2025-05-22": False,
    "[..2025-07-21]": False, "[2025-05-22..]": False, "": False,
}  # fmt: skip


def test_it_is_open_for_the_owners_whose_part_nobody_reports_as_ended():
    parts = closed("done", "2025-06-10", owners=("vn",)), closed("done", "2025-06-12", owners=("us",))
    found = follow_ups(agreed(owners=("vn", "us")), *parts)
    assert [(one.status, one.owners, one.ended_for, one.ended_as, one.ended_on) for one in found.values()] == [
        ("open", ("vn", "us"), (), (), ()),
        ("open", ("us",), ("vn",), ("done",), ("2025-06-10",)),
        ("done", ("vn", "us"), ("vn", "us"), ("done", "done"), ("2025-06-10", "2025-06-12")),
    ]
    assert [*found.values()][-1].closed_on == on("2025-06-12")


def test_a_report_that_all_of_it_ended_ends_every_part():
    found = follow_ups(agreed(owners=("vn", "us")), closed("done", "2025-06-10", owners=("vn",)), closed("dropped"))
    assert [*found.values()][-1].status == "dropped"


def test_the_words_of_a_first_hand_report_are_shown_whenever_another_one_tells_of_the_agreement():
    own = agreed(says="Go back to capitals.", source="council")
    told = agreed(says="“all sides had agreed”", source="press", reported_by="eu/ann-ashton")
    for story in ((own, told), (told, own)):
        state = list(follow_ups(*story, council="2025-05-22", press="2025-05-23").values())[-1]
        assert (state.says, state.agreed_in) == ("Go back to capitals.", ("press", "council"))
