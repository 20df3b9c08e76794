"""Figures: amounts that are exact, ranges, bounds or approximate; their comparison; and, in `reading`, their parsing.

A question compares amounts but parses none, so this does not import `reading`.
"""

from ledger.figures.amount import Amount, compatible, more_precise

__all__ = ["Amount", "compatible", "more_precise"]
