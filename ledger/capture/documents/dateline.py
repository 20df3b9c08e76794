"""Reads the title, agency and day of a report from its first lines, such as the dateline.

A day without a year is not used, nor a first line that may be a sentence of the text: the keeper enters them instead.
"""

import re
from datetime import date

from ledger.capture.documents.document import Extracted
from ledger.dates import parse
from ledger.errors import Refusal

_FIRST_LINES = 12
_LONGEST_TITLE = 30  # words
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_DAY = rf"(?:(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTH}),?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
# "HANOI, May 22, 2025 (VNA) –", "Brussels, 4 June 2025", "(Reuters) -"
_DATELINE = re.compile(
    rf"[A-ZÀ-ỸĐ][\w .,’'/À-ỹđ-]{{1,40}}?,?\s*(?:\(?(?P<day>{_DAY})\)?)?\s*"
    r"\((?P<agency>[A-Z][\w .&-]{1,30})\)\s*[-–—:]"
)
_ALONE = re.compile(
    rf"(?:(?:Published|Updated|Posted|Released|Last updated|Date|Issued)(?: on)?:?\s*)?"
    rf"(?:[A-ZÀ-ỸĐ][\w .’'À-ỹđ-]{{1,40}},\s+)?(?:\w+day,?\s+)?(?P<day>{_DAY})(?:[,|\s–-]+\d{{1,2}}:\d\d.{{0,20}})?\.?",
    re.IGNORECASE,
)
_BEGINS_WITH_DAY = re.compile(rf"[A-ZÀ-ỸĐ][\w .’'À-ỹđ-]{{1,40}},?\s+\(?(?P<day>{_DAY})\)?\s*(?:[-–—:(]|$)")
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|for)\b", re.IGNORECASE)


def completed(document: Extracted) -> Extracted:
    """The document, with values from its first lines where its metadata has none; a day in them takes precedence."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    agency, day = _dateline(lines[:_FIRST_LINES])
    plain = document.original.type == "text/plain" or not document.title
    return document._replace(
        title=document.title or (_title(lines) if plain else ""),
        publisher=document.publisher or agency,
        published=day or document.published,
        language=document.language or language_of(document.text),
    )


def _title(lines: list[str]) -> str:
    """The first line, if it is a headline: short, without a full stop, and followed by other text; else ""."""
    first = lines[0] if len(lines) > 1 else ""
    headline = first and len(first.split()) <= _LONGEST_TITLE and not first.endswith((".", ":", ",", ";", "”"))
    return " ".join(first.split()) if headline and not _ALONE.fullmatch(first) and not _DATELINE.match(first) else ""


def _dateline(lines: list[str]) -> tuple[str, date | None]:
    agency, day = "", None
    for line in lines:
        told = _DATELINE.match(line)
        if told:
            agency = agency or told["agency"].strip()
        dated = _ALONE.fullmatch(line) or (told if told and told["day"] else None) or _BEGINS_WITH_DAY.match(line)
        day = day or (_day(dated["day"]) if dated else None)
    return agency, day


def _day(words: str) -> date | None:
    try:
        when = parse(" ".join(words.split()))
    except Refusal:
        return None
    return when.latest if when.earliest == when.latest else None


def language_of(text: str) -> str:
    """`en` or `vi`, by the letters and words of the text; "" if it is in neither language."""
    near = text[:20_000]
    words = len(near.split()) or 1
    if len(_VIETNAMESE.findall(near)) > words / 2:
        return "vi"
    return "en" if len(_ENGLISH.findall(near)) > words / 12 else ""
