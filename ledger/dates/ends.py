"""Whether a date is surely over: an end that only a convention gives ("early June", "the coming weeks") may lie later.

A report that names no last day does not say that something is late on the day after the conventional one. So a task due
in early June is surely late only when June is over, and one due in the coming weeks never is.
"""

from datetime import date

from ledger.dates.when import When, surely_after
from ledger.dates.words import over_after


def surely_over_after(when: When) -> date | None:
    """The last day on which the date may still lie ahead; None if no day is surely after it."""
    return over_after(when.earliest, when.latest, when.edtf, when.phrase)


def surely_over(when: When, day: date) -> bool:
    """Whether the date is surely over on a day."""
    last = surely_over_after(when)
    return last is not None and last < day


def surely_late(done: When, due: When) -> bool:
    """Whether a task done on one date was surely done after the date by which it was due."""
    return surely_after(done, due) and done.earliest is not None and surely_over(due, done.earliest)
