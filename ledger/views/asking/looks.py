"""Stores when each keeper last looked at the record, so that they can ask what has changed since.

The file next to the ledger (`ledger.looks.json`) is a convenience and not part of the record: errors in writing it are
ignored, and a damaged file counts as empty.
"""

from contextlib import suppress
from pathlib import Path

from ledger import dates
from ledger.base import companions
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.clocks import Clocks, Moment
from ledger.views.errors import NeverLooked

LAST_LOOK = "last-look"
FILE = "looks.json"


def remember(ledger: Path, keeper: str, day: str, position: int) -> None:
    """Store that the keeper looks at the record now, as of a day and up to a position of the log."""
    with suppress(OSError):
        companions.store(ledger, FILE, keeper, {"as_of": day, "position": position})


def last(ledger: Path, keeper: str) -> Moment:
    """The moment at which the keeper last looked; refused if none is stored."""
    try:
        found = companions.stored(ledger, FILE)[keeper]
        day, position = dates.valid(found["as_of"]).edtf, int(found["position"])
    except (ValueError, KeyError, TypeError, AttributeError, DateNotUnderstood):
        raise NeverLooked(keeper=keeper) from None
    return Moment(Clocks(day, None, position), f"your last look ({dates.When(day).describe()})")
