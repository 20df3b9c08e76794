"""Conditions of statements: their words, the entry they are about, and the entry that shows that one is met."""

import pytest

from ledger import Clocks, Refusal, create_ledger
from ledger.queries.brief.writer import brief
from ledger.views.conditions import conditions, in_force

TALKS = """
negotiation: talks
title: The talks
parties: [us, vn]
entries:
  - {party: us, name: United States, in-sentences: the United States}
  - {party: vn, name: Viet Nam}
  - {issue: tariffs, title: Tariffs}
  - {issue: access, title: Market access}
---
negotiation: talks
source: {slug: paper, title: A paper, published: 2025-05-02, kind: news}
entries:
"""
ASKS = "  - {statement: us-asks, by: us, to: vn, act: asked, issues: access, says: Open the market., on: 2025-05-01}\n"
OFFER = (
    "  - {statement: vn-offers, by: vn, to: us, act: conditioned, issues: tariffs, says: We will cut them.,"
    " on: 2025-05-02, conditional-on: %s}\n"
)


@pytest.fixture
def told(tmp_path):
    """The views of a ledger with these entries, as of a day."""
    ledger = create_ledger(tmp_path / "ledger.db", keeper="Ann")

    def views(*entries, day="2025-07-01"):
        path = tmp_path / "entries.yaml"
        path.write_text(TALKS + "".join(entries))
        ledger.import_files([path])
        return ledger.views(Clocks(as_of=day))

    return views


def said(slug, act, issue, day, by="vn", more=""):
    other = {"vn": "us", "us": "vn"}[by]
    return (
        f"  - {{statement: {slug}, by: {by}, to: {other}, act: {act}, issues: {issue}, says: So be it.,"
        f" on: {day}{more}}}\n"
    )


def of_offer(views):
    [one] = conditions(views, of="vn-offers")
    return one


@pytest.mark.parametrize(
    ("typed", "words", "about"),
    [
        ("market access is granted", "market access is granted", ""),
        ("access = market access is granted", "market access is granted", "access"),
        ("Market access = market access is granted", "market access is granted", "access"),
        ("[{words: market access is granted, on: access}]", "market access is granted", "access"),
        ("{words: market access is granted}", "market access is granted", ""),
    ],
)
def test_a_condition_is_words_alone_or_with_the_entry_they_are_about(told, typed, words, about):
    one = of_offer(told(ASKS, OFFER % typed))
    assert (one.words, one.about, one.met) == (words, about, "")
    assert one.statement.told == "We will cut them, conditional on: market access is granted"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "acess = it is granted",
            "There is no issue, measure, meeting, follow-up or statement 'acess'. Did you mean access?",
        ),
        ("access =", "A condition has no words."),
        ("{on: access}", "keys other than {words: …, on: …}"),
    ],
)
def test_a_condition_on_what_is_not_of_record_is_refused_and_nothing_is_written(told, typed, sentence):
    with pytest.raises(Refusal) as refused:
        told(ASKS, OFFER % typed)
    assert sentence in str(refused.value)


def test_a_condition_about_an_issue_is_met_by_the_statement_that_settles_or_grants_it(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    views = told(ASKS, OFFER % "access = market access is granted", granted)
    assert of_offer(views).told == "market access is granted (met: agreed on 20 May 2025, by vn-grants)"
    assert not of_offer(views.at("2025-05-19")).met


def test_a_condition_about_an_issue_that_was_agreed_before_is_not_met_by_that(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-01")
    assert not of_offer(told(ASKS, granted, OFFER % "access = market access is granted")).met


def test_an_issue_that_is_raised_again_meets_the_condition_no_longer(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    again = said("us-again", "asked", "access", "2025-06-02", by="us")
    views = told(ASKS, OFFER % "access = market access is granted", granted, again)
    assert of_offer(views.at("2025-06-01")).met_by == "vn-grants"
    assert not of_offer(views).met


def test_a_condition_about_an_ask_is_met_by_its_acceptance_and_not_by_another_answer(told):
    refused = said("vn-no", "refused", "access", "2025-05-10")
    granted = said("vn-yes", "accepted", "access", "2025-05-20")
    views = told(ASKS, OFFER % "us-asks = they open", refused, granted)
    assert not of_offer(views.at("2025-05-19")).met
    assert (of_offer(views).met, of_offer(views).met_by) == ("accepted", "vn-yes")


MEETING = "  - {meeting: round-2, kind: round, number: 2, held: %s}\n"


@pytest.mark.parametrize(
    ("held", "met"), [("2025-05-10", "round-2"), ("2025-05-01", ""), ("2025-05", ""), ("2025-05-02", "")]
)
def test_a_condition_about_a_meeting_is_met_only_if_the_meeting_was_surely_later(told, held, met):
    assert of_offer(told(MEETING % held, OFFER % "round-2 = the round is held")).met_by == met


def test_a_condition_about_a_follow_up_is_met_when_it_is_done(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01}\n"
    done = "  - {closed: list, outcome: %s, on: 2025-05-09, by: us}\n"
    views = told(agreed, OFFER % "list = we have the list", done % "done")
    assert of_offer(views).told == "we have the list (met: done on 9 May 2025, by list)"
    assert not of_offer(views.at("2025-05-08")).met


def test_what_was_done_too_late_meets_no_condition(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01, due: 2025-05-08}\n"
    done = "  - {closed: list, outcome: done, on: 2025-05-09, by: us}\n"
    views = told(agreed, OFFER % "list = we have the list in time", done)
    assert of_offer(views).told == "we have the list in time"
    assert [one.left for one in views.follow_ups(everything=True)] == ["done late"]


def test_a_lapsed_follow_up_meets_nothing(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01}\n"
    lapsed = "  - {closed: list, outcome: lapsed, on: 2025-05-09}\n"
    assert not of_offer(told(agreed, OFFER % "list = we have the list", lapsed)).met


def test_the_conditions_in_force_are_those_of_the_positions_held(told):
    views = told(ASKS, OFFER % "access = access", said("vn-refuses", "refused", "tariffs", "2025-06-01"))
    assert [one.statement.slug for one in in_force(views.at("2025-05-31"))] == ["vn-offers"]
    assert in_force(views) == [] == views.state().conditions
    assert [one.statement.slug for one in conditions(views, about="access")] == ["vn-offers"]


def test_a_remark_does_not_replace_a_position_and_its_condition(told):
    views = told(ASKS, OFFER % "access = access", said("vn-remarks", "stated", "tariffs", "2025-06-01"))
    assert [one.statement.slug for one in in_force(views)] == ["vn-offers"]


def test_the_brief_has_a_line_for_each_condition_and_what_meets_it(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    sections = {one.title: one.lines for one in brief(told(ASKS, OFFER % "access = market access", granted)).sections}
    [line] = sections["Conditions"]
    assert "".join(run.words for run in line.runs) == (
        "Tariffs. Viet Nam set conditions on 2 May 2025: We will cut them, conditional on: market access"
        " (met: agreed on 20 May 2025, by vn-grants)."
    )


@pytest.mark.parametrize(
    "words",
    [
        "no duty notice is sent",
        "the duty notice is not sent",
        "unless the duty notice is sent",
        "in the absence of a duty notice",
        "if the duty notice isn't sent",
        "nếu không có thông báo",
        "tru khi co thong bao",
    ],
)
def test_a_condition_that_something_does_not_happen_is_neither_met_nor_unmet(told, words):
    sent = (
        "  - {follow-up: notice, says: Send the duty notice., owners: us, on: 2025-05-01}\n"
        "  - {closed: notice, outcome: done, on: 2025-05-20}\n"
    )
    one = of_offer(told(ASKS, sent, OFFER % f"{{words: {words}, on: notice}}"))
    assert (one.met, one.met_by, one.outcome) == ("", "", "unclear")
    assert one.told == f"{words} (since then: done on 20 May 2025, by notice)"
    assert of_offer(told(day="2025-05-10")).told == words


@pytest.mark.parametrize("words", ["the notice is sent no later than May", "not only the notice is sent", "it is sent"])
def test_a_condition_with_a_limit_is_met_as_any_other(told, words):
    sent = (
        "  - {follow-up: notice, says: Send the duty notice., owners: us, on: 2025-05-01}\n"
        "  - {closed: notice, outcome: done, on: 2025-05-20}\n"
    )
    one = of_offer(told(ASKS, sent, OFFER % f"{{words: {words}, on: notice}}"))
    assert (one.met, one.met_by, one.outcome) == ("done", "notice", "met")


def test_a_condition_that_is_met_by_an_inferred_answer_is_marked(told):
    inferred = ", inferred: The paper does not say who"
    views = told(
        ASKS, OFFER % "access = access is granted", said("vn-yes", "accepted", "access", "2025-05-20", more=inferred)
    )
    assert of_offer(views).told == "access is granted (met: agreed (inferred) on 20 May 2025, by vn-yes)"
