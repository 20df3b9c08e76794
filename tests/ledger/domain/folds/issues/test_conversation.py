"""A conversation: who only considers an ask, and the statements on which a status rests."""

import pytest

from ledger.domain.states import Ask, Issue
from tests.examples import conversation, said

VN_ASKS = said("asked", "vn", "us", "2025-05-01")
CONSIDERED = said("considering", "us", "vn", "2025-05-02")


def issue(*statements) -> Issue:
    return conversation(*statements).issue[-1].state


def ask(*statements) -> Ask:
    return next(span.state for span in reversed(conversation(*statements).asks) if span.state.asker == "vn")


def inferred(act, by, to="", day="2025-05-02", **more):
    return said(act, by, to, day, inferred="The report does not name it.", **more)


def test_an_ask_that_is_considered_goes_on_waiting_and_says_so():
    found = ask(VN_ASKS, CONSIDERED)
    assert (found.status, found.waiting_since, found.waits) == ("open", "2025-05-01", ("2025-05-01",))
    assert (found.answers, found.answered_in) == (("considering",), ("s2",))
    assert (found.last_answer, found.last_answer_act, found.answer_statement) == ("2025-05-02", "considering", "s2")
    assert (issue(VN_ASKS, CONSIDERED).status, issue(VN_ASKS, CONSIDERED).last_answer_act) == ("open", "considering")


def test_considering_is_no_position_and_no_answer_without_an_ask():
    assert issue(VN_ASKS, CONSIDERED).holding == ("vn",)
    own = said("proposed", "us", "vn", "2025-05-01")
    assert issue(own, CONSIDERED).positions == ("s1",)
    assert (issue(CONSIDERED).status, issue(CONSIDERED).last_answer) == ("noted", "")
    settled = said("settled", "vn", "us", "2025-05-03")
    assert issue(VN_ASKS, CONSIDERED, settled).status == "settled"  # as if the addressee had not replied
    assert issue(VN_ASKS, settled).status == "settled"


@pytest.mark.parametrize("act", ["accepted", "refused", "deferred"])
def test_an_answer_after_considering_counts_as_it_does_without(act):
    answer = said(act, "us", "vn", "2025-05-03")
    with_it, without = ask(VN_ASKS, CONSIDERED, answer), ask(VN_ASKS, answer)
    assert (with_it.status, with_it.answers, with_it.waits) == (without.status, without.answers, without.waits)


@pytest.mark.parametrize("act", ["accepted", "refused", "deferred"])
def test_considering_after_an_answer_takes_nothing_back(act):
    story = (VN_ASKS, said(act, "us", "vn", "2025-05-02"))
    assert ask(*story, said("considering", "us", "vn", "2025-05-03")) == ask(*story)


def test_asked_again_it_is_no_longer_considered():
    again = ask(VN_ASKS, CONSIDERED, said("asked", "vn", "us", "2025-05-03"))
    assert (again.answers, again.answered_in, again.waiting_since) == (("",), ("",), "2025-05-01")


def test_of_several_addressees_only_the_one_that_said_so_considers_the_ask():
    found = ask(said("asked", "vn", "us eu", "2025-05-01"), CONSIDERED, said("refused", "eu", "vn", "2025-05-03"))
    assert (found.status, found.answers) == ("open", ("considering", "refused"))
    assert (found.waits, found.answered_in) == (("2025-05-01", ""), ("s2", "s3"))


@pytest.mark.parametrize(
    ("status", "story", "rests_on"),
    [
        ("agreed", (VN_ASKS, inferred("accepted", "us", "vn")), ("s2",)),
        ("answered", (VN_ASKS, inferred("refused", "us", "vn")), ("s2",)),
        ("deferred", (VN_ASKS, inferred("deferred", "us", "vn")), ("s2",)),
        ("open", (inferred("asked", "vn", "us"),), ("s1",)),
        ("withdrawn", (VN_ASKS, inferred("withdrew", "vn")), ("s2",)),
        ("partly settled", (VN_ASKS, said("stated", "us"), inferred("settled", "us", day="2025-05-03")), ("s3",)),
        ("narrowed", (VN_ASKS, inferred("narrowed", "vn us")), ("s2",)),
        ("unresolved", (VN_ASKS, inferred("unresolved", "vn us")), ("s2",)),
        ("agreed in principle", (VN_ASKS, inferred("agreed-in-principle", "vn us")), ("s2",)),
        ("agreed", (inferred("accepted", "us vn"),), ("s1",)),
        ("open", (VN_ASKS, inferred("considering", "us", "vn")), ()),
        ("open", (VN_ASKS, inferred("stated", "us", "vn")), ()),
        ("agreed", (VN_ASKS, said("accepted", "us", "vn", "2025-05-03"), inferred("welcomed", "vn")), ()),
    ],
)  # fmt: skip
def test_a_status_names_the_statements_it_rests_on_in_which_something_was_inferred(status, story, rests_on):
    found = issue(*story)
    assert (found.status, found.rests_on_inferred) == (status, rests_on)


def test_an_inferred_answer_no_longer_counts_once_another_has_taken_its_place():
    story = (VN_ASKS, inferred("refused", "us", "vn"), said("accepted", "us", "vn", "2025-05-03"))
    assert (issue(*story).status, issue(*story).rests_on_inferred, ask(*story).rests_on_inferred) == ("agreed", (), ())
    assert ask(*story[:2]).rests_on_inferred == ("s2",)
