"""Finds what the items of a list tell that a sentence opens with a colon: "Both sides agreed to: (a) share data; …"."""

from typing import Any, NamedTuple

from ledger.base.patterns import cased, compiled
from ledger.capture import follow_ups
from ledger.capture.reading.predicates import Predicate
from ledger.capture.reading.sentences import Sentence
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread

_OPENS = (
    r"(?:\s+(?:(?:up)?on|for))?(?:\s+(?:to|that))?(?:\s+(?:the|on the|as) (?:following|follows)[\w ]{0,40})?"
    r"(?:\s+(?:to|that))?\s*:"
)
_DOES = cased(r"(?:to\s+)?(?:jointly\s+|also\s+)?(?!(?:The|the|That|that|An?|an?)\b)[A-Za-z-]+\b(?<!ed)(?<!ing)")
_AND = cased(r"[;,]\s+(?:and|or)\s*$")  # before the last item
_BINDING = (("promised",), ("settled",), ("accepted",))


class _OpenList(NamedTuple):
    """The verb and the speakers of a sentence that opens a list; `owners` are bound by its items."""

    fields: dict[str, Any]
    acts: tuple[str, ...]
    reasons: tuple[str, ...]
    owners: tuple[str, ...]


class Lists:
    """The list that a report has open, if any: its items follow one another without another sentence between them."""

    def __init__(self) -> None:
        self._opened: _OpenList | None = None
        self._next = 0  # the sentence that may be the next item

    def without_lead(self, read: SentenceRead, found: list[Suggestion]) -> list[Suggestion]:
        """The suggestions of a sentence without the one whose last words open a list, which tells nothing by itself."""
        text = read.text.rstrip()
        last = read.spoken[-1] if read.spoken else None
        if last is None or not compiled(_OPENS).fullmatch(text, last.end):
            return found
        lead = next((one for one in reversed(found) if one.overlaps(*_place(read, last))), None)
        if lead is None or lead.kind not in ("follow-up", "statement"):
            return found
        if lead.kind == "follow-up":
            self._opened = _OpenList({}, (), lead.reasons, tuple(lead.fields["owners"]))
        else:
            parties = parties_of(voice for voice in lead.fields["by"] if isinstance(voice, str))
            bind = len(parties) > 1 and lead.acts[:1] in _BINDING
            self._opened = _OpenList(lead.fields, lead.acts, lead.reasons, parties if bind else ())
        self._next = read.sentence.number + 1
        return [one for one in found if one is not lead]

    def goes_on(self, sentence: Sentence, is_marked: bool) -> bool:
        """Whether a sentence may be the next item of the open list."""
        return self._opened is not None and sentence.number == self._next and (is_marked or sentence.text[:1].islower())

    def item(self, thread: Thread, read: SentenceRead, is_marked: bool) -> Suggestion | None:
        """The follow-up or the statement of a sentence that is an item of the open list; None if it is not one."""
        text, opened = read.text, self._opened
        if opened is None or not self.goes_on(read.sentence, is_marked):
            return None
        self._next += 1
        place = cut(text, 0, len(_AND.sub("", text)))
        if opened.owners and _DOES.match(text):
            return follow_ups.follow_up(thread, read, place, opened.owners, opened.reasons)
        if not opened.fields:
            return None
        fields = {**opened.fields, "issues": thread.topics.issues(text)}
        return suggest_entry("statement", read.sentence, place, fields, opened.acts, opened.reasons)


def _place(read: SentenceRead, verb: Predicate) -> tuple[int, int]:
    return read.sentence.start + verb.start, read.sentence.start + verb.end
