"""Separate requests of one party on one issue: each with its own days, number of times and answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.folds.issues.folded import IssueFold
from ledger.domain.states import Ask
from tests.examples import conversation, said

DEMAND, TRUCE = said("asked", "ru", "ua", "2025-05-16"), said("proposed", "ru", "ua", "2025-06-07")  # s1 and s2


def told(found: IssueFold) -> list[Ask]:
    """The requests as they are told in the end: one by one, or the ask itself if there is only one."""
    apart = [span.state for span in found.requests if not span.valid_to]
    return apart or [span.state for span in found.asks if not span.valid_to]


def days(found: IssueFold) -> dict[str, tuple[str, int, str]]:
    return {one.first_statement: (one.waiting_since, one.times, one.last_answer_act) for one in told(found)}


def test_two_requests_that_no_link_joins_wait_each_since_its_own_day():
    found = conversation(DEMAND, TRUCE)
    assert days(found) == {"s1": ("2025-05-16", 1, ""), "s2": ("2025-06-07", 1, "")}
    assert found.issue[-1].state.times_raised == 2


def test_a_request_that_reaffirms_an_earlier_one_is_that_one_made_again():
    again = said("asked", "ru", "ua", "2025-06-09", reaffirms=("s1",))
    assert days(conversation(DEMAND, TRUCE, again)) == {"s1": ("2025-05-16", 2, ""), "s2": ("2025-06-07", 1, "")}
    assert days(conversation(DEMAND, said("asked", "ru", "ua", "2025-06-09", reaffirms=("s1",)))) == {
        "s1": ("2025-05-16", 2, "")
    }


def test_an_answer_to_one_request_leaves_the_other_and_the_issue_open():
    refused = said("refused", "ua", "ru", "2025-06-08", answers=("s2",))
    found = conversation(DEMAND, TRUCE, refused)
    assert days(found) == {"s1": ("2025-05-16", 1, ""), "s2": ("", 1, "refused")}
    (ask,) = [span.state for span in found.asks if not span.valid_to]
    assert (found.issue[-1].state.status, ask.status, ask.waiting_since) == ("open", "open", "2025-05-16")
    accepted = said("accepted", "ua", "ru", "2025-06-09", answers=("s1",))
    found = conversation(DEMAND, TRUCE, refused, accepted)
    assert days(found) == {"s1": ("", 1, "accepted"), "s2": ("", 1, "refused")}
    assert found.issue[-1].state.status == "answered"


def test_an_answer_that_names_no_request_answers_all_and_it_is_not_known_which_it_means():
    found = conversation(DEMAND, TRUCE, said("refused", "ua", "ru", "2025-06-08"))
    assert [(one.times, one.status, one.unnamed) for one in told(found)] == [(1, "answered", True)] * 2
    assert found.issue[-1].state.status == "answered"
    (alone,) = told(conversation(DEMAND, said("refused", "ua", "ru", "2025-06-08")))
    assert not alone.unnamed
    named = conversation(DEMAND, TRUCE, said("refused", "ua", "ru", "2025-06-08", answers=("s1", "s2")))
    assert [(one.status, one.unnamed) for one in told(named)] == [("answered", False)] * 2


def test_who_considers_one_request_does_not_consider_the_other():
    found = conversation(DEMAND, TRUCE, said("considering", "ua", "ru", "2025-06-08", answers=("s2",)))
    assert {one.first_statement: one.answers for one in told(found)} == {"s1": ("",), "s2": ("considering",)}


def test_a_request_that_was_answered_is_told_beside_one_that_was_made_since():
    refused = said("refused", "ua", "ru", "2025-06-01")
    found = conversation(DEMAND, refused, TRUCE)
    assert days(found) == {"s1": ("", 1, "refused"), "s3": ("2025-06-07", 1, "")}
    both = conversation(DEMAND, refused, TRUCE, said("accepted", "ua", "ru", "2025-06-08"))
    assert days(both) == {"s1": ("", 1, "refused"), "s3": ("", 1, "accepted")}
    assert [one.unnamed for one in told(both)] == [False, False]  # only the second one waited


def test_an_answer_to_a_request_of_before_the_last_answer_ends_no_wait():
    refused = said("refused", "ua", "ru", "2025-06-01")
    late = said("accepted", "ua", "ru", "2025-06-08", answers=("s1",))
    told = days(conversation(DEMAND, refused, TRUCE, late))
    assert told == {"s1": ("", 1, "accepted"), "s3": ("2025-06-07", 1, "")}


WITHDREW = said("withdrew", "ru", "ua", "2025-06-09")


def status(found: IssueFold) -> dict[str, tuple[str, str]]:
    return {one.first_statement: (one.status, one.unless) for one in told(found)}


@pytest.mark.parametrize("link", ["answers", "replaces"])
def test_a_withdrawal_withdraws_the_request_that_it_names_and_no_other(link):
    named = said("withdrew", "ru", "ua", "2025-06-09", **{link: ("s1",)})
    found = conversation(DEMAND, TRUCE, named)
    assert status(found) == {"s1": ("withdrawn", ""), "s2": ("open", "")}
    assert found.issue[-1].state.status == "open"
    every = conversation(DEMAND, TRUCE, said("withdrew", "ru", "ua", "2025-06-09", **{link: ("s1", "s2")}))
    assert status(every) == {"s1": ("withdrawn", ""), "s2": ("withdrawn", "")}
    assert every.issue[-1].state.status == "withdrawn"
    assert status(conversation(DEMAND, named)) == {"s1": ("withdrawn", "")}


def test_a_withdrawal_that_names_none_of_several_requests_leaves_each_in_doubt():
    found = conversation(DEMAND, TRUCE, WITHDREW)
    assert status(found) == {"s1": ("open", "withdrawn"), "s2": ("open", "withdrawn")}
    assert {(one.unnamed, one.ended_in) for one in told(found)} == {(True, "s3")}
    assert (found.issue[-1].state.status, found.issue[-1].state.unless) == ("open", "withdrawn")
    later = conversation(DEMAND, TRUCE, WITHDREW, said("refused", "ua", "ru", "2025-06-10", answers=("s2",)))
    assert status(later) == {"s1": ("open", "withdrawn"), "s2": ("answered", "")}


def test_a_withdrawal_that_names_no_request_withdraws_the_only_one_that_waits():
    refused = said("refused", "ua", "ru", "2025-06-08", answers=("s2",))
    assert status(conversation(DEMAND, WITHDREW)) == {"s1": ("withdrawn", "")}
    assert status(conversation(DEMAND, TRUCE, refused, WITHDREW)) == {"s1": ("withdrawn", ""), "s2": ("answered", "")}
    assert status(conversation(DEMAND, WITHDREW, said("proposed", "ru", "ua", "2025-06-10"))) == {
        "s1": ("withdrawn", ""),
        "s3": ("open", ""),
    }


def test_a_withdrawal_without_a_date_leaves_requests_of_the_same_report_in_doubt():
    undated = [said(act, "ru", "ua", "") for act in ("asked", "proposed", "withdrew")]
    assert {*status(conversation(*undated)).values()} == {("open", "withdrawn")}
    first = [undated[2], undated[0]]
    assert {*status(conversation(*first)).values()} == {("open", "withdrawn")}


def test_a_replaced_request_leaves_the_other_as_it_was():
    instead = said("stated", "ru", "ua", "2025-06-08", replaces=("s1",))
    assert days(conversation(DEMAND, TRUCE, instead)) == {"s2": ("2025-06-07", 1, "")}
    again = said("asked", "ru", "ua", "2025-06-08", replaces=("s1",))
    assert days(conversation(DEMAND, TRUCE, again)) == {"s1": ("2025-06-08", 2, ""), "s2": ("2025-06-07", 1, "")}


TURNS = st.lists(st.tuples(st.sampled_from(["ask", "again", "refused", "accepted", "considering"]), st.integers(0, 3)))


@given(TURNS)
def test_each_request_has_its_own_days_number_of_times_and_answer(turns):
    """Every answer names its request; whatever else was said, only that changes what is told of the request."""
    statements, requests = [], []  # of each request: its statements, the day since when it waits, its answer
    for what, which in turns:
        day, slug = (date(2025, 5, 1) + timedelta(len(statements))).isoformat(), f"s{len(statements) + 1}"
        of = requests[which % len(requests)] if requests else None
        if what == "ask":
            statements.append(said("asked", "ru", "ua", day))
            requests.append([[slug], day, ""])
        elif of is not None and what == "again":
            statements.append(said("asked", "ru", "ua", day, reaffirms=(of[0][-1],)))
            of[:] = [[*of[0], slug], of[1] or day, of[2]]
        elif of is not None:
            statements.append(said(what, "ua", "ru", day, answers=(of[0][0],)))
            if what != "considering" or of[1]:
                of[1:] = [of[1] if what == "considering" else "", what]
    if not requests:
        return
    found = told(conversation(*statements))
    whole = {of[0][-1]: of for of in requests}
    for one in found:
        made, since, answer = whole[one.last_statement]
        assert (one.waiting_since, one.last_answer_act or answer) == (since, answer or one.last_answer_act)
        if len(found) > 1:
            assert (one.first_statement, one.times) == (made[0], len(made))
    assert {of[0][-1] for of in requests} == {one.last_statement for one in found}
    assert (conversation(*statements).issue[-1].state.status == "open") == any(of[1] for of in requests)
