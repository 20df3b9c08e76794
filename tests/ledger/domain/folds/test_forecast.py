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
