"""Finds appointments in a sentence: the person and the post."""

from itertools import pairwise

from ledger.base.names import slugify
from ledger.base.patterns import compiled
from ledger.capture.reading.introductions import POSTS
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_NAMED = r"(?:appointed|named|nominated|designated|tapped|installed|sworn in|elected|reappointed)"
_WORDS = rf"\b(?:{_NAMED}|becom\w+|became|over|replac\w+|succeed\w*)\b"
_POST = (
    r"(?!to\s+(?:succeed|replace)\b)(?:as\s+|to be\s+)?(?:(?:the|its|a|an|their|his|her|new)\s+)*"
    rf"(?P<post>(?:[\w’'-]+\s+){{0,6}}?(?:{POSTS}|head|member|deputy)(?:\s+(?:{POSTS}))?\b"
    r"(?:\s+(?:of|for|to)\s+(?:the\s+)?[A-Za-z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*){0,5})?)"
)
_PASSIVE = (
    rf"(?:,?\s+who)?\s+(?:(?:was|is|ha[sd](?:\s+\w+)?\s+been)\s+(?:\w+ly\s+)?{_NAMED}|"
    rf"(?:has\s+)?(?:become|becomes|became|takes over as|took over as|taken over as))\s+{_POST}"
)
_SUCCEEDS = (  # between the new person and the one before: "succeeded", "has taken over from"
    rf"(?:,?\s+who)?\s+(?:(?:was|is|has been|had been)\s+(?:\w+ly\s+)?{_NAMED}\s+to\s+)?"
    r"(?:(?:has|had|will|is to|now|formally|recently)\s+)*"
    r"(?:replace[sd]?|succeed(?:s|ed)?|takes? over from|took over from|taken over from)\s+(?:the\s+)?"
)
_IS_SUCCEEDED = (
    r"\s+(?:was|has been|is|had been|is being|will be)\s+(?:replaced|succeeded)(?:\s+[a-z][\w -]{0,40})?"
    r"\s+by\s+(?:the\s+)?"
)
_IN_POST = rf"(?:,[^,.;]{{0,60}},)?\s+(?=as\b){_POST}"
_NEGATED = r"\b(?:not|never|n[’']t|would|will|could|may|might|to)\s+(?:\w+ly\s+)?(?:be\s+|have\s+)?$"


def in_sentence(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The appointments of a sentence: "appointed X as its chief negotiator", "X was named trade minister"."""
    text = read.text
    if not compiled(_WORDS).search(text):
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
    return _succession(thread, read)


def _succession(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The appointment of a successor: "X succeeded Y as trade minister", "Y has been replaced by X"."""
    people = [one for one in read.mentions if one.kind == "person"]
    for first, second in pairwise(people):
        between = read.text[first.end : second.start]
        if compiled(_SUCCEEDS).fullmatch(between):
            new, old = first, second
        elif compiled(_IS_SUCCEEDED).fullmatch(between):
            new, old = second, first
        else:
            continue
        posted = compiled(_IN_POST).match(read.text, second.end)
        post = posted["post"] if posted else thread.voices.post(old.voices[0])
        return [_appointment(thread, read, new, post, (first.start, posted.end() if posted else second.end), old)]
    return []


def _appointment(
    thread: Thread, read: SentenceRead, who: Mention, post: str, place: tuple[int, int], old: Mention | None = None
) -> Suggestion:
    party, _, person = who.voices[0].partition("/")
    party = party or (parties_of(old.voices)[0] if old else "")
    before = [one for one in read.mentions if one.kind == "party" and one.end <= who.start]
    party = party or next(iter(parties_of(thread.meaning(before[-1:]))), "")
    words = read.text[place[0] : place[1]]
    to_come = compiled(r"\b(?:will|is to|becomes?|takes? over|succeeds|replaces)\b").search(words)
    day = next((day for day in (read.ahead if to_come else read.days) if day.when and not day.is_due), None)
    fields = {
        "person": person or slugify(who.words),
        "post": " ".join(post.split()),
        "party": party,
        "from": When(day.when.edtf.removesuffix("/.."), day.when.phrase) if day else When(),
        "words": day.words if day else "",
    }
    reasons = (f"post: “{post or words}”", f"person: “{who.words}”")
    if not post and old:
        fields["posts"] = (f"the post of {old.words}",)
    doubts = () if post else ("post",)
    return suggest_entry("appointment", read.sentence, cut(read.text, *place), fields, (), reasons, doubts)
