"""Finds who tells of an entry: who announces a meeting, who says that one was held, and which paper reports it.

What one side, an outlet or somebody unnamed tells has that voice as its `reported-by`. What a report only believes
("apparently", "is said to have") is in doubt.
"""

from collections.abc import Sequence

from ledger.base.patterns import compiled
from ledger.capture.reading.attributions import Attribution, outlet
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggestion import Suggestion
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_STEM = 4  # letters that the name of a country shares with its adjective: Norway, Norwegian
_ANNOUNCING = ("announce", "confirm", "say", "add", "state", "disclose", "report", "indicate", "reveal")
_SAID_ON = r"\b(?:announced|said|confirmed|added|stated|told \w+)\s+(?:late |early )?$"
_THAT_IT = r"(?:\s+(?:late |early )?on \w+day)?\s+(?:that\b|it\b|the\b|an?\b|its\b|talks\b)"
_ANOTHER_CLAUSE = r"[;:“”\"]|,\s+(?:and|but|while|whereas|which|who|where|when|after|before|as)\b|\b(?:which|who)\b"
_NEAR = 25  # characters before a quotation, in which a word may make it less sure
_HEDGED = (
    r"\b(?:apparently|reportedly|allegedly|supposedly|purportedly|seemingly|"
    r"(?:is|are|was|were) (?:said|reported|believed|understood|thought|rumou?red) to have|rumou?rs? that)\b"
)
_IN_DOUBT = {"statement": "act", "follow-up": "owners", "meeting": "parties"}


def told_of(thread: Thread, read: SentenceRead, told: Attribution | None, one: Suggestion) -> Suggestion:
    """A suggestion with the voice that tells of it, if the report itself does not, and in doubt if it only believes."""
    start = one.start - read.sentence.start
    words = read.text[max(0, start - _NEAR) : start].rpartition(",")[2] + one.quote
    hedge = compiled(_HEDGED).search(words)
    name = _IN_DOUBT.get(one.kind)
    if hedge and name and name not in one.doubts:
        reasons = (*one.reasons, f"in doubt: “{hedge.group()}”")
        one = one._replace(doubts=(*one.doubts, name), reasons=reasons)
    paper = outlet(read.text, start)
    teller = paper if paper != thread.report.publisher else ""
    if not teller and one.kind in ("meeting", "follow-up") and not thread.is_readout:
        teller = _teller(thread, read, told, one)
    if not teller and one.kind == "statement" and told and told.subject[0].kind == "stranger" and start < told.end:
        teller = told.subject[0].words  # "Norway rejected the offer, the agency's spokesman said"
    if not teller or one.fields.get("reported_by") or one.kind not in _IN_DOUBT:
        return one
    return one._replace(fields={**one.fields, "reported_by": teller}, reasons=(*one.reasons, f"told by “{teller}”"))


def _teller(thread: Thread, read: SentenceRead, told: Attribution | None, one: Suggestion) -> str:
    """Who says that a meeting was held or something agreed: "Norway said that they had met", "…, a diplomat said"."""
    start = one.start - read.sentence.start
    saying = (*thread.lexicon.attributing_verbs, "tell", "confirm", "announce")
    before = [verb for verb in read.spoken if verb.base in saying and verb.subject and verb.end <= start < verb.ends]
    reporting = [verb for verb in before if not compiled(_ANOTHER_CLAUSE).search(read.text, verb.end, start)]
    subject: Sequence[Mention] = reporting[-1].subject if reporting else ()
    if not subject and told is not None and told.start <= start < told.end:
        subject = told.subject
    voices = thread.meaning(subject)
    if len(voices) == 1:
        own = one.kind == "follow-up" and one.fields["owners"] == list(parties_of(voices))
        return "" if own else voices[0]  # an owner that tells of its own promise needs no teller
    unnamed = [who.words for who in subject if who.kind in ("unnamed", "stranger", "post")]
    return "" if voices else " and ".join(unnamed)


def elsewhere(one: Suggestion, meetings: Sequence[Suggestion]) -> Suggestion:
    """A statement that tells of a meeting, and so was not made there: "Norway said that they had met on Monday"."""
    told = one.kind == "statement" and any(
        other.fields["id"] == one.fields["at"] and "reported_by" in other.fields and one.start < other.start < one.end
        for other in meetings
        if other.kind == "meeting"
    )
    return one._replace(fields={**one.fields, "on": When(), "at": ""}) if told else one


def announced(thread: Thread, read: SentenceRead, told: Attribution | None, one: Suggestion) -> Suggestion:
    """An announcement with whoever makes it, by a verb before or after it: "A round will be held, Norway said"."""
    if one.kind != "announcement":
        return one
    place = one.start - read.sentence.start
    verbs = (verb for verb in read.spoken if verb.base in _ANNOUNCING and verb.start < place + len(one.quote))
    verb = next((verb for verb in verbs if compiled(_THAT_IT).match(read.text, verb.end)), None)
    by = thread.meaning(verb.subject) if verb else ()
    by = by or (thread.meaning(told.subject) if told else ())
    if not by or thread.joint:
        return one
    said = (day.when for day in read.days if day.when and compiled(_SAID_ON).search(read.text[: day.start]))
    return one._replace(fields={**one.fields, "by": list(by), "on": next(said, When()), "at": ""})


def by_hearsay(thread: Thread, one: Suggestion, who: str) -> Suggestion:
    """A statement reported by an unnamed person; its speaker is in doubt if that person is not on the same side.

    "Norway is ready to cut it, a Canadian official said" may not be Norway's own word.
    """
    if one.kind != "statement":
        return one
    fields, doubts = {**one.fields, "reported_by": who}, one.doubts
    sides = [word[:_STEM].lower() for word in who.split()[1:] if word[:1].isupper()]
    speaking = parties_of([voice for voice in one.fields["by"] if isinstance(voice, str)])
    own = [name[:_STEM].lower() for party in speaking for name in thread.parties.get(party, ())]
    if sides and not set(sides) & set(own):
        fields["speakers"] = tuple(one.fields["by"])
        doubts = (*doubts, "by") if "by" not in doubts else doubts
    return one._replace(fields=fields, doubts=doubts, reasons=(*one.reasons, f"reported by “{who}”, who is not named"))
