"""The time of day in a phrase is found with its zone, and set apart from what the rules of a language read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import When, parse
from ledger.dates.hours import apart

# The phrase, what is left of it, and the time of day.
HOURS = [
    ("14 August 2025 12:00 Geneva", "14 August 2025 @", "12:00 Geneva"),
    ("12:00 on 14 August 2025 (Geneva time)", "@ on 14 August 2025", "12:00 Geneva time"),
    ("noon on 14 August 2025, Geneva", "@ on 14 August 2025", "noon Geneva"),
    ("at 9:00 on May 20", "@ on May 20", "9:00"),
    ("AT 9:00 ON MAY 20", "@ ON MAY 20", "9:00"),
    ("before 12:01 a.m. EDT on August 1", "before @ on August 1", "12:01 a.m. EDT"),
    ("12:00 New York time, 14 August", "@ , 14 August", "12:00 New York time"),
    ("10:00 GMT+7, 20 May", "@ , 20 May", "10:00 GMT+7"),
    ("1400 GMT 20 May", "@ 20 May", "1400 GMT"),
    ("9.30 am 10 June", "@ 10 June", "9.30 am"),
    ("by close of business on July 9", "by @ on July 9", "close of business"),
    ("from 9:00 to 17:00 on May 20", "@ on May 20", "9:00\u201317:00"),
    ("from 9 to 11 a.m. on May 20", "@ on May 20", "9 to 11 a.m."),
    ("2025-08-14T12:00+02:00", "2025-08-14 @", "12:00+02:00"),
    ("2025-08-14 12:00", "2025-08-14 @", "12:00"),
    ("9h30 ngày 22/5", "@ ngày 22/5", "9h30"),
    ("lúc 14h ngày 22/5 (giờ Hà Nội)", "@ ngày 22/5", "14h giờ Hà Nội"),
    ("9 giờ 30 phút sáng 22/5", "@ sáng 22/5", "9 giờ 30 phút"),
    ("17:00 Hà Nội ngày 5/6", "@ ngày 5/6", "17:00 Hà Nội"),
    ("from 9:00 on May 20 to 17:00 on May 22", "from @ on May 20 to @ on May 22", ""),
]

NONE = [
    "May 22",
    "22 May 2025",
    "1H 2026",
    "2h",
    "9 to 12 June",
    "in the coming time",
    "some time in June",
    "2025-05-22",
]


@pytest.mark.parametrize(("phrase", "rest", "hour"), HOURS)
def test_a_time_of_day_is_set_apart_with_its_zone(phrase, rest, hour):
    assert apart(phrase) == (rest, hour)
    assert When("2025-05-20", phrase).hour == hour


@pytest.mark.parametrize("phrase", NONE)
def test_a_phrase_without_a_time_of_day_stays_as_it_is(phrase):
    assert apart(phrase) == (phrase, "")
    assert When("2025-05-20", phrase).hour == ""


@given(
    st.times(), st.sampled_from(["", " Geneva", " GMT+7", " Hanoi time"]), st.dates(date(2024, 1, 1), date(2027, 1, 1))
)
def test_law_the_hour_changes_nothing_in_the_day_and_is_kept(hour, zone, day):
    typed = f"{hour:%H:%M}{zone}"
    for phrase in (f"{day:%d %B %Y} {typed}", f"{typed} on {day:%B %d, %Y}", f"by {typed}, {day:%d %B %Y}"):
        when = parse(phrase)
        assert when.latest == day
        assert when.hour == typed
        assert typed in when.describe()


def test_the_hour_is_kept_in_other_words_for_the_date():
    when = parse("14 August 2025 12:00 Geneva")
    assert when.worded("by mid-August") == When("2025-08-14", "by mid-August, 12:00 Geneva")
    assert when.worded("by noon on the 14th") == When("2025-08-14", "by noon on the 14th")


@pytest.mark.parametrize(
    ("phrase", "described"),
    [
        ("14 August 2025 12:00 Geneva", "14 August 2025, 12:00 Geneva"),
        ("by 12:00 (Geneva time) on 14 August 2025", "on or before 14 August 2025, 12:00 Geneva time"),
        ("2025-08-14T12:00Z", "14 August 2025, 12:00Z"),
        ("noon on Thursday, 14 August 2025", "14 August 2025, noon"),
    ],
)
def test_a_date_is_described_with_its_hour(phrase, described):
    assert parse(phrase).describe() == described
