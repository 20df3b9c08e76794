"""Phrases with two sides, and durations."""

from datetime import date

import pytest

from ledger.dates import When, parse

# The phrase, the day it was said, which way it looked, and the EDTF it is read as.
PHRASES = [
    # said on 2025-05-22, looking ahead
    ("MID- TO LATE JUNE", "2025-05-22", "ahead", "[2025-06-11..2025-06-30]"),
    ("early to mid-June", "2025-05-22", "ahead", "[2025-06-01..2025-06-20]"),
    ("first or second week of June", "2025-05-22", "ahead", "[2025-06-01..2025-06-14]"),
    ("late June or early July", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("end of June/early July", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("June or July", "2025-05-22", "ahead", "[2025-06,2025-07]"),
    ("June-July", "2025-05-22", "ahead", "2025-06/2025-07"),
    ("in June to August", "2025-05-22", "ahead", "2025-06/2025-08"),
    ("between June and August", "2025-05-22", "ahead", "[2025-06..2025-08]"),
    ("9-12 June", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("early this week until Thursday", "2025-05-30", "back", "2025-05-27~/2025-05-29"),
    ("late last week to Tuesday", "2025-05-30", "back", "2025-05-23~/2025-05-27"),
    ("9\u201312 June", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("June 9 \u2014 12", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("May 30 to June 2", "2025-05-22", "ahead", "2025-05-30/2025-06-02"),
    ("May 30 - June 2", "2025-05-22", "ahead", "2025-05-30/2025-06-02"),
    ("from 28 December to 3 January", "2025-05-22", "ahead", "2025-12-28/2026-01-03"),
    ("1 December to 2 June", "2025-05-22", "ahead", "2024-12-01/2025-06-02"),
    ("Q4 to Q1 2026", "2025-05-22", "ahead", "[2025-10-01..2026-03-31]"),
    ("28 December to 3 January 2026", "2025-05-22", "ahead", "2025-12-28/2026-01-03"),
    ("December 28, 2025 to January 3", "2025-05-22", "ahead", "2025-12-28/2026-01-03"),
    ("from June 9 through June 12, 2025", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("Monday to Wednesday", "2025-05-22", "ahead", "2025-05-26/2025-05-28"),
    ("June 9 and 10", "2025-05-22", "ahead", "2025-06-09/2025-06-10"),
    ("between June 9 and 12", "2025-05-22", "ahead", "[2025-06-09..2025-06-12]"),
    ("between 28 December and 3 January", "2025-05-22", "ahead", "[2025-12-28..2026-01-03]"),
    ("from June 10 on", "2025-05-22", "ahead", "2025-06-10/.."),
    ("from June 10 onwards", "2025-05-22", "ahead", "2025-06-10/.."),
    ("from June 10", "2025-05-22", "ahead", "2025-06-10/.."),
    ("effective July 1", "2025-05-22", "ahead", "2025-07-01/.."),
    ("starting July 1", "2025-05-22", "ahead", "2025-07-01/.."),
    ("June or July next year", "2025-05-22", "ahead", "[2026-06,2026-07]"),
    ("9 to 12 June next year", "2025-05-22", "ahead", "2026-06-09/2026-06-12"),
    ("Q3 or Q4 this year", "2025-05-22", "ahead", "[2025-07-01..2025-12-31]"),
    ("Q3 or Q4 2025", "2025-05-22", "ahead", "[2025-07-01..2025-12-31]"),
    ("21 or 22 May", "2025-05-22", "ahead", "[2025-05-21,2025-05-22]"),
    ("May 21 or May 22, 2025", "2025-05-22", "ahead", "[2025-05-21,2025-05-22]"),
    ("30 May or 2 June", "2025-05-22", "ahead", "[2025-05-30,2025-06-02]"),
    ("Thursday or Friday", "2025-05-22", "ahead", "[2025-05-29,2025-05-30]"),
    ("from 2025-05-19 to 2025-05-22", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("2024-2025", "2025-05-22", "ahead", "2024/2025"),
    ("9-12/6/2025", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("9-12/6", "2025-05-22", "ahead", "2025-06-09/2025-06-12"),
    ("October 6, 7 and 8", "2025-05-22", "ahead", "2025-10-06/2025-10-08"),
    ("June 10 (Tuesday) to June 12 (Thursday)", "2025-05-22", "ahead", "2025-06-10/2025-06-12"),
    ("from 9:00 on June 20 to 17:00 on June 22", "2025-05-22", "ahead", "2025-06-20/2025-06-22"),
    ("mid-to-late July", "2025-05-22", "ahead", "[2025-07-11..2025-07-31]"),
    ("mid-late July", "2025-05-22", "ahead", "[2025-07-11..2025-07-31]"),
    ("mid to late next week", "2025-05-22", "ahead", "[2025-05-27..2025-06-01]"),
    ("towards end-November or early December", "2025-05-22", "ahead", "[2025-11-21..2025-12-10]"),
    ("November-end or December first week", "2025-05-22", "ahead", "[2025-11-21..2025-12-07]"),
    ("late November or in December", "2025-05-22", "ahead", "[2025-11-21..2025-12-31]"),
    ("in late November or December", "2025-05-22", "ahead", "[2025-11-21..2025-12-31]"),
    ("this week or next", "2025-05-22", "ahead", "[2025-05-19..2025-06-01]"),
    ("late this week or early next", "2025-05-22", "ahead", "[2025-05-22..2025-05-28]"),
    ("next week or the week after", "2025-05-22", "ahead", "[2025-05-26..2025-06-08]"),
    ("today or tomorrow", "2025-05-22", "ahead", "[2025-05-22,2025-05-23]"),
    ("from next week", "2025-05-22", "ahead", "[2025-05-26..]"),
    ("starting next week", "2025-05-22", "ahead", "[2025-05-26..]"),
    ("from next week", "2025-05-12", "ahead", "2025-05/.."),
    ("from next week to June 10", "2025-05-22", "ahead", "[2025-05-26..2025-06-10]"),
    ("from early June", "2025-05-22", "ahead", "2025-06/.."),
    ("from the third quarter", "2025-05-22", "ahead", "[2025-07-01..]"),
    ("beginning July 1", "2025-05-22", "ahead", "2025-07-01/.."),
    ("beginning in July", "2025-05-22", "ahead", "2025-07/.."),
    ("with effect from July 1", "2025-05-22", "ahead", "2025-07-01/.."),
    # said on 2025-05-22, looking back
    ("from May 19 to 22", "2025-05-22", "back", "2025-05-19/2025-05-22"),
    ("May 19 to 22", "2025-05-22", "back", "2025-05-19/2025-05-22"),
    ("May 19 to 22, 2025", "2025-05-22", "back", "2025-05-19/2025-05-22"),
    ("May 19, 2025 to 22", "2025-05-22", "back", "2025-05-19/2025-05-22"),
    ("since the winter", "2025-05-22", "back", "[2024-12-01..]"),
    ("Friday to Sunday", "2025-05-22", "back", "2025-05-16/2025-05-18"),
    ("21 or 22 May", "2025-05-22", "back", "[2025-05-21,2025-05-22]"),
    # said on 2025-11-14, looking ahead
    ("28 December to 3 January", "2025-11-14", "ahead", "2025-12-28/2026-01-03"),
    # said on 2025-11-14, looking back
    ("from November 12 to 14", "2025-11-14", "back", "2025-11-12/2025-11-14"),
    ("November 12 to 14", "2025-11-14", "back", "2025-11-12/2025-11-14"),
    # said on 2025-12-30, looking ahead
    ("28 December to 3 January", "2025-12-30", "ahead", "2025-12-28/2026-01-03"),
    # said on 2026-01-02, looking back
    ("28 December to 3 January", "2026-01-02", "back", "2025-12-28/2026-01-03"),
]


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_a_range_is_read_relative_to_the_day_it_was_said(phrase, said, looking, expected):
    assert parse(phrase, date.fromisoformat(said), looking=looking).edtf == expected


# What was held and takes days: the phrase, and the EDTF it is read as; said on 2025-11-14.
HELD = [
    ("between October 6 and 10", "2025-10-06/2025-10-10"),
    ("between 30 September and 3 October", "2025-09-30/2025-10-03"),
    ("from October 6 to 10", "2025-10-06/2025-10-10"),
    ("sometime between October 6 and 10", "[2025-10-06..2025-10-10]"),
    ("some time between October 6 and 10", "[2025-10-06..2025-10-10]"),
    ("between early and mid October", "[2025-10-01..2025-10-20]"),
    ("October 6 or 7", "[2025-10-06,2025-10-07]"),
    ("October 6", "2025-10-06"),
    ("until October 10", "../2025-10-10"),
]


@pytest.mark.parametrize(("phrase", "expected"), HELD)
def test_what_was_held_between_two_days_lasted_from_one_to_the_other(phrase, expected):
    assert parse(phrase, date(2025, 11, 14), lasting=True).edtf == expected


@pytest.mark.parametrize("looking", ["ahead", "back"])
def test_anything_else_between_two_days_was_on_one_of_them_or_within(looking):
    assert parse("between 6 and 10 October 2025", looking=looking).edtf == "[2025-10-06..2025-10-10]"


def test_may_19_to_22_is_never_the_year_2022():
    assert parse("May 19 to 22", date(2025, 5, 22)) == When("2025-05-19/2025-05-22", "May 19 to 22")
