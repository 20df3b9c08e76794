"""Which event may follow which, in any order of filing."""

from functools import partial
from itertools import permutations

import msgspec
import pytest

from ledger.domain import rules
from ledger.domain.errors import (
    AlreadyClosed,
    AlreadyHeld,
    AlreadyOpened,
    AlreadyRetracted,
    ClosedBeforeAgreed,
    DueAndStanding,
    EntryWasRetracted,
    HeldBeforeAnnounced,
    MemberOfItself,
    MemberOfNothing,
    NamedTwice,
    NeverAgreed,
    NeverAnnounced,
    NeverAppointed,
    NoParty,
    NotAnOwner,
    OtherPerson,
    OtherPost,
    SourceWasRetracted,
    UnknownParty,
    UnknownSlug,
)
from ledger.domain.events import IssueNamed, NegotiationOpened
from ledger.errors import Refusal
from tests.examples import (
    agreed,
    announced,
    appointed,
    called_off,
    closed,
    corrected,
    ended,
    held,
    left_post,
    limited,
    may_follow,
    party,
    person,
    registered,
    reinstated,
    retracted,
    role,
    said,
    stood,
)


def refused(*story, kind: str = "meeting", slug: str = "round-3") -> Refusal:
    """The refusal of the last event of the story."""
    with pytest.raises(Refusal) as raised:
        may_follow(*story, kind=kind, slug=slug)
    return raised.value


def in_any_order(*story, kind: str = "meeting") -> list[type[Refusal] | None]:
    """Each order in which the story can be filed, with the refusal met on the way."""

    def met(filed) -> type[Refusal] | None:
        for upto in range(1, len(filed) + 1):
            try:
                may_follow(*filed[:upto], kind=kind)
            except Refusal as refusal:
                return type(refusal)
        return None

    return [met(filed) for filed in permutations(story)]


def test_a_meeting_may_be_announced_then_held():
    assert in_any_order(announced(day="2025-05-22"), held("2025-06-10")) == [None, None]


def test_a_meeting_cannot_be_announced_after_it_was_held():
    held_first = refused(held("2025-05-20"), announced(day="2025-05-22"))
    assert isinstance(held_first, HeldBeforeAnnounced)
    assert "Held: 20 May 2025" in str(held_first)
    assert "22 May 2025" in str(held_first)
    assert in_any_order(held("2025-05-20"), announced(day="2025-05-22")) == [HeldBeforeAnnounced] * 2


@pytest.mark.parametrize(
    ("held_on", "announced_on"),
    [
        ("2025-05-22", "2025-05-22"),
        ("2025-05", "2025-05-22"),
        ("2025-05-19/2025-05-22", "2025-05-21"),
        ("", "2025-05-22"),
        ("2025-05-20", ""),
    ],
)
def test_a_doubt_about_the_order_of_days_refuses_nothing(held_on, announced_on):
    assert in_any_order(held(held_on), announced(day=announced_on)) == [None, None]


def test_only_a_post_that_the_record_gives_a_person_can_end():
    story = (person(), appointed("Minister"))
    assert isinstance(refused(left_post(), kind="person"), OtherPerson)
    assert isinstance(refused(person(), left_post(), kind="person"), NeverAppointed)
    refusal = refused(*story, left_post("Ministr"), kind="person", slug="dien")
    assert isinstance(refusal, OtherPost)
    assert "It gives: Minister." in str(refusal)
    may_follow(*story, left_post("minister"), kind="person")
    may_follow(*story, left_post(), kind="person")


def test_a_role_is_of_a_party_of_record_a_member_of_a_bloc_and_does_not_end_before_it_begins():
    assert isinstance(refused(role("chair"), kind="party"), UnknownParty)
    assert isinstance(refused(party(), role("member"), kind="party"), MemberOfNothing)
    ended = refused(party(), role("member", "eu", "1995", "1994-12-31"), kind="party", slug="vn")
    assert str(ended) == "vn cannot have had the role member until 31 December 1994: it began on 1995."
    may_follow(party(), role("member", "eu", "1995"), role("member", "g77"), role("chair"), kind="party")


def test_no_party_is_named_as_words_without_a_speaker_are():
    assert isinstance(refused(party(), kind="party", slug="unattributed"), NoParty)


def test_a_party_joins_no_circle_however_long():
    joined = {"a": ["b"], "b": ["c", "x"], "x": ["y"], "y": ["x"]}  # a merge may bring a circle
    rules.in_no_circle("d", ["a"], lambda one: joined.get(one, []))
    with pytest.raises(MemberOfItself, match="it is the same party"):
        rules.in_no_circle("c", ["c"], lambda one: joined.get(one, []))
    with pytest.raises(MemberOfItself, match="a is a member of it, or of one of its members"):
        rules.in_no_circle("c", ["a"], lambda one: joined.get(one, []))


def test_a_meeting_is_called_off_only_if_it_was_announced():
    refusal = refused(called_off())
    assert isinstance(refusal, NeverAnnounced)
    assert "round-3 was never announced" in str(refusal)
    assert isinstance(refused(held(), called_off()), NeverAnnounced)


def test_a_meeting_cannot_be_called_off_once_held():
    story = (announced(), held("2025-06-03"), called_off("2025-06-05"))
    refusal = refused(*story)
    assert isinstance(refusal, AlreadyHeld)
    assert "3 June 2025" in str(refusal)
    assert "5 June 2025" in str(refusal)
    assert None not in in_any_order(*story)


def test_a_meeting_called_off_announced_again_and_held_breaks_no_rule():
    may_follow(announced(), called_off("2025-06-05"), announced(day="2025-06-06"), held("2025-06-20"))
    may_follow(announced(), held("2025-06-20"), called_off("2025-06-05"))


@pytest.mark.parametrize(("off", "held_on"), [("2025-06-05", "2025-06"), ("[..2025-06-30]", "2025-06-20")])
def test_a_meeting_that_may_have_been_called_off_before_it_was_held_is_not_refused(off, held_on):
    may_follow(announced(), called_off(off), held(held_on))
    may_follow(announced(), held(held_on), called_off(off))


@pytest.mark.parametrize(("off", "held_on"), [("2025-06-20", "2025-06-20"), ("2025-06-20", "2025-06-19/2025-06-22")])
def test_a_meeting_cannot_be_called_off_on_or_after_the_day_it_began(off, held_on):
    assert isinstance(refused(announced(), held(held_on), called_off(off)), AlreadyHeld)


def test_a_calling_off_without_a_day_may_be_older_than_the_meeting_that_was_held():
    """A report of a later day may say that the meeting was postponed once, and not say when."""
    may_follow(announced(), held(), called_off(""))
    may_follow(announced(), called_off(""), held())
    may_follow(announced(), held(""), called_off("2025-06-05"))


def test_a_follow_up_is_agreed_before_it_is_closed():
    refusal = refused(closed(), kind="follow-up", slug="teams")
    assert isinstance(refusal, NeverAgreed)
    assert "no follow-up teams to close" in str(refusal)
    may_follow(agreed(), closed(), kind="follow-up")


def test_a_follow_up_cannot_be_closed_before_the_day_it_was_agreed():
    story = (agreed(day="2025-05-22"), closed(day="2025-05-20"))
    refusal = refused(*story, kind="follow-up")
    assert isinstance(refusal, ClosedBeforeAgreed)
    assert "closed on 20 May 2025: it was agreed on 22 May 2025" in str(refusal)
    assert None not in in_any_order(*story, kind="follow-up")
    may_follow(agreed(day="2025-05"), closed(day="2025-05-20"), kind="follow-up")


def test_a_source_that_closes_a_follow_up_before_it_agreed_to_it_is_refused_whatever_others_report():
    own = agreed(day="2025-05-22"), closed(day="2025-05-20")
    earlier = msgspec.structs.replace(agreed(day="2025-05-01"), source="another")
    assert None not in in_any_order(earlier, *own, kind="follow-up")


@pytest.mark.parametrize("outcome", ["done", "lapsed"])
def test_one_source_closes_a_follow_up_once(outcome):
    refusal = refused(agreed(), closed("done"), closed(outcome, "2025-06-11"), kind="follow-up", slug="teams")
    assert isinstance(refusal, AlreadyClosed)
    assert "teams is already closed (done)" in str(refusal)
    assert "parley correct teams" in str(refusal)


def test_one_source_may_end_the_part_of_each_owner_and_of_nobody_else():
    story = agreed(owners=("vn", "us")), closed(owners=("vn",)), closed(owners=("us",))
    may_follow(*story, kind="follow-up", slug="teams")
    with pytest.raises(NotAnOwner, match="eu is not an owner of the follow-up teams"):
        may_follow(story[0], closed(owners=("eu",)), kind="follow-up", slug="teams")


def test_a_second_source_may_close_it_too_and_otherwise():
    may_follow(agreed(), closed("done"), closed("done", source="ustr"), kind="follow-up")
    may_follow(agreed(), closed("done"), closed("lapsed", source="ustr"), kind="follow-up")


def test_a_follow_up_is_due_or_standing_not_both():
    refusal = refused(agreed("2025-06-30", standing=True), kind="follow-up", slug="teams")
    assert isinstance(refusal, DueAndStanding)
    assert "Give one or the other" in str(refusal)
    may_follow(agreed("2025-06-30"), closed(day="2025-05-22"), kind="follow-up")
    may_follow(agreed(standing=True), kind="follow-up")


@pytest.mark.parametrize(
    ("kind", "first", "second", "name"),
    [
        ("party", party("Viet Nam"), party("Vietnam"), "Viet Nam"),
        ("person", person("Dien"), person("Điền"), "Dien"),
        ("issue", IssueNamed(title="Tariffs"), IssueNamed(title="Duties"), "Tariffs"),
        ("source", registered("One"), registered("Two"), "One"),
    ],
)
def test_an_entry_is_named_once(kind, first, second, name):
    refusal = refused(first, second, kind=kind, slug="it")
    assert isinstance(refusal, NamedTwice)
    assert f"The {kind} it is already named {name!r}" in str(refusal)
    assert "parley correct it" in str(refusal)


def test_a_negotiation_is_opened_once():
    refusal = refused(NegotiationOpened(title="Talks"), NegotiationOpened(title="More"), kind="negotiation", slug="vn")
    assert isinstance(refusal, AlreadyOpened)
    assert "vn is already open, under the title 'Talks'" in str(refusal)


def test_a_person_is_named_before_being_appointed():
    refusal = refused(appointed(), kind="person", slug="dien")
    assert isinstance(refusal, OtherPerson)
    assert "There is no person dien yet" in str(refusal)
    may_follow(person(), appointed(), appointed("Prime Minister"), kind="person")


def test_what_was_retracted_is_not_corrected():
    refusal = refused(announced(), retracted("another meeting"), corrected(place="Geneva"))
    assert isinstance(refusal, EntryWasRetracted)
    assert "round-3 was retracted (another meeting)" in str(refusal)
    assert "parley reinstate round-3" in str(refusal)


@pytest.mark.parametrize("event", [announced(), held(), reinstated()], ids=lambda event: type(event).__name__)
def test_what_was_retracted_may_be_filed_again_or_reinstated(event):
    may_follow(announced(day="2025-06-30"), retracted(), event)


def test_what_is_filed_again_keeps_the_rules_as_if_nothing_had_been_filed():
    assert isinstance(refused(announced(), retracted(), called_off()), NeverAnnounced)


def test_a_source_that_was_retracted_is_reinstated_and_not_filed_again():
    refusal = refused(registered(), retracted("a hoax"), registered(), kind="source", slug="vna")
    assert isinstance(refusal, SourceWasRetracted)
    assert "another source under another slug" in str(refusal)


def test_nothing_is_retracted_twice():
    refusal = refused(held(), retracted("another meeting"), retracted())
    assert isinstance(refusal, AlreadyRetracted)
    assert "already retracted (another meeting)" in str(refusal)


@pytest.mark.parametrize("event", [corrected(place="Geneva"), retracted()], ids=["corrected", "retracted"])
def test_only_what_is_of_record_is_corrected_or_retracted(event):
    refusal = refused(event)
    assert isinstance(refusal, UnknownSlug)
    assert "no meeting with the slug 'round-3'" in str(refusal)


def test_statements_follow_each_other_freely():
    may_follow(said("asked", "vn"), said("asked", "vn", source="ustr"), kind="statement")


def test_a_correction_may_not_leave_a_record_that_breaks_a_rule():
    late = stood(announced(day="2025-05-22"), held("2025-06-10"), corrected(2, held={"edtf": "2025-05-01"}))
    with pytest.raises(HeldBeforeAnnounced):
        rules.consistent("meeting", "round-3", late)
    both = stood(agreed("2025-06-30"), closed(), corrected(1, standing=True), kind="follow-up")
    with pytest.raises(DueAndStanding):
        rules.consistent("follow-up", "teams", both)
    rules.consistent("meeting", "round-3", stood(announced(), held(), corrected(2, held={"edtf": "2025-06-11"})))


def test_a_deadline_ends_only_after_it_was_set_and_once_in_each_source():
    may = partial(may_follow, kind="deadline", slug="answer")
    may(limited(), limited("2025-07-01", "2025-05-28"), ended("met", "2025-06-20"))
    may(limited(), ended("met"), ended("missed", source="ustr"))
    for story, refusal in [
        ((ended(),), "There is no deadline answer to end. First record the deadline."),
        ((limited(), ended(), ended("missed")), "The deadline answer has already ended (met)."),
        ((limited(), ended("met", "2025-05-01")), "cannot have ended on 1 May 2025: it was set on 22 May 2025."),
    ]:
        with pytest.raises(Refusal) as refused:
            may(*story)
        assert refusal in str(refused.value)
