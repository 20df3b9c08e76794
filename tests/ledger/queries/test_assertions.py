"""Assertions: each kind of question, and the explanation of a failure."""

from contextlib import closing

import pytest

from ledger import Clocks, Ledger
from ledger.domain import vocabulary
from ledger.domain.events import AnswerAsserted, Stream
from ledger.errors import ProblemsFound, Refusal
from ledger.log.log import Log
from ledger.queries.assertions import QUESTIONS, holds
from tests.examples import NEGOTIATION, file, on, problems
from tests.laws import Projection
from tests.ledger.queries.asserting import asserting, assertion, found, only

HOLD = [
    {"question": "next-round", "as_of": "2025-05-18", "is": "none"},
    {"question": "next-round", "as_of": "2025-05-22", "is": "round-3", "expected": "early June"},
    {"question": "next-round", "as_of": "2025-05-22", "expected": "'[2025-06-01..2025-06-10]'"},
    {"question": "meeting", "about": "round-3", "as_of": "2025-05-22", "is": "announced", "expected": "early June"},
    {"question": "meeting", "about": "round-3", "as_of": "2025-05-22", "is": "expected"},
    {"question": "meeting", "about": "round-3", "is": "unconfirmed"},
    {"question": "meeting", "about": "round-3", "as_of": "2025-05-18", "is": "none"},
    {"question": "meeting", "about": "round-2", "as_of": "2025-05-20", "is": "in progress"},
    {"question": "meeting", "about": "round-2", "is": "held", "held": "2025-05-19/2025-05-22"},
    {"question": "ask", "about": "export-controls", "by": "vn", "is": "open", "times": "1", "waiting": "yes"},
    {"question": "ask", "about": "chip curbs", "by": "Viet Nam", "since": "2025-05-20"},
    {"question": "ask", "about": "export-controls", "by": "us", "is": "none", "times": "0", "waiting": "no"},
    {"question": "ask", "about": "export-controls", "by": "vn", "as_of": "2025-05-19", "is": "none"},
    {"question": "issue", "about": "export-controls", "is": "open", "times": "1"},
    {"question": "issue", "about": "export-controls", "as_of": "2025-05-19", "is": "named"},
    {"question": "follow-up", "about": "send-list", "is": "open", "due": "2025-06-10"},
    {"question": "follow-up", "about": "send-list", "is": "past due"},
    {"question": "follow-up", "about": "send-list", "is": "overdue"},  # the word that was once used
    {"question": "follow-up", "about": "send-list", "as_of": "2025-06-01", "is": "due"},
    {"question": "follow-up", "about": "keep-talking", "is": "no date"},
    {"question": "follow-up", "about": "keep-talking", "is": "No-Date"},
]


@pytest.mark.parametrize("fields", HOLD, ids=lambda fields: " ".join(fields.values()))
def test_what_is_asserted_and_so_is_no_problem(fields: dict[str, str], told: Ledger) -> None:
    checked = asserting(told, **fields).check()
    assert (checked.problems, checked.assertions) == ([], 1)


FAIL = [
    ({"question": "next-round", "as_of": "2025-05-22", "is": "none"}, "must be none; it is round-3 (by vna)."),
    (
        {"question": "next-round", "as_of": "2025-05-22", "is": "round-3", "expected": "late June"},
        'must be round-3, expected "late June" (between 21 and 30 June 2025); it is round-3, expected "early June"',
    ),
    ({"question": "next-round", "as_of": "2025-05-18", "is": "round-3"}, "must be round-3; it is none."),
    (
        {"question": "next-round", "as_of": "2025-05-18", "is": "round-3", "expected": "2025-06"},
        "must be round-3, expected June 2025; it is none.",
    ),
    ({"question": "meeting", "about": "round-2", "held": "2025-05-22"}, "it is held 19 to 22 May 2025 (by vna)."),
    (
        {"question": "ask", "about": "export-controls", "by": "vn", "is": "open", "times": "2"},
        "the ask of Viet Nam on export-controls must be open, asked twice; it is open, asked once (by vna).",
    ),
    (
        {"question": "ask", "about": "export-controls", "by": "vn", "waiting": "no"},
        "must be not waiting for an answer; it is waiting for an answer (by vna).",
    ),
    (
        {"question": "ask", "about": "export-controls", "by": "vn", "since": "2025-05-21"},
        "must be waiting since 21 May 2025; it is waiting since 20 May 2025",
    ),
    ({"question": "ask", "about": "rules-of-origin", "by": "vn", "is": "open"}, "must be open; it is none"),
    ({"question": "issue", "about": "rules-of-origin", "is": "settled"}, "must be settled; it is open (by vna)."),
    ({"question": "issue", "about": "rules-of-origin", "times": "3"}, "must be raised 3 times; it is raised once"),
    (
        {"question": "follow-up", "about": "keep-talking", "is": "done"},
        "the follow-up keep-talking must be done; it is open without a date (by vna).",
    ),
    ({"question": "follow-up", "about": "send-list", "due": "2025-06"}, "due June 2025; it is due 10 June 2025"),
    ({"question": "follow-up", "about": "keep-talking", "due": "2025-06"}, "it is due on an unknown date (by vna)."),
    (
        {"question": "meeting", "about": "round-3", "is": "held", "held": "2025-06"},
        "must be held, held June 2025; it is unconfirmed, held on an unknown date (by vna).",
    ),
]


@pytest.mark.parametrize(("fields", "says"), FAIL, ids=range(len(FAIL)))
def test_what_is_asserted_and_not_so_is_told_with_what_is(fields: dict[str, str], says: str, told: Ledger) -> None:
    problem = only(asserting(told, **fields))
    assert says in problem
    assert problem.endswith("Nothing that bears on it was recorded since.")


LATE = """
  - announcement: round-3
    kind: round
    number: 3
    on: 2025-05-22
    expected: late June
    quote: towards the end of June
"""
ANSWER = """
  - statement: us-accepts
    by: us
    to: vn
    act: accepted
    issues: export-controls
    on: 2025-06-01
    says: They will be lifted.
    quote: will be lifted
"""
SETTLED = {"question": "next-round", "as_of": "2025-05-25", "is": "round-3", "expected": "early June"}


def test_a_late_entry_that_changes_a_settled_answer_is_told(told: Ledger) -> None:
    asserting(told, **SETTLED)
    assert found(told) == []
    file(told, LATE, slug="late-paper", published="2025-05-23")
    head = told.check().problems[0].position
    assert only(told) == (
        'As of 25 May 2025 the next round must be round-3, expected "early June" (between 1 and 10 June 2025); it is'
        ' round-3, expected "late June" (between 21 and 30 June 2025) (by late-paper). Recorded since:'
        f" #{head + 2} MeetingAnnounced round-3 from late-paper."
    )


def test_a_late_entry_of_a_later_day_changes_nothing(told: Ledger) -> None:
    asserting(told, **SETTLED)
    file(told, LATE.replace("2025-05-22", "2025-05-26"), slug="late-paper", published="2025-05-26")
    assert found(told) == []


def test_correcting_the_assertion_or_retracting_what_changed_the_answer_mends_it(told: Ledger) -> None:
    asserting(told, **SETTLED)
    file(told, LATE, slug="late-paper", published="2025-05-23")
    told.correct("a", {"expected": "late June"}, "It was put off.")
    assert found(told) == []
    told.retract("late-paper", "It was another round.", cause="withdrawn-by-source")
    assert "Recorded since: #" in only(told)
    told.correct("a", {"expected": "early June"}, "It was not put off.")
    assert found(told) == []


def test_what_was_recorded_before_the_assertion_was_corrected_is_not_told_as_since(told: Ledger) -> None:
    asserting(told, **SETTLED)
    file(told, LATE, slug="late-paper", published="2025-05-23")
    told.correct("a", {"expected": "mid-June"}, "A slip.")
    assert only(told).endswith("Nothing that bears on it was recorded since.")


def test_retractions_and_corrections_of_statements_and_sources_are_told_as_since(told: Ledger) -> None:
    asserting(told, question="ask", about="export-controls", by="vn", times="1")
    told.retract("vn-asks", "Filed twice.")
    assert "it is none. Recorded since: #" in only(told)
    assert "EntryRetracted vn-asks." in only(told)


def test_an_ask_that_was_answered_since_no_longer_waits(told: Ledger) -> None:
    asserting(told, question="ask", about="export-controls", by="vn", since="2025-05-20")
    file(told, ANSWER, slug="late-paper", published="2025-06-02")
    assert "must be waiting since 20 May 2025; it is not waiting for an answer (by late-paper)." in only(told)


def test_a_retracted_assertion_is_not_checked(told: Ledger) -> None:
    asserting(told, question="next-round", as_of="2025-05-22", **{"is": "none"})
    told.retract("a", "Wrong.")
    assert told.check().assertions == 0
    assert found(told) == []


def test_assertions_are_checked_as_of_their_own_day_and_left_out_before_it(told: Ledger) -> None:
    asserting(told, question="next-round", as_of="2025-05-22", **{"is": "none"})
    assert found(told) == found(told, as_of="2025-05-22") == found(told, as_of="2025-12-31") == [("assertion", "a")]
    assert found(told, as_of="2025-05-21") == []


def test_an_assertion_of_no_day_is_checked_as_of_today(told: Ledger, set_clock) -> None:
    asserting(told, question="follow-up", about="send-list", **{"is": "overdue"})
    assert told.check(Clocks(as_of="2025-06-01")).assertions == 0
    assert found(told) == []
    set_clock("2025-06-10T12:00:00+00:00")
    assert only(told).startswith("As of 10 June 2025 the follow-up send-list must be overdue; it is due")


def test_the_clocks_of_reporting_and_recording_choose_what_answers(told: Ledger) -> None:
    asserting(told, **SETTLED)
    file(told, LATE, slug="late-paper", published="2025-06-14")
    assert found(told) == [("assertion", "a")]
    assert found(told, reported_by="2025-06-13") == []
    before = told.check().problems[0].position
    assert found(told, recorded_by=before) == []
    assert told.check(Clocks(recorded_by=before - 1)).assertions == 0


def test_a_report_may_refer_to_what_was_published_after_it(ledger: Ledger) -> None:
    file(ledger, "  - {meeting: round-2, kind: round, held: 2025-05-19, quote: so}\n", slug="b", published="2025-05-30")
    file(ledger, "  - {statement: s, by: us, act: stated, says: So., at: round-2, quote: so}\n", published="2025-05-20")
    assert found(ledger, reported_by="2025-05-21") == []


def test_an_assertion_rests_on_no_source_even_in_a_sources_file(told: Ledger) -> None:
    file(told, "  - {assertion: a, question: next-round, is: round-3}\n", slug="b")
    assert [event.source for event in told.views().log("a")] == [""]
    assert found(told) == []
    assert file(told, "  - {assertion: a, question: next-round, is: round-3}\n", slug="b").recorded == []


REFUSED = [
    ({"question": "next-rond", "is": "none"}, "'next-rond' is not a known question. Did you mean next-round?"),
    ({"is": "none"}, "The assertion needs 'question': one of next-round"),
    ({"question": "next-round", "is": "round-4"}, "There is no meeting 'round-4'. Did you mean round-"),
    ({"question": "next-round", "is": "none", "about": "round-3"}, "takes no 'about'. It takes: is, expected."),
    ({"question": "issue", "about": "export-control", "is": "open"}, "Did you mean export-controls?"),
    ({"question": "issue", "is": "open"}, "The question 'issue' needs 'about': the issue."),
    (
        {"question": "issue", "about": "export-controls", "is": "opne"},
        "'opne' is not a known answer. Did you mean",
    ),
    ({"question": "issue", "about": "export-controls", "by": "vn", "is": "open"}, "takes no 'by'"),
    ({"question": "ask", "about": "export-controls", "is": "open"}, "needs 'by': the party that asked"),
    ({"question": "ask", "about": "export-controls", "by": "vm", "is": "open"}, "There is no party 'vm'"),
    ({"question": "ask", "about": "export-controls", "by": "vn", "due": "2025-06-01"}, "takes no 'due'"),
    ({"question": "follow-up", "about": "send-lst", "is": "open"}, "Did you mean send-list?"),
    ({"question": "meeting", "about": "round-3"}, "does not give the expected answer. Give is or expected"),
    (
        {"question": "meeting", "about": "round-3", "is": "held", "as_of": "'[2025-05-01..]'"},
        "as-of needs a date with a last day",
    ),
    ({"question": "meeting", "about": "round-3", "is": "held", "quote": "so"}, "has no field 'quote'"),
]


@pytest.mark.parametrize(("fields", "says"), REFUSED, ids=range(len(REFUSED)))
def test_an_assertion_that_could_not_be_checked_is_not_filed(fields: dict[str, str], says: str, told: Ledger) -> None:
    [problem] = problems(told, assertion(**fields))
    assert says in problem


def test_an_assertion_is_made_once_and_then_corrected(told: Ledger) -> None:
    asserting(told, **SETTLED)
    with pytest.raises(ProblemsFound, match="Use `parley correct a`"):
        asserting(told, question="next-round", **{"is": "none"})
    twice = assertion(**SETTLED) + assertion(question="next-round", **{"is": "none"}).partition("entries:\n")[2]
    [problem] = problems(told, twice.replace("assertion: a", "assertion: b"))
    assert "The assertion b is already recorded. Use `parley correct b`" in problem
    with pytest.raises(Refusal, match="takes no 'times'"):
        told.correct("a", {"times": "3"}, "A slip.")


def test_dates_are_the_same_when_they_may_mean_the_same_days() -> None:
    asserted = AnswerAsserted(question="next-round", expected=on("[2025-06-01..2025-06-30]"))
    assert holds(asserted, AnswerAsserted(question="next-round", expected=on("2025-06")))
    assert not holds(asserted, AnswerAsserted(question="next-round", expected=on("2025-06-01/2025-06-30")))
    assert not holds(asserted, AnswerAsserted(question="next-round"))


def test_views_that_catch_up_with_assertions_are_those_of_a_rebuild(told: Ledger) -> None:
    stepwise = Projection(told)
    stepwise.catch_up()
    asserting(told, **SETTLED)
    stepwise.catch_up()
    told.correct("a", {"expected": "late June"}, "It was put off.")
    assert stepwise.catch_up().contents() == Projection(told).rebuild().contents()
    assert told.views().entry("a").label.startswith("The next round is round-3, expected")


@pytest.mark.parametrize("question", ["ask", "issue"])
def test_what_was_deferred_is_answered_too(told: Ledger, question: str) -> None:
    """So an assertion that was made before `deferred` was a status still holds."""
    later = {"by": "us", "to": "vn", "act": "deferred", "issues": "export-controls", "on": "2025-05-21"}
    told.append("statement", "later", later | {"says": "Later."}, note="Told.")
    by = {"by": "vn"} if question == "ask" else {}
    for nth, status in enumerate(("deferred", "answered", "open")):
        asserting(told, question=question, about="export-controls", **{"is": status}, slug=f"a-{nth}", **by)
    assert found(told) == [("assertion", "a-2")]


def test_every_question_of_the_vocabulary_can_be_asked_of_the_views() -> None:
    assert {*QUESTIONS} == {*vocabulary.QUESTIONS}


def test_an_assertion_of_a_question_that_parley_does_not_know_fails_rather_than_stops_the_check(told: Ledger) -> None:
    with closing(Log(told.path)) as log, log.writing():
        strange = AnswerAsserted(question="weather", about="hanoi", answer="fine", as_of=on("2025-06-01"))
        log.append([(Stream(NEGOTIATION, "assertion", "a"), strange)])
    assert {kind for kind, _ in found(told)} == {"assertion", "rule"}


DEADLINES = """
  - {deadline: answer, says: Answer the text., owners: vn, due: 2025-06-10, on: 2025-05-22, quote: answer by}
  - {deadline: signing, says: Sign., due: 2025-06-10, on: 2025-05-22, quote: sign by}
  - {ended: signing, outcome: met, on: 2025-06-09, quote: signed}
"""


@pytest.mark.parametrize(
    ("about", "as_of", "word"),
    [
        ("answer", "2025-06-10", "due"),
        ("answer", "2025-06-11", "passed"),
        ("answer", "2025-06-11", "open"),
        ("answer", "2025-05-01", "none"),
        ("signing", "2025-06-11", "met"),
    ],
)
def test_what_is_asserted_of_a_deadline_is_checked(told: Ledger, about: str, as_of: str, word: str) -> None:
    file(told, DEADLINES, slug="ustr")
    assert asserting(told, question="deadline", about=about, as_of=as_of, **{"is": word}).check().problems == []


def test_a_deadline_that_moved_is_told_with_its_new_date(told: Ledger) -> None:
    file(told, DEADLINES, slug="ustr")
    failed = asserting(told, question="deadline", about="answer", as_of="2025-06-01", due="2025-06-01")
    assert "the deadline answer must be due 1 June 2025; it is due 10 June 2025" in only(failed)
