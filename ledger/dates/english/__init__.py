"""The date phrases of readouts, read as EDTF relative to the day they were said.

Promises: a phrase is never read more precisely than it was said and never guessed at; other text is refused
with a suggestion. Every choice of meaning is a row of CONVENTIONS. `ledger.dates` is the public face.
tests/ledger/phrases states all this.

Modules import only those before them: conventions and days; spelling; advice; saying; spans; from_today
and ranges; rules.
"""

from datetime import date

from ledger.dates.calendar import MONTHS, month_length
from ledger.dates.conventions import CONVENTIONS, about
from ledger.dates.english.advice import EXAMPLES, FORMS, shown

__all__ = ["CONVENTIONS", "EXAMPLES", "FORMS", "MONTHS", "about", "month_length", "read", "shown"]


def read(text: str, said_on: date | None, looking: str) -> str:
    """EDTF for the phrase; "" when it says that the date is not known. Raises the Date* refusals."""
    from ledger.dates.english import grammar  # only a phrase pays for them: most commands read none

    return grammar.read(text, said_on, looking)
