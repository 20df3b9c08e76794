"""Waiting for a lock that another process holds: up to a limit, with a message to the user, in short random steps.

SQLite's own handler waits longer after each attempt, up to a tenth of a second, so the process that has waited longest
tries least often; among many writers some starve. Steps of one or two milliseconds give all the same chance.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from ledger.base.errors import BadWait

LOCK_TIMEOUT = 30  # seconds
VARIABLE = "PARLEY_WAIT"  # an environment variable with another number of seconds
LONGEST = 86_400
SILENCE = 1.0  # seconds before the user is told
STEP = (0.0005, 0.002)  # seconds from one attempt to the next
BUSY = ("locked", "busy", "locking protocol")  # in SQLite's errors on a file that another process holds

LOG = "Waiting for another process that is writing to the ledger…"
VIEWS = "Waiting for another process that is writing the views of the ledger…"

T = TypeVar("T")


def _nothing(sentence: str) -> None:
    """A library does not talk to the user."""


tell: Callable[[str], None] = _nothing  # the command line sets its own


def limit() -> float:
    """How many seconds to wait for another process; refused when PARLEY_WAIT is not a number of seconds."""
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
    """Whether an SQLite error says that another process holds the file."""
    return any(sign in str(error) for sign in BUSY)


def begin(connection: sqlite3.Connection, told: str) -> None:
    """Begin a transaction that holds the write lock; SQLite's error when another process does not release it in time.

    `told` is the message to a user who must wait.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        until_free(lambda: connection.execute("BEGIN IMMEDIATE"), told)
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(limit() * 1000)}")


def until_free(attempt: Callable[[], T], told: str) -> T:
    """Repeat `attempt` until the file is free, and return its result; its own error after the limit."""
    seconds = limit()
    started = time.monotonic()
    silent = True
    while True:
        try:
            return attempt()
        except (sqlite3.OperationalError, BlockingIOError) as error:
            waited = time.monotonic() - started
            if waited >= seconds or not (isinstance(error, BlockingIOError) or is_busy(error)):
                raise
        if silent and waited >= SILENCE:
            silent = False
            tell(told)
        from random import uniform  # imported only by a process that must wait

        time.sleep(uniform(*STEP))  # noqa: S311 (nothing secret depends on it)
