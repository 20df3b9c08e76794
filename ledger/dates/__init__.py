"""Imprecise dates: `When`, its parsing from EDTF and from the phrases of readouts, and its comparison."""

from ledger.dates.edtf import LONGEST
from ledger.dates.ends import surely_late, surely_over, surely_over_after
from ledger.dates.when import (
    When,
    as_limit,
    compatible,
    covers,
    due_in_words,
    ends_on,
    gives_an_end,
    hull,
    joined,
    more_precise,
    parse,
    reported,
    stated,
    surely_after,
    surely_begins,
    valid,
    wholly_after,
)

__all__ = [
    "LONGEST",
    "When",
    "as_limit",
    "compatible",
    "covers",
    "due_in_words",
    "ends_on",
    "gives_an_end",
    "hull",
    "joined",
    "more_precise",
    "parse",
    "reported",
    "stated",
    "surely_after",
    "surely_begins",
    "surely_late",
    "surely_over",
    "surely_over_after",
    "valid",
    "wholly_after",
]
