"""The date phrases of Vietnamese readouts, with and without diacritics; the day comes before the month.

A phrase is rewritten in the spelling that the rules of English are written for, so both languages mean the same by the
same conventions, and an English phrase is read as well. What is Vietnamese alone reads two ways here: `grammar` has it.
"""

from ledger.dates import english
from ledger.dates.vietnamese.advice import EXAMPLES
from ledger.dates.vietnamese.grammar import READINGS, WINDOWS
from ledger.dates.vietnamese.spelling import plain

LANGUAGE = english.LANGUAGE._replace(
    plain=plain,
    readings=READINGS + english.LANGUAGE.readings,
    windows=WINDOWS + english.LANGUAGE.windows,
    examples=EXAMPLES,
)
