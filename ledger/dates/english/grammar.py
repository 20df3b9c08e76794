"""Phrases read whole: by, before, after, since and about another phrase; a range; a span.

Promises: where no year is named, one is chosen for the phrase as a whole; what no rule reads is refused.
"""

import re
from datetime import date, timedelta

from ledger.dates.conventions import about
from ledger.dates.english.advice import FORMS, shown
from ledger.dates.english.ranges import RANGES, lasting_from
from ledger.dates.english.relative import FROM_TODAY
from ledger.dates.english.spans import read_span
from ledger.dates.english.spelling import plain
from ledger.dates.errors import DateNeedsADay
from ledger.dates.phrase import Reading, ReadingRules, Saying, ending, exactly, starting

_STANDING = (
    r"\b(?:(?:bi)?weekly|(?:bi)?monthly|fortnightly|quarterly|annually|yearly|daily|regular(?:ly)?|periodic(?:ally)?"
    r"|every|each|standing|ongoing|continu[a-z]+|routinely|from time to time|as needed|when necessary)\b"
)


def read(text: str, said_on: date | None, looking: str) -> str:
    """EDTF for the phrase; "" when it says that the date is not known. Raises the Date* refusals."""
    saying, said = Saying(text, said_on, looking), plain(text)
    if re.search(_STANDING, said):
        saying.refuse("That is a rhythm, not a date: leave the date empty and say standing.")
    try:
        _read(saying, said)
        if saying.year_assumed:
            _settle_year(saying, said)
        saying.settled = True
        return _read(saying, said).edtf
    except (OverflowError, ValueError):  # of datetime, for days beyond the years 1 to 9999
        saying.refuse("Only the years 1000 to 9999 can be kept.")


def _settle_year(saying: Saying, said: str) -> None:
    """Ahead: of the first such window that ends on or after the day it was said. Back: of the last begun."""
    if saying.said_on is None:
        raise DateNeedsADay(text=shown(saying.text), suggestion="Add the year. " + FORMS)
    ahead, today = saying.looking == "ahead", saying.said_on
    for step in (-1, 0, 1) if ahead else (1, 0, -1):
        saying.year = today.year + step
        _, first, last = _read(saying, said)
        edge = (last or first) if ahead else (first or last)
        if edge and (edge >= today if ahead else edge <= today):
            return


def _read(saying: Saying, said: str) -> Reading:
    for pattern, rule in _READINGS:
        if match := re.fullmatch(pattern, said):
            return rule(saying, *match.groups())
    return exactly(read_span(saying, said))


def _unknown(saying: Saying) -> Reading:
    return Reading("", None, None)


def _by(saying: Saying, said: str) -> Reading:
    last = _read(saying, said).last
    return ending(last) if last else saying.refuse()


def _before(saying: Saying, said: str) -> Reading:
    first = _read(saying, said).first
    return ending(first - timedelta(1)) if first else saying.refuse()


def _not_before(saying: Saying, said: str) -> Reading:
    first = _read(saying, said).first
    return starting(first) if first else saying.refuse()


def _after(saying: Saying, said: str) -> Reading:
    last = _read(saying, said).last
    return starting(last + timedelta(1)) if last else saying.refuse()


def _since(saying: Saying, said: str) -> Reading:
    saying.looking = "back"
    return lasting_from(saying, said)


def _about(saying: Saying, said: str) -> Reading:
    edtf, first, last = _marked(_read(saying, said), "~")
    if edtf[-1:] not in ("~", "%"):
        return Reading(edtf, first, last)
    wider = timedelta(about(edtf.split("/")[-1]))
    return Reading(edtf, first and first - wider, last and last + wider)


def _perhaps(saying: Saying, said: str) -> Reading:
    return _marked(_read(saying, said), "?")


def _marked(reading: Reading, mark: str) -> Reading:
    """A range stays as it is: it says its own doubt."""
    if reading.edtf == "" or "[" in reading.edtf:
        return reading
    sides = [side if side == ".." else _with_mark(side, mark) for side in reading.edtf.split("/")]
    return reading._replace(edtf="/".join(sides))


def _with_mark(side: str, mark: str) -> str:
    bare = side.rstrip("~?%")
    return bare + (mark if side in (bare, bare + mark) else "%")


_READINGS: ReadingRules = (
    (r"no date|undated|(?:date )?(?:unknown|not known|tba|tbc|tbd)", _unknown),
    (r"(?:at )?(?:(?:a )?date )?to be (?:agreed|announced|confirmed|decided|determined|fixed|set)", _unknown),
    *FROM_TODAY,
    (r"(?:before|ahead of|prior to) (end (?:of )?.+)", _by),
    (r"(?:by|until|up to|through|on or before|not? later than|(?:at )?latest(?: by)?) (.+)", _by),
    (r"(.+) at latest", _by),
    (r"(?:before|ahead of|prior to) (.+)", _before),
    (r"(?:on or after|no earlier than|not (?:earlier than|before|until)|as early as) (.+)", _not_before),
    (r"(.+) at earliest", _not_before),
    (r"(?:after|later than) (.+)", _after),
    (r"since (.+)", _since),
    (r"(?:on or )?(?:about|around|circa|ca?|approximately|roughly|near) (.+)", _about),
    (r"(?:perhaps|possibly|probably|maybe) (.+)", _perhaps),
    (r"(?:on|in|at|for|during|over|within|sometime|some time|tentatively|likely) (.+)", _read),
    (
        r"(?:scheduled|expected|planned|slated|set|due|held|to take place|to be held|to start|to begin) (.+)",
        _read,
    ),
    *RANGES,
)
