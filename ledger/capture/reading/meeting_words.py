"""Reads the details of a meeting from a sentence: its kind, number, place and participants, and the words to quote."""

import re
from collections.abc import Sequence

from ledger.capture.reading.days import MONTHS, WEEKDAYS
from ledger.capture.reading.lexicon import MeetingPhrases, compiled
from ledger.capture.reading.mentions import Mention

_PLACE = re.compile(
    r"\b(?:in|at|to)\s+((?:the\s+)?(?:[A-ZÀ-ỸĐ][\w.’'-]+)(?:,?\s+(?:D\.C\.|DC|[A-ZÀ-ỸĐ][\w’'-]+)){0,3})"
)
_HOST = re.compile(r"\b(?:city|town|capital|village|resort|port) of\s+([A-ZÀ-ỸĐ][\w’'-]+(?:\s+[A-ZÀ-ỸĐ][\w’'-]+)?)")
_NOT_IN_A_PLACE = frozenset((*MONTHS, *WEEKDAYS))
_STOPS = re.compile(
    r"(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bDr)\.|(?<=\bMs)\.|(?<=\bMrs)\.|"
    r"(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec))\.|(?<=\bSept)\.|(?<=\d)\.(?=\d)"
)
_END = (
    r"(?:;|\.\s|,\s+(?:where|and\s+(?:discussed|agreed|reaffirmed|co-)|to discuss|which)\b|"
    r"\s+to (?:reaffirm|discuss|advance|review|sign|exchange)\b)"
)
_ABOUT = (
    r"(?:\b(?:to discuss|to advance|to review|to exchange|discussing|on the sidelines|about|regarding|concerning|"
    r"(?:facilitated|mediated|brokered|hosted|moderated|convened) by)|"
    r",\s+(?:after|because|although|though|but|leaving))\b"
)
_TOLD_AS = {  # how a sentence tells of a coming meeting; what nobody announced or agreed is no more than expected
    "expected": r"\b(?:expect|hop(?:e|ing)\b|likely|(?-i:may)\b|might|could|would|plan|envisag|foresee|aim|wish|want|"
    r"propos|suggest|possibl|probabl|perhaps|pencil|schedul|dự kiến|dự định|có thể)",
    "agreed": r"\b(?:agreed|decided|thống nhất|nhất trí)\b",
    "announced": r"\b(?:announc\w+|confirmed|invit\w+|công bố|thông báo)\b",
}
_VERB = r"met\b|held\b|had\b|host|conven|co-chair|chair|gather|led\b|travel|attend"


def without_stops(text: str) -> str:
    """The text with underscores for the full stops in "U.S." and after initials, so that they do not end a sentence."""
    return _STOPS.sub("_", text)


def kind_of(phrases: MeetingPhrases, text: str) -> str:
    """The kind of meeting that a text names; `meeting` if it names none."""
    low = text.lower()
    for kind, words in phrases.kinds.items():
        if any(compiled(rf"\b{re.escape(one)}\b").search(low) for one in words if one in low):
            return kind
    return "meeting"


def told_as(text: str) -> str:
    """Whether a sentence says that a meeting is announced, agreed or expected; "" if none of its words tells."""
    return next((word for word, pattern in _TOLD_AS.items() if compiled(pattern).search(text)), "")


def number_of(phrases: MeetingPhrases, words: str) -> int | None:
    """The number of a meeting, such as 3 for "third round" or 5 for "the 5th session"."""
    ordinals = "|".join(phrases.ordinals)
    ordinal = compiled(rf"\b({ordinals})\b(?:\s+[\w.-]+){{0,6}}?\s+{phrases.noun}\b").search(words)
    if ordinal:
        return phrases.ordinals[ordinal[1].lower()]
    noun = rf"(?:{phrases.noun}|(?-i:[A-Z]{{3,}}))"  # or an abbreviation: "the 11th BCM"
    figure = compiled(rf"\b(\d{{1,2}})(?:st|nd|rd|th)\s+(?:[\w-]+\s+){{0,4}}?{noun}\b").search(words)
    after = None if figure else re.search(r"\b[Rr]ound (\d{1,2})\b", words)
    number = figure or after
    return int(number[1]) if number else None


def place_of(text: str) -> str:
    """The place that a text names after "in", "at" or "to"; "" if it names none."""
    for match in _PLACE.finditer(text):
        place = match[1].strip(" ,.")
        if place.split()[0].rstrip(",") in _NOT_IN_A_PLACE or place.startswith("the "):
            continue
        words = []
        for word in place.split():
            if word.strip(",") in _NOT_IN_A_PLACE:
                break
            words.append(word)
        found = " ".join(words).strip(" ,")
        return f"{found}." if found.endswith("D.C") else found
    host = _HOST.search(text)
    return host[1] if host else ""


def end_of(text: str, after: int) -> int:
    """The end of the words about a meeting; `after` is the end of their verb."""
    stop = compiled(_END).search(without_stops(text), after)
    return stop.start() if stop else len(text)


def start_of(text: str, place: int) -> int:
    """The start of a noun phrase, with its article and number: "the fifth round", not "round"."""
    before = re.search(r"\b(?:The|the|A|a|an|An|Their|their|its)\s+(?:[\w.-]+\s+){0,4}$", text[:place])
    return before.start() if before and not re.match(_VERB, text[place:]) else place


def taking_part(text: str, mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The participants of the meeting described at text[start:end]: the mentions before its subject matter."""
    about = compiled(_ABOUT).search(text, start, end)
    last = about.start() if about else end
    return [
        one
        for one in mentions
        if one.start < last and not (one.kind == "party" and re.match(r"(?:’s|'s)\s", text[one.end : one.end + 3]))
    ]
