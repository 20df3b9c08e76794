"""Addresses of pages, each as of a moment.

An address names the clocks as the command line does. Without them, a page shows today and the whole record. An address
with the day and the position of the log always shows the same page.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from ledger.domain.clocks import Clocks, typed_clocks
from ledger.record import AskableRecord

AS_OF, REPORTED_BY, RECORDED_BY = "as-of", "reported-by", "recorded-by"
CLOCKS = (AS_OF, REPORTED_BY, RECORDED_BY)


def clocks(ledger: AskableRecord, query: Mapping[str, str], today: date) -> Clocks:
    """The moment that an address names, with `recorded_by` as a log position."""
    as_of, reported_by, recorded_by = (query.get(clock, "").strip() for clock in CLOCKS)
    asked = typed_clocks(as_of, reported_by, recorded_by, today)
    return asked._replace(recorded_by=ledger.position_at(asked.recorded_by))


def clock_fields(asked: Clocks) -> list[tuple[str, str]]:
    """The parameters of an address, or the hidden fields of a form, that name a moment."""
    named = ((AS_OF, asked.as_of), (REPORTED_BY, asked.reported_by), (RECORDED_BY, asked.recorded_by))
    return [(name, str(value)) for name, value in named if value not in (None, "")]


def link(path: str, asked: Clocks, **more: object) -> str:
    """The address of a page as of a moment, with further parameters in `more`."""
    given = {**dict(clock_fields(asked)), **{name: value for name, value in more.items() if value not in (None, "")}}
    return f"{path}?{urlencode(given)}" if given else path
