"""The languages of phrases. Each is a folder with a table of rules, loaded when a phrase is parsed.

To add a language, add a folder with a `LANGUAGE`, and a row here.
"""

import re
from datetime import date
from importlib import import_module

from ledger.dates.edtf import FORMS, shown
from ledger.dates.errors import DateNeedsADay
from ledger.dates.phrase import Language, Saying

ENGLISH = "ledger.dates.english"
LANGUAGES = {"en": ENGLISH, "vi": "ledger.dates.vietnamese"}


def read(text: str, said_on: date | None, looking: str, language: str, *, lasting: bool) -> str:
    """The phrase as EDTF; "" if it says that the date is unknown. Raises the Date* refusals.

    For a language without rules, the English rules are used. `vi-VN` is read as `vi`.
    """
    rules: Language = import_module(LANGUAGES.get(language.lower()[:2], ENGLISH)).LANGUAGE
    saying, said = Saying(text, said_on, looking, rules, lasting=lasting), rules.plain(text)
    if re.search(rules.rhythms, said):
        saying.refuse("That is a rhythm, not a date: leave the date empty, and mark a follow-up as standing.")
    try:
        saying.read(said)
        if saying.year_assumed:
            _settle_year(saying, said)
        saying.settled = True
        return saying.read(said).edtf
    except (OverflowError, ValueError):  # from datetime, for days outside the years 1 to 9999
        saying.refuse("Only the years 1000 to 9999 are supported.")


def _settle_year(saying: Saying, said: str) -> None:
    """Choose the year that the phrase leaves out, for the whole phrase.

    Ahead: the first year in which the window ends on or after the day it was said. Back: the last year in which the
    window has begun.
    """
    if saying.said_on is None:
        raise DateNeedsADay(text=shown(saying.text), suggestion="Add the year. " + FORMS)
    ahead, today = saying.looking == "ahead", saying.said_on
    for step in (-1, 0, 1) if ahead else (1, 0, -1):
        saying.year = today.year + step
        _, first, last = saying.read(said)
        edge = (last or first) if ahead else (first or last)
        if edge and (edge >= today if ahead else edge <= today):
            return
