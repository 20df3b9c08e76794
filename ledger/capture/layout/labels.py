"""Finds the speaker in a transcript or in notes by the label before the words: "MINISTER DAHL: …", "- Canada: …"."""

from typing import NamedTuple

from ledger.base.patterns import CAPITAL, cased
from ledger.capture.reading.mentions import Finder, Mention
from ledger.capture.reading.sentences import Sentence

_BULLET = r"(?:[-–—*•·>]\s+|\(?[a-z0-9]{1,2}[.)]\s+)?"
_LABEL = cased(rf"{_BULLET}(?P<who>{CAPITAL}[\w.’'-]*(?:\s+[\w.’'(),&-]+){{0,7}}?):\s+(?=\S)")
_ASKS = cased(r"(?:Q|QUESTION|Question|REPORTER|Reporter|JOURNALIST|Journalist|MODERATOR|Moderator|HOST|PRESS)\b\.?")
_ANSWERS = cased(r"(?:A|ANSWER|Answer)\.?")
_MARK = cased(_BULLET)


class SpeakerLabel(NamedTuple):
    """The label of a sentence, `length` characters long: who speaks, as named in it; `asks` for a questioner."""

    length: int
    named: list[Mention]
    asks: bool = False
    answers: bool = False


def label(sentence: Sentence, finder: Finder) -> SpeakerLabel | None:
    """The label that a sentence begins with; None if its words before a colon name no speaker."""
    match = _LABEL.match(sentence.text)
    if match is None:
        return None
    who = match["who"]
    if _ASKS.fullmatch(who):
        return SpeakerLabel(match.end(), [], asks=True)
    if _ANSWERS.fullmatch(who):
        return SpeakerLabel(match.end(), [], answers=True)
    shouted = who.isupper() and len(who) > 4
    named = [one for one in finder.find(who.title() if shouted else who) if one.kind in ("person", "party")]
    whole = bool(named) and (shouted or named[-1].end >= len(who) - 1) and named[0].start <= len(who) / 2
    return SpeakerLabel(match.end(), named) if whole or shouted else None


def without_mark(sentence: Sentence, length: int = 0) -> Sentence:
    """The sentence without its label of that length, or without the mark of a list."""
    skip = length or (match.end() if (match := _MARK.match(sentence.text)) else 0)
    return sentence._replace(start=sentence.start + skip, text=sentence.text[skip:])
