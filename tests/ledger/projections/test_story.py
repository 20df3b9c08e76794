"""The story of a negotiation: its events in order of occurrence, and the changes that each made."""

import pytest

from ledger import Clocks
from ledger.log import store
from ledger.projections.story import StateChange
from tests import laws
from tests.laws import NAMES, NEGOTIATION, Report, Story


def paper(slug, *entries, published="2025-05-20"):
    return Report({"slug": slug, "title": f"What {slug} reports", "published": published}, entries)


def said(slug, act="asked", on="2025-05-01", issues=("tariffs",), by="us", **fields):
    return {"statement": slug, "by": [by], "act": act, "on": on, "issues": [*issues], "says": "So.", **fields}


ROUND = {"meeting": "round-1", "kind": "round", "number": "1", "held": "2025-05-19/2025-05-22", "place": "Hanoi"}
FIRST = paper(
    "paper-a",
    said("said-2", "deferred", "2025-05-05", by="vn"),
    ROUND,
    said("said-1"),
    {"follow-up": "task-1", "says": "Send the list.", "owners": ["vn"], "on": "2025-05-22"},
    {"appointment": "ann-lee", "post": "Minister", "from": "2025-05-10"},
)


@pytest.fixture
def ledger():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (FIRST,), ()))
        yield ledger


def story(ledger, **clocks):
    return ledger.story(Clocks(**clocks))


def told(steps):
    return [(step.day, step.slug) for step in steps]


def test_it_is_told_in_order_of_occurrence_whatever_the_order_of_filing(ledger):
    assert told(story(ledger)) == [
        ("2025-05-01", "said-1"),
        ("2025-05-05", "said-2"),
        ("2025-05-10", "ann-lee"),
        ("2025-05-19", "round-1"),
        ("2025-05-22", "round-1"),
        ("2025-05-22", "task-1"),
    ]


def test_names_and_sources_are_no_part_of_it(ledger):
    assert {step.kind for step in story(ledger)} == {"statement", "person", "meeting", "follow-up"}


def test_each_step_says_what_it_changed(ledger):
    asked, answered, appointed, begun, ended, agreed = story(ledger)
    assert asked.changed == (
        StateChange("issue", "tariffs", ("status: open",)),
        StateChange("ask of us on", "tariffs", ("status: open", "waiting since: 2025-05-01")),
    )
    assert answered.changed[0].how[0] == "status: open → deferred"
    assert "no longer waiting" in answered.changed[1].how
    assert appointed.changed == (StateChange("person", "ann-lee", ("post: Minister",)),)
    assert begun.changed == (StateChange("meeting", "round-1", ("status: in progress",)),)
    assert ended.changed == (StateChange("meeting", "round-1", ("status: in progress → held",)),)
    assert agreed.changed == (StateChange("follow-up", "task-1", ("status: open",)),)


def test_the_end_of_a_meeting_is_no_event_of_its_own(ledger):
    begun, ended = [step for step in story(ledger) if step.slug == "round-1"]
    assert begun.position > 0
    assert (ended.position, ended.sentence) == (0, "Round 1 ended")


def test_an_end_that_two_sources_report_comes_once(ledger):
    laws.file_report(ledger, paper("paper-b", ROUND | {"place": "Washington"}))
    of_the_round = [step for step in story(ledger) if step.slug == "round-1"]
    assert [step.sentence == "Round 1 ended" for step in of_the_round] == [False, False, True]
    assert of_the_round[1].changed == (StateChange("meeting", "round-1", ("place: Hanoi → Washington",)),)


def test_a_meeting_whose_end_nobody_gave_does_not_end(ledger):
    call = {"meeting": "mid-call", "kind": "call", "held": "2025-05-21/.."}
    laws.file_report(ledger, paper("paper-b", call))
    assert told(step for step in story(ledger) if step.slug == "mid-call") == [("2025-05-21", "mid-call")]


def test_a_second_report_that_changes_nothing_is_told_all_the_same(ledger):
    laws.file_report(ledger, paper("paper-b", said("said-1")))
    again = [step for step in story(ledger) if step.slug == "said-1"]
    assert [bool(step.changed) for step in again] == [True, False]


def test_it_is_told_as_corrected(ledger):
    ledger.correct("said-1", {"on": "2025-05-03", "act": "proposed"}, "Misheard.", negotiation=NEGOTIATION)
    first = story(ledger)[0]
    assert (first.day, first.slug) == ("2025-05-03", "said-1")
    assert "proposed" in first.sentence


def test_what_was_retracted_is_not_told(ledger):
    ledger.retract("said-2", "Never said.", negotiation=NEGOTIATION)
    assert "said-2" not in {step.slug for step in story(ledger)}


def test_it_ends_on_the_day_that_is_asked_for(ledger):
    assert told(story(ledger, as_of="2025-05-21"))[-1] == ("2025-05-19", "round-1")
    assert told(story(ledger, as_of="2025-05-22"))[-2:] == [("2025-05-22", "round-1"), ("2025-05-22", "task-1")]
    assert story(ledger, as_of="2025-04-30") == []


def test_it_tells_what_had_been_published_by_a_day_or_recorded_by_a_position(ledger):
    position = store.head(ledger.path)[1]
    laws.file_report(ledger, paper("paper-b", said("said-9", on="2025-04-01"), published="2025-06-10"))
    assert story(ledger)[0].slug == "said-9"
    assert story(ledger, reported_by="2025-06-01")[0].slug == "said-1"
    assert story(ledger, recorded_by=position)[0].slug == "said-1"
