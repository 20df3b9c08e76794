"""Date phrases in a sentence, with their places."""

from datetime import date

import pytest

from ledger.capture.reading.days import days, telling
from tests.ledger.capture.reports import PUBLISHED


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("They met on March 12 in Oslo.", "on March 12", "2024-03-12"),
        ("They met on 12 March.", "on 12 March", "2024-03-12"),
        ("They met from March 11 to 13.", "from March 11 to 13", "2024-03-11/2024-03-13"),
        ("They met on Tuesday.", "on Tuesday", "2024-03-12"),
        ("They met yesterday.", "yesterday", "2024-03-14"),
        ("They met on Thursday, 7 March.", "on Thursday, 7 March", "2024-03-07"),
        ("They met on Tuesday evening.", "on Tuesday evening", "2024-03-12"),
        ("They met two days ago.", "two days ago", "2024-03-13"),
        ("They met over the weekend.", "over the weekend", "[2024-03-09..2024-03-10]"),
        ("They met in winter 2021/2022.", "in winter 2021/2022", "[2021-12-01..2022-02-28]"),
        ("They met in the last quarter of 2023.", "in the last quarter of 2023", "[2023-10-01..2023-12-31]"),
    ],
)
def test_a_phrase_is_read_back_from_the_day_of_publication(text: str, words: str, edtf: str) -> None:
    (day,) = days(text, PUBLISHED)
    assert (day.words, day.when.edtf) == (words, edtf)
    assert text[day.start : day.end] == words


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("A text is due no later than 30 June.", "no later than 30 June", "[..2024-06-30]"),
        ("A text is due by close of business on Friday.", "by close of business on Friday", "[..2024-03-22]"),
        ("A text is due before the end of the month.", "before the end of the month", "[..2024-03-31]"),
        ("A text is due by the end of next month.", "by the end of next month", "[..2024-04-30]"),
        ("A text is due within 90 days of signature.", "within 90 days of signature", ""),
    ],
)
def test_what_is_due_is_read_ahead(text: str, words: str, edtf: str) -> None:
    (day,) = days(text, PUBLISHED, "ahead")
    assert (day.words, day.when.edtf, day.is_due) == (words, edtf, True)


def test_a_day_after_for_is_read_as_a_day() -> None:
    (day,) = days("The talks are scheduled for April 2.", PUBLISHED, "ahead")
    assert (day.words, day.when.edtf) == ("April 2", "2024-04-02")
    (month,) = days("The talks are scheduled for April.", PUBLISHED, "ahead")
    assert (month.words, month.when.edtf) == ("for April", "2024-04")


def test_what_is_to_come_is_read_ahead() -> None:
    (day,) = days("A round is due in early April.", PUBLISHED, "ahead")
    assert day.when.edtf == "[2024-04-01..2024-04-10]"


def test_the_following_day_is_the_one_after_the_last() -> None:
    (day,) = days("They met again the following day.", PUBLISHED, "back", date(2024, 3, 12))
    assert day.when.edtf == "2024-03-13"


def test_a_phrase_that_reads_two_ways_is_not_read() -> None:
    (day,) = days("They met last Tuesday.", PUBLISHED)
    assert not day.when


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    (day,) = days("They met on March 12.", None)
    assert not day.when


def test_a_day_by_which_something_is_due_is_known_as_such() -> None:
    (due,) = days("A text is to be sent by April 2.", PUBLISHED, "ahead")
    (held,) = days("They met on March 12.", PUBLISHED)
    assert (due.is_due, held.is_due) == (True, False)


def test_a_sentence_without_days_has_none() -> None:
    assert days("They may not march.", PUBLISHED) == []


def test_a_day_from_when_something_holds_is_known_as_such() -> None:
    (start,) = days("It holds as of April 2.", PUBLISHED, "ahead")
    (due,) = days("It ends by April 2.", PUBLISHED, "ahead")
    assert (start.is_start, due.is_start) == (True, False)


def test_the_words_of_a_date_begin_with_a_word() -> None:
    (day,) = days("Yet last month it fell.", PUBLISHED)
    assert day.words == "last month"


def test_last_friday_is_read_only_if_it_can_be_of_one_week() -> None:
    friday = date(2024, 3, 15)
    assert [one.when.edtf for one in days("It ended last Friday.", friday)] == ["2024-03-08"]
    assert [one.when.edtf for one in days("It ended last Tuesday.", friday)] == [""]


def test_the_weekday_of_tomorrow_is_not_read_as_one_of_last_week() -> None:
    friday = date(2024, 3, 15)
    assert [one.when.edtf for one in days("A text is promised on Saturday.", friday)] == [""]
    assert [one.when.edtf for one in days("A text was sent on Thursday.", friday)] == ["2024-03-14"]
    assert [one.when.edtf for one in days("A text will come on Saturday.", friday, "ahead")] == ["2024-03-16"]


def test_the_weekday_of_the_report_is_not_read_as_one_to_come() -> None:
    assert not days("They will meet on Friday.", PUBLISHED, "ahead")[0].when
    assert days("They will meet on Monday.", PUBLISHED, "ahead")[0].when.edtf == "2024-03-18"


def test_a_feast_is_a_limit_but_no_day() -> None:
    assert days("They will meet before Christmas.", PUBLISHED, "ahead")[0].when.edtf == "[..2024-12-24]"
    assert days("They met over Christmas.", PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met from Tuesday to Thursday.", "2024-03-12/2024-03-14"),
        ("They met Monday through Wednesday.", "2024-03-11/2024-03-13"),
        ("They met between Monday and Wednesday.", "[2024-03-11..2024-03-13]"),
    ],
)
def test_days_of_the_week_are_read_from_the_first_to_the_last(text: str, edtf: str) -> None:
    (day,) = days(text, PUBLISHED)
    assert day.when.edtf == edtf


def test_days_of_the_week_that_go_on_while_the_report_is_written_have_no_date() -> None:
    wednesday = date(2024, 3, 13)
    assert not days("They meet from Tuesday to Thursday.", wednesday)[0].when
    assert days("They met from Monday to Wednesday.", wednesday)[0].when.edtf == "2024-03-11/2024-03-13"
    assert [one.words for one in days("It went from Tuesday to the table on Thursday.", PUBLISHED)] == [
        "from Tuesday",
        "on Thursday",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OSLO, March 14 (Daily) - Norway met Canada on Monday.", ["on Monday"]),
        ("OSLO March 14 Norway met Canada on Monday.", ["on Monday"]),
        ("Oslo, 14 March 2024 – Norway met Canada on Monday.", ["on Monday"]),
        ("Norway met Canada on March 14.", ["on March 14"]),
        ("Norway closed its ports during last year's dispute.", []),
        ("Norway spoke at Monday's meeting.", ["Monday"]),
        ("Norway and Canada met last year.", ["last year"]),
    ],
)
def test_a_dateline_or_the_year_of_a_dispute_dates_nothing(text: str, words: list[str]) -> None:
    assert [day.words for day in telling(days(text, date(2024, 3, 15)), text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("They agreed late October 3 to wait.", "October 3"), ("They agreed in late October to wait.", "in late October")],
)
def test_late_on_a_day_is_not_late_in_its_month(text: str, words: str) -> None:
    assert [day.words for day in days(text, date(2024, 12, 1))] == [words]


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("They met last night.", PUBLISHED, "2024-03-14"),
        ("They meet this coming week.", PUBLISHED, "[2024-03-18..2024-03-24]"),  # said on a Friday
        ("They meet this coming week.", date(2024, 3, 13), "[2024-03-13..2024-03-24]"),  # of this week or of the next
        ("They meet this coming Tuesday.", PUBLISHED, "2024-03-19"),
    ],
)
def test_last_night_and_this_coming_week(text: str, published: date, edtf: str) -> None:
    assert [day.when.edtf for day in days(text, published, "ahead")] == [edtf]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway and Canada met two days before the deadline of 20 March.", []),
        ("Norway made an offer three days after Canada closed its ports on March 4.", []),
        ("Norway and Canada ended three days of talks on March 4.", ["on March 4"]),
        ("Two days after the talks, Norway rejected it on March 4.", ["on March 4"]),
    ],
)
def test_a_day_from_which_others_are_counted_dates_nothing(text: str, words: list[str]) -> None:
    assert [day.words for day in telling(days(text, PUBLISHED), text)] == words
