"""Conditions of statements: their words, the entry they are about, and what happened to that entry since."""

import re

import pytest

from ledger import Clocks, Refusal, create_ledger
from ledger.export.markdown import markdown
from ledger.queries.brief.writer import brief
from ledger.queries.entry import show
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
BY = ", according to Viet Nam, in paper"  # who says what happened since, and where


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
    assert (one.words, one.about, one.since) == (words, about, "")
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


def test_a_condition_about_an_issue_has_the_statement_that_settled_or_granted_it_since(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    views = told(ASKS, OFFER % "access = market access is granted", granted)
    assert of_offer(views).told == f"market access is granted (since then: agreed on 20 May 2025{BY}, see vn-grants)"
    assert not of_offer(views.at("2025-05-19")).since


def test_that_an_issue_was_agreed_before_the_condition_is_not_told(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-01")
    assert not of_offer(told(ASKS, granted, OFFER % "access = market access is granted")).since


def test_of_an_issue_that_is_raised_again_nothing_is_told(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    again = said("us-again", "asked", "access", "2025-06-02", by="us")
    views = told(ASKS, OFFER % "access = market access is granted", granted, again)
    assert of_offer(views.at("2025-06-01")).since_by == "vn-grants"
    assert not of_offer(views).since


def test_a_condition_about_an_ask_has_its_acceptance_and_no_other_answer(told):
    refused = said("vn-no", "refused", "access", "2025-05-10")
    granted = said("vn-yes", "accepted", "access", "2025-05-20")
    views = told(ASKS, OFFER % "us-asks = they open", refused, granted)
    assert not of_offer(views.at("2025-05-19")).since
    assert (of_offer(views).since, of_offer(views).since_by) == ("accepted", "vn-yes")


MEETING = "  - {meeting: round-2, kind: round, number: 2, held: %s}\n"


@pytest.mark.parametrize(
    ("held", "since_by"), [("2025-05-10", "round-2"), ("2025-05-01", ""), ("2025-05", ""), ("2025-05-02", "")]
)
def test_a_meeting_is_told_only_if_it_was_surely_later_than_the_condition(told, held, since_by):
    assert of_offer(told(MEETING % held, OFFER % "round-2 = the round is held")).since_by == since_by


def test_a_condition_about_a_follow_up_says_when_it_was_done(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01}\n"
    done = "  - {closed: list, outcome: %s, on: 2025-05-09, by: us}\n"
    views = told(agreed, OFFER % "list = we have the list", done % "done")
    since = "since then: done on 9 May 2025, according to the United States, in paper, see list"
    assert of_offer(views).told == f"we have the list ({since})"
    assert not of_offer(views.at("2025-05-08")).since


def test_what_was_done_too_late_is_told_as_done_late(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01, due: 2025-05-08}\n"
    done = "  - {closed: list, outcome: done, on: 2025-05-09, by: us}\n"
    views = told(agreed, OFFER % "list = we have the list in time", done)
    since = "since then: done late on 9 May 2025, according to the United States, in paper, see list"
    assert of_offer(views).told == f"we have the list in time ({since})"
    assert [one.left for one in views.follow_ups(everything=True)] == ["done late"]


def test_a_follow_up_that_lapsed_is_told_as_lapsed(told):
    agreed = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01}\n"
    lapsed = "  - {closed: list, outcome: lapsed, on: 2025-05-09}\n"
    one = of_offer(told(agreed, OFFER % "list = we have the list", lapsed))
    assert one.told == "we have the list (since then: lapsed on 9 May 2025, in paper, see list)"


def test_the_conditions_in_force_are_those_of_the_positions_held(told):
    views = told(ASKS, OFFER % "access = access", said("vn-refuses", "refused", "tariffs", "2025-06-01"))
    assert [one.statement.slug for one in in_force(views.at("2025-05-31"))] == ["vn-offers"]
    assert in_force(views) == [] == views.state().conditions
    assert [one.statement.slug for one in conditions(views, about="access")] == ["vn-offers"]


def test_a_remark_does_not_replace_a_position_and_its_condition(told):
    views = told(ASKS, OFFER % "access = access", said("vn-remarks", "stated", "tariffs", "2025-06-01"))
    assert [one.statement.slug for one in in_force(views)] == ["vn-offers"]


def test_the_brief_has_a_line_for_each_condition_and_what_happened_since(told):
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    sections = {one.title: one.lines for one in brief(told(ASKS, OFFER % "access = market access", granted)).sections}
    [line] = sections["Conditions"]
    assert "".join(run.words for run in line.runs) == (
        "Tariffs. Viet Nam set conditions on 2 May 2025: We will cut them, conditional on: market access"
        f" (since then: agreed on 20 May 2025{BY}, see vn-grants)."
    )


@pytest.mark.parametrize(
    "words",
    [
        "access is granted",
        "if access is rejected",
        "should they turn it down",
        "as long as they block access",
        "if access collapses",
        "only after a document on access has been signed",
        "unless access is granted",
        "nếu không mở cửa thị trường",
    ],
)
def test_no_answer_says_that_a_condition_is_met_or_not_met(told, words):
    """The same acceptance is what some of these words hope for and the opposite of others: only it is told."""
    granted = said("vn-grants", "accepted", "access", "2025-05-20")
    views = told(ASKS, OFFER % f"{{words: {words}, on: access}}", granted)
    for day, since in (("2025-05-19", ""), ("2025-05-20", f" (since then: agreed on 20 May 2025{BY}, see vn-grants)")):
        one = of_offer(views.at(day))
        assert one.told == words + since
        assert not [field for field in (*one._fields, *vars(type(one))) if "met" in field or "outcome" in field]
        shown = markdown(brief(views.at(day))) + show(views.at(day), "vn-offers").conditions[0].told
        assert f"{words}{since}" in shown
        assert "met:" not in shown and "not met" not in shown


def test_an_inferred_answer_since_is_marked(told):
    inferred = ", inferred: The paper does not say who"
    views = told(
        ASKS, OFFER % "access = access is granted", said("vn-yes", "accepted", "access", "2025-05-20", more=inferred)
    )
    assert of_offer(views).told == f"access is granted (since then: agreed (inferred) on 20 May 2025{BY}, see vn-yes)"


SOURCES = """\
---
negotiation: talks
source: {slug: %s, title: Another paper, published: 2025-06-02%s}
entries:
"""
LIST = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-01}\n"


@pytest.mark.parametrize(
    ("about", "event", "since"),
    [
        ("list", "closed: list, outcome: done, by: us", "done, according to the United States, in wire"),
        ("list", "closed: list, outcome: done, by: vn", "done, according to Viet Nam alone, in wire"),
        ("list", "closed: list, outcome: lapsed", "lapsed, in wire"),
        ("access", "statement: yes, by: vn, to: us, act: accepted, issues: access, says: Yes.",
         "agreed, according to Viet Nam, in wire"),
        ("us-asks", "statement: yes, by: vn, to: us, act: accepted, issues: access, says: Yes., reported-by: us",
         "accepted, according to Viet Nam, as told by the United States, in wire"),
        ("round-2", "meeting: round-2, kind: round, number: 2", "held, in wire"),
        ("round-2", "meeting: round-2, kind: round, number: 2, reported-by: us",
         "held, as told by the United States, in wire"),
    ],
)  # fmt: skip
def test_what_happened_since_is_told_with_who_says_so_and_where_in_every_answer(told, about, event, since):
    meeting = "  - {announcement: round-2, kind: round, number: 2, expected: 2025-05-20, on: 2025-05-01}\n"
    day = "held" if event.startswith("meeting") else "on"
    later = SOURCES % ("wire", "") + f"  - {{{event}, {day}: 2025-05-20}}\n"
    views = told(ASKS, LIST, meeting, OFFER % f"{about} = it is so", later)
    what, _, voice = since.partition(", ")
    [shown] = show(views, "vn-offers").conditions
    says = f"since then: {what} on 20 May 2025, {voice}, see"
    assert says in shown.told and says in markdown(brief(views))
    assert (shown.since, shown.since_told) == (what, f", {voice}")


def test_two_accounts_of_an_end_since_are_both_told(told):
    done = SOURCES % ("wire", "") + "  - {closed: list, outcome: done, by: us, on: 2025-05-20}\n"
    lapsed = SOURCES % ("daily", "") + "  - {closed: list, outcome: lapsed, by: vn, on: 2025-05-20}\n"
    shown = of_offer(told(LIST, OFFER % "list = we have it", done, lapsed)).shown
    assert "(contested)" in shown and ", in wire, daily, see list" in shown
    assert "according to the United States" in shown and "according to Viet Nam" in shown


def test_the_front_page_says_who_says_what_happened_since(tmp_path):
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    ledger = create_ledger(tmp_path / "ledger.db", keeper="Ann")
    done = SOURCES % ("wire", "") + "  - {closed: list, outcome: done, by: vn, on: 2025-05-20}\n"
    (tmp_path / "entries.yaml").write_text(TALKS + LIST + OFFER % "list = we have it" + done)
    ledger.import_files([tmp_path / "entries.yaml"])
    for path in ("", "/statement/vn-offers", "/table"):
        body = re.sub("<[^>]+>", "", page(Site(ledger, "/raw_tables"), f"/talks{path}?as-of=2025-07-01"))
        assert "since then: done on 20 May 2025, according to Viet Nam alone, in wire, see" in " ".join(body.split())
