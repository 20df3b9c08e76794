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
_FEWEST = 3  # words of a title below a letterhead
_MONTH = r"[A-Z][a-z]{2,8}\.?"  # whether it is one is for `ledger.dates` to say: a list of months is slow to compile
_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|"
    r"\d{1,2}\.\d{1,2}\.\d{4})"
)
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
# "15 March 2024 – Oslo – Ministry of Fisheries"
_STARTS_WITH_DAY = rf"(?:\w+day,?\s+)?(?P<day>{_DAY})\s*[-–—|•]\s*{CAPITAL}"
_BETWEEN = r"\s*[|•·]\s*|\s+[–—-]\s+"  # the parts of a line such as "Press release | 15 March 2024 | Brussels"
_MOST_PARTS = 4
_LONGEST_PART = 8  # words
_GENRE = (  # what a document calls itself, which is neither its title nor its publisher
    r"(?:for immediate release|(?:joint |press |media |news |official )*"
    r"(?:release|readout|communiqu[eé]|statement|note|advisory|remarks|bulletin|transcript)|readout|"
    r"as (?:delivered|prepared)(?: for delivery)?|check against delivery|"
    r"contact\b.*|tel\b.*|e-?mail\b.*)(?:\s*[:#]?\s*(?:no|nr|number)?\.?\s*[\d/-]+)?"
)
_LETTERHEAD = (  # an office, above the title of its paper
    r"(?:The\s+)?(?i:ministry|department|office|embassy|permanent mission|mission|delegation|secretariat|government|"
    r"directorate|cabinet|presidency|commission|council|chancellery)\b"
    r"(?:,?\s+(?:of|for|the|to|and|in|on|at|&|[A-Z][\w’'.-]*))*"
)
# "Nordic Fish Wire, 15 March 2024", "By Jane Doe, Reuters", "Source: VNA", or a line with only a publisher.
_SAID_SO = (
    r"(?:(?:Source|Publisher|Published by|Issued by|Released by|From)\s*[:\s]\s*|By [A-Z][^,|]{2,40}[,|]\s+)"
    rf"(?P<publisher>[^|•·]{{2,60}}?)(?:\s*[,|•·–—-]\s*(?:\w+day,?\s+)?(?P<day>{_DAY}).{{0,20}})?"
)
_WITH_DAY = (
    rf"(?P<publisher>{CAPITAL}[^|•·()]{{1,60}}?(?:\s*\([^()]{{2,30}}\))?)\s*[,|•·–—-]\s*(?:\w+day,?\s+)?(?P<day>{_DAY})"
    r"(?:[,|\s–-]+\d{1,2}:\d\d.{0,20})?\.?"
)
# "Nordic Fish Wire, 15 March 2024. Norway and Canada …": the text goes on in the line
_BEFORE_TEXT = (
    rf"(?P<publisher>{CAPITAL}[\w’'.-]*(?:\s+(?:of|the|and|for|{CAPITAL}[\w’'-]*)){{0,5}})(?:\s*\([^()]{{2,30}}\))?,\s+"
    rf"(?:\w+day,?\s+)?\(?(?P<day>{_DAY})\)?[.:]\s+(?={CAPITAL}|[“\"])"
)
_AFTER_DAY = rf"(?:\w+day,?\s+)?(?P<day>{_DAY})\s*[,|•·–—-]\s*(?P<publisher>{CAPITAL}[^|•·,;]{{1,60}})"
_SHORT_FORM = r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|[A-Z]\.[A-Z])\.$"  # ends no sentence
_REMARK = r"(?<=\w)\s*\[[^\]]{1,60}\]$"  # "Fish Wire, 15 March 2024 [Source: Reuters]"
_BYLINE = rf"^[Bb]y (?:[\w’'-]+\s+){{0,5}}[\w’'-]{{3,}}\.\s+(?={CAPITAL})"  # "By our staff. ", before the publisher
_PUBLISHES = (
    r"\b(?:Times|News|Agency|Ministry|Department|Post|Daily|Wire|Press|Journal|Commission|Council|Secretariat|Office|"
    r"Reuters|AFP|AP|Xinhua|TASS|Tass|VNA|Bloomberg|Interfax|Yonhap|Kyodo|ANSA|EFE|Anadolu|BBC|CNN|Herald|Tribune|Gazette|"
    r"Observer|Guardian|Star|Review|Monitor|Bulletin|Chronicle|Today|Online|Service|Mission|Embassy|Directorate|Weekly|"
    r"Affairs|Chancellery|Presidency|"
    r"Standard|Mail|Sun|Nation|Telegraph|Independent|Globe|Economist|Politico|Agri\w*|\w+\.(?:com|org|net|int|gov|eu))\b"
)
_VIETNAMESE = compiled(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_ENGLISH = compiled(r"\b(?:the|of|and|to|in|that|for)\b")


def completed(document: Extracted) -> Extracted:
    """The document, with values from its first lines where its metadata has none; a day in them takes precedence."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    lines[:_FIRST_LINES] = [compiled(_REMARK).sub("", line) for line in lines[:_FIRST_LINES]]
    agency, day = _dateline(lines[:_FIRST_LINES])
    head = _head(lines)
    agency = agency or _first(lines[:1]) or _publisher(lines[1:4]) or _of_parts(lines[:_FIRST_LINES]) or head
    lines = lines if not head and not _is_genre(lines[:1]) and not _is_dated(lines[:1]) else _below(lines)
    plain = document.original.type == "text/plain" or not document.title
    return document._replace(
        title=document.title or (_title(lines) if plain else ""),
        publisher=document.publisher or agency,
        published=day or document.published,
        language=document.language or language_of(document.text),
    )


def _head(lines: list[str]) -> str:
    """The office in the letterhead above the title of its paper; "" if the first line is not one."""
    return " ".join(lines[0].split()) if len(lines) > 1 and cased(_LETTERHEAD).fullmatch(lines[0]) else ""


def _is_dated(lines: list[str]) -> bool:
    """Whether a line has only a publisher or a place, and a day."""
    return any(
        cased(one).fullmatch(line) for line in lines for one in (_WITH_DAY, _SAID_SO, _AFTER_DAY) if _day_in(line)
    )


def _day_in(line: str) -> bool:
    return bool(cased(_DAY).search(line))


def _first(lines: list[str]) -> str:
    """The publisher with which the first line begins, before the day: "Fish Wire, 15 March 2024. Norway …"."""
    for line in lines:
        told = cased(_BEFORE_TEXT).match(line) or (cased(_AFTER_DAY).fullmatch(line))
        name = told["publisher"].strip() if told else _publisher([line]) if _day_in(line) else ""
        return name if cased(_PUBLISHES).search(name) else ""
    return ""


def _is_genre(lines: list[str]) -> bool:
    """Whether the first part of a line says only what kind of document it is: "Press release | 15 March 2024"."""
    return bool(lines and compiled(_GENRE).fullmatch(re.split(_BETWEEN, lines[0])[0]))


def _below(lines: list[str]) -> list[str]:
    """The lines from the title on, below a letterhead; all lines if no line may be the title."""
    for at, line in enumerate(lines[1:_FIRST_LINES], start=1):
        is_day = cased(_ALONE).fullmatch(line) or cased(_STARTS_WITH_DAY).match(line) or len(line.split()) < _FEWEST
        is_day = is_day or _is_dated([line])
        if not is_day and not _is_genre([line]) and not cased(_LETTERHEAD).fullmatch(line):
            return lines[at:]
    return lines


def _of_parts(lines: list[str]) -> str:
    """The publisher in a line such as "15 March 2024 – Oslo – Ministry of Fisheries"; "" if no line has one."""
    for line in lines:
        parts = re.split(_BETWEEN, line)
        short = 1 < len(parts) <= _MOST_PARTS and all(len(part.split()) <= _LONGEST_PART for part in parts)
        if short and any(cased(_ALONE).fullmatch(part) for part in parts):
            named = [part for part in parts if cased(_PUBLISHES).search(part) and not compiled(_GENRE).fullmatch(part)]
            return named[-1].strip() if named else ""
    return ""


def _title(lines: list[str]) -> str:
    """The first line, if it is a headline: short, without a full stop, and followed by other text; else ""."""
    first = lines[0] if len(lines) > 1 else ""
    headline = first and len(first.split()) <= _LONGEST_TITLE and not first.endswith((":", ",", ";", "”"))
    headline = headline and (not first.endswith(".") or bool(cased(_SHORT_FORM).search(first)))
    heads = (_is_dated([first]), cased(_ALONE).fullmatch(first), cased(_DATELINE).match(first))
    return " ".join(first.split()) if headline and not any(heads) else ""


def _publisher(lines: list[str]) -> str:
    """The publisher that stands on a line of its own below the title, alone or with the day."""
    for line in (cased(_BYLINE).sub("", line) for line in lines if not _is_genre([line])):
        told = cased(_SAID_SO).fullmatch(line)
        if told:
            return told["publisher"].strip()
        dated = cased(_WITH_DAY).fullmatch(line)
        plain = re.sub(r"^\(([^()]*)\)$", r"\1", line)  # "(Xinhua)"
        name = (dated["publisher"] if dated else plain).strip()
        alone = len(name.split()) <= 8 and not name.endswith((".", ":", ",", ";", "”", "?"))
        if alone and cased(_PUBLISHES).search(name) and (dated or name == plain):
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
            or cased(_STARTS_WITH_DAY).match(line)
        )
        dated = dated or cased(_WITH_DAY).fullmatch(line) or cased(_SAID_SO).fullmatch(line)
        dated = (
            dated
            or cased(_AFTER_DAY).fullmatch(line)
            or (cased(_BEFORE_TEXT).match(line) if line is lines[0] else None)
        )
        parts = re.split(_BETWEEN, line) if not dated else []
        if len(parts) <= _MOST_PARTS:
            dated = dated or next(filter(None, map(cased(_ALONE).fullmatch, parts)), None)
        day = day or (_day(dated["day"]) if dated and dated["day"] else None)
    return agency, day


def _day(words: str) -> date | None:
    if dotted := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", words):
        words = f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"
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
