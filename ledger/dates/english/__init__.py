"""Parses the date phrases of English readouts into EDTF, relative to the day they were said.

Promises: a phrase is never read more precisely than it was said, and never guessed; other text is refused with a
suggestion. Every choice of meaning is a row of `CONVENTIONS`. tests/ledger/dates/english tests these promises.
"""

from ledger.dates.english.advice import EXAMPLES
from ledger.dates.english.grammar import READINGS, RHYTHMS
from ledger.dates.english.spelling import plain
from ledger.dates.english.windows import WINDOWS
from ledger.dates.phrase import Language

LANGUAGE = Language(plain, RHYTHMS, READINGS, WINDOWS, EXAMPLES)
