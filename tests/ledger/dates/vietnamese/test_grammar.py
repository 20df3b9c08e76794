"""An ambiguous Vietnamese phrase is refused with both readings; a phrase that is not a date is refused."""

import pytest

from ledger.dates import parse
from ledger.dates.errors import DateNotUnderstood, DateReadsTwoWays
from tests.ledger.dates.phrases import SAID

TWO_WAYS = [
    ("tuần qua", "[2025-05-12..2025-05-18]", "[2025-05-15..2025-05-22]"),
    ("trong tuần vừa qua", "[2025-05-12..2025-05-18]", "[2025-05-15..2025-05-22]"),
    ("tháng qua", "2025-04", "[2025-04-22..2025-05-22]"),
    ("năm qua", "2024", "[2024-05-22..2025-05-22]"),
    ("thang sau", "2025-06", "2024-06"),
    ("dau thang sau", "2025-06", "2024-06"),
    ("toi 14/11/2025", "2025-11-14", "[..2025-11-14]"),
    ("mùa đông 2025", "[2024-12-01..2025-02-28]", "[2025-12-01..2026-02-28]"),
    ("toi ngay 9/7/2025", "2025-07-09", "[..2025-07-09]"),
]

# With diacritics, or with a word that decides it, the same phrase has one reading.
ONE_WAY = [
    ("tháng sau", "2025-06"),
    ("tháng sáu", "2024-06"),
    ("thang 6", "2024-06"),
    ("thang sau nam 2026", "2026-06"),
    ("tối 14/11/2025", "2025-11-14"),
    ("tới 14/11/2025", "[..2025-11-14]"),
    ("tuần trước", "[2025-05-12..2025-05-18]"),
    ("trong 7 ngày qua", "[2025-05-15..2025-05-22]"),
    ("tháng trước", "2025-04"),
]

REFUSED = [
    ("tháng 13", "Write it as"),
    ("ngày 32/5", "May 2024 has 31 days; the nearest real day is 2024-05-31."),
    ("ngày 30/2/2025", "the nearest real day is 2025-02-28."),
    ("ngày 31 tháng sau", "2025-06 has 30 days."),
    ("thứ Tư (22/5)", "2025-05-22 is a Thursday"),
    ("ngày 9-13/13", "Write it as"),
    ("quý V/2025", "Write it as"),
    ("9-10", "Write it as"),
    ("22-23", "Write it as"),
    ("đợt tới", "Write it as"),
    ("trước Tết", "Write it as"),
    ("ngày 9 và 12/6", "two dates"),
    ("đầu tháng 6 hoặc cuối tháng 7", "Write it as"),
    ("hàng tuần", "a rhythm, not a date"),
    ("hằng tháng", "a rhythm, not a date"),
    ("thường xuyên", "a rhythm, not a date"),
    ("định kỳ", "a rhythm, not a date"),
    ("sau ngay nua", "Write it as"),
    ("hôm nay (23/5)", "was 2025-05-22"),
    ("quý II, III/2025", "Write it as"),
    ("tháng 6 và tháng 7", "two dates"),
    ("trong 90 ngày", "Write it as"),
]


@pytest.mark.parametrize(("phrase", "first", "second"), TWO_WAYS)
def test_what_reads_two_ways_is_refused_with_both(phrase, first, second):
    with pytest.raises(DateReadsTwoWays) as refusal:
        parse(phrase, SAID, language="vi")
    assert f"{first} or {second}" in str(refusal.value)


@pytest.mark.parametrize(("phrase", "expected"), ONE_WAY)
def test_what_decides_between_the_two_is_read(phrase, expected):
    assert parse(phrase, SAID, language="vi").edtf == expected


def test_where_both_readings_are_one_it_is_read():
    assert parse("thang sau", SAID, looking="ahead", language="vi").edtf == "2025-06"


@pytest.mark.parametrize(("phrase", "advice"), REFUSED)
def test_what_is_not_understood_is_refused_with_a_suggestion(phrase, advice):
    with pytest.raises(DateNotUnderstood) as refusal:
        parse(phrase, SAID, language="vi")
    assert advice in str(refusal.value)
    assert repr(phrase) in str(refusal.value)
