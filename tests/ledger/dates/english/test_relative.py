"""Phrases that count from the day they were said."""

from datetime import date

import pytest

from ledger.dates import parse

# The phrase, the day it was said, which way it looked, and the EDTF it is read as.
PHRASES = [
    # said on 2025-05-22, looking ahead
    ("in the coming days", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("in the coming weeks", "2025-05-22", "ahead", "[2025-05-22..2025-06-19]"),
    ("in the coming months", "2025-05-22", "ahead", "[2025-05-22..2025-08-22]"),
    ("in the next few days", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("within days", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("in a few weeks", "2025-05-22", "ahead", "[2025-05-22..2025-06-19]"),
    ("in the coming week", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("in the next two weeks", "2025-05-22", "ahead", "[2025-05-22..2025-06-05]"),
    ("within 90 days", "2025-05-22", "ahead", "[2025-05-22..2025-08-20]"),
    ("within two weeks", "2025-05-22", "ahead", "[2025-05-22..2025-06-05]"),
    ("within a month", "2025-05-22", "ahead", "[2025-05-22..2025-06-22]"),
    ("within sixty (60) days", "2025-05-22", "ahead", "[2025-05-22..2025-07-21]"),
    ("within 30 days of June 1", "2025-05-22", "ahead", "[2025-06-01..2025-07-01]"),
    ("within five working days", "2025-05-22", "ahead", "2025-05-22/2025-05-29~"),
    ("within 3 business days of June 6", "2025-05-22", "ahead", "2025-06-06/2025-06-11~"),
    ("in two weeks", "2025-05-22", "ahead", "2025-06-05~"),
    ("in 10 days", "2025-05-22", "ahead", "2025-06-01~"),
    ("in 3 days", "2025-05-22", "ahead", "2025-05-25"),
    ("in two weeks' time", "2025-05-22", "ahead", "2025-06-05~"),
    ("in a couple of weeks", "2025-05-22", "ahead", "2025-06-05~"),
    ("in a month", "2025-05-22", "ahead", "2025-06~"),
    ("10 days from now", "2025-05-22", "ahead", "2025-06-01~"),
    ("within 24 hours", "2025-05-22", "ahead", "[2025-05-22..2025-05-23]"),
    ("within 72 hours", "2025-05-22", "ahead", "[2025-05-22..2025-05-25]"),
    ("in the days ahead", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("in the months to come", "2025-05-22", "ahead", "[2025-05-22..2025-08-22]"),
    ("in the coming hours", "2025-05-22", "ahead", "[2025-05-22..2025-05-23]"),
    ("in two to three weeks", "2025-05-22", "ahead", "[2025-06-02..2025-06-15]"),
    ("in 2-3 weeks", "2025-05-22", "ahead", "[2025-06-02..2025-06-15]"),
    ("within 2-3 weeks", "2025-05-22", "ahead", "[2025-05-22..2025-06-12]"),
    ("in a day or two", "2025-05-22", "ahead", "[2025-05-23..2025-05-24]"),
    ("in a week or two", "2025-05-22", "ahead", "[2025-05-26..2025-06-08]"),
    ("soon", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("very soon", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("shortly", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("as soon as possible", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("at an early date", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("in the near future", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("in due course", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("in the coming time", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("for the time ahead", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("at a later date", "2025-05-22", "ahead", "[2025-05-22..]"),
    # said on 2025-05-22, looking back
    ("two days ago", "2025-05-22", "back", "2025-05-20"),
    ("a week ago", "2025-05-22", "back", "2025-05-15~"),
    ("two weeks ago", "2025-05-22", "back", "2025-05-08~"),
    ("three months ago", "2025-05-22", "back", "2025-02~"),
    ("a year ago", "2025-05-22", "back", "2024-05~"),
    ("a few days ago", "2025-05-22", "back", "[2025-05-15..2025-05-22]"),
    ("in recent weeks", "2025-05-22", "back", "[2025-04-24..2025-05-22]"),
    ("in the past few days", "2025-05-22", "back", "[2025-05-15..2025-05-22]"),
    ("over the past two weeks", "2025-05-22", "back", "[2025-05-08..2025-05-22]"),
    ("over the past week", "2025-05-22", "back", "[2025-05-15..2025-05-22]"),
    ("recently", "2025-05-22", "back", "[..2025-05-22]"),
    # said on 2025-11-14, looking ahead
    ("in the coming days", "2025-11-14", "ahead", "[2025-11-14..2025-11-21]"),
    # said on 2025-12-30, looking ahead
    ("in two days", "2025-12-30", "ahead", "2026-01-01"),
    ("in the coming weeks", "2025-12-30", "ahead", "[2025-12-30..2026-01-27]"),
]


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_a_phrase_counts_from_the_day_it_was_said(phrase, said, looking, expected):
    assert parse(phrase, date.fromisoformat(said), looking=looking).edtf == expected
