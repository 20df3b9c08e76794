"""Finds statements in words printed as spoken, without quotation marks: remarks, interviews, transcripts."""

from collections.abc import Sequence
from typing import Any

from ledger.base.patterns import compiled
from ledger.capture.reading import acts
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.predicates import quoted
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import addressees
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread

_OWN = r"\b(?:we|us|our|I|me|my)\b|n[’']t\b"
_FEWEST_WORDS = 5


def spoken(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The statement that a spoken sentence makes, if its words tell an act and nothing else was found in it."""
    text, who = read.text, thread.voices.writer
    if found or not (thread.is_spoken and who) or text.endswith("?") or quoted(text) or _names_another(thread, read):
        return []
    offered = acts.of_quotation(thread.lexicon, text)
    tells = offered.why and (offered.acts[0] != "stated" or offered.why != offered.why.lower())
    if not tells or not compiled(_OWN).search(text) or len(text.split()) < _FEWEST_WORDS:
        return []
    parties = parties_of(who)
    fields: dict[str, Any] = {
        "by": list(who),
        "to": addressees.other_side(thread, parties, "", offered.acts[0], read)
        or addressees.named_side(thread, read, (0, len(text)), parties, offered.acts[0]),
        "act": offered.acts[0],
        "issues": thread.topics.about(text),
        "on": thread.spoken_on,
        "at": "",
    }
    thread.speaker = who
    reasons = (f"{offered.acts[0]}: “{offered.why}”", f"by: who speaks here, {', '.join(who)}")
    place = cut(text, 0, len(text))
    return [suggest_entry("statement", read.sentence, place, fields, offered.acts, reasons, ("act",))]


def _names_another(thread: Thread, read: SentenceRead) -> bool:
    """Whether a sentence begins with somebody else, of whom it tells."""
    first: list[Mention] = [one for one in read.mentions if one.start < 5]
    meant = parties_of(thread.meaning(first))
    return bool(meant) and meant != parties_of(thread.voices.writer) and not compiled(_OWN).search(read.text)
