"""The one place that asks the machine what time it is."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """The present day in UTC, which is the day under which the log records."""
    return now().astimezone(UTC).date()


def today() -> date:
    """The present day where the user is."""
    return now().astimezone().date()
