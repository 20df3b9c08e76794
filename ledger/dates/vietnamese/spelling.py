"""Rewrites Vietnamese phrases in the spelling of the English rules.

Promises: diacritics, capitals and the time of day change nothing, unless a word without its diacritics has another
meaning, which is left for the grammar to refuse; the day comes before the month.
"""

import re
import unicodedata
from collections.abc import Callable

from ledger.dates import hours
from ledger.dates.calendar import MONTHS, WEEKDAYS
from ledger.dates.english import spelling as english
from ledger.dates.english.spelling import MONTH, SEASON_NAME, WEEKDAY, YEAR
from ledger.dates.phrase import bare, compiled

_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi lam": 15,
    "hai muoi": 20, "ba muoi": 30, "bon muoi": 40, "bon lam": 45, "sau muoi": 60, "6 muoi": 60, "chin muoi": 90,
}  # fmt: skip
_NUMBER_OF_MONTH = _NUMBERS | {"gieng": 1, "tu": 4, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_DAY_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(day + 2): day for day in range(6)}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
_SEASONS = {"xuan": "spring", "he": "summer", "ha": "summer", "thu": "autumn", "dong": "winter"}
_UNITS = {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_NTH = {"dau": "first", "dau tien": "first", "nhat": "first", "1": "first", "hai": "second", "2": "second"} | {
    "ba": "third", "3": "third", "tu": "fourth", "4": "fourth", "cuoi": "last", "cuoi cung": "last",
}  # fmt: skip

# Applied before the diacritics are removed: words that mean something else without them.
_ACCENTED = (
    ("sáu", "6"),
    ("tối", "chiều"),
    ("tháng sau", "tháng tới"),
    (r"tới (?=ngày|hết|cuối|đầu|giữa|tháng|năm|quý|thứ|chủ|[0-9])", "đến "),
)


def _month(number: str) -> str:
    return MONTHS[int(number) - 1]


def _whole(match: re.Match[str]) -> str:
    """A date in numbers: the month, with the day and the year if they are given."""
    day, month, *years = match.groups()
    year = next((year for year in years if year), "")
    return f" {day or ''} {_month(month)} {year} "


def _from_to(match: re.Match[str]) -> str:
    first, last, month, year = match.groups()
    return f" {first} to {last} {_month(month)} {year or ''} "


def _by(words: dict[str, str], template: str) -> Callable[[re.Match[str]], str]:
    return lambda match: template.format(words[match[1]])


_D, _M, _N = "([0-9]{1,2})", "(0?[1-9]|1[0-2])", "([0-9]{1,3}(?: ?(?:-|den|hoac) ?[0-9]{1,3})?)"
_OF_YEAR = rf"(?:,? nam ({YEAR})|/({YEAR})|-({YEAR})| ({YEAR}))?"
_UNIT = "(ngay|tuan|thang|nam)"
_TIMES = "(?:rang sang|sang som|sang|trua|chieu toi|chieu chieu|chieu|dem khuya|dem|khuya)"
_SOME = "(?:trong |vao )?(?:nhung|cac|vai|may|it)"
_TABLE: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"\((?:theo )?gio [^)]*\)|\btheo gio [a-z ]+$|\bgio dia phuong\b", " "),
    (r"\([0-9]+\)|[()]|\b(?:mong|mung)\b", " "),
    (r"  +", " "),
    (r"\bhan (?:chot|cuoi(?: cung)?)\b|\bthoi han\b", "cham nhat"),
    (r"\bmot vai\b", "vai"),
    (r"\bmot hai\b", "1-2"),
    # no date, soon, lately, regularly
    (r"^(?:chua|khong) (?:ro|xac dinh|an dinh|cong bo|biet|co|chot)\b.*", "date unknown"),
    (r"^se (?:duoc )?(?:cong bo|thong bao|an dinh|thoa thuan|xac dinh)\b.*", "to be announced"),
    (rf"\b(?:hang|moi) {_UNIT}\b|\b(?:dinh ky|thuong ky|thuong xuyen|lien tuc)\b", "every week"),
    (r"\b(?:trong )?(?:thoi gian (?:sap )?toi|thoi gian (?:som nhat|ngan)|tuong lai gan)\b", "soon"),
    (r"\b(?:som nhat co the|khong lau nua|ngay lap tuc|sap toi day)\b|^(?:sap toi|som)$", "soon"),
    (r"^(?:(?:trong )?thoi gian )?(?:gan day|moi day|vua qua|vua roi|qua)$", "recently"),
    # days by name
    (rf"\b(?:{_TIMES} |toi )?hom (nay|qua|kia)\b|\b(?:{_TIMES}|toi) (nay|qua)\b",
     lambda match: {"nay": "today", "qua": "yesterday", "kia": "day before yesterday"}[match[1] or match[2]]),
    (rf"\b(?:(?:{_TIMES}|toi|ngay) )*mai\b", "tomorrow"),
    (r"\bngay (?:kia|mot)\b", "day after tomorrow"),
    # seasons, quarters, weeks of a month, weekdays
    (r"\bmua (xuan|he|ha|thu|dong)\b(?: nam (?=[0-9]))?", _by(_SEASONS, "{} ")),
    (r"\bquy (?:thu )?(iv|iii|ii|i|[1-4]|nhat|mot|hai|ba|tu|bon)\b",
     lambda match: f"q{_QUARTERS.get(match[1], match[1])}"),
    (rf"\b(q[1-4])(?:[/-]|,? nam | )({YEAR})", r"\1 \2"),
    (r"\btuan (?:thu )?(dau tien|dau|nhat|hai|ba|tu|[1-4]|cuoi cung|cuoi)(?: cua| trong)? (?=thang|quy|q[1-4]|nam)",
     lambda match: f"{_NTH[match[1]]} week of "),
    (r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b", lambda match: WEEKDAYS[_DAY_NUMBERS[match[1]]]),
    (r"\bchu nhat\b|\bcn\b", "sunday"),
    # days and months in numbers
    (rf"\bthang sau(?=(?:,? nam)? {YEAR}|/{YEAR})", "thang 6"),
    (r"\bthang (gieng|muoi mot|muoi hai|muoi|mot|hai|ba|tu|bon|nam|bay|tam|chin|chap)\b",
     lambda match: f"thang {_NUMBER_OF_MONTH[match[1]]}"),
    (rf"(?<![-/.0-9]){_D} ?- ?{_D}/{_M}(?:/({YEAR}))?(?![-/.0-9])", _from_to),
    (rf"(?<![-/.0-9]){_D}, ?{_D}/{_M}(?=/{YEAR}|(?![-/.0-9]))", r"\1 va \2/\3"),
    (rf"(?<![-/.0-9]){_D}/{_M} ?- ?{_D}/{_M}(?=/{YEAR}|(?![-/.0-9]))", r"\1/\2 den \3/\4"),
    (rf"(?<![-/.0-9]){_D} ?(?:-|den|toi) ?{_D} thang {_M}(?:,? nam ({YEAR})|/({YEAR}))?\b", lambda match: (
        f" {match[1]} to {match[2]} {_month(match[3])} {match[4] or match[5] or ''} ")),
    (rf"\bthang {_M} ?- ?{_M}(?:/({YEAR}))?(?![-/.0-9])",
     lambda match: f" {_month(match[1])} to {_month(match[2])} {match[3] or ''} "),
    (rf"(?<![-/.0-9]){_D}([/.-]){_M}\2({YEAR})(?![-/.0-9])",
     lambda match: f" {match[1]} {_month(match[3])} {match[4]} "),
    (rf"(?<![-/.0-9])(?:{_D} )?thang {_M}{_OF_YEAR}(?![-/0-9])", _whole),
    (rf"(?<![-/.\w])()?{_M}[/-]({YEAR})(?![-/.0-9])", _whole),
    (r"^(1[3-9]|2[0-9]|3[01])-(0?[1-9]|1[0-2])$", r"\1/\2"),
    (rf"(?<![-/.0-9]){_D}/{_M}(?![-/.0-9])", _whole),
    (rf"(\b(?:ngay|sang|trua|chieu|dem|tu|den|truoc|sau|vao|va|hoac|{WEEKDAY}),? ){_D}-{_M}(?![-/.0-9]| ?[a-z])",
     lambda match: f"{match[1]}{match[2]} {_month(match[3])} "),
    (rf"\bnam ({YEAR})", r"\1"),
    (r"  +", " "),
    # numbers of days, weeks, months, years
    (r"\b(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + rf") (?={_UNIT}\b)",
     lambda match: f"{_NUMBERS[match[1]]} "),
    (r"\b10 ngay (dau|cuoi)(?: cua)? ", _by(_NTH, "{} ten days of ")),
    (r"\b(?:nhung|cac) thang (?=(?:dau|cuoi) )", ""),
    (r"\b6 thang dau (?:cua )?(?=nam|[0-9])", "first half of "),
    (r"\b6 thang cuoi (?:cua )?(?=nam|[0-9])", "second half of "),
    (r"\b3 thang dau (?:cua )?(?=nam|[0-9])", "q1 of "),
    (r"\b(?:cac|[2-9]) ngay (?=[0-9])", ""),
    (r"\bngay ([0-9]{1,2}) thang (?=(?:nay|toi|truoc)\b)", r"\1 of thang "),
    (rf"\b(?:trong )?(?:vong )?{_N} {_UNIT} (?:sap )?toi\b", lambda match: f"within {match[1]} {_UNITS[match[2]]}s"),
    (rf"\b(?:trong )?vong {_N} {_UNIT}(?: (?:ke )?tu)?\b(?! (?:hom|nay))", lambda match: (
        f"within {match[1]} {_UNITS[match[2]]}s" + (" of" if match[0].endswith("tu") else ""))),
    (rf"\b(?:sau )?(?:khoang )?{_N} {_UNIT} nua\b|\bsau (?:khoang )?{_N} {_UNIT}\b",
     lambda match: f"in {match[1] or match[3]} {_UNITS[match[2] or match[4]]}s"),
    (rf"\bcach day (?:khoang )?{_N} {_UNIT}\b|\b{_N} {_UNIT} truoc(?: day)?$",
     lambda match: f"{match[1] or match[3]} {_UNITS[match[2] or match[4]]}s ago"),
    (rf"\b(?:trong )?(?:vong )?{_N} {_UNIT} (?:vua )?qua\b", lambda match: f"past {match[1]} {_UNITS[match[2]]}s"),
    (rf"\b{_SOME} (ngay|tuan|thang) (?:sap toi|toi|sau|nua|tiep theo)\b", _by(_UNITS, "coming {}s")),
    (rf"\b{_SOME} (ngay|tuan|thang) (?:vua qua|qua|gan day)\b", _by(_UNITS, "recent {}s")),
    (r"\b(?:vai|may) (ngay|tuan|thang) truoc(?: day)?\b", _by(_UNITS, "few {}s ago")),
    (r"\bnhung ngay (dau|cuoi)(?: tien| cung)?(?: cua)? ", _by(_NTH, "{} days of ")),
    (r"\bngay (dau tien|cuoi cung)(?: cua)? ", _by(_NTH, "{} day of ")),
    # halves and parts
    (r"\bnua dau(?: cua)? ", "first half of "),
    (r"\bnua (?:cuoi|sau)(?: cua)? ", "second half of "),
    (r"\bthuong tuan(?: cua)? ", "early "),
    (r"\btrung tuan(?: cua)? ", "mid "),
    (r"\bha tuan(?: cua)? ", "late "),
    (r"\bcuoi tuan (?:vua )?(?:qua|roi)\b", "last weekend"),
    (r"\bcuoi tuan (?=nay|toi|sau|truoc)", "weekend of tuan "),
    (r"\bcuoi tuan\b", "weekend"),
    (r"\b(truoc|den|cham nhat|muon nhat)((?: cho| la| vao| het)*) cuoi ", r"\1\2 end of "),
    (r"^(?:vao )?giua (?:ngay )?(?=[0-9].* va )", "between "),
    (r"\bdau ", "early "),
    (r"\bgiua ", "mid "),
    (r"\bcuoi ", "late "),
    # this, next, last
    (r"\b(tuan|thang|quy|nam) (?:sau|toi) nua\b", _by(_UNITS, "{} after next")),
    (r"\bnam ngoai\b", "last year"),
    (r"\bsang (tuan|thang|quy|nam)(?: (?:toi|sau))?\b", _by(_UNITS, "next {}")),
    (r"\b(tuan|thang|quy|nam) nay\b", _by(_UNITS, "this {}")),
    (r"\b(tuan|thang|quy|nam) (?:sap toi|toi|ke tiep|tiep theo)\b", _by(_UNITS, "next {}")),
    (r"\b(tuan|quy|nam) sau\b", _by(_UNITS, "next {}")),
    (r"\b(tuan|thang|quy|nam) (?:truoc|vua roi|roi)\b", _by(_UNITS, "last {}")),
    (r"\b(tuan|thang|nam) (?:vua )?qua\b", _by(_UNITS, "{} qua")),
    (rf"({MONTH}|{WEEKDAY}|{SEASON_NAME}) +(?:sap )?toi\b", r"coming \1"),
    (rf"({MONTH}|{WEEKDAY}|{SEASON_NAME}) +nay\b", r"this \1"),
    (rf"({MONTH}|{WEEKDAY}|{SEASON_NAME}) +(?:vua )?(?:qua|roi)\b", r"past \1"),
    (rf"({WEEKDAY}) (?:this|next|last) week,? (?:ngay )?([0-9]+ {MONTH})", r"\1 \2"),
    # prepositions
    (r"\btu nay (?:cho )?(?:den|toi) ", "between today and "),
    (r"\b(?:ke )?tu nay\b", "from today"),
    (r"\btrong khoang (?:thoi gian )?(?:tu )?(.+?) den ", r"between \1 and "),
    (r"\b(?:bat dau tu|ke tu|co hieu luc tu|ap dung tu|tu)\b", "from"),
    (r"\btro (?:di|ve sau)\b", "on"),
    (r"\b(?:cho )?(?:den|toi) het\b|\bcho (?:den|toi)\b|\bden\b", "until"),
    (r"\b(?:khong muon hon|khong qua|muon nhat|cham nhat)\b", "by"),
    (r"\bby (?:la|vao|until) ", "by "),
    (r"\b(?:khong som hon|som nhat)(?: la| vao)*\b", "no earlier than"),
    (r"\btruoc hoac (?:vao|trong)\b", "on or before"),
    (r"\btruoc\b", "before"),
    (r"(?<!thang )\bsau\b", "after"),
    (r"\b(?:khoang|tam)\b", "about"),
    (r"\b(?:co the|co le)\b", "perhaps"),
    (r"\b(?:hoac|hay)(?: la)?\b", "or"),
    (r"\bva\b", "and"),
    # what changes nothing
    (rf"\b{_TIMES}(?: ngay)? (?=[0-9]|{WEEKDAY})", " "),
    (r"\b(?:vao|trong|luc|du kien|theo ke hoach|dien ra|to chuc|nhieu kha nang|duoc|cua|ngay)\b", " "),
    (r"\b(tuan|thang|quy|nam)$", _by(_UNITS, "{}")),
    (r"  +", " "),
    (rf"\b((?:early|mid|late|end of) {MONTH}(?: {YEAR})?) (?=(?:early|mid|late) {MONTH})", r"\1 or "),
    (r"^((?:about )?(?:early|mid|late|weekend of) [^,]+), ?(?=(?:early|mid|late) )", r"\1 or "),
)  # fmt: skip


def plain(text: str) -> str:
    """The phrase in the spelling that the rules expect."""
    said = hours.apart(unicodedata.normalize("NFC", text))[0].lower()
    for pattern, spelling in _ACCENTED:
        said = re.sub(rf"\b{pattern}\b" if pattern[-1] != ")" else rf"\b{pattern}", spelling, said)
    said = bare(said)
    for pattern, rewritten in _TABLE:
        said = compiled(pattern).sub(rewritten, said)
    return english.plain(said)
