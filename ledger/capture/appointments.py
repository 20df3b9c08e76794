"""Finds appointments in a sentence: the person and the post."""

from ledger.base.names import slugify
from ledger.capture.reading.lexicon import compiled
from ledger.capture.reading.mentions import POSTS, Mention
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_NAMED = r"(?:appointed|named|nominated|designated|tapped|installed|sworn in|elected|reappointed)"
_POST = (
    r"(?:as\s+|to be\s+)?(?:(?:the|its|a|an|their|his|her|new)\s+)*"
    rf"(?P<post>(?:[\w’'-]+\s+){{0,6}}?(?:{POSTS}|head|member|deputy)(?:\s+(?:{POSTS}))?\b"
    r"(?:\s+(?:of|for|to)\s+(?:the\s+)?[A-Za-z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*){0,5})?)"
)
_PASSIVE = rf"(?:,?\s+who)?\s+(?:was|has been|is|had been)\s+(?:\w+ly\s+)?{_NAMED}\s+{_POST}"
_NEGATED = r"\b(?:not|never|n[’']t|would|will|could|may|might|to)\s+(?:\w+ly\s+)?(?:be\s+|have\s+)?$"


def in_sentence(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The appointments of a sentence: "appointed X as its chief negotiator", "X was named trade minister"."""
    text = read.text
    if not compiled(_NAMED).search(text):
        return []
    for one in read.mentions:
        if one.kind != "person":
            continue
        passive = compiled(_PASSIVE).match(text, one.end)
        active = compiled(rf"\b{_NAMED}\s+$").search(text[: one.start])
        posted = compiled(rf",?\s+{_POST}").match(text, one.end) if active else passive
        if posted is None or (active and compiled(_NEGATED).search(text[: active.start()])):
            continue
        begins = active.start() if active else one.start
        return [_appointment(thread, read, one, posted["post"], (begins, posted.end()))]
    return []


def _appointment(thread: Thread, read: SentenceRead, who: Mention, post: str, place: tuple[int, int]) -> Suggestion:
    party, _, person = who.voices[0].partition("/")
    before = [one for one in read.mentions if one.kind == "party" and one.end <= who.start]
    party = party or next(iter(parties_of(thread.meaning(before[-1:]))), "")
    day = next((day for day in read.days if day.when and not day.is_due), None)
    fields = {
        "person": person or slugify(who.words),
        "post": " ".join(post.split()),
        "party": party,
        "from": When(day.when.edtf.removesuffix("/.."), day.when.phrase) if day else When(),
        "words": day.words if day else "",
    }
    reasons = (f"post: “{fields['post']}”", f"person: “{who.words}”")
    return suggest_entry("appointment", read.sentence, cut(read.text, *place), fields, (), reasons)
