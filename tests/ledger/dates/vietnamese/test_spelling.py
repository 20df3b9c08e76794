"""Vietnamese phrases, with and without diacritics, and the days they mean."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import parse
from ledger.dates.errors import DateNotUnderstood, DateReadsTwoWays
from ledger.dates.phrase import bare
from tests.ledger.dates import phrases

# The phrase, the day on which it was said, whether it looks ahead or back, and its EDTF.
PHRASES = [
    # said on 2025-05-22, looking ahead
    ("ngày 22/5", "2025-05-22", "ahead", "2025-05-22"),
    ("từ ngày 19 đến 22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("từ 19 đến ngày 22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("từ ngày 19/5 đến hết ngày 22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("ngày 19-22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("từ 19-22/5/2025", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("trong các ngày 19-22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("trong hai ngày 9 và 10/6", "2025-05-22", "ahead", "2025-06-09/2025-06-10"),
    ("ngày 9 và 10/6", "2025-05-22", "ahead", "2025-06-09/2025-06-10"),
    ("đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("giữa tháng 6", "2025-05-22", "ahead", "[2025-06-11..2025-06-20]"),
    ("cuối tháng 6", "2025-05-22", "ahead", "[2025-06-21..2025-06-30]"),
    ("cuối tuần này", "2025-05-22", "ahead", "[2025-05-24..2025-05-25]"),
    ("cuối tuần", "2025-05-22", "ahead", "[2025-05-24..2025-05-25]"),
    ("cuối tuần tới", "2025-05-22", "ahead", "[2025-05-31..2025-06-01]"),
    ("tuần tới", "2025-05-22", "ahead", "[2025-05-26..2025-06-01]"),
    ("tuần sau", "2025-05-22", "ahead", "[2025-05-26..2025-06-01]"),
    ("đầu tuần tới", "2025-05-22", "ahead", "[2025-05-26..2025-05-28]"),
    ("giữa tuần sau", "2025-05-22", "ahead", "[2025-05-27..2025-05-29]"),
    ("tháng tới", "2025-05-22", "ahead", "2025-06"),
    ("tháng sau", "2025-05-22", "ahead", "2025-06"),
    ("quý III/2025", "2025-05-22", "ahead", "[2025-07-01..2025-09-30]"),
    ("quý 3 năm 2025", "2025-05-22", "ahead", "[2025-07-01..2025-09-30]"),
    ("quý ba", "2025-05-22", "ahead", "[2025-07-01..2025-09-30]"),
    ("quý tới", "2025-05-22", "ahead", "[2025-07-01..2025-09-30]"),
    ("cuối quý III", "2025-05-22", "ahead", "2025-09"),
    ("nửa đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-15]"),
    ("nửa cuối tháng 6", "2025-05-22", "ahead", "[2025-06-16..2025-06-30]"),
    ("nửa đầu năm 2026", "2025-05-22", "ahead", "[2026-01-01..2026-06-30]"),
    ("trong những ngày tới", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("trong vài ngày tới", "2025-05-22", "ahead", "[2025-05-22..2025-05-29]"),
    ("trong các tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-19]"),
    ("trước ngày 9/7", "2025-05-22", "ahead", "[..2025-07-08]"),
    ("trước 9/7", "2025-05-22", "ahead", "[..2025-07-08]"),
    ("trước tháng 7", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("trước cuối tháng 6", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("đến ngày 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("đến hết tháng 6", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("tới ngày 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("đến cuối tháng 6", "2025-05-22", "ahead", "[..2025-06-30]"),
    ("sau ngày 9/7", "2025-05-22", "ahead", "[2025-07-10..]"),
    ("từ ngày 9/7", "2025-05-22", "ahead", "2025-07-09/.."),
    ("kể từ ngày 1/8", "2025-05-22", "ahead", "2025-08-01/.."),
    ("từ tuần tới", "2025-05-22", "ahead", "[2025-05-26..]"),
    ("hôm nay", "2025-05-22", "ahead", "2025-05-22"),
    ("sáng nay", "2025-05-22", "ahead", "2025-05-22"),
    ("ngày mai", "2025-05-22", "ahead", "2025-05-23"),
    ("sáng mai", "2025-05-22", "ahead", "2025-05-23"),
    ("ngày kia", "2025-05-22", "ahead", "2025-05-24"),
    ("tối nay", "2025-05-22", "ahead", "2025-05-22"),
    ("thứ Sáu tuần tới", "2025-05-22", "ahead", "2025-05-30"),
    ("thứ Sáu tuần này", "2025-05-22", "ahead", "2025-05-23"),
    ("thứ Sáu tới", "2025-05-22", "ahead", "2025-05-23"),
    ("thứ Sáu (23/5)", "2025-05-22", "ahead", "2025-05-23"),
    ("thứ Năm, ngày 22/5", "2025-05-22", "ahead", "2025-05-22"),
    ("thứ Năm tuần này (22/5)", "2025-05-22", "ahead", "2025-05-22"),
    ("chủ nhật", "2025-05-22", "ahead", "2025-05-25"),
    ("ngày 22 tháng 5 năm 2025", "2025-05-22", "ahead", "2025-05-22"),
    ("22-5-2025", "2025-05-22", "ahead", "2025-05-22"),
    ("22.5.2025", "2025-05-22", "ahead", "2025-05-22"),
    ("ngày 22-5", "2025-05-22", "ahead", "2025-05-22"),
    ("ngày 03/04/2025", "2025-05-22", "ahead", "2025-04-03"),
    ("tháng 6/2025", "2025-05-22", "ahead", "2025-06"),
    ("tháng sáu", "2025-05-22", "ahead", "2025-06"),
    ("tháng sáu năm 2025", "2025-05-22", "ahead", "2025-06"),
    ("tháng mười một", "2025-05-22", "ahead", "2025-11"),
    ("tháng 6 tới", "2025-05-22", "ahead", "2025-06"),
    ("tháng 6 năm nay", "2025-05-22", "ahead", "2025-06"),
    ("tháng 6 năm sau", "2025-05-22", "ahead", "2026-06"),
    ("tháng 6-7", "2025-05-22", "ahead", "2025-06/2025-07"),
    ("tháng 6-7/2025", "2025-05-22", "ahead", "2025-06/2025-07"),
    ("6/2025", "2025-05-22", "ahead", "2025-06"),
    ("trong tháng 6", "2025-05-22", "ahead", "2025-06"),
    ("trong tháng 6 hoặc tháng 7", "2025-05-22", "ahead", "[2025-06,2025-07]"),
    ("cuối tháng 6, đầu tháng 7", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("cuối tháng 6 đầu tháng 7", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("cuối tháng 6 - đầu tháng 7", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("cuối tháng 6 hoặc đầu tháng 7", "2025-05-22", "ahead", "[2025-06-21..2025-07-10]"),
    ("khoảng giữa tháng 6", "2025-05-22", "ahead", "[2025-06-11..2025-06-20]"),
    ("khoảng ngày 20/6", "2025-05-22", "ahead", "2025-06-20~"),
    ("vào khoảng ngày 20/6", "2025-05-22", "ahead", "2025-06-20~"),
    ("dự kiến diễn ra vào đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("tuần đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-07]"),
    ("tuần đầu tiên của tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-07]"),
    ("tuần thứ hai của tháng 6", "2025-05-22", "ahead", "[2025-06-08..2025-06-14]"),
    ("tuần cuối tháng 6", "2025-05-22", "ahead", "[2025-06-24..2025-06-30]"),
    ("thượng tuần tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("trung tuần tháng 6", "2025-05-22", "ahead", "[2025-06-11..2025-06-20]"),
    ("hạ tuần tháng 6", "2025-05-22", "ahead", "[2025-06-21..2025-06-30]"),
    ("những ngày cuối tháng 10", "2025-05-22", "ahead", "[2025-10-25..2025-10-31]"),
    ("những ngày đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-07]"),
    ("ngày cuối cùng của tháng 6", "2025-05-22", "ahead", "2025-06-30"),
    ("6 tháng đầu năm 2026", "2025-05-22", "ahead", "[2026-01-01..2026-06-30]"),
    ("sáu tháng cuối năm", "2025-05-22", "ahead", "[2025-07-01..2025-12-31]"),
    ("6 tháng đầu năm sau", "2025-05-22", "ahead", "[2026-01-01..2026-06-30]"),
    ("đầu năm sau", "2025-05-22", "ahead", "[2026-01-01..2026-04-30]"),
    ("cuối năm nay", "2025-05-22", "ahead", "[2025-09-01..2025-12-31]"),
    ("cuối năm", "2025-05-22", "ahead", "[2025-09-01..2025-12-31]"),
    ("giữa năm 2026", "2025-05-22", "ahead", "[2026-05-01..2026-08-31]"),
    ("trước cuối năm", "2025-05-22", "ahead", "[..2025-12-31]"),
    ("năm 2026", "2025-05-22", "ahead", "2026"),
    ("năm tới", "2025-05-22", "ahead", "2026"),
    ("sang năm", "2025-05-22", "ahead", "2026"),
    ("sang tuần", "2025-05-22", "ahead", "[2025-05-26..2025-06-01]"),
    ("sang tháng", "2025-05-22", "ahead", "2025-06"),
    ("trong 2 tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-05]"),
    ("trong hai tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-05]"),
    ("trong vòng 90 ngày", "2025-05-22", "ahead", "[2025-05-22..2025-08-20]"),
    ("trong vòng 30 ngày kể từ ngày 1/6", "2025-05-22", "ahead", "[2025-06-01..2025-07-01]"),
    ("hai tuần nữa", "2025-05-22", "ahead", "2025-06-05~"),
    ("sau 3 ngày nữa", "2025-05-22", "ahead", "2025-05-25"),
    ("trong 2-3 tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-12]"),
    ("trong năm ngày tới", "2025-05-22", "ahead", "[2025-05-22..2025-05-27]"),
    ("sáu ngày nữa", "2025-05-22", "ahead", "2025-05-28"),
    ("thời gian tới", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("trong thời gian tới", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("sớm nhất có thể", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("trong thời gian sớm nhất", "2025-05-22", "ahead", "[2025-05-22..]"),
    ("chậm nhất ngày 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("muộn nhất là ngày 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("hạn chót là 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("không sớm hơn ngày 9/7", "2025-05-22", "ahead", "[2025-07-09..]"),
    ("12h ngày 14/8/2025 (giờ Geneva)", "2025-05-22", "ahead", "2025-08-14"),
    ("trước 12h ngày 9/7", "2025-05-22", "ahead", "[..2025-07-09]"),
    ("lúc 9h30 ngày 20/6", "2025-05-22", "ahead", "2025-06-20"),
    ("từ 9h đến 11h ngày 20/6", "2025-05-22", "ahead", "2025-06-20"),
    ("từ nay đến cuối năm", "2025-05-22", "ahead", "[2025-05-22..2025-12]"),
    ("trong khoảng từ 9 đến 12/6", "2025-05-22", "ahead", "[2025-06-09..2025-06-12]"),
    ("trong khoảng từ ngày 9 đến ngày 12/6", "2025-05-22", "ahead", "[2025-06-09..2025-06-12]"),
    ("giữa ngày 9 và ngày 12/6", "2025-05-22", "ahead", "[2025-06-09..2025-06-12]"),
    ("chưa xác định", "2025-05-22", "ahead", ""),
    ("sẽ được thông báo sau", "2025-05-22", "ahead", ""),
    ("đầu tháng", "2025-05-22", "ahead", "[2025-05-01..2025-05-10]"),
    ("03/04/2025", "2025-05-22", "ahead", "2025-04-03"),
    ("22/5 - 24/5", "2025-05-22", "ahead", "2025-05-22/2025-05-24"),
    ("từ ngày 28/12 đến 3/1", "2025-05-22", "ahead", "2025-12-28/2026-01-03"),
    ("quý IV/2025 hoặc quý I/2026", "2025-05-22", "ahead", "[2025-10-01..2026-03-31]"),
    ("ngày mồng 5 tháng 6", "2025-05-22", "ahead", "2025-06-05"),
    ("từ tháng 7", "2025-05-22", "ahead", "2025-07/.."),
    ("từ ngày 9/7 trở đi", "2025-05-22", "ahead", "2025-07-09/.."),
    ("từ đầu tháng 6", "2025-05-22", "ahead", "2025-06/.."),
    ("cuối tháng này", "2025-05-22", "ahead", "[2025-05-21..2025-05-31]"),
    ("đầu tháng sau", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("nửa cuối năm nay", "2025-05-22", "ahead", "[2025-07-01..2025-12-31]"),
    ("có thể vào tháng 6", "2025-05-22", "ahead", "2025-06?"),
    ("trong các ngày 19-22/5", "2025-05-22", "ahead", "2025-05-19/2025-05-22"),
    ("thứ Năm tuần này (22/5)", "2025-05-22", "ahead", "2025-05-22"),
    ("ngày 5 tháng tới", "2025-05-22", "ahead", "2025-06-05"),
    ("ngày 5 tháng sau", "2025-05-22", "ahead", "2025-06-05"),
    ("từ nay đến cuối năm", "2025-05-22", "ahead", "[2025-05-22..2025-12]"),
    ("trong ngày 22 và 23/5", "2025-05-22", "ahead", "2025-05-22/2025-05-23"),
    ("các ngày 9, 10 và 11/6", "2025-05-22", "ahead", "2025-06-09/2025-06-11"),
    ("trong ba ngày 9-11/6", "2025-05-22", "ahead", "2025-06-09/2025-06-11"),
    ("hai ngày 9 và 10/6", "2025-05-22", "ahead", "2025-06-09/2025-06-10"),
    ("ngày 22/5/2025 (thứ Năm)", "2025-05-22", "ahead", "2025-05-22"),
    ("2 ngày 9-10/6", "2025-05-22", "ahead", "2025-06-09/2025-06-10"),
    ("ngày 10-12", "2025-05-22", "ahead", "2025-12-10"),
    ("ngày 10-12 tháng 6", "2025-05-22", "ahead", "2025-06-10/2025-06-12"),
    ("ngay sau ngày 9/7", "2025-05-22", "ahead", "[2025-07-10..]"),
    ("đầu tháng 6 tới", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("cuối năm 2025, đầu năm 2026", "2025-05-22", "ahead", "[2025-09-01..2026-04-30]"),
    ("cuối tuần này, đầu tuần tới", "2025-05-22", "ahead", "[2025-05-24..2025-05-28]"),
    ("quý III hoặc quý IV năm nay", "2025-05-22", "ahead", "[2025-07-01..2025-12-31]"),
    ("hạn cuối 12h00 ngày 14/8 (giờ Geneva)", "2025-05-22", "ahead", "[..2025-08-14]"),
    ("nửa đêm 8/7", "2025-05-22", "ahead", "2025-07-08"),
    ("hôm nay (22/5)", "2025-05-22", "ahead", "2025-05-22"),
    ("chiều mai (23/5)", "2025-05-22", "ahead", "2025-05-23"),
    ("30/6-2/7/2025", "2025-05-22", "ahead", "2025-06-30/2025-07-02"),
    ("ngày 19, 20/6", "2025-05-22", "ahead", "2025-06-19/2025-06-20"),
    ("mùa hè 2025", "2025-05-22", "ahead", "[2025-06-01..2025-08-31]"),
    ("mùa thu này", "2025-05-22", "ahead", "[2025-09-01..2025-11-30]"),
    ("những tháng cuối năm", "2025-05-22", "ahead", "[2025-09-01..2025-12-31]"),
    ("10 ngày đầu tháng 6", "2025-05-22", "ahead", "[2025-06-01..2025-06-10]"),
    ("tuần sau nữa", "2025-05-22", "ahead", "[2025-06-02..2025-06-08]"),
    ("trong một hai tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-05]"),
    ("trong một vài tuần tới", "2025-05-22", "ahead", "[2025-05-22..2025-06-19]"),
    # said on 2025-05-22, looking back
    ("hôm qua (21/5)", "2025-05-22", "back", "2025-05-21"),
    ("sáng 13/3", "2025-05-22", "back", "2025-03-13"),
    ("chiều tối 14/11", "2025-05-22", "back", "2024-11-14"),
    ("tối 14/11", "2025-05-22", "back", "2024-11-14"),
    ("chiều ngày 22/5", "2025-05-22", "back", "2025-05-22"),
    ("sáng ngày 22/5 (giờ địa phương)", "2025-05-22", "back", "2025-05-22"),
    ("sáng 22/5, theo giờ Việt Nam", "2025-05-22", "back", "2025-05-22"),
    ("hôm qua", "2025-05-22", "back", "2025-05-21"),
    ("chiều qua", "2025-05-22", "back", "2025-05-21"),
    ("tối qua", "2025-05-22", "back", "2025-05-21"),
    ("đêm qua", "2025-05-22", "back", "2025-05-21"),
    ("hôm kia", "2025-05-22", "back", "2025-05-20"),
    ("tuần trước", "2025-05-22", "back", "[2025-05-12..2025-05-18]"),
    ("tháng trước", "2025-05-22", "back", "2025-04"),
    ("năm ngoái", "2025-05-22", "back", "2024"),
    ("thứ Hai tuần trước", "2025-05-22", "back", "2025-05-12"),
    ("thứ Hai vừa qua", "2025-05-22", "back", "2025-05-19"),
    ("tháng 3 vừa qua", "2025-05-22", "back", "2025-03"),
    ("cuối tuần qua", "2025-05-22", "back", "[2025-05-17..2025-05-18]"),
    ("cách đây hai tuần", "2025-05-22", "back", "2025-05-08~"),
    ("hai tuần trước", "2025-05-22", "back", "2025-05-08~"),
    ("3 ngày trước", "2025-05-22", "back", "2025-05-19"),
    ("vài ngày trước", "2025-05-22", "back", "[2025-05-15..2025-05-22]"),
    ("những ngày qua", "2025-05-22", "back", "[2025-05-15..2025-05-22]"),
    ("trong những tuần gần đây", "2025-05-22", "back", "[2025-04-24..2025-05-22]"),
    ("gần đây", "2025-05-22", "back", "[..2025-05-22]"),
    ("mới đây", "2025-05-22", "back", "[..2025-05-22]"),
    ("vừa qua", "2025-05-22", "back", "[..2025-05-22]"),
    ("trong 2 tuần qua", "2025-05-22", "back", "[2025-05-08..2025-05-22]"),
    ("từ ngày 10/5", "2025-05-22", "back", "2025-05-10/.."),
    ("từ ngày 19 đến 22/5", "2025-05-22", "back", "2025-05-19/2025-05-22"),
    ("đầu tháng 5", "2025-05-22", "back", "[2025-05-01..2025-05-10]"),
    ("tháng tư", "2025-05-22", "back", "2025-04"),
    ("thứ tư", "2025-05-22", "back", "2025-05-21"),
    ("22/5", "2025-05-22", "back", "2025-05-22"),
    ("năm 2024", "2025-05-22", "back", "2024"),
    ("từ đầu năm", "2025-05-22", "back", "[2025-01-01..]"),
    ("ngày 9, 10 và 11/5", "2025-05-22", "back", "2025-05-09/2025-05-11"),
    ("rạng sáng 13/3", "2025-05-22", "back", "2025-03-13"),
    # said on 2025-11-14, looking ahead
    ("tháng sáu", "2025-11-14", "ahead", "2026-06"),
    ("trong những ngày tới", "2025-11-14", "ahead", "[2025-11-14..2025-11-21]"),
    # said on 2025-12-30, looking ahead
    ("tuần tới", "2025-12-30", "ahead", "[2026-01-05..2026-01-11]"),
    ("tháng tới", "2025-12-30", "ahead", "2026-01"),
]

# Without diacritics, these phrases have a second meaning, or none.
NEED_DIACRITICS = ["tháng sáu", "tháng sau", "sáu", "tối ", "tới ngày"]


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_a_phrase_is_read_relative_to_the_day_it_was_said(phrase, said, looking, expected):
    assert parse(phrase, date.fromisoformat(said), looking=looking, language="vi").edtf == expected


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_without_diacritics_it_is_read_alike_or_refused_where_it_may_mean_something_else(
    phrase, said, looking, expected
):
    try:
        found = parse(bare(phrase), date.fromisoformat(said), looking=looking, language="vi").edtf
    except (DateNotUnderstood, DateReadsTwoWays):
        assert any(word in phrase for word in NEED_DIACRITICS)
    else:
        assert found == expected


def test_capitals_spaces_and_the_unicode_form_change_nothing():
    for phrase, said, looking, expected in PHRASES:
        typed = unicodedata.normalize("NFD", "  " + phrase.upper().replace(" ", "\u00a0 ") + "\n")
        assert parse(typed, date.fromisoformat(said), looking=looking, language="vi").edtf == expected, phrase


def test_an_english_phrase_is_read_as_in_english():
    for phrase, said, looking, expected in phrases.PHRASES:
        assert parse(phrase, date.fromisoformat(said), looking=looking, language="vi").edtf == expected, phrase


def test_what_was_held_between_two_days_lasted():
    for phrase in ("trong khoảng từ 9 đến 12/5", "giữa ngày 9 và ngày 12/5"):
        assert parse(phrase, date(2025, 5, 22), language="vi").edtf == "[2025-05-09..2025-05-12]"
        assert parse(phrase, date(2025, 5, 22), language="vi", lasting=True).edtf == "2025-05-09/2025-05-12"


FORMS = ["{0}/{1}/{2}", "ngày {0}-{1}-{2}", "{0}.{1}.{2}", "ngày {0} tháng {1} năm {2}", "{0:02}/{1:02}/{2}"]


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(FORMS))
def test_law_the_day_comes_before_the_month(day, form):
    assert parse(form.format(day.day, day.month, day.year), language="vi").edtf == day.isoformat()


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29)),
       st.dates(date(1900, 1, 1), date(2200, 12, 31)))  # fmt: skip
def test_law_a_day_without_a_year_is_the_next_ahead_and_the_last_back(day, said_on):
    phrase = f"ngày {day.day}/{day.month}"
    ahead, back = (parse(phrase, said_on, looking=way, language="vi").latest for way in ("ahead", "back"))
    assert back <= said_on <= ahead
    assert {(back.month, back.day), (ahead.month, ahead.day)} == {(day.month, day.day)}
