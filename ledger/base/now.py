"""The machine's clock: the only module that reads it, so that a test can set the time."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """The present day in UTC, which is the day under which the log records."""
    return now().astimezone(UTC).date()


def today() -> date:
    """Today's date in the user's time zone."""
    return now().astimezone().date()
