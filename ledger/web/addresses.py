"""Addresses of pages: which entry, asked of which moment.

An address holds its clocks under the names they have on the command line. Without them a page is of today and of all
that is recorded; one that names the day and the position of the log is the same page for ever.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from ledger import dates
from ledger.domain.clocks import Clocks
from ledger.domain.errors import ClockUnclear
from ledger.ledger import Ledger
from ledger.views import moments

AS_OF, REPORTED_BY, RECORDED_BY = "as-of", "reported-by", "recorded-by"
CLOCKS = (AS_OF, REPORTED_BY, RECORDED_BY)


def clocks(ledger: Ledger, query: Mapping[str, str], today: date) -> Clocks:
    """The moment that an address is asked of; `recorded_by` is a position of the log."""
    recorded = query.get(RECORDED_BY, "").strip()
    position: str | int | None = None
    if recorded.removeprefix("#").isdecimal() and len(recorded) <= 15:
        position = int(recorded.removeprefix("#"))
    elif moments.TIME.fullmatch(recorded):
        position = moments.recorded_time(recorded)
    elif recorded:
        position = _day(RECORDED_BY, recorded, today)
    return Clocks(
        _day(AS_OF, query.get(AS_OF, ""), today),
        _day(REPORTED_BY, query.get(REPORTED_BY, ""), today),
        ledger.position_at(position),
    )


def link(path: str, asked: Clocks, **more: object) -> str:
    """A path with the clocks it is asked of, and what else the page is asked."""
    named = {AS_OF: asked.as_of, REPORTED_BY: asked.reported_by, RECORDED_BY: asked.recorded_by}
    given = {name: value for name, value in {**named, **more}.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def _day(option: str, text: str, today: date) -> str | None:
    text = text.strip()
    if not text:
        return None
    when = dates.parse(text, today, looking="back")
    if when.latest is None:
        raise ClockUnclear(option=option, text=text)
    return when.latest.isoformat()
