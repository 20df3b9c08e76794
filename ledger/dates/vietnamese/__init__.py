"""The date phrases of Vietnamese readouts, with and without diacritics; the day comes before the month.

A phrase is rewritten in the spelling of the English rules, so both languages share the same conventions, and English
phrases are understood too. `grammar` has the rules for phrases that are ambiguous only in Vietnamese.
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
