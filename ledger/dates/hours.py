"""The time of day in a phrase, with its zone, in every language in which phrases are read.

A date is at most as precise as a day, so the hour of a deadline remains in the reported phrase. This module finds it
there, to show it with the day and to remove it before the rules of a language read the phrase.
"""

import re
import unicodedata
from functools import lru_cache

from ledger.dates.calendar import MONTHS, WEEKDAYS

_H = r"(?:[01]?\d|2[0-4])"
_CLOCKS = (
    rf"{_H}:[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.? ?m\b\.?| hours\b| hrs\b)?",  # 9:00, 9:00 a.m.
    r"(?:[01]?\d ?(?:-|\u2013|to|and) ?)?[01]?\d(?:\.[0-5]\d)? ?[ap]\.? ?m\b\.?",  # 9 a.m., 9.30 pm, 9 to 11 a.m.
    rf"{_H} ?h ?[0-5]\d\b|(?![12] ?h){_H} ?h\b(?! ?\d{{4}})|[12] ?h(?= (?:ngày|ngay)\b)",  # 9h30, 14h; not 1H 2026
    rf"{_H} (?:giờ|gio)(?: [0-5]\d(?: ph[úu]t)?)?\b",  # 9 giờ 30
    r"[0-2]\d[0-5]\d(?: ?(?:hours|hrs)\b|(?= ?(?:UTC|GMT|local time)\b))",  # 1400 hours, 1400 GMT
    r"[01]?\d o['’]?clock\b",
    r"(?:12 )?(?:noon|midday|midnight)\b|nửa đêm|nua dem",
    r"close of business\b|end of (?:the )?(?:business |working )?day(?= \S)",
)
_WORD, _NAME = r"[^\W\d_][\w.'’-]*", r"(?-i:[A-Z\u00c0-\u00de\u0110])[\w.'’-]*"
_ZONE = (
    r"(?:UTC|GMT)(?: ?[-+\u2212] ?\d{1,2}(?::?\d\d)?)?(?!\w)"
    rf"|(?:theo )?gi[ờo] {_WORD}(?: {_WORD}){{0,2}}|{_WORD}(?: {_WORD}){{0,2}} time\b"
)
_ISO = r"(?<=\d)T[0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?"
_BEFORE = r"at |(?:from|between) (?=\d+ (?:to|and) \d+ ?[ap])|(?:vào )?lúc |luc "
_HOUR = re.compile(rf"{_ISO}|(?<![\w:.])(?:{_BEFORE})?(?:{'|'.join(_CLOCKS)})", re.I)
# Not compiled here, because they are used only after an hour has been found.
_ZONE_NEXT = rf",? ?\(?({_ZONE}|{_NAME}(?: {_NAME}){{0,2}})\)?"
_ZONE_APART = rf",? ?\(({_ZONE}|{_NAME})\)|,? ({_ZONE})$|, ?({_NAME}(?: {_NAME}){{0,2}})$"
_FROM_HOUR_TO_HOUR = re.compile(r"(?:\b(?:from|between|từ|tu) )?@ ?(?:-|\u2013|to|until|and|đến|den) ?@", re.I)
_NOT_WRITTEN = re.compile(r"^(?:at |from |between |(?:vào )?lúc |luc |T(?=\d))", re.I)
# Words next to an hour that do not name a place.
_NO_PLACE = frozenset(
    f"""
    {" ".join(f"{name} {name[:3]}" for name in (*MONTHS, *WEEKDAYS))} sept tues thurs
    on in at of to and or by from until till through before after between this next last the today tomorrow yesterday
    early mid late start end day week month year
    ngày ngay tháng thang năm nam thứ thu chủ chu hôm hom nay mai qua sáng sang trưa trua chiều chieu tối toi đêm dem
    đến den tới từ tu và va
    """.split()
)


@lru_cache(maxsize=1_000)
def apart(phrase: str) -> tuple[str, str]:
    """The phrase with "@" in place of a time of day (or a range of times), and that time with its zone as written.

    If there are several such times, the second value is "", because they belong to different days.
    """
    phrase = unicodedata.normalize("NFC", phrase)
    hours = list(_HOUR.finditer(phrase))
    if not hours:
        return phrase, ""
    rest, zone, at = "", "", 0
    for hour in hours:
        zone = _named(re.match(_ZONE_NEXT, phrase[hour.end() :], re.I))
        rest += phrase[at : hour.start()] + " @ "
        at = hour.end() + len(zone)
    rest += phrase[at:]
    if elsewhere := _named(re.search(_ZONE_APART, rest, re.I)):
        rest = rest.replace(elsewhere, " ")
    rest = _FROM_HOUR_TO_HOUR.sub("@", " ".join(rest.split()))
    written = "\u2013".join(_NOT_WRITTEN.sub("", hour[0]).strip() for hour in hours)
    return rest, " ".join(re.sub("[(),]", " ", f"{written} {zone} {elsewhere}").split()) if rest.count("@") == 1 else ""


def _named(found: re.Match[str] | None) -> str:
    """The zone that was found, up to the first word that does not name a place; "" if that is the first word."""
    if found is None:
        return ""
    known = next((word for word in re.findall(_WORD, found[0]) if word.lower().strip(".") in _NO_PLACE), "")
    if not known:
        return found[0]
    return "" if re.search(r"time\)?$", found[0], re.I) else found[0][: found[0].index(known)].rstrip()
