"""What changed between two days: `diff` by the library."""

from benchmarks import ledgers
from benchmarks.asking import days
from benchmarks.measuring import PARLEY, Result, Row, Target, alone, in_turn, timed
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger, differences


def measure(size: str, quick: bool) -> Result:
    """Both days at random, the same work as `parley diff` does before it prints."""
    turns = 20 if quick else 60
    ledger, day = ledgers.ledger_of(size), days(3)
    result = Result("diff", size, in_turn({PARLEY: lambda: diff(ledger, day(), day())}, turns))
    result.peaks[PARLEY] = alone(diff_many, size, turns).peak
    return result


def diff(ledger: Ledger, one: str, other: str) -> None:
    """The differences from the earlier day to the later."""
    was, is_ = (ledger.views(Clocks(day), NEGOTIATION) for day in sorted((one, other)))
    differences.between(is_, differences.snapshot(was), differences.snapshot(is_))
    was.close()
    is_.close()


def diff_many(size: str, turns: int) -> float:
    """Parley alone."""
    ledger, day = ledgers.ledger_of(size), days(3)
    return timed(lambda: diff(ledger, day(), day()), turns)


ROW = Row(
    "diff",
    "`diff` of two days, one negotiation",
    measure,
    (
        Target("reach at least", "50 ms", lambda r: (r.median() or 0) * 1_000, 50, at_most=True),
        Target("aim", "10 ms", lambda r: (r.median() or 0) * 1_000, 10, at_most=True),
    ),
    "difference",
)
