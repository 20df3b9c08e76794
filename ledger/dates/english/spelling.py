"""Normalises the spelling of phrases for the rules, and defines the words that the rules share.

Promises: capitals, spaces, punctuation, abbreviations and the time of day make no difference; no word is guessed.
"""

import re
from collections.abc import Callable

from ledger.dates import hours
from ledger.dates.calendar import MONTHS, WEEKDAYS
from ledger.dates.phrase import compiled

COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "forty five": 45, "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
DAYS_AWAY = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_TENTHS = {"first": "early", "mid": "mid", "second": "mid", "last": "late"}
_WORDS = (
    {name[:3]: name for name in (*MONTHS, *WEEKDAYS)}
    | {"sept": "september", "tues": "tuesday", "thur": "thursday", "thurs": "thursday", "fall": "autumn"}
    | {"opening": "start", "middle": "mid", "close": "end", "latter": "second", "closing": "last", "sooner": "earlier"}
    | {"final": "last", "previous": "last", "current": "this", "following": "next", "tonight": "today"}
    | {"midyear": "mid year", "midweek": "mid week", "now": "today", "asap": "soon", "upcoming": "coming"}
    | {"h1": "first half", "h2": "second half", "1h": "first half", "2h": "second half"}
    | {f"{number}q": f"q{number}" for number in range(1, 5)}
    | {"the": "", "thru": "to", "till": "until", "toward": "near", "towards": "near"}
)

MONTH, WEEKDAY = "(?:" + "|".join(MONTHS) + ")", "(?:" + "|".join(WEEKDAYS) + ")"
SEASON_NAME = "(?:spring|summer|autumn|winter)"
YEAR, DAY = "[1-9][0-9]{3}", "[0-9]{1,2}(?:st|nd|rd|th)?"
COUNT = "([0-9]{1,3}|" + "|".join(COUNTS) + ")"
UNIT = "(day|week|fortnight|month|year)s?"


def _iso_in_words(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{day or ''} {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match[0]


def _days_of_month(match: re.Match[str]) -> str:
    first, last, month, year = match.groups()
    return f"{first} to {last} {MONTHS[int(month) - 1]} {year or ''}" if 1 <= int(month) <= 12 else match[0]


def _days_in_a_row(match: re.Match[str]) -> str:
    first, second, third = (int(day) for day in match.groups())
    return f"{first} to {third}" if (second, third) == (first + 1, first + 2) else match[0]


def _whole_days(match: re.Match[str]) -> str:
    days, over = divmod(int(match[1]), 24)
    return match[0] if over or not days else f"{days} days"


_NO_MONTH = "".join(f"(?<!{name} )(?<!{name[:3]} )(?<!{name[:3]}. )" for name in MONTHS)
_DAY_IN_MONTH = rf"{MONTH} {DAY}(?: {YEAR})?|{DAY} {MONTH}(?: {YEAR})?"
# Applied in this order, each to the result of the one before.
_SPELLINGS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"['\u2019]|\([0-9]+\)|\([a-z ]*time\)|\blocal time\b", ""),
    (rf"\b({YEAR})[-/.]([0-9]{{1,2}})(?:[-/.]([0-9]{{1,2}}))?(?![-/0-9]|\.[0-9])", _iso_in_words),
    (rf"\b([0-9]{{1,2}})[-.]([0-9]{{1,2}})[-.]({YEAR})\b", r"\1/\2/\3"),
    (
        rf"{_NO_MONTH}(?<![/0-9])([0-9]{{1,2}}) ?- ?([0-9]{{1,2}})/([0-9]{{1,2}})(?:/({YEAR}))?(?![/0-9])",
        _days_of_month,
    ),
    (r"\b([0-9]{1,2}), ?([0-9]{1,2}),? and ([0-9]{1,2})\b", _days_in_a_row),
    (rf"\b({YEAR})[- ]?(h[12]|q[1-4]|[12]h|[1-4]q)\b", r"\2 \1"),
    (rf"\b(h[12]|q[1-4]|[12]h|[1-4]q)[-/ ]?(?={YEAR})", r"\1 "),
    (r"-(to|or)-", r" \1 "),
    (r"[,()]|(?<=[a-z])\.", " "),
    (r"[a-z0-9]+", lambda match: _WORDS.get(match[0], match[0])),
    (r"(?<!not )(?<!no )\b(?:before|ahead of|prior to|earlier than) +@", "by @"),
    (r"(?<!not )(?<!no )\b(?:after|later than) +@", "on or after @"),
    (rf"(?<!\d )(?<!(?:st|nd|rd|th|of) )\b({MONTH}) @", r"\1 at an hour"),  # "June 2 a.m." names no day
    (r" - @ *$|^ *@ - ", " "),
    (r"(?<=\S) @ +(?:on|of)\b|@", " "),
    (r"  +", " "),
    (r"\bbeginning (?=of\b)", "start "),
    (r"\b(first|mid|second|last) (?:ten|10) days of\b", lambda match: _TENTHS[match[1]]),
    (r"\b(first|last) (?:few|several|couple of) days of\b", r"\1 days of"),
    (r"\b(days|weeks|months) (?:ahead|to come)\b", r"coming \1"),
    (r"\b(1st|2nd) (?=half|week)", lambda match: "first " if match[1] == "1st" else "second "),
    (r"\b(early|mid)[- /]+(mid|late)\b(?! week)", r"\1 to \2"),
    (r"\b(early|mid|late|start|end|year|month|quarter|q[1-4])- ?(?=[a-z0-9])", r"\1 "),
    (rf"\b({MONTH}(?: {YEAR})?)-? ?(end|start)\b", r"\2 of \1"),
    (rf"\b({MONTH}(?: {YEAR})?) (first|second|third|fourth|last) (half|week)\b", r"\2 \3 of \1"),
    (r"\b(year|month|quarter|week)s? end\b", r"end of \1"),
    (rf"\byear (?={YEAR})|\bmonth of (?={MONTH})", ""),
    (rf"\b({_DAY_IN_MONTH}) ({WEEKDAY})\b", r"\2 \1"),
    (r"(?<=[a-z]) ?/ ?(?=[a-z])", " or "),
    (rf"\b({MONTH})-({MONTH})\b", r"\1 to \2"),
    (r" - |(?<=[0-9a-z]) ?- ?(?=[0-9])|(?<=[0-9]) ?- ?(?=[a-z])", " to "),
    (r"\bthis (?:morning|afternoon|evening)\b|\b(?:earlier|later) today\b", "today"),
    (r"\blast night\b", "yesterday"),
    (r"\b(?:morning|afternoon|evening|night) of | (?:morning|afternoon|evening|night)$", " "),
    (r"\blast quarter of\b", "q4 of"),
    (r"\bchristmas eve\b", "24 december"),
    (r"\bchristmas day\b", "25 december"),
    (r"\bnew years? eve\b", "31 december"),
    (r"\bnew years day\b", "1 january"),
    (r"\b(?:before|ahead of|prior to) christmas\b", "by 24 december"),
    (r"\b(?:before|ahead of|prior to) new year\b", "by 31 december"),
    (r"\bafter christmas\b", "after 25 december"),
    (r"\bby new year\b", "by 1 january"),
    (r"\bafter new year\b", "after 1 january"),
    (r"\b(?:working|business) (week|day)(?=s?\b)", r"working \1"),
    (r"\b(start|end) of working week\b", lambda match: {"start": "monday", "end": "friday"}[match[1]]),
    (r"\b(first|1st|second|2nd|third|3rd|fourth|4th) quarter\b", lambda match: f"q{_ORDINALS[match[1]]}"),
    (r"\b([0-9]{2,3}) hours\b", _whole_days),
    (r"\b(?:a|an|one) (day|week|month|year) or (?:two|2)\b", r"1 to 2 \1s"),
)


def plain(text: str) -> str:
    """The phrase in the spelling that the rules expect."""
    said = hours.apart(text)[0].lower()
    for pattern, spelling in _SPELLINGS:
        said = compiled(pattern).sub(spelling, said)
    return " ".join(said.split()).strip(' .;:!?"\u201c\u201d\u2018')
