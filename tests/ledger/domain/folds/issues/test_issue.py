"""The status of an issue and of the asks on it: attributed, never guessed."""

from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.events import IssueNamed
from ledger.domain.folds import statement
from ledger.domain.folds.issues.issue import NOTHING, can_resume, fold
from ledger.domain.kinds import Span
from ledger.domain.states import ALWAYS, Ask, Issue
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import Memberships, RoleHeld
from tests.examples import conversation, known, on, said, spoken, undated
from tests.thorough import THOROUGH

ANSWERS = [act for act, meaning in ACTS.items() if meaning.role is Role.ANSWERS]
RAISES = [act for act, meaning in ACTS.items() if meaning.role is Role.RAISES]
SPEAKS = [act for act, meaning in ACTS.items() if meaning.role is Role.SPEAKS]
VN_ASKS = said("asked", "vn", "us", "2025-05-01")


def issue(*statements) -> Issue:
    return conversation(*statements).issue[-1].state


def ask(*statements, asker: str = "vn") -> Ask:
    return next(span.state for span in reversed(conversation(*statements).asks) if span.state.asker == asker)


def statuses(*statements) -> list[str]:
    return [span.state.status for span in conversation(*statements).issue]


@pytest.mark.parametrize("act", [*RAISES, "objected"])
def test_an_issue_that_was_raised_and_not_answered_is_open(act):
    assert issue(said(act, "vn", "us")).status == "open"


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_by_the_addressee_leaves_it_answered_and_a_deferral_deferred(act):
    assert issue(VN_ASKS, said(act, "us", "vn", "2025-05-02")).status == answered(act)


@pytest.mark.parametrize("act", [*ANSWERS, "accepted", "objected"])
def test_those_who_made_a_request_together_do_not_answer_it(act):
    together = said("asked", "vn eu", "", "2025-05-01")
    again = said(act, "vn eu", "", "2025-05-03")
    assert [ask(together, again, asker=party).status for party in ("vn", "eu")] == ["open", "open"]
    assert ask(together, again, said("refused", "us", "", "2025-05-04")).last_answer_by == ("us",)


def test_an_issue_on_which_one_ask_was_answered_and_another_deferred_is_answered():
    story = (VN_ASKS, said("asked", "us", "vn", "2025-05-01"), said("deferred", "us", "vn", "2025-05-02"))
    assert issue(*story, said("refused", "vn", "us", "2025-05-03")).status == "answered"
    assert issue(*story, said("accepted", "vn", "us", "2025-05-03")).status == "deferred"


@pytest.mark.parametrize("act", SPEAKS)
def test_an_issue_only_spoken_of_is_noted(act):
    assert issue(said(act, "vn", "us")).status == "noted"
    assert conversation(said(act, "vn", "us")).asks == []


@pytest.mark.parametrize("act", SPEAKS)
def test_speaking_of_it_is_no_answer(act):
    assert ask(VN_ASKS, said(act, "us", "vn", "2025-05-02")).waiting_since == "2025-05-01"


@pytest.mark.parametrize("act", [act for act in ACTS if act != "asked"])
def test_words_without_a_named_speaker_are_noted_and_do_nothing_else(act):
    heard = said(act, "unattributed", "", "2025-05-02")
    assert (issue(heard).status, issue(heard).raised_by, conversation(heard).asks) == ("noted", (), [])
    assert issue(VN_ASKS, heard) == issue(VN_ASKS)._replace(last_spoken="2025-05-02")
    assert ask(VN_ASKS, heard) == ask(VN_ASKS)


def test_an_issue_that_has_a_name_and_was_never_spoken_of_is_named():
    spans = fold("export-controls", known(IssueNamed(title="Export controls"), kind="issue"), []).issue
    found = [(span.state.status, span.state.title, span.valid_from) for span in spans]
    assert found == [("named", "Export controls", ALWAYS)]


def test_acceptance_by_the_addressee_makes_it_agreed():
    assert issue(VN_ASKS, said("accepted", "us", "vn", "2025-05-02")).status == "agreed"


def test_it_is_agreed_only_when_every_ask_was_accepted():
    us_asks = said("asked", "us", "vn", "2025-05-02")
    accepted = said("accepted", "us", "vn", "2025-05-03")
    assert issue(VN_ASKS, us_asks, accepted).status == "open"
    assert issue(VN_ASKS, us_asks, accepted, said("conditioned", "vn", "us", "2025-05-04")).status == "answered"
    assert issue(VN_ASKS, us_asks, accepted, said("accepted", "vn", "us", "2025-05-04")).status == "agreed"


def test_raised_again_after_any_status_it_is_open_again():
    again = said("asked", "vn", "us", "2025-05-09")
    for ending in (
        said("refused", "us", "vn", "2025-05-02"),
        said("accepted", "us", "vn", "2025-05-02"),
        said("settled", "vn us", "", "2025-05-02"),
        said("withdrew", "vn", "us", "2025-05-02"),
    ):
        assert issue(VN_ASKS, ending).status != "open"
        assert issue(VN_ASKS, ending, again).status == "open"


def test_only_an_answer_or_a_withdrawal_ends_the_wait():
    again = said("asked", "vn", "us", "2025-05-09")
    for act, since in (("refused", "2025-05-09"), ("settled", "2025-05-09"), ("narrowed", "2025-05-01")):
        assert ask(VN_ASKS, said(act, "vn us", "", "2025-05-02"), again).waiting_since == since
    assert ask(VN_ASKS, said("withdrew", "vn", "us", "2025-05-02"), again).waiting_since == "2025-05-09"


def test_it_is_settled_only_when_every_party_that_raised_or_answered_says_so():
    answered = said("conditioned", "us", "vn", "2025-05-02")
    by_vn, by_us = said("settled", "vn", "us", "2025-05-03"), said("settled", "us", "vn", "2025-05-04")
    assert statuses(VN_ASKS, answered, by_vn, by_us) == ["open", "answered", "partly settled", "settled"]
    assert issue(VN_ASKS, answered, by_us).status == "partly settled"
    assert issue(VN_ASKS, answered, by_us).settled_by == ("us",)
    assert issue(VN_ASKS, answered, said("settled", "vn us", "", "2025-05-03")).status == "settled"


def test_settled_by_the_addressee_alone_it_is_partly_settled():
    assert issue(VN_ASKS, said("settled", "us", "vn", "2025-05-03")).status == "partly settled"


def test_an_ask_that_the_addressee_calls_settled_waits_no_more():
    found = ask(VN_ASKS, said("settled", "us", "vn", "2025-05-03"))
    assert (found.waiting_since, found.status, found.last_answer_act) == ("", "agreed", "settled")


def test_settled_by_the_asker_of_what_nobody_answered_its_ask_waits_no_more():
    story = (VN_ASKS, said("settled", "vn", "us", "2025-05-03"))
    assert issue(*story).status == "settled"
    assert ask(*story).waiting_since == ""


def test_what_was_said_to_be_settled_before_it_was_raised_again_does_not_count():
    again = said("asked", "us", "vn", "2025-05-05")
    before, after = said("settled", "vn", "us", "2025-05-03"), said("settled", "us", "vn", "2025-05-06")
    assert issue(VN_ASKS, before, again, after).status == "partly settled"


def test_what_nobody_raised_is_settled_by_the_word_of_two():
    assert issue(said("settled", "vn")).status == "partly settled"
    assert issue(said("settled", "vn")).last_answer == ""
    assert issue(said("settled", "vn"), said("settled", "us", day="2025-05-02")).status == "settled"


def test_a_bystander_neither_answers_nor_settles_nor_has_to():
    eu_accepts, eu_settles = said("accepted", "eu", "vn", "2025-05-02"), said("settled", "eu", "", "2025-05-03")
    assert issue(VN_ASKS, eu_accepts).status == "open"
    assert issue(VN_ASKS, eu_accepts).last_answer == ""
    assert ask(VN_ASKS, eu_accepts).waiting_since == "2025-05-01"
    assert issue(VN_ASKS, eu_settles).status == "open"
    both = said("settled", "vn us", "", "2025-05-04")
    assert issue(VN_ASKS, eu_accepts, both).status == "settled"


def test_it_is_narrowed_when_both_say_so_after_the_last_ask():
    refused = said("refused", "us", "vn", "2025-05-02")
    by_us, by_both = said("narrowed", "us", "vn", "2025-05-03"), said("narrowed", "vn us", "", "2025-05-03")
    assert issue(VN_ASKS, refused, by_us).status == "answered"
    assert issue(VN_ASKS, refused, by_both).status == "narrowed"
    assert issue(VN_ASKS, refused, by_both).narrowed_by == ("vn", "us")
    assert issue(VN_ASKS, refused, by_both, said("accepted", "us", "vn", "2025-05-04")).status == "agreed"


NARROWED = (VN_ASKS, said("refused", "us", "vn", "2025-05-02"), said("narrowed", "vn us", "", "2025-05-03"))


@pytest.mark.parametrize("act", ["asked", "proposed"])
def test_a_request_or_proposal_since_it_was_narrowed_leaves_it_narrowed_and_is_named(act):
    found = issue(*NARROWED, said(act, "us", "vn", "2025-05-04"))
    assert (found.status, found.narrowed_by, found.raised_since) == ("narrowed", ("vn", "us"), act)
    again = issue(*NARROWED, said(act, "us", "vn", "2025-05-04"), said("narrowed", "vn us", "", "2025-05-05"))
    assert (again.status, again.raised_since) == ("narrowed", "")


@pytest.mark.parametrize(
    "undoing", [said("objected", "us", "vn", "2025-05-04"), said("refused", "us", "vn", "2025-05-04")]
)
def test_an_objection_or_a_refusal_undoes_a_narrowing(undoing):
    found = issue(*NARROWED, undoing)
    assert (found.status in ("open", "answered"), found.narrowed_by) == (True, ())


def test_a_party_that_takes_its_word_back_undoes_a_narrowing_and_a_bystander_does_not():
    asked = (*NARROWED, said("proposed", "us", "vn", "2025-05-04"))
    assert issue(*asked, said("withdrew", "vn", "us", "2025-05-05")).status == "open"
    assert issue(*asked, said("refused", "eu", "us", "2025-05-05")).status == "narrowed"


@pytest.mark.parametrize("act", ["conditioned", "deferred", "accepted-in-part", "responded"])
def test_an_answer_that_refuses_nothing_leaves_a_narrowing(act):
    story = (*NARROWED, said("proposed", "us", "vn", "2025-05-04"), said(act, "vn", "us", "2025-05-05"))
    assert issue(*story).status == "narrowed"


IN_PRINCIPLE = (VN_ASKS, said("agreed-in-principle", "vn us", "", "2025-05-03"))


def test_it_is_agreed_in_principle_when_every_party_concerned_says_so_and_the_ask_is_answered():
    assert (issue(*IN_PRINCIPLE).status, issue(*IN_PRINCIPLE).in_principle_by) == ("agreed in principle", ("vn", "us"))
    assert ask(*IN_PRINCIPLE).status == "answered"
    assert issue(IN_PRINCIPLE[1]).status == "agreed in principle"  # nobody raised it
    one_sided = issue(VN_ASKS, said("agreed-in-principle", "us", "vn", "2025-05-03"))
    assert (one_sided.status, one_sided.last_answer_act) == ("answered", "agreed-in-principle")


@pytest.mark.parametrize("act", ["objected", "refused", "withdrew"])
def test_an_agreement_in_principle_ends_when_a_party_objects_refuses_or_withdraws(act):
    assert issue(*IN_PRINCIPLE, said(act, "us", "vn", "2025-05-04")).status != "agreed in principle"


def test_an_agreement_in_principle_lasts_when_a_detail_is_asked_for_and_ends_when_all_is_accepted():
    asked = issue(*IN_PRINCIPLE, said("proposed", "us", "vn", "2025-05-04"))
    assert (asked.status, asked.raised_since) == ("agreed in principle", "proposed")
    assert issue(*IN_PRINCIPLE, said("accepted", "us", "vn", "2025-05-04")).status == "agreed"
    assert issue(*IN_PRINCIPLE, said("settled", "us vn", "", "2025-05-04")).status == "settled"


def test_a_request_that_may_be_older_than_an_agreement_in_principle_is_not_said_to_have_come_since():
    asked = issue(*IN_PRINCIPLE, said("asked", "us", "vn", "[..2025-05-04]"))
    assert (asked.raised_since, asked.raised_surely) == ("asked", False)
    later = said("proposed", "us", "vn", "2025-05-05")
    both = issue(*IN_PRINCIPLE, said("asked", "us", "vn", "[..2025-05-04]"), later)
    assert (both.raised_since, both.raised_surely) == ("proposed", True)
    settled = issue(*IN_PRINCIPLE, later, said("asked", "us", "vn", "[..2025-05-06]"))
    assert (settled.raised_since, settled.raised_surely) == ("proposed", True)


def test_what_nobody_raised_is_agreed_when_two_parties_accept_it_together_and_not_when_one_does():
    assert issue(said("accepted", "us vn")).status == "agreed"
    assert issue(said("accepted", "us")).status == "noted"
    assert issue(said("accepted", "us vn"), said("refused", "us", "vn", "2025-05-04")).status == "noted"


def test_a_word_that_somebody_else_told_of_a_party_names_who_told_it_until_the_party_says_so_itself():
    told = said("settled", "vn us", "", "2025-05-03", reported_by="ch/ann-lee")
    assert issue(VN_ASKS, told).words_reported == (
        "settled: vn, as told by ch/ann-lee",
        "settled: us, as told by ch/ann-lee",
    )
    own = issue(VN_ASKS, told, said("settled", "us", "", "2025-05-04"))
    assert [one for one in own.words_reported if one.startswith("settled")] == ["settled: vn, as told by ch/ann-lee"]


UNRESOLVED = (VN_ASKS, said("deferred", "us", "vn", "2025-05-02"), said("unresolved", "vn us", "", "2025-05-03"))


def test_what_every_party_concerned_calls_unresolved_is_unresolved_and_the_ask_waits_on():
    assert issue(*UNRESOLVED).status == "unresolved"
    assert issue(*UNRESOLVED).unresolved_by == ("vn", "us")
    assert ask(VN_ASKS, said("unresolved", "vn us", "", "2025-05-03")).waiting_since == "2025-05-01"
    assert issue(VN_ASKS, said("deferred", "us", "vn", "2025-05-02"), said("unresolved", "vn")).status == "deferred"


def test_what_nobody_raised_is_unresolved_according_to_the_party_that_says_so():
    assert issue(said("unresolved", "vn")).status == "unresolved"
    assert issue(said("unresolved", "vn"), said("stated", "us", day="2025-05-02")).unresolved_by == ("vn",)
    assert issue(said("unresolved", "vn"), said("unresolved", "us", day="2025-05-02")).status == "unresolved"


def test_a_party_is_taken_at_its_word_that_it_is_unresolved_until_it_accepts_settles_or_withdraws():
    for act in ("accepted", "settled"):
        assert issue(*UNRESOLVED, said(act, "us", "vn", "2025-05-04")).unresolved_by == ("vn",)
    assert issue(*UNRESOLVED, said("accepted", "us", "vn", "2025-05-04")).status == "agreed"
    assert issue(*UNRESOLVED, said("settled", "us", "vn", "2025-05-04")).status == "partly settled"
    assert issue(*UNRESOLVED, said("withdrew", "vn", "us", "2025-05-04")).status == "withdrawn"
    for act in ("asked", "objected", "deferred", "narrowed", "warned"):
        assert issue(*UNRESOLVED, said(act, "us", "vn", "2025-05-04")).status == "unresolved"


def test_to_call_unresolved_what_one_called_settled_takes_that_back():
    settled = said("settled", "vn us", "", "2025-05-03")
    both = said("unresolved", "vn us", "", "2025-05-04")
    assert issue(VN_ASKS, settled, said("unresolved", "us", "", "2025-05-04")).status == "partly settled"
    assert issue(VN_ASKS, settled, said("unresolved", "us", "", "2025-05-04")).settled_by == ("vn",)
    assert (issue(VN_ASKS, settled, both).status, issue(VN_ASKS, settled, both).settled_by) == ("unresolved", ())


@pytest.mark.parametrize("to", ["vn", ""])
@pytest.mark.parametrize("before", [(), (said("deferred", "us", "vn", "2025-05-02"),)])
def test_an_objection_to_what_the_other_side_asks_is_an_answer_and_no_ask(to, before):
    story = (VN_ASKS, *before, said("objected", "us", to, "2025-05-03"))
    found = ask(*story)
    assert (found.status, found.last_answer_act, found.last_answer) == ("answered", "objected", "2025-05-03")
    assert (issue(*story).status, issue(*story).raised_by) == ("answered", ("vn",))


def test_an_objection_with_nothing_to_answer_waits_for_an_answer():
    for before in (
        (),
        (VN_ASKS, said("accepted", "us", "vn", "2025-05-02")),
        (VN_ASKS, said("withdrew", "vn", "us", "2025-05-02")),
        (said("asked", "eu", "us", "2025-05-01"),),
        (said("asked", "vn", "eu", "2025-05-01"),),
    ):
        found = ask(*before, said("objected", "us", "vn", "2025-05-03"), asker="us")
        assert (found.waiting_since, found.to) == ("2025-05-03", ("vn",))


def test_an_objection_to_what_was_called_settled_reopens_it():
    settled = said("settled", "vn us", "", "2025-05-02")
    assert issue(VN_ASKS, settled, said("objected", "us", "vn", "2025-05-03")).status == "open"


def test_of_several_addressees_that_which_objects_has_answered():
    found = ask(said("asked", "vn", "us eu", "2025-05-01"), said("objected", "eu", "vn", "2025-05-02"))
    assert (found.to, found.answers, found.status) == (("us", "eu"), ("", "objected"), "open")


@pytest.mark.parametrize("act", ["withdrew", "settled"])
def test_an_ask_that_its_asker_withdraws_or_calls_settled_is_deferred_no_more(act):
    story = (VN_ASKS, said("deferred", "us", "vn", "2025-05-02"))
    assert ask(*story).deferred_in == "s2"
    assert ask(*story, said(act, "vn", "us", "2025-05-03")).deferred_in == ""


def test_a_warning_is_no_request():
    assert conversation(said("warned", "vn", "us")).asks == []
    assert ask(VN_ASKS, said("warned", "vn", "us", "2025-05-02")).times == 1


def test_an_asker_who_withdrew_asks_no_more():
    withdrew = said("withdrew", "vn", "us", "2025-05-02")
    assert issue(VN_ASKS, withdrew).status == "withdrawn"
    assert ask(VN_ASKS, withdrew).status == "withdrawn"
    assert ask(VN_ASKS, withdrew, said("refused", "us", "vn", "2025-05-03")).last_answer == ""


def test_withdrawing_does_not_withdraw_what_the_other_side_asks():
    story = (VN_ASKS, said("asked", "us", "vn", "2025-05-02"), said("withdrew", "vn", "us", "2025-05-03"))
    assert issue(*story).status == "open"
    assert ask(*story, asker="us").status == "open"


def test_an_ask_counts_its_times_and_waits_since_the_first_after_the_last_answer():
    deferred = said("deferred", "us", "vn", "2025-05-04")
    story = (
        VN_ASKS,
        said("asked", "vn", "us", "2025-05-03"),
        deferred,
        said("objected", "vn", "us", "2025-05-06"),
        said("asked", "vn", "us", "2025-05-08"),
    )
    found = ask(*story)
    assert (found.times, found.first_asked, found.last_asked) == (4, "2025-05-01", "2025-05-08")
    assert (found.last_answer, found.last_answer_act, found.last_answer_by) == ("2025-05-04", "deferred", ("us",))
    assert (found.status, found.waiting_since) == ("open", "2025-05-06")
    assert (found.first_statement, found.last_statement, found.answer_statement) == ("s1", "s5", "s3")
    assert ask(*story[:3]).waiting_since == ""


def test_nobody_answers_their_own_ask():
    story = (VN_ASKS, said("deferred", "vn", "us", "2025-05-02"))
    assert issue(*story).status == "open"
    assert issue(*story).last_answer == ""


def test_an_answer_to_somebody_else_answers_nothing():
    assert ask(VN_ASKS, said("refused", "us", "eu", "2025-05-02")).status == "open"


def test_an_ask_to_nobody_in_particular_is_answered_by_anybody_else():
    assert ask(said("asked", "vn"), said("refused", "eu", "vn", "2025-05-02")).status == "answered"


def test_an_answer_to_nobody_in_particular_answers_whoever_asked_the_speaker():
    story = (VN_ASKS, said("asked", "eu", "us", "2025-05-01"), said("refused", "us", "", "2025-05-02"))
    assert {ask(*story, asker=asker).status for asker in ("vn", "eu")} == {"answered"}


TO_ALL = said("proposed", "vn", "us eu jp", "2025-05-01")


def test_of_several_addressees_the_answer_of_one_leaves_the_others_waiting():
    found = ask(TO_ALL, said("refused", "us", "vn", "2025-05-02"))
    assert (found.to, found.answers) == (("us", "eu", "jp"), ("refused", "", ""))
    assert (found.waits, found.waiting_since) == (("", "2025-05-01", "2025-05-01"), "2025-05-01")
    assert (found.status, found.last_answer_by) == ("open", ("us",))
    assert issue(TO_ALL, said("refused", "us", "vn", "2025-05-02")).status == "open"


def test_an_ask_of_several_is_agreed_only_if_each_accepted():
    two = [said("accepted", party, "vn", "2025-05-02") for party in ("us", "eu")]
    assert ask(TO_ALL, *two).status == "open"
    assert ask(TO_ALL, *two, said("accepted", "jp", "vn", "2025-05-03")).status == "agreed"
    assert ask(TO_ALL, *two, said("deferred", "jp", "vn", "2025-05-03")).status == "deferred"
    assert ask(TO_ALL, said("accepted", "us eu jp", "vn", "2025-05-03")).status == "agreed"


def test_asked_again_an_addressee_owes_an_answer_again_and_the_others_wait_as_before():
    refused = said("refused", "us", "vn", "2025-05-02")
    again = said("asked", "vn", "us", "2025-05-03")
    assert ask(TO_ALL, refused, again).waits == ("2025-05-03", "2025-05-01", "2025-05-01")
    assert ask(TO_ALL, refused, again).answers == ("", "", "")
    to_everybody = said("asked", "vn", "", "2025-05-03")
    assert ask(TO_ALL, refused, to_everybody).waits == ("2025-05-03", "2025-05-01", "2025-05-01")


def test_a_request_to_nobody_in_particular_was_one_to_those_who_are_named_later():
    found = ask(said("asked", "vn", "", "2025-05-01"), said("asked", "vn", "us", "2025-05-03"))
    assert (found.to, found.waits, found.waiting_since) == (("us",), ("2025-05-01",), "2025-05-01")


def test_an_asker_that_settles_or_withdraws_waits_for_nobody():
    for act in ("settled", "withdrew"):
        found = ask(TO_ALL, said(act, "vn", "", "2025-05-02"))
        assert (found.waits, found.waiting_since) == (("", "", ""), "")


def test_a_joint_statement_asks_or_answers_for_each_speaker():
    jointly = said("asked", "vn us", "eu")
    assert issue(jointly).raised_by == ("vn", "us")
    assert ask(jointly, asker="us").to == ("eu",)
    assert issue(VN_ASKS, said("accepted", "vn us", "", "2025-05-02")).status == "agreed"


def test_persons_speak_for_their_party_or_for_whom_it_is_said():
    greer = said("refused", "us/jamieson-greer", "vn/nguyen-hong-dien", "2025-05-02")
    assert ask(VN_ASKS, greer).last_answer_by == ("us/jamieson-greer",)
    for_the_us = said("refused", "eu", "vn", "2025-05-02", on_behalf_of=("us",))
    assert ask(VN_ASKS, for_the_us).status == "answered"


def test_state_is_computed_in_order_of_occurrence_not_of_filing():
    story = [
        VN_ASKS,
        said("deferred", "us", "vn", "2025-05-02"),
        said("asked", "vn", "us", "2025-05-03"),
        said("accepted", "us", "vn", "2025-05-04"),
    ]
    expected = [("open", "2025-05-01"), ("deferred", "2025-05-02"), ("open", "2025-05-03"), ("agreed", "2025-05-04")]
    for filed in permutations(story):
        found = [(span.state.status, span.valid_from) for span in conversation(*filed).issue]
        assert found == expected


def told(*story, slug: str = "s1", **published: str) -> list[Span]:
    """The states of one statement that several sources report."""
    spans = statement.fold(slug, known(*story, kind="statement", slug=slug, **published), {})
    return [span._replace(state=span.state[0]) for span in spans if "export-controls" in span.state[0].issues]


def test_an_ask_that_a_later_account_tells_otherwise_waits_until_that_account():
    retold = told(VN_ASKS, said("stated", "vn", "us", "2025-05-03", source="ustr"), ustr="2025-05-30")
    found = fold("export-controls", [], retold)
    assert [(span.state.status, span.valid_from) for span in found.issue] == [
        ("open", "2025-05-01"),
        ("noted", "2025-05-03"),
    ]
    assert [(span.valid_from, span.valid_to) for span in found.asks] == [("2025-05-01", "2025-05-03")]
    of_the_eu = told(said("asked", "eu", "us", "2025-05-02"), slug="s2")
    assert [span.state.raised_by for span in fold("export-controls", [], [*retold, *of_the_eu]).issue] == [
        ("vn",),
        ("vn", "eu"),
        ("eu",),
    ]


def test_an_ask_that_a_later_account_says_was_on_this_issue_too_is_heard_in_its_place():
    elsewhere = said("asked", "vn", "us", "2025-05-01", issues=("rules-of-origin",))
    asked = told(elsewhere, said("asked", "vn", "us", "2025-05-03", source="ustr"), ustr="2025-05-30")
    refused = told(said("refused", "us", "vn", "2025-05-02"), slug="s2")
    last = fold("export-controls", [], [*asked, *refused]).issue[-1].state
    assert (last.status, last.last_raised, last.last_spoken) == ("answered", "2025-05-01", "2025-05-02")


# Going on from where a conversation had come to.


VOICES = st.sampled_from(("vn", "us", "eu", "us vn"))
SAID = st.builds(said, st.sampled_from([*ACTS]), VOICES, st.sampled_from(("vn", "us", "eu us", "")), st.just(""))
DAYS = st.lists(st.sampled_from(("2025-05-01", "2025-05-02", "2025-05-03")), min_size=12, max_size=12).map(sorted)


@settings(max_examples=60 * THOROUGH)
@given(st.lists(SAID, min_size=2, max_size=12), DAYS, st.data())
def test_a_conversation_folded_on_from_any_point_is_the_one_folded_at_once(statements, days, data):
    spans = spoken(*(msgspec.structs.replace(one, on=on(day)) for one, day in zip(statements, days, strict=False)))
    before = data.draw(st.integers(1, len(spans) - 1))
    past, said_last = fold("export-controls", [], spans[:before]), spans[before:]
    assert can_resume(said_last, past)
    end = past._replace(
        issue=past.issue[-2:], asks=[one for one in past.asks if one.valid_to in ("", past.snapshot.until)]
    )
    found, at_once = fold("export-controls", [], said_last, end), fold("export-controls", [], spans)
    assert past.issue[:-2] + found.issue == at_once.issue
    assert {*past.asks} - {*end.asks} | {*found.asks} == {*at_once.asks}
    assert found.snapshot == at_once.snapshot


@settings(max_examples=60 * THOROUGH)
@given(st.lists(SAID, min_size=1, max_size=12), DAYS)
def test_an_ask_waits_for_each_addressee_until_it_answers_or_the_asker_stops_asking(statements, days):
    told = [msgspec.structs.replace(one, on=on(day)) for one, day in zip(statements, days, strict=False)]
    for found in (span.state for span in conversation(*told).asks if not span.valid_to):
        assert len(found.to) == len(found.answers) == len(found.waits)
        assert (found.status == "open") == bool(found.waiting_since)
        if found.to:
            assert found.waiting_since == min(filter(None, found.waits), default="")
        ended = any(one.act in ("settled", "withdrew") and found.asker in one.by for one in told)
        for party, act, since in zip(found.to, found.answers, found.waits, strict=True):
            assert not (act and since)
            assert ended or act or since
            heard = [one.act for one in told if party in one.by]
            assert act in ("", *heard)


def test_a_conversation_does_not_go_on_from_what_comes_earlier_or_leaves():
    past = conversation(VN_ASKS, said("refused", "us", "vn", "2025-05-02"))
    _, _, later = spoken(VN_ASKS, VN_ASKS, said("asked", "vn", "us", "2025-05-02"))
    assert can_resume([later], past)
    assert not can_resume([later._replace(valid_to="2025-05-09")], past)
    assert not can_resume([later._replace(state=later.state._replace(turn="000"))], past)
    assert not can_resume([later], past._replace(snapshot=past.snapshot._replace(until="2025-05-03")))
    assert not can_resume([later], NOTHING)


# An answer and an ask of one source, both without a day.


def answered(act: str) -> str:
    """The status that an answer of one addressee gives an ask."""
    return "deferred" if act == "deferred" else "answered"


def asks_of(spans) -> list[tuple[str, str]]:
    return [(one.state.status, one.state.last_answer_act) for one in fold("export-controls", [], spans).asks[-1:]]


@pytest.mark.parametrize("act", ANSWERS)
def test_an_undated_answer_counts_for_an_undated_ask_of_its_source_that_was_filed_after_it(act):
    answer, asked = said(act, "us", "vn", ""), said("asked", "vn", "us", "")
    assert asks_of(undated(answer, asked)) == asks_of(undated(asked, answer)) == [(answered(act), act)]
    [*_, found] = fold("export-controls", [], undated(asked, answer, asked)).asks  # it may answer the first one alone
    assert (found.state.times, found.state.status, found.state.unless) == (2, answered(act), "open")
    assert asks_of(undated(said(act, "us", "eu", ""), asked)) == [("open", "")]
    other = [one._replace(state=one.state._replace(turn="2025-05-22 zzz t 9")) for one in undated(asked)]
    assert asks_of([*undated(answer), *other]) == [("open", "")]


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_without_a_day_may_have_come_before_a_repeated_request_of_the_same_report(act):
    first, answer, again = VN_ASKS, said(act, "us", "vn", ""), said("asked", "vn", "us", "")
    [*_, found] = fold("export-controls", [], [*spoken(first), *undated(answer, again)]).asks
    assert (found.state.times, found.state.status, found.state.unless) == (2, answered(act), "open")
    day = "2025-05-22"
    dated = fold("export-controls", [], spoken(first, said("asked", "vn", "us", day), said(act, "us", "vn", day)))
    assert (dated.asks[-1].state.status, dated.asks[-1].state.unless) == (answered(act), "")


def test_an_undated_objection_answers_an_undated_ask_of_its_source_in_whatever_order_they_are_filed():
    objection, asked = said("objected", "us", "vn", ""), said("proposed", "vn", "us", "")
    for spans in (undated(objection, asked), undated(asked, objection)):
        assert asks_of(spans) == [("answered", "objected")]
        assert fold("export-controls", [], spans).issue[-1].state.raised_by == ("vn",)


@settings(max_examples=60 * THOROUGH)
@given(st.lists(SAID, min_size=2, max_size=8), st.data())
def test_a_conversation_without_days_goes_on_only_where_it_is_the_one_folded_at_once(statements, data):
    cut = data.draw(st.integers(1, len(statements) - 1))
    spans = undated(*statements)
    past, more = fold("export-controls", [], spans[:cut]), spans[cut:]
    assert not can_resume(more, past)
    later = [one._replace(state=one.state._replace(turn=f"2025-05-22 zzz t {nth}")) for nth, one in enumerate(more)]
    assert can_resume(later, past)
    found, at_once = fold("export-controls", [], later, past), fold("export-controls", [], [*spans[:cut], *later])
    assert found.issue[-1:] == at_once.issue[-1:]
    assert found.snapshot == at_once.snapshot
    assert {*found.asks[-2:]} <= {*at_once.asks}


WHO = Memberships(
    [
        RoleHeld("de", "member", "eu", "1958-01-01", ""),
        RoleHeld("fr", "member", "eu", "1958-01-01", ""),
        RoleHeld("uk", "member", "eu", "1973-01-01", "2020-02-01"),
        RoleHeld("fao", "observer", "", "0001-01-01", ""),
        RoleHeld("pe", "chair", "", "0001-01-01", ""),
    ]
)
ASKED_OF_ALL = said("asked", "no", "de eu fr", "2025-05-01")
NOT_ASKING = [act for act, meaning in ACTS.items() if meaning.role not in (Role.RAISES, Role.WITHDRAWS)]


def asked_by_norway(*statements) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    found = conversation(*statements, who=WHO).asks[-1].state
    return found.status, found.answers, found.through


def test_a_bloc_answers_for_its_members_but_for_those_that_have_answered_themselves_since():
    refused = said("refused", "eu", "no", "2025-05-03")
    assert asked_by_norway(ASKED_OF_ALL, refused) == ("answered", ("refused",) * 3, ("eu", "", "eu"))
    accepted = said("accepted", "de", "no", "2025-05-02")
    for story in ((accepted, refused), (refused, accepted)):
        found = asked_by_norway(ASKED_OF_ALL, *story)
        assert found == ("answered", ("accepted", "refused", "refused"), ("", "", "eu"))
    again = said("deferred", "eu", "no", "2025-05-05")
    assert asked_by_norway(ASKED_OF_ALL, refused, again)[1] == ("deferred",) * 3
    uk = said("asked", "no", "uk", "2025-05-01")
    assert asked_by_norway(uk, refused) == ("open", ("",), ("",))  # it left before


def test_a_member_does_not_answer_for_its_bloc():
    asked = said("asked", "no", "eu", "2025-05-01")
    assert asked_by_norway(asked, said("accepted", "de", "no", "2025-05-02")) == ("open", ("",), ("",))
    assert asked_by_norway(asked, said("accepted", "eu", "no", "2025-05-02")) == ("agreed", ("accepted",), ("",))


@pytest.mark.parametrize("act", NOT_ASKING)
@pytest.mark.parametrize("by", ["fao", "pe"])
def test_who_is_no_party_answers_nothing_and_settles_nothing(by, act):
    found = conversation(ASKED_OF_ALL, said(act, by, "", "2025-05-02"), who=WHO)
    alone = conversation(ASKED_OF_ALL, who=WHO)
    assert found.issue[-1].state == alone.issue[-1].state._replace(last_spoken="2025-05-02")
    assert found.asks[-1].state == alone.asks[-1].state


@pytest.mark.parametrize("act", [*ANSWERS, "accepted"])
def test_who_is_no_party_answers_what_it_was_asked_by_name_and_is_not_needed_to_settle(act):
    asked = said("asked", "no", "fao", "2025-05-01")
    reply = said(act, "fao", "no", "2025-05-02")
    status = "agreed" if act == "accepted" else answered(act)
    assert asked_by_norway(asked, reply) == (status, (act,), ("",))
    assert (
        conversation(asked, reply, said("settled", "no", "", "2025-05-03"), who=WHO).issue[-1].state.status == "settled"
    )


def test_a_proposal_of_the_chair_is_an_ask_of_the_chair_which_the_parties_accept():
    text = said("proposed", "pe", "no eu", "2025-05-01")
    accepted = said("accepted", "no eu", "pe", "2025-05-02")
    told = [conversation(*story, who=WHO).issue[-1].state.status for story in ((text,), (text, accepted))]
    assert told == ["open", "agreed"]


def test_a_bloc_settles_for_its_members_unless_one_has_called_it_unresolved():
    story = (said("asked", "de", "no", "2025-05-01"), said("responded", "no", "de", "2025-05-02"))
    settled = said("settled", "eu no", "", "2025-05-04")
    still_open = said("unresolved", "de", "", "2025-05-03")
    assert conversation(*story, settled, who=WHO).issue[-1].state.status == "settled"
    assert conversation(*story, still_open, settled, who=WHO).issue[-1].state.status == "partly settled"
    assert conversation(*story, settled).issue[-1].state.status == "partly settled"
