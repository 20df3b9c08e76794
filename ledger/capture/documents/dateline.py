"""Reads the title, agency and day of a report from its first lines, such as the dateline.

A day without a year is not used, nor a first line that may be a sentence of the text: the keeper enters them instead.
"""

import re
from datetime import date

from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.capture.documents.document import Extracted
from ledger.dates import parse
from ledger.errors import Refusal

_FIRST_LINES = 12
_LONGEST_TITLE = 30  # words
_MONTH = r"[A-Z][a-z]{2,8}\.?"  # whether it is one is for `ledger.dates` to say: a list of months is slow to compile
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
# "HANOI, May 22, 2025 (VNA) –", "Brussels, 4 June 2025", "(Reuters) -"
_DATELINE = (
    rf"{CAPITAL}[\w .,’'/-]{{1,40}}?,?\s*(?:\(?(?P<day>{_DAY})\)?)?\s*"
    r"\((?P<agency>[A-Z][\w .&-]{1,30})\)\s*[-–—:]"
)
_ALONE = (
    rf"(?:(?i:Published|Updated|Posted|Released|Last updated|Date|Issued)(?: on)?:?\s*)?"
    rf"(?:{CAPITAL}[\w .’'-]{{1,40}},\s+)?(?:\w+day,?\s+)?(?P<day>{_DAY})(?:[,|\s–-]+\d{{1,2}}:\d\d.{{0,20}})?\.?"
)
_BEGINS_WITH_DAY = rf"{CAPITAL}[\w .’'-]{{1,40}},?\s+\(?(?P<day>{_DAY})\)?\s*(?:[-–—:(]|$)"
# "Nordic Fish Wire, 15 March 2024", "By Jane Doe, Reuters", "Source: VNA", or a line with only a publisher.
_SAID_SO = (
    r"(?:(?:Source|Publisher|Published by|Issued by|Released by|From)\s*[:\s]\s*|By [A-Z][^,|]{2,40}[,|]\s+)"
    rf"(?P<publisher>[^|•·]{{2,60}}?)(?:\s*[,|•·–—-]\s*(?:\w+day,?\s+)?(?P<day>{_DAY}).{{0,20}})?"
)
_WITH_DAY = (
    rf"(?P<publisher>{CAPITAL}[^|•·()]{{1,60}}?)\s*[,|•·–—-]\s*(?:\w+day,?\s+)?(?P<day>{_DAY})"
    r"(?:[,|\s–-]+\d{1,2}:\d\d.{0,20})?\.?"
)
_BYLINE = rf"^[Bb]y (?:[\w’'-]+\s+){{0,5}}[\w’'-]{{3,}}\.\s+(?={CAPITAL})"  # "By our staff. ", before the publisher
_PUBLISHES = (
    r"\b(?:Times|News|Agency|Ministry|Department|Post|Daily|Wire|Press|Journal|Commission|Council|Secretariat|Office|"
    r"Reuters|AFP|AP|Xinhua|TASS|Tass|VNA|Bloomberg|Interfax|Yonhap|Kyodo|ANSA|EFE|Anadolu|BBC|CNN|Herald|Tribune|Gazette|"
    r"Observer|Guardian|Star|Review|Monitor|Bulletin|Chronicle|Today|Online|Service|Mission|Embassy|Directorate|Weekly|"
    r"Standard|Mail|Sun|Nation|Telegraph|Independent|Globe|Economist|Politico|Agri\w*|\w+\.(?:com|org|net|int|gov|eu))\b"
)
_VIETNAMESE = compiled(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_ENGLISH = compiled(r"\b(?:the|of|and|to|in|that|for)\b")


def completed(document: Extracted) -> Extracted:
    """The document, with values from its first lines where its metadata has none; a day in them takes precedence."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    agency, day = _dateline(lines[:_FIRST_LINES])
    agency = agency or _publisher(lines[1:4])
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
    return (
        " ".join(first.split())
        if headline and not cased(_ALONE).fullmatch(first) and not cased(_DATELINE).match(first)
        else ""
    )


def _publisher(lines: list[str]) -> str:
    """The publisher that stands on a line of its own below the title, alone or with the day."""
    for line in (cased(_BYLINE).sub("", line) for line in lines):
        told = cased(_SAID_SO).fullmatch(line)
        if told:
            return told["publisher"].strip()
        dated = cased(_WITH_DAY).fullmatch(line)
        name = (dated["publisher"] if dated else line).strip()
        alone = len(name.split()) <= 8 and not name.endswith((".", ":", ",", ";", "”", "?"))
        if alone and cased(_PUBLISHES).search(name) and (dated or name == line):
            return name
        if dated and len(name.split()) > 2 and not re.search(r"\bD\.?C\b", name):
            return name
    return ""


def _dateline(lines: list[str]) -> tuple[str, date | None]:
    agency, day = "", None
    for line in lines:
        if not re.search(r"\d{4}|\(", line):
            continue
        told = cased(_DATELINE).match(line)
        if told:
            agency = agency or told["agency"].strip()
        dated = (
            cased(_ALONE).fullmatch(line)
            or (told if told and told["day"] else None)
            or cased(_BEGINS_WITH_DAY).match(line)
        )
        dated = dated or cased(_WITH_DAY).fullmatch(line) or cased(_SAID_SO).fullmatch(line)
        day = day or (_day(dated["day"]) if dated and dated["day"] else None)
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
