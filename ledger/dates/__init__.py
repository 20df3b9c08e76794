"""Imprecise dates: `When`, its parsing from EDTF and from the phrases of readouts, and its comparison."""

from ledger.dates.edtf import LONGEST
from ledger.dates.when import When, compatible, covers, more_precise, parse, stated, surely_after, valid

__all__ = ["LONGEST", "When", "compatible", "covers", "more_precise", "parse", "stated", "surely_after", "valid"]
