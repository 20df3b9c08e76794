"""Imprecise dates: `When`, how it is read from EDTF or from the phrases of readouts, and how two of them compare."""

from ledger.dates.edtf import LONGEST
from ledger.dates.when import When, compatible, more_precise, parse, stated, surely_after, valid

__all__ = ["LONGEST", "When", "compatible", "more_precise", "parse", "stated", "surely_after", "valid"]
