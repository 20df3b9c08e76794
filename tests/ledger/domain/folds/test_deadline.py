"""A deadline is open until it is reported met, missed or lifted; a later report with another date moves it."""

from tests.examples import deadlines, ended, limited, on


def test_a_deadline_is_open_until_somebody_reports_how_it_ended():
    found = deadlines(limited("2025-06-01", by=("us",), basis="legal"), ended("missed", "2025-06-03", by=("us",)))
    assert [(day, one.status, one.ended_on, one.ended_by) for day, one in found.items()] == [
        ("2025-05-22", "open", on(""), ()),
        ("2025-06-03", "missed", on("2025-06-03"), ("us",)),
    ]
    assert {(one.due, one.basis, one.set_by, one.owners) for one in found.values()} == {
        (on("2025-06-01"), "legal", ("us",), ("vn",))
    }


def test_a_later_report_with_another_date_moves_it_and_nothing_is_contested():
    found = deadlines(limited("2025-06-01"), limited("2025-07-01", "2025-05-28", source="ustr", basis="agreed"))
    assert [(one.due, one.set_on, one.dates, one.basis) for one in found.values()] == [
        (on("2025-06-01"), on("2025-05-22"), 1, ""),
        (on("2025-07-01"), on("2025-05-28"), 2, "agreed"),
    ]


def test_a_vaguer_date_does_not_replace_an_exact_one_that_it_includes():
    assert deadlines(limited("2025-06-01"), limited("2025-06", "2025-05-28"))["2025-05-28"].due == on("2025-06-01")


def test_reports_of_one_day_that_disagree_are_contested():
    from ledger.domain.folds import deadline
    from tests.examples import known

    story = known(limited("2025-06-01"), limited("2025-07-01", source="ustr"), kind="deadline", slug="answer")
    (span,) = deadline.fold("answer", story, {})
    ((contest,),) = [span.state[1]]
    assert (contest.kind, contest.slug, contest.field) == ("deadline", "answer", "due")
    assert contest.values == ("1 June 2025", "1 July 2025") or contest.values == ("1 July 2025", "1 June 2025")


def test_a_deadline_that_is_set_again_after_its_end_is_open_again():
    story = limited("2025-06-01"), ended("missed", "2025-06-03"), limited("2025-07-01", "2025-06-05", source="ustr")
    assert [one.status for one in deadlines(*story, ustr="2025-06-05").values()] == ["open", "missed", "open"]


def test_sources_that_disagree_on_its_end_are_contested_and_without_a_beginning_there_is_no_deadline():
    assert deadlines(ended()) == {}
    both = deadlines(limited(), ended("met"), ended("missed", source="ustr"))
    assert both["2025-05-30"].status in ("met", "missed")


def test_a_deadline_whose_days_began_when_it_was_set_gives_all_of_them():
    found = deadlines(limited("[2025-05-22..2025-06-10]"), limited("[2025-06-20..2025-06-30]", "2025-05-28"))
    assert [one.within for one in found.values()] == [True, False]
