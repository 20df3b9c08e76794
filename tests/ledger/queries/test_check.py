"""The check: contradictions in a record, as data in the order of recording."""

from contextlib import closing

import pytest

from ledger import Ledger
from ledger.domain.events import Attendee, Quote, Recorded, Stream
from ledger.log.log import Log
from ledger.queries.check import (
    dates,
    dues,
    quotes,
    references,
    rules_broken,
    speakers,
    texts,
)
from tests.examples import (
    NEGOTIATION,
    NOW,
    agreed,
    announced,
    called_off,
    file,
    held,
    person,
    quoted,
    registered,
    said,
    stood,
)
from tests.ledger.queries.asserting import asserting, found, only


def told_of(event, kind: str = "meeting", slug: str = "round-3", position: int = 1) -> Recorded:
    return Recorded(position, Stream(NEGOTIATION, kind, slug), 1, NOW, "keeper", event)


def says(findings) -> list[str]:
    return [one.says for one in findings]


def entries(*named: str, **stories):
    """Entries of record, written `kind/slug`."""
    return {Stream.named(f"{NEGOTIATION}/{name}"): stood(registered()) for name in named} | stories


def test_a_reference_to_an_entry_that_is_not_of_record_is_a_problem() -> None:
    spoken = told_of(said("asked", "vn us/ann-lee", "eu", at="round-2"), "statement", "s")
    known = entries("party/vn", "party/us", "source/vna", "issue/export-controls")
    assert says(references([spoken], known)) == [
        "It refers to the meeting round-2, which is not recorded.",
        "It refers to the person ann-lee, which is not recorded.",
        "It refers to the party eu, which is not recorded.",
    ]
    assert says(references([spoken], {**known, **entries("meeting/round-2", "person/ann-lee", "party/eu")})) == []


def test_what_was_said_at_a_meeting_that_was_retracted_is_a_problem(told: Ledger) -> None:
    told.retract("round-2", "Another country's.")
    assert found(told) == [("reference", "vn-asks")]
    assert only(told) == "It refers to the meeting round-2, which was retracted (Another country's.)."
    told.correct("vn-asks", {"at": "round-3"}, "Misread.")
    assert found(told) == []


def test_a_person_named_for_a_party_they_are_not_of_record_for_is_a_problem() -> None:
    lee = {Stream(NEGOTIATION, "person", "lee"): stood(person("Lee", party="us"), kind="person", slug="lee")}
    nobody = {Stream(NEGOTIATION, "person", "lee"): stood(person("Lee", party=""), kind="person", slug="lee")}
    attending = told_of(held(people=(Attendee("vn/lee"),)))
    assert says(speakers([attending], lee)) == ["{vn/lee} is named for vn, but recorded only for us."]
    assert says(speakers([attending], nobody)) == says(speakers([attending], {})) == []
    assert says(speakers([told_of(said("asked", "us/lee"), "statement", "s")], lee)) == []


def test_correcting_whom_a_person_speaks_for_shows_what_that_person_said_for_others(ledger: Ledger) -> None:
    file(ledger, "  - {statement: s, by: us/jamieson-greer, act: stated, says: So., quote: so}\n")
    ledger.correct("jamieson-greer", {"party": "eu"}, "Misread.")
    assert only(ledger) == "Jamieson Greer (us) is named for us, but recorded only for eu."


@pytest.mark.parametrize(("day", "apart"), [("2025-05-22", 0), ("2025-05-23", 1), ("2025-05-18", 1), ("2025-05", 0)])
def test_what_was_said_at_a_meeting_was_said_while_it_lasted(day: str, apart: int) -> None:
    reports = [told_of(held("2025-05-19/2025-05-22"), slug="round-2")]
    spoken = told_of(said("asked", "vn", day=day, at="round-2"), "statement", "s")
    assert len(says(dates([*reports, spoken]))) == apart


def test_a_day_that_one_of_several_reports_of_the_meeting_allows_is_no_problem() -> None:
    reports = [told_of(held(day), slug="call") for day in ("2025-05-21", "2025-05-22")]
    spoken = told_of(said("asked", "vn", day="2025-05-22", at="call"), "statement", "s")
    assert says(dates([*reports, spoken])) == []
    later = told_of(said("asked", "vn", day="2025-05-23", at="call"), "statement", "s")
    assert says(dates([*reports, later])) == ["It is dated 23 May 2025, but call was held 21 May 2025 or 22 May 2025."]


def test_a_meeting_without_a_date_is_no_problem() -> None:
    assert says(dates([told_of(held("")), told_of(said("asked", "vn", at="round-3"), "statement", "s")])) == []


@pytest.mark.parametrize(("due", "wrong"), [("2025-05-21", 1), ("2025-05-22", 0), ("2025-05", 0), ("", 0)])
def test_a_follow_up_is_due_after_it_was_agreed(due: str, wrong: int) -> None:
    assert len(says(dues([told_of(agreed(due, "2025-05-22"), "follow-up", "f")]))) == wrong


def test_what_no_longer_follows_a_rule_is_a_problem() -> None:
    both = stood(announced("", "2025-05-22"), called_off("2025-06-05")).reports
    assert says(rules_broken(both)) == []
    assert says(rules_broken(both[1:])) == ["The meeting round-3 was never announced, so it cannot be called off."]


TEXT = "They asked\nfor a sunset clause."


def test_a_quote_must_stand_in_the_frozen_text_at_its_place() -> None:
    source = told_of(registered(text=TEXT), "source", "vna")

    def with_quotes(*given: Quote) -> list[str]:
        return says(quotes([source, told_of(held(quotes=given))]))

    assert with_quotes(*quoted("asked for a sunset"), Quote("asked for", 5, 14)) == []
    assert with_quotes(Quote("asked for", 6, 15)) == ["vna does not contain the quote 'asked for' at 6–15."]
    assert with_quotes(*quoted("asked for tariffs")) == ["vna does not contain the quote 'asked for tariffs'."]


def test_quotes_of_a_text_that_is_not_at_hand_are_counted_and_no_problem(told: Ledger) -> None:
    checked = told.check()
    assert (checked.problems, checked.quotes, checked.unverified) == ([], 0, 6)


def test_a_text_must_be_that_of_its_fingerprint(ledger: Ledger) -> None:
    with closing(Log(ledger.path)) as log, log.writing():
        log.append([(Stream(NEGOTIATION, "source", "vna"), registered(text=TEXT, sha256="ab" * 32))])
    assert found(ledger) == [("text", "vna")]
    assert says(texts([told_of(registered(sha256="ab" * 32), "source", "vna")])) == []


def test_problems_come_in_the_order_of_recording_and_nothing_is_written(told: Ledger) -> None:
    asserting(told, question="next-round", as_of="2025-05-22", **{"is": "none"})
    told.retract("round-2", "Another country's.")
    before = told.path.read_bytes()
    checked = told.check()
    assert [one.kind for one in checked.problems] == ["reference", "assertion"]
    assert [one.position for one in checked.problems] == sorted(one.position for one in checked.problems)
    assert told.path.read_bytes() == before
