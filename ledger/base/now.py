"""The machine's clock. No other module reads it, so a test can set the time here."""

import os
import time as system
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from ledger.base.errors import BadTimeZone

BEHIND = timedelta(minutes=1)  # the clock may be set back by less without a warning
AHEAD = timedelta(days=366)  # a ledger may be unused for less without a warning
APART = 300  # seconds by which the clocks of this machine and of a server may differ without a warning

UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds"))


def _nothing(sentence: str) -> None:
    """Print nothing: the default of the library."""


warn: Callable[[str], None] = _nothing  # the command line sets it to print the warning


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """Today's date in UTC, the time zone of the log."""
    return now().astimezone(UTC).date()


def today() -> date:
    """Today's date in the user's time zone; refused if the time zone is impossible."""
    return _local_day(now())


def day_of(time: str) -> str:
    """The day (ISO) in the user's time zone at a time of the log; refused if the time zone is impossible."""
    return _day_of_minute(f"{time[:16]}Z", system.tzname, system.timezone)


@lru_cache(maxsize=64)
def _day_of_minute(minute: str, *_zone: object) -> str:
    """The day of all times in a minute; the arguments name the time zone, because a process may change it."""
    return _local_day(datetime.fromisoformat(minute)).isoformat()


def warn_of_leap(newest: str, present: datetime) -> None:
    """Warn the user if the clock is behind the time of the newest event in the log, or more than a year ahead."""
    gap = present - datetime.fromisoformat(newest)
    clock, event = f"{present.astimezone(UTC):%Y-%m-%d %H:%M}", f"{newest[:16].replace('T', ' ')}"
    if gap < -BEHIND:
        warn(
            f"This machine's clock says {clock} UTC, but the newest event was recorded at {event} UTC. The new events"
            " are recorded at that time, too: no event is recorded before the one that it follows."
        )
    elif gap > AHEAD:
        warn(
            f"This machine's clock says {clock} UTC, over a year after the newest event ({event} UTC). If the clock is"
            " wrong, set it before you record more: no later event can be recorded at an earlier time."
        )


def clock() -> float:
    """The seconds since 1970, UTC, by the clock of this machine."""
    return system.time()


def apart(server: float) -> str:
    """A warning if this machine's clock differs from that of a server (seconds since 1970, UTC); "" if not by much."""
    gap = clock() - server
    if abs(gap) <= APART:
        return ""
    size, unit = next((size, unit) for size, unit in UNITS if abs(gap) >= 2 * size or size == 1)
    return (
        f"This machine's clock is {round(abs(gap) / size)} {unit} {'ahead of' if gap > 0 else 'behind'} the server's:"
        " what is recorded here has this machine's time, and answers are as of its day."
    )


def _local_day(moment: datetime) -> date:
    try:
        return moment.astimezone().date()
    except ValueError:
        raise BadTimeZone(text=os.environ.get("TZ", "")) from None
