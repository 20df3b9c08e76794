"""Figures: amounts that are exact, ranges, bounds or approximate; their reading from words, and their comparison."""

from ledger.figures.amount import Amount, compatible, more_precise
from ledger.figures.reading import LONGEST, FigureRead, parse, same_unit, scale_in, usual_unit

__all__ = [
    "LONGEST",
    "Amount",
    "FigureRead",
    "compatible",
    "more_precise",
    "parse",
    "same_unit",
    "scale_in",
    "usual_unit",
]
