"""Imprecise dates: `When`, how it is read from EDTF or from the phrases of readouts, and how two of them compare."""

from ledger.dates.when import *  # noqa: F403
