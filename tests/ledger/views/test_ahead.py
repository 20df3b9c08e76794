"""The dates ahead: the deadlines that are open, and how each expectation relates to the one before."""

from datetime import date

import pytest
from hypothesis import given

from ledger import create_ledger
from ledger.dates import When, compatible, parse
from ledger.views.ahead import moved
from tests import examples
from tests.examples import as_of, on
from tests.ledger.dates.strategies import whens

DEADLINES = """
  - deadline: answer-draft
    says: Answer the draft.
    owners: vn
    due: {date: 2025-06-01, words: by noon GMT on 1 June}
    on: 2025-05-22
    quote: by noon GMT on 1 June
  - deadline: send-list
    says: Send the list.
    due: 2025-05-25
    on: 2025-05-22
    quote: a list by Sunday
"""


def test_a_deadline_that_has_passed_is_left_out_until_everything_is_asked_for(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    examples.write(ledger, examples.WHO, "who.yaml")
    ledger.import_files([tmp_path / "who.yaml"])
    examples.file(ledger, DEADLINES.lstrip("\n"))
    with_views = ledger.views(as_of("2025-05-30"))
    assert [(one.deadline.slug, one.left) for one in with_views.deadlines()] == [("answer-draft", "in 2 days")]
    assert [(one.deadline.slug, one.left) for one in with_views.deadlines(everything=True)] == [
        ("answer-draft", "in 2 days"),
        ("send-list", "passed"),
    ]
    assert [one.expected for one in with_views.forecasts("answer-draft")] == [
        When("2025-06-01", "by noon GMT on 1 June")
    ]
    assert on("2025-06-01").hour == "" and with_views.deadlines()[0].deadline.due.hour


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("2025-06", "2025-07", "1 to 60 days later than before"),
        ("2025-06-10", "2025-06-20", "10 days later than before"),
        ("2025-06-20", "2025-06-10", "10 days earlier than before"),
        ("2025-06", "[2025-07-01..]", "at least 1 day later than before"),
        ("[2026-12-01..2026-12-10]", "[2027-01-16..2027-01-31]", "37 to 61 days later than before"),
        ("2026-12-10/2026-12-12", "2027-01-11/2027-01-15", "32 days later than before"),
        ("[..2026-12-10]", "2027-01-11", "at least 32 days later than before"),
        ("2025-06", "[2025-06-01..2025-06-10]", "made more precise"),
        ("", "2025-06", "made more precise"),
        ("2025-06", "2025-06", "reaffirmed"),
        ("2025-06-10", "2025-06", "restated"),
        ("[2025-06-01..2025-06-10]", "[2025-06-05..2025-06-20]", "restated"),
        ("2025-06", "", "restated"),
    ],
)
def test_a_forecast_slips_only_when_its_new_window_lies_wholly_later(before, after, says):
    assert moved(on(before), on(after)).says == says


@pytest.mark.parametrize(
    ("before", "after", "of_deadline", "says"),
    [
        ("early June", "mid-July", False, "about 31 to 49 days later than before"),
        ("10 June", "mid-July", False, "about 31 to 40 days later than before"),
        ("early July", "10 June", False, "about 21 to 30 days earlier than before"),
        ("by mid-June", "by 30 July", True, "about 40 days later than before"),
        ("by 20 June", "by 30 July", True, "40 days later than before"),
        ("early June", "after 30 July", False, "at least about 51 days later than before"),
    ],
)
def test_a_number_of_days_that_rests_on_a_convention_says_so(before, after, of_deadline, says):
    dates = (parse(one, date(2025, 5, 22), looking="ahead") for one in (before, after))
    assert moved(*dates, of_deadline=of_deadline).says == says


@given(whens, whens)
def test_a_forecast_that_may_mean_a_day_of_the_one_before_neither_slipped_nor_was_brought_forward(before, after):
    move = moved(before, after)
    if move.how in ("slipped", "brought forward"):
        assert not compatible(before, after)
        assert moved(after, before).how in ("slipped", "brought forward")
        assert moved(after, before).how != move.how
        assert move.at_least > 0
        assert move.at_most is None or move.at_least <= move.at_most
    else:
        assert (move.days, move.at_least, move.at_most) == (None, None, None)


def test_a_postponement_is_told_with_the_date_that_the_meeting_had_then(tmp_path):
    """The meeting was put off twice under one slug, and held on other days."""
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.import_files([examples.write(ledger, examples.WHO, "who.yaml")])
    story = """
  - {announcement: round-3, kind: round, number: 3, expected: 2025-06-03, on: 2025-05-12, quote: a}
  - {called-off: round-3, as: postponed, on: 2025-06-01, quote: b}
  - {announcement: round-3, kind: round, number: 3, expected: 2025-06-20, on: 2025-06-05, quote: c}
  - {called-off: round-3, as: postponed, on: 2025-06-18, quote: d}
  - {meeting: round-3, kind: round, number: 3, held: 2025-07-16/2025-07-17, quote: e}
"""
    examples.file(ledger, story, published="2025-07-17")
    told = [one.sentence for one in ledger.views(as_of("2025-08-01")).timeline() if "postponed" in one.sentence]
    assert told == [
        "Round 3, expected 3 June 2025: postponed",
        "Round 3, expected 20 June 2025: postponed",
    ]
