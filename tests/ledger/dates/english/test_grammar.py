"""By, before, after, since and about another phrase; unknown dates."""

from datetime import date

import pytest

from ledger.dates import When, parse

# The phrase, the day it was said, which way it looked, and the EDTF it is read as.
PHRASES = [
    ("around the end of June", "2025-05-22", "ahead", "[2025-06-18..2025-07-03]"),
    ("towards the end of June", "2025-05-22", "ahead", "[2025-06-21..2025-06-30]"),
    # said on 2025-05-22, looking ahead
    ("by year end", "2025-05-22", "ahead", "[..2025-12-31]"),
    ("by year-end 2025", "2025-05-22", "ahead", "[..2025-12-31]"),
    ("before August 1", "2025-05-22", "ahead", "[..2025-07-31]"),
    ("by August 1", "2025-05-22", "ahead", "[..2025-08-01]"),
    ("by the end of June", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("by end-June", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("before the end of June", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("by December-end", "2025-05-22", "ahead", "[..2025-12-31]"),
    ("by year's end", "2025-05-22", "ahead", "[..2025-12-31]"),
    ("by the week after next", "2025-05-22", "ahead", "[..2025-06-08]"),
    ("by 5 p.m. on July 9", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("by close of business on July 9", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("not later than 17:00 CET on 30 June 2025", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("no later than 23:59 on July 31", "2025-05-22", "ahead", "[..2025-07-31]"),
    ("no earlier than 9:00 on July 1", "2025-05-22", "ahead", "[2025-07-01..]"),
    ("not before 9:00 on July 1", "2025-05-22", "ahead", "[2025-07-01..]"),
    ("no sooner than July", "2025-05-22", "ahead", "[2025-07-01..]"),
    ("most likely in June", "2025-05-22", "ahead", "2025-06"),
    ("before 5 p.m. on July 9", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("after 5 p.m. on July 9", "2025-05-22", "ahead", "[2025-07-09..]"),
    ("shortly after June 10", "2025-05-22", "ahead", "[2025-06-11..]"),
    ("as soon as next week", "2025-05-22", "ahead", "[2025-05-26..]"),
    ("towards June", "2025-05-22", "ahead", "2025-06~"),
    ("by June", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("no later than June 10", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("not later than June 10", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("on or before June 10", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("June 10 at the latest", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("until June 10", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("ended on Friday", "2018-04-10", "back", "../2018-04-06"),
    ("concluded in late March", "2018-04-10", "back", "[..2018-03-31]"),
    ("to be determined at a later date", "2018-04-10", "ahead", ""),
    ("through June 10", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("prior to mid-June", "2025-05-22", "ahead", "[..2025-06-10]"),
    ("ahead of the summer", "2025-05-22", "ahead", "[..2025-05-31]"),
    ("by Friday", "2025-05-22", "ahead", "[..2025-05-23]"),
    ("by the end of the week", "2025-05-22", "ahead", "[..2025-05-25]"),
    ("by the end of the third quarter", "2025-05-22", "ahead", "[..2025-09-30]"),
    ("by 2025-08-01", "2025-05-22", "ahead", "[..2025-08-01]"),
    ("after June 10", "2025-05-22", "ahead", "[2025-06-11..]"),
    ("after the end of June", "2025-05-22", "ahead", "[2025-07-01..]"),
    ("on or after June 10", "2025-05-22", "ahead", "[2025-06-10..]"),
    ("June 10 at the earliest", "2025-05-22", "ahead", "[2025-06-10..]"),
    ("not before June 10", "2025-05-22", "ahead", "[2025-06-10..]"),
    ("no earlier than June 10", "2025-05-22", "ahead", "[2025-06-10..]"),
    ("as early as June", "2025-05-22", "ahead", "[2025-06-01..]"),
    ("around May 20", "2025-05-22", "ahead", "2025-05-20~"),
    ("about June 2025", "2025-05-22", "ahead", "2025-06~"),
    ("circa 2025", "2025-05-22", "ahead", "2025~"),
    ("on or about June 10", "2025-05-22", "ahead", "2025-06-10~"),
    ("about 9 to 12 June", "2025-05-22", "ahead", "2025-06-09~/2025-06-12~"),
    ("by about June 10", "2025-05-22", "ahead", "[..2025-06-13]"),
    ("perhaps 10 June", "2025-05-22", "ahead", "2025-06-10?"),
    ("perhaps about 10 June", "2025-05-22", "ahead", "2025-06-10%"),
    # said on 2025-05-22, looking back
    ("since June 10", "2025-05-22", "back", "2024-06-10/.."),
    ("since last Friday", "2025-05-22", "back", "2025-05-16/.."),
    ("since early May", "2025-05-22", "back", "2025-05/.."),
    ("since 2024", "2025-05-22", "back", "2024/.."),
    ("after June 10", "2025-05-22", "back", "[2024-06-11..]"),
    ("by August 1", "2025-05-22", "back", "[..2024-08-01]"),
    # said on 2025-11-14, looking ahead
    ("by year end", "2025-11-14", "ahead", "[..2025-12-31]"),
    # of unknown date
    ("to be announced", "2025-05-22", "ahead", ""),
    ("at a date to be agreed", "2025-05-22", "ahead", ""),
    ("TBD", "2025-05-22", "ahead", ""),
    ("date unknown", "2025-05-22", "back", ""),
]


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_a_whole_phrase_is_read_relative_to_the_day_it_was_said(phrase, said, looking, expected):
    assert parse(phrase, date.fromisoformat(said), looking=looking).edtf == expected


def test_the_phrase_for_an_unknown_date_is_kept():
    assert parse("to be announced") == When("", "to be announced")
    assert not parse("to be announced")
