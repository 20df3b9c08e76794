"""The machine's clock. No other module reads it, so a test can set the time here."""

import os
from datetime import UTC, date, datetime

from ledger.base.errors import BadTimeZone


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """Today's date in UTC, the time zone of the log."""
    return now().astimezone(UTC).date()


def today() -> date:
    """Today's date in the user's time zone; refused if the time zone is impossible."""
    try:
        return now().astimezone().date()
    except ValueError:
        raise BadTimeZone(text=os.environ.get("TZ", "")) from None
