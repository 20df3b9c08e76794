"""The dates that a meeting or a deadline was given, each valid while it was the latest."""

from ledger.domain.folds import forecast
from tests.examples import announced, called_off, known, limited, on


def test_each_date_is_valid_until_the_next():
    story = known(limited("2025-06-01"), limited("2025-07-01", "2025-05-28"), kind="deadline", slug="answer")
    found = forecast.forecasts("answer", story)
    assert [
        (span.state.meeting, span.state.nth, span.state.expected, span.valid_from, span.valid_to) for span in found
    ] == [
        ("answer", 1, on("2025-06-01"), "2025-05-22", "2025-05-28"),
        ("answer", 2, on("2025-07-01"), "2025-05-28", ""),
    ]


def test_a_deadline_by_a_later_day_replaces_an_earlier_one_and_the_same_day_in_other_words_does_not():
    story = known(limited("2025-06-01"), limited("[..2025-07-01]", "2025-05-28"), kind="deadline", slug="answer")
    assert forecast.latest("deadline", "answer", story, {})[0] == on("[..2025-07-01]")
    story = known(limited("2025-06-01"), limited("[..2025-06-01]", "2025-05-28"), kind="deadline", slug="answer")
    assert forecast.latest("deadline", "answer", story, {})[0] == on("2025-06-01")
    meeting = known(announced("2025-06-01"), announced("[..2025-07-01]", "2025-05-28"))
    assert forecast.latest("meeting", "round-3", meeting, {})[0] == on("2025-06-01")  # a meeting by then may be earlier


def test_the_latest_date_counts_and_the_account_that_gives_it_is_found():
    story = known(announced("2025-06"), announced("2025-07", "2025-05-28"), called_off("2025-06-05"))
    date, contests = forecast.latest("meeting", "round-3", story, {})
    assert (date, contests) == (on("2025-07"), [])
    giving = forecast.giving(date, story)
    assert giving is not None and giving.event.on == on("2025-05-28")
    assert forecast.giving(on("2026"), story) is None


def dates(story) -> list[tuple[str, str]]:
    """The dates in their order, each with the reason for it."""
    return [(span.state.expected.edtf, span.state.reason) for span in forecast.forecasts("round-3", story)]


def test_a_date_that_its_report_says_was_given_up_came_first_and_contests_nothing():
    moved = announced("2025-10-03", "", instead_of=on("2025-09-24"), reason="A holiday")
    planned = announced("2025-09-24", "")
    for reports in ([moved], [planned, moved], [moved, planned]):
        story = known(*reports)
        assert dates(story) == [("2025-09-24", ""), ("2025-10-03", "A holiday")]
        assert forecast.latest("meeting", "round-3", story, {}) == (on("2025-10-03"), [])
    assert forecast.latest("meeting", "round-3", known(planned, announced("2025-10-03", "")), {})[1]


def test_a_deadline_whose_old_date_has_no_day_is_the_new_one_where_the_report_says_so():
    old, new = limited("2027-04-01", ""), limited("2027-04-15", "2027-03-09", instead_of=on("2027-04-01"))
    for reports in ([old, new], [new, old], [new]):
        story = known(*reports, kind="deadline", slug="answer", vna="2027-03-12")
        assert forecast.latest("deadline", "answer", story, {})[0] == on("2027-04-15")
        assert [span.state.expected.edtf for span in forecast.forecasts("answer", story)] == [
            "2027-04-01",
            "2027-04-15",
        ]


def test_a_vaguer_date_takes_the_place_of_the_one_that_was_given_up():
    moved = announced("2025-06", "2025-05-28", instead_of=on("2025-06-04"))
    story = known(announced("2025-06-04"), moved)
    assert forecast.latest("meeting", "round-3", story, {})[0] == on("2025-06")
    assert dates(story) == [("2025-06-04", ""), ("2025-06", "")]


def test_of_one_report_a_date_said_when_it_was_published_replaces_one_without_a_day():
    new, old = announced("2026-01", "2025-05-22"), announced("2025-11", "")
    for reports in ([old, new], [new, old]):
        assert forecast.latest("meeting", "round-3", known(*reports), {}) == (on("2026-01"), [])
    elsewhere = announced("2025-11", "", source="ustr")
    assert forecast.latest("meeting", "round-3", known(new, elsewhere), {})[1] != []
