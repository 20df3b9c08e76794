"""The links of an entry, as its reports give them, and what answers and replacements do to the asks on an issue."""

import pytest

from ledger.domain.folds.links import linked
from ledger.domain.states import Issue
from tests.examples import conversation, known, said

VN_ASKS = said("asked", "vn", "us", "2025-05-01")  # s1
EU_ASKS = said("asked", "eu", "us", "2025-05-02")  # s2


def issue(*statements) -> Issue:
    return conversation(*statements).issue[-1].state


def asks(*statements) -> dict[str, str]:
    return {span.state.asker: span.state.status for span in conversation(*statements).asks if not span.valid_to}


def test_each_link_has_the_day_of_its_first_report_and_every_source_that_reports_it():
    first = said("stated", "vn", day="2025-05-01", replaces=("old",))
    second = said("stated", "vn", day="2025-05-01", replaces=("old",), depends_on=("tariffs",), source="moit")
    accounts = known(first, second, kind="statement", slug="new", vna="2025-05-02", moit="2025-05-03")
    depends, replaces = linked("new", accounts)
    assert (str(replaces), replaces.on.edtf, replaces.sources) == ("replaces old", "2025-05-01", ("vna", "moit"))
    assert (str(depends), depends.sources) == ("depends-on tariffs", ("moit",))


def test_words_without_a_named_speaker_answer_and_replace_nothing():
    words = said("stated", "unattributed", replaces=("old",), answers=("s1",), reaffirms=("old",))
    assert list(map(str, linked("new", known(words, kind="statement", slug="new")))) == ["reaffirms old"]


def test_an_answer_that_names_what_it_answers_leaves_the_other_asks_waiting():
    refusal = said("refused", "us", "", "2025-05-03", answers=("s1",))
    assert asks(VN_ASKS, EU_ASKS, refusal) == {"vn": "answered", "eu": "open"}
    assert asks(VN_ASKS, EU_ASKS, said("refused", "us", "", "2025-05-03")) == {"vn": "answered", "eu": "answered"}


@pytest.mark.parametrize("act", ["proposed", "stated", "promised"])
def test_another_act_answers_what_it_names_and_keeps_its_own_meaning(act):
    assert asks(VN_ASKS, said(act, "us", "vn", "2025-05-03", answers=("s1",)))["vn"] == "answered"
    assert asks(VN_ASKS, said(act, "us", "vn", "2025-05-03"))["vn"] == "open"
    assert ("us" in asks(VN_ASKS, said(act, "us", "vn", "2025-05-03", answers=("s1",)))) == (act == "proposed")


@pytest.mark.parametrize(("by", "to"), [("eu", "vn"), ("us", "eu")])
def test_only_an_addressee_answers_and_only_the_asker(by, to):
    assert asks(VN_ASKS, said("stated", by, to, "2025-05-03", answers=("s1",))) == {"vn": "open"}


def test_an_ask_in_the_place_of_another_is_the_same_ask_made_again_and_waits_from_its_own_day():
    again = said("proposed", "vn", "us", "2025-05-10", replaces=("s1",))
    found = conversation(VN_ASKS, again)
    [ask] = [span.state for span in found.asks if not span.valid_to]
    assert (ask.times, ask.first_statement, ask.waiting_since) == (2, "s1", "2025-05-10")
    assert [span.state.last_statement for span in found.asks] == ["s1", "s2"]  # until that day the first one stood
    assert issue(VN_ASKS, again).positions == ("s2",)


def test_an_ask_goes_when_every_statement_that_made_it_was_replaced():
    asked_again = said("asked", "vn", "us", "2025-05-04")
    assert asks(VN_ASKS, asked_again, said("stated", "vn", "us", "2025-05-10", replaces=("s2",))) == {"vn": "open"}
    assert asks(VN_ASKS, asked_again, said("stated", "vn", "us", "2025-05-10", replaces=("s1", "s2"))) == {}


def test_an_objection_to_what_was_replaced_does_not_become_an_ask():
    objection = said("objected", "us", "vn", "2025-05-03")
    assert asks(VN_ASKS, objection, said("stated", "vn", "us", "2025-05-10", replaces=("s1",))) == {}


def test_an_acceptance_that_was_replaced_no_longer_counts():
    yes = said("accepted", "us", "vn", "2025-05-03")
    assert asks(VN_ASKS, yes) == {"vn": "agreed"}
    assert asks(VN_ASKS, yes, said("accepted-in-part", "us", "vn", "2025-05-10", replaces=("s2",))) == {
        "vn": "answered"
    }
    assert asks(VN_ASKS, yes, said("stated", "us", "vn", "2025-05-10", replaces=("s2",))) == {"vn": "open"}


def test_two_statements_that_replace_each_other_as_a_merge_may_bring_both_go():
    one = said("asked", "vn", "us", "2025-05-01", replaces=("s2",))
    assert asks(one, said("asked", "vn", "us", "2025-05-02", replaces=("s1",))) == {}
