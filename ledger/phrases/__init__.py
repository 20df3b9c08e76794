"""The date phrases of readouts, read as EDTF relative to the day they were said.

Promises: a phrase is never read more precisely than it was said and never guessed at; other text is refused
with a suggestion. Every choice of meaning is a row of CONVENTIONS. `ledger.dates` is the public face.
tests/ledger/phrases states all this.

Modules import only those before them: conventions and days; spelling; advice; saying; spans; from_today
and ranges; rules.
"""

from datetime import date

from ledger.phrases.advice import EXAMPLES, FORMS, shown
from ledger.phrases.conventions import CONVENTIONS, about
from ledger.phrases.days import MONTHS, month_length

__all__ = ["CONVENTIONS", "EXAMPLES", "FORMS", "MONTHS", "about", "month_length", "read", "shown"]


def read(text: str, said_on: date | None, looking: str) -> str:
    """EDTF for the phrase; "" when it says that the date is not known. Raises the Date* refusals."""
    from ledger.phrases import rules  # only a phrase pays for them: most commands read none

    return rules.read(text, said_on, looking)
