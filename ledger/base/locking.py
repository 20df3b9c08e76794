"""Waits for a lock that another process holds, such as the lock of writers: in short random steps, up to a limit.

SQLite's own handler waits longer after each attempt, up to a tenth of a second, so the process that has waited longest
retries least often, and among many writers some starve. Steps of one or two milliseconds give all the same chance.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from ledger.base.errors import BadWait

LOCK_TIMEOUT = 30  # seconds
VARIABLE = "PARLEY_WAIT"  # the environment variable that sets another number of seconds
LONGEST = 86_400
SILENCE = 1.0  # seconds before the user is told
STEP = (0.0005, 0.002)  # seconds from one attempt to the next
BUSY = ("locked", "busy", "locking protocol")  # in SQLite's errors about a file that another process has locked

LOG = "Waiting for another process that is writing to the ledger…"
VIEWS = "Waiting for another process that is writing the views of the ledger…"

T = TypeVar("T")


def _nothing(sentence: str) -> None:
    """Print nothing: the default of the library."""


tell: Callable[[str], None] = _nothing  # the command line sets it to print the message


def limit() -> float:
    """The number of seconds to wait for another process; refused if PARLEY_WAIT is not a valid number."""
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return LOCK_TIMEOUT
    try:
        seconds = float(text)
    except ValueError:
        raise BadWait(text=text, most=LONGEST) from None
    if not 0 <= seconds <= LONGEST:
        raise BadWait(text=text, most=LONGEST)
    return seconds


def is_busy(error: Exception) -> bool:
    """Whether an SQLite error means that another process has locked the file."""
    return any(sign in str(error) for sign in BUSY)


def begin(connection: sqlite3.Connection, told: str) -> None:
    """Begin a transaction with the write lock; raises SQLite's error if another process does not release it in time.

    `told` is the message to a user who must wait.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        until_free(lambda: connection.execute("BEGIN IMMEDIATE"), told)
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(limit() * 1000)}")


def until_free(attempt: Callable[[], T], told: str) -> T:
    """Repeat `attempt` until the file is free, and return its result; after the limit, its error is raised."""
    started = time.monotonic()
    silent = True
    while True:
        try:
            return attempt()
        except (sqlite3.OperationalError, BlockingIOError) as error:
            waited = time.monotonic() - started
            if waited >= limit() or not (isinstance(error, BlockingIOError) or is_busy(error)):
                raise
        if silent and waited >= SILENCE:
            silent = False
            tell(told)
        from random import uniform  # imported only if the process must wait

        time.sleep(uniform(*STEP))  # noqa: S311 (not used for secrets)
