"""A promise is done when somebody later says so on its issue, and the record names them."""

import pytest

from ledger import Clocks, Ledger
from ledger.queries.promises import promises, whose_word
from tests.examples import columns, file

STORY = """\
  - statement: reports-nothing-yet
    by: us
    act: reported-done
    issues: [export-controls]
    on: 2025-05-01
    says: Another list was cut.
    quote: a
  - statement: promise-list
    by: us/jamieson-greer
    to: vn
    act: promised
    issues: [export-controls, rules-of-origin]
    on: 2025-05-10
    says: Will send both lists.
    quote: [will send, both]
  - follow-up: teams
    says: Instruct the teams.
    owners: vn/nguyen-hong-dien
    due: 2025-06-01
    on: 2025-05-10
    quote: a
  - follow-up: nobodys
    says: Find a date.
    on: 2025-05-10
    quote: a
"""


def said(slug, act, by, on, issues="[export-controls]", to=""):
    to = f"    to: {to}\n" if to else ""
    return (
        f"  - statement: {slug}\n    by: {by}\n{to}    act: {act}\n    issues: {issues}\n    on: {on}\n"
        f"    says: {slug}.\n    quote: a\n"
    )


@pytest.fixture
def ask(ledger: Ledger):
    """Asks a question of a day, after more was filed."""
    file(ledger, STORY)

    def asked(question, more="", day="2025-06-15", **narrowed):
        if more:
            file(ledger, more, slug=f"more-{day}", published="2025-06-15")
        views = ledger.views(Clocks(as_of=day))
        try:
            return question(views, **narrowed)
        finally:
            views.close()

    return asked


def outcome(found, slug="promise-list"):
    (one,) = [one for one in found if one.slug == slug]
    return one.status, one.word, one.ended_on.edtf


def test_a_promise_is_open_until_somebody_reports_it_done(ask):
    (promise,) = [one for one in ask(promises) if one.kind == "promised"]
    assert (promise.by, promise.to, promise.day) == (("us/jamieson-greer",), ("vn",), "2025-05-10")
    assert (promise.status, promise.word, promise.quote) == ("open", "", "will send … both")


@pytest.mark.parametrize(
    ("by", "word"),
    [("us", "their own"), ("vn", "the other side's"), ("eu", "a third party's"), ("[us, vn]", "both sides'")],
)
def test_it_is_done_on_the_word_of_whoever_says_so(ask, by, word):
    done = said("done", "reported-done", by, "2025-06-01", "[export-controls, rules-of-origin]")
    assert outcome(ask(promises, done)) == ("reported done", word, "2025-06-01")
    assert outcome(ask(promises, day="2025-05-31"))[0] == "open"


def test_who_has_promised_something_there_too_speaks_of_its_own_promise(ask):
    own = said("vn-promise", "promised", "vn", "2025-05-12", "[export-controls, rules-of-origin]")
    done = said("done", "reported-done", "vn", "2025-06-01", "[export-controls, rules-of-origin]")
    found = ask(promises, own + done)
    assert outcome(found) == ("open", "", "")
    assert outcome(found, "vn-promise") == ("reported done", "their own", "2025-06-01")


def test_a_follow_up_that_only_its_owners_promised_is_told_so(ask):
    more = "  - {follow-up: reply, says: Reply soon., owners: us, as: promised, on: 2025-05-20, quote: a}\n"
    assert ("undertaken", "reply") in [(one.kind, one.slug) for one in ask(promises, more)]
    [line] = [one.sentence for one in ask(lambda views: views.timeline()) if one.slug == "reply"]
    assert line == "Promised: Reply soon – United States, no date"


def test_a_promise_on_two_issues_is_done_in_part_when_one_is(ask):
    found = ask(promises, said("done", "reported-done", "us", "2025-06-01"))
    assert outcome(found) == ("partly reported done", "their own", "2025-06-01")
    assert found[-1].slug != "promise-list"  # it is still to be done


def test_what_was_reported_done_before_the_promise_is_something_else(ask):
    assert outcome(ask(promises, day="2025-05-10"))[0] == "open"


def test_a_promise_reported_done_and_denied_by_another_party_is_disputed(ask):
    more = said("done", "reported-done", "us", "2025-06-01", "[export-controls, rules-of-origin]")
    more += said("not-done", "denied", "vn", "2025-06-05")
    (promise,) = [one for one in ask(promises, more) if one.slug == "promise-list"]
    assert (promise.status, promise.ended_by, promise.ended_in) == ("disputed", ("vn",), "not-done")
    assert outcome(ask(promises, day="2025-06-04"))[0] == "reported done"


def test_a_follow_up_with_an_owner_is_an_agreed_promise_and_one_without_is_nobodys(ask):
    found = [one for one in ask(promises) if one.kind == "agreed"]
    assert columns(found, "slug", "by", "status", "day") == [
        ("teams", ("vn/nguyen-hong-dien",), "past due", "2025-05-10")
    ]
    done = "  - closed: teams\n    outcome: done\n    on: 2025-06-10\n    by: us\n    quote: a\n"
    assert outcome(ask(promises, done), "teams") == ("done", "the other side's", "2025-06-10")
    (late,) = [one for one in ask(promises, only_open=True) if one.slug == "teams"]  # its owner has not said so
    assert (late.status, late.late, late.outcome) == ("done", True, "done late")


def test_a_follow_up_with_the_words_of_a_promise_is_the_same_undertaking(ask):
    same = """\
  - follow-up: send-lists
    says: Send both lists.
    owners: us/jamieson-greer
    on: 2025-05-10
    due: 2025-06-01
    quote: [will send, both]
"""
    assert columns(ask(promises, same), "slug") == ["promise-list", "teams"]
    promise = ask(promises, day="2025-06-14")[0]
    assert (promise.slug, promise.due.edtf, promise.outcome) == ("promise-list", "2025-06-01", "past due")
    done = "  - closed: send-lists\n    outcome: done\n    on: 2025-06-02\n    by: us\n    quote: a\n"
    assert "send-lists" in columns(ask(promises, done, day="2025-06-14"), "slug")


def test_promises_are_narrowed_by_who_made_them_and_to_whom(ask):
    assert columns(ask(promises, by="us"), "slug") == ["promise-list"]
    assert columns(ask(promises, by="nguyen-hong-dien"), "slug") == ["teams"]
    assert columns(ask(promises, to="vn"), "slug") == ["promise-list"]


def test_without_an_addressee_every_other_party_to_the_negotiation_is_the_other_side():
    assert whose_word(["us"], [], ["eu"], ["us", "eu"]) == "the other side's"
    assert whose_word(["us"], [], ["secretariat"], ["us", "eu"]) == "a third party's"
    assert whose_word(["us"], ["vn"], ["eu"], ["us", "vn", "eu"]) == "a third party's"
    assert whose_word(["us"], ["vn"], [], ["us", "vn"]) == ""
