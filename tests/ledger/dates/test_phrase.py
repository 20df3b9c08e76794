"""Refused phrases, and the advice in each refusal."""

import pytest

from ledger.dates import parse
from ledger.dates.errors import DateEndsBeforeItStarts, DateNeedsADay, DateNotUnderstood, DateReadsTwoWays
from tests.ledger.dates.phrases import SAID

ISO_FORMS = "Write it as 2025-05-22"

NOT_KNOWN = [
    ("biweekly", "as standing"),
    ("regularly", "as standing"),
    ("every Friday", "as standing"),
    ("on a regular basis", "as standing"),
    ("erly June", 'Did you mean "early June"?'),
    ("in the comming weeks", 'Did you mean "in the coming weeks"?'),
    ("when the time is ripe", ISO_FORMS),
    ("22", ISO_FORMS),
    ("03/04/25", ISO_FORMS),
    ("by", ISO_FORMS),
    ("by soon", ISO_FORMS),
    ("before recently", ISO_FORMS),
    ("after soon", ISO_FORMS),
    ("not before recently", ISO_FORMS),
    ("first week of Friday", ISO_FORMS),
    ("first half of Q3 2025", ISO_FORMS),
    ("early July or late August", ISO_FORMS),
    ("from late 2025 to 2026-02-01 or so", ISO_FORMS),
    ("today (May 23)", "The day that is called today was 2025-05-22"),
    ("the 31st of next month", "2025-06 has 30 days"),
    ("Monday (May 20)", "2025-05-20 is a Tuesday"),
    ("May 20 (Monday)", "2025-05-20 is a Tuesday"),
    ("9-12/13/2025", ISO_FORMS),
    ("2025.13.01", ISO_FORMS),
    ("3H 2026", ISO_FORMS),
    ("the last days of Friday", ISO_FORMS),
    ("the day after next", ISO_FORMS),
    ("early November or December", ISO_FORMS),
    ("October 6, 8 and 10", ISO_FORMS),
    ("in 36 hours", ISO_FORMS),
    ("in three to two weeks", ISO_FORMS),
    ("at 9:00 on May 33", "May 2024 has 31 days; the nearest real day is 2024-05-31."),
    ("at 9:00", ISO_FORMS),
    ("June 2 a.m.", ISO_FORMS),
    ("June 9-10/11", ISO_FORMS),
    ("Q3 Friday", ISO_FORMS),
    ("19 to June", ISO_FORMS),
    ("June or 19", ISO_FORMS),
    ("the first Friday of next week", ISO_FORMS),
    ("at 25:00 on May 20", ISO_FORMS),
    ("12:00 geneva on 14 August 2025", ISO_FORMS),
    ("30 February 2025", "the nearest real day is 2025-02-28."),
    ("February 29, 2025", "the nearest real day is 2025-02-28."),
    ("June 31", "the nearest real day is 2024-06-30. Add the year if another is meant."),
    ("0 June 2025", "the nearest real day is 2025-06-01."),
    ("29 February", "February 2025 has 28 days"),
    ("Friday, May 22", "2025-05-22 is a Thursday"),
    ("May 21 and 25", "two dates"),
    ("later this March", "2025-03 was over when it was said"),
    ("earlier this June", "2025-06 had not begun when it was said"),
    ("1-2 months", ISO_FORMS),
]

TWO_WAYS = [
    ("next Friday", "2025-05-23", "2025-05-30"),
    ("next weekend", "[2025-05-24..2025-05-25]", "[2025-05-31..2025-06-01]"),
    ("next June", "2025-06", "2026-06"),
    ("last March", "2025-03", "2024-03"),
    ("next summer", "[2025-06-01..2025-08-31]", "[2026-06-01..2026-08-31]"),
    ("winter 2025", "[2024-12-01..2025-02-28]", "[2025-12-01..2026-02-28]"),
    ("03/04/2025", "2025-04-03", "2025-03-04"),
    ("03.04.2025", "2025-04-03", "2025-03-04"),
    ("beginning March", "[2025-03-01..2025-03-10]", "2025-03/.."),
    ("beginning next week", "[2025-05-26..2025-05-28]", "[2025-05-26..]"),
]

BACKWARDS = [
    "12-9/6/2025",
    "late-to-mid April",
    "June 10 to June 5",
    "from 22 to 19 May 2025",
    "May 30, 2025 to May 2, 2025",
    "1 December to 3 June",
]
NEEDS_YEAR = ["May 22", "early June", "June", "Q3", "summer", "May 19 to 22", "by the end of June"]
NEEDS_DAY = [
    "on Friday",
    "soon",
    "today",
    "in the coming weeks",
    "later this November",
    "end of the year",
    "next June",
]


@pytest.mark.parametrize(("phrase", "advice"), NOT_KNOWN)
def test_what_is_not_understood_is_refused_with_a_suggestion(phrase, advice):
    with pytest.raises(DateNotUnderstood) as refusal:
        parse(phrase, SAID)
    assert advice in str(refusal.value)
    assert repr(phrase) in str(refusal.value)


@pytest.mark.parametrize(("phrase", "first", "second"), TWO_WAYS)
def test_what_reads_two_ways_is_refused_with_both(phrase, first, second):
    with pytest.raises(DateReadsTwoWays) as refusal:
        parse(phrase, SAID)
    assert f"{first} or {second}" in str(refusal.value)


@pytest.mark.parametrize("phrase", BACKWARDS)
def test_a_range_that_ends_before_it_starts_is_refused(phrase):
    with pytest.raises(DateEndsBeforeItStarts, match="add the years"):
        parse(phrase, SAID)


@pytest.mark.parametrize("phrase", NEEDS_YEAR)
def test_a_phrase_without_a_year_needs_the_day_it_was_said(phrase):
    with pytest.raises(DateNeedsADay, match="Add the year"):
        parse(phrase)


@pytest.mark.parametrize("phrase", NEEDS_DAY)
def test_a_phrase_relative_to_a_day_needs_that_day(phrase):
    with pytest.raises(DateNeedsADay, match="Give the day when it was said"):
        parse(phrase)


@pytest.mark.parametrize(
    "text", ["by " * 66, "to " * 66, "early " * 33, "a or " * 40, "-" * 200, "[" * 200, "1 " * 100]
)
def test_a_long_run_of_the_same_words_is_refused_at_once(text):
    with pytest.raises(DateNotUnderstood):
        parse(text, SAID)
