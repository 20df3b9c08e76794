"""The position that a party holds is its last one, as far as the dates tell."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.folds.issues.issue import fold
from tests.examples import conversation, said, spoken, undated


def held(*days: str) -> tuple[str, str]:
    """The position held after proposals of these dates, s1, s2 and so on, and those that may be later."""
    issue = conversation(*(said("proposed", "vn", "us", day) for day in days)).issue[-1].state
    return issue.positions[0], issue.besides[0]


def test_a_position_that_certainly_came_before_is_over():
    assert held("2025-05-01", "2025-05-02") == ("s2", "")


def test_those_whose_order_no_date_tells_are_kept_beside_the_one_heard_last():
    assert held("2025-05-04", "[2025-05-03..2025-05-05]") == ("s2", "s1")
    assert held("2025-05-04", "[2025-05-03..2025-05-05]", "2025-05-06") == ("s3", "")
    assert held("2025-05-04", "[..2025-05-05]", "[2025-05-05..2025-05-06]") == ("s3", "s2")


def test_a_link_tells_an_order_that_the_dates_do_not():
    before = said("proposed", "vn", "us", "2025-05-04")
    after = said("proposed", "vn", "us", "[2025-05-03..2025-05-05]", reaffirms=("s1",))
    assert conversation(before, after).issue[-1].state.besides == ("",)


DAYS = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted)


@given(st.lists(DAYS, min_size=1, max_size=5), st.data())
def test_the_last_position_is_among_those_held_whatever_day_each_date_means(windows, data):
    counted = sorted(windows, key=lambda one: one[1])
    position, besides = held(*(f"[2025-05-0{first}..2025-05-0{last}]" for first, last in counted))
    days = [data.draw(st.integers(first, last)) for first, last in counted]
    truly_last = {f"s{nth + 1}" for nth, day in enumerate(days) if day == max(days)}
    assert truly_last & {position, *besides.split()}


VN_ASKS = said("asked", "vn", "us eu", "2025-05-01")
REPLIES = st.tuples(st.sampled_from(["accepted", "refused", "deferred", "conditioned"]), st.sampled_from(["us", "eu"]))


@given(st.lists(REPLIES, min_size=2, max_size=3))
def test_no_reply_without_a_day_is_the_last_one_because_it_was_filed_last(replies):
    told = set()
    for order in permutations(replies):
        answers = undated(*(said(act, by, "vn", "") for act, by in order))
        found = fold("export-controls", [], [*spoken(VN_ASKS), *answers]).issue[-1].state
        told.add(frozenset({found.last_answer_act, *found.other_answers}))
    assert told == {frozenset(act for act, _ in replies)}


def test_a_reply_of_another_party_with_the_same_act_and_an_earlier_one_are_not_listed_beside_the_last():
    story = said("refused", "us", "vn", "[2025-05-02..2025-05-09]"), said("refused", "eu", "vn", "2025-05-09")
    found = conversation(VN_ASKS, *story).issue[-1].state
    assert (found.last_answer_by, found.other_answers) == (("eu",), ())
    accepted = said("accepted", "us", "vn", "2025-05-03")
    assert conversation(VN_ASKS, accepted, story[1]).issue[-1].state.other_answers == ()
    found = conversation(VN_ASKS, said("accepted", "us", "vn", "[2025-05-02..2025-05-09]"), story[1]).issue[-1].state
    assert (found.other_answers, found.other_answers_by) == (("accepted",), ("us",))
