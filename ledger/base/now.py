"""The machine's clock: the only module that reads it, so that a test can set the time."""

import os
from datetime import UTC, date, datetime

from ledger.base.errors import BadTimeZone


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """The present day in UTC, which is the day under which the log records."""
    return now().astimezone(UTC).date()


def today() -> date:
    """Today's date in the user's time zone; refused if that zone cannot be."""
    try:
        return now().astimezone().date()
    except ValueError:
        raise BadTimeZone(text=os.environ.get("TZ", "")) from None
