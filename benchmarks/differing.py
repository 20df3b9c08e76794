"""The row `diff`: what changed between two days, through the library."""

from datetime import date, timedelta

from benchmarks import ledgers
from benchmarks.asking import days, ms
from benchmarks.measuring import PARLEY, Result, Row, Target, alone, in_turn, timed
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger
from ledger.queries.diff import diff as differences

QUARTER = "Parley, a quarter apart"
EVERY_FIELD = "Parley, every field (`--json`)"


def measure(size: str, quick: bool) -> Result:
    """Compare any two days of the ten years, and two days a quarter apart, as `parley diff` does before it prints.

    With `--json`, `parley diff` also compares every field of every statement.
    """
    turns = 20 if quick else 60
    ledger, day, quarter, other = ledgers.ledger_of(size), days(3), days(4), days(5)
    subjects = {
        PARLEY: lambda: diff(ledger, day(), day()),
        QUARTER: lambda: diff(ledger, one := quarter(), (date.fromisoformat(one) + timedelta(days=91)).isoformat()),
        EVERY_FIELD: lambda: diff(ledger, other(), other(), every_field=True),
    }
    with ledger:
        result = Result("diff", size, in_turn(subjects, turns))
    result.peaks[PARLEY] = alone(diff_many, size, turns).peak
    return result


def diff(ledger: Ledger, one: str, other: str, *, every_field: bool = False) -> None:
    """Find the differences between the earlier day and the later one."""
    was, is_ = (ledger.views(Clocks(day), NEGOTIATION) for day in sorted((one, other)))
    differences(was, is_, every_field=every_field)
    was.close()
    is_.close()


def diff_many(size: str, turns: int) -> float:
    """The seconds that Parley takes in a separate process, where its memory is measured."""
    ledger, day = ledgers.ledger_of(size), days(3)
    with ledger:
        return timed(lambda: diff(ledger, day(), day()), turns)


ROW = Row(
    "diff",
    "`diff` of two days, one negotiation",
    measure,
    (
        Target("reach at least", "50 ms, any two days", lambda r: ms(r.median()), 50, at_most=True),
        Target("reach at least", "50 ms, every field", lambda r: ms(r.median(EVERY_FIELD)), 50, at_most=True),
        Target("reach at least", "50 ms, a quarter apart", lambda r: ms(r.median(QUARTER)), 50, at_most=True),
        Target("aim", "10 ms, any two days", lambda r: ms(r.median()), 10, at_most=True),
        Target("aim", "10 ms, a quarter apart", lambda r: ms(r.median(QUARTER)), 10, at_most=True),
    ),
    "difference",
)
