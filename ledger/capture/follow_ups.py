"""Finds follow-ups (what the sides agreed to do) and promises (what one side says it will do)."""

import re
from collections.abc import Sequence
from typing import Any

from ledger.base.patterns import compiled
from ledger.capture.reading.days import Day, days
from ledger.capture.reading.mentions import Mention, listed
from ledger.capture.reading.predicates import Predicate, quoted
from ledger.capture.reading.said_on import clause_around
from ledger.capture.reading.subjects import list_to
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import addressees
from ledger.capture.suggestion import Place, Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_TASKS = (
    r"set up|establish|create|form|hold|convene|launch|exchange|report|submit|continue|resume|appoint|begin|start|"
    r"prepare|draft|meet|work|publish|open|finali[sz]e|complete|share|send|designate|explore|develop|strengthen|conclude"
)
_AND_TO = (
    rf"(?:,\s+and|\s+and|;\s+and)\s+(?=(?:to\s+(?!the\b|a\b|an\b|its\b|their\b)[a-z]+|that\s+(?:there|the|an?)|"
    rf"(?:also |jointly )?(?:{_TASKS}))\b)"
)
_ONE_PHRASE = r"\b(?:efforts|steps|measures|ways|order|need|able|ready)\s+to\b[^,]*$"
_COMMITTED = r"(?:are|is|remain|remains) committed(?:,[^,]*,)? to\b"
_WILL = (
    rf"\s+(?:(?:will|shall|intends? to|(?:is|are) (?:now |also |jointly )?to)\s+(?!be\b|not\b|have\b)[a-z]+|"
    rf"{_COMMITTED})"
)
_INTENDS = rf"\s+(?:intends? to|{_COMMITTED})"
_HANDS_OVER = (  # what one side is to give to the other: "the union is to hand in its list"
    r"(?:’s|'s)?(?: (?:team|office|delegation))?\s+(?:will|is to|are to|shall)\s+(?:also\s+|then\s+)?"
    r"(?:table|submit|send|circulate|hand|"
    r"present|provide|share|supply|deliver|draft|prepare|publish|reply|respond|revert|transmit|transfer|release|return)\b"
)
_THE_TEXT_SAYS = (
    r",\s+(?:according to the (?:joint )?(?:statement|communiqu\w+|declaration)|"
    r"(?:the|their) (?:joint )?(?:statement|communiqu\w+|declaration) (?:said|added|says|reads?))\b"
)
_NEXT_CLAUSE = r"[,;]\s+(?:while|whereas|and|but)\b"
_BINDING = frozenset(("agree", "decide", "pledge", "commit", "undertake", "resolve", "promise", "determine", "settle"))
_THAT = r"\s+(?:that\s+)?(?:(?:by|before|within|from|until) [^,]{1,40},\s+)?(?:the )?"
_STATE = r"apply|remain|last|enter|cover|run|end|expire|stay|include|exceed|amount"
_VIEW = r"benefit|face|need|like|want|suffer|gain|lose|help|play|have|require|depend|mean|prove|not"
_DOES = (
    rf"(?:’s|'s)?\s+(?:[a-z]+\s+){{0,2}}?(?:would|will|shall|should|is to|are to|must)\s+"
    rf"(?:also |jointly |each |both )?(?:be (?:given|asked|invited|allowed|represented)|(?!(?:{_VIEW}|be)\b)[a-z]+)\b"
)
_IS_DONE = (
    r"(?:[^.,;]{0,60}?\s)(?:would|will|shall|should|is to|are to)\s+(?:(?:also|jointly|each)\s+)?(?:be\s+(?:\w+ly\s+)?"
    r"(?:\w+(?:ed|en)|set|held|sent|put|made|drawn|built|begun|given|done|met|brought|taken|kept|cut|paid|laid)|"
    rf"(?!(?:{_VIEW}|{_STATE}|make|be|also|jointly|each|never|only)\b)[a-z]+)\b"
)
_IT_WAS_AGREED = (
    r"\b(?:it|what) (?:was|has been|had been|is) (?:also |further |jointly )?(?:agreed|decided)(?P<to> to\b)?|"
    r"\b(?:an? )?(?:agreement|consensus|understanding|decision) (?:was|has been) (?:also )?(?:reached|taken|made)"
    r"(?P<reached_to> to\b)"
)
_NOT_REACHED = r"\b(?:no|if|until|unless|once|without|whether|before|after|when|that)\s+$"
_TASKED = (
    r"\s+(?:was|were|has been|have been) (?:also |further )?"
    r"(?:requested|asked|tasked|mandated|instructed|directed) to\b"
)
_AGREED_ON = r"\b(?:agreed|decided|pledged|committed|undertook|resolved|promised|vowed|said)\s+(?:late |early )?$"
_FAR = 270  # days
_SUBORDINATE = (
    r"\b(?:(?:that|if|which|when|where|who|of|with|to|as)\s+|(?:how (?:much|many)|whose|what|which)\b[^,;.]{0,40})$"
)


def agreed(
    thread: Thread, read: SentenceRead, one: Predicate, owners: tuple[str, ...], place: Place, reasons: tuple[str, ...]
) -> list[Suggestion]:
    """The follow-ups of a verb, one for each part of "agreed to …, and to …"."""
    places = _parts(read.text, one.begins if one.subject else one.start, one.end, one.ends) or (place,)
    verb, who = reasons
    reasons = (f"agreed: {verb.partition(': ')[2]}", who.replace("by:", "owners:", 1))
    return [follow_up(thread, read, each, owners, reasons) for each in places]


def besides(
    thread: Thread, read: SentenceRead, one: Predicate, owners: tuple[str, ...]
) -> tuple[Place, Suggestion] | None:
    """The place of an agreement, and the follow-up after it: "agreed on quotas and to set up a working group"."""
    places = _parts(read.text, one.begins if one.subject else one.start, one.end, one.ends)
    return (places[0], follow_up(thread, read, places[1], owners, (f"owners: “{one.form}”",))) if places else None


def _parts(text: str, begins: int, after: int, ends: int) -> tuple[Place, Place] | None:
    """The two parts of "agreed to …, and to …"; `after` is the end of the verb."""
    more = compiled(_AND_TO).search(text[after:ends])
    if more is None:
        return None
    if not more.group().startswith((",", ";")) and compiled(_ONE_PHRASE).search(text, after, after + more.start()):
        return None
    first, second = cut(text, begins, after + more.start()), cut(text, after + more.end(), ends)
    return (first, second) if second[1] - second[0] > 12 else None


def agreed_that(thread: Thread, read: SentenceRead, one: Predicate, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties bound by "agreed that Norway would …"; () where the verb does not announce an action."""
    if one.negated or one.base not in _BINDING or len(parties) < 2:
        return ()
    return _bound(thread, read, one.end, one.ends) or ()


def impersonal(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The follow-ups of "it was agreed that …", which names nobody who agreed."""
    text, made = read.text, []
    for one in read.mentions:
        tasked = compiled(_TASKED).match(text, one.end)
        owners = parties_of(thread.meaning([one]))
        place = cut(text, one.start, len(text))
        span = (read.sentence.start + place[0], read.sentence.start + place[1])
        if tasked and owners and not any(other.overlaps(*span) for other in found):
            made.append(follow_up(thread, read, place, owners, (f"owners: “{one.words}{tasked.group()}”",)))
    for match in compiled(_IT_WAS_AGREED).finditer(text):
        start, end = cut(text, match.start(), len(text))
        taken = any(one.overlaps(read.sentence.start + start, read.sentence.start + end) for one in found)
        inside = any(a <= match.start() < b for a, b in quoted(text))
        inside = inside or bool(compiled(_NOT_REACHED).search(text[: match.start()]))
        sides = thread.voices.sides
        owners = sides if match["to"] or match["reached_to"] else _bound(thread, read, match.end(), len(text))
        if owners and not taken and not inside:
            reasons = (f"owners: “{match.group()}”",)
            places = _parts(text, match.start(), match.end(), len(text)) or ((start, end),)
            made += [follow_up(thread, read, each, owners, reasons) for each in places]
    return made


def _bound(thread: Thread, read: SentenceRead, start: int, end: int) -> tuple[str, ...]:
    """The parties that a clause "that Norway would …" binds; both sides where it names none, () for a view."""
    clause = compiled(_THAT).match(read.text, start, end)
    if clause is None:
        return ()
    doer = next((who for who in read.mentions if clause.end() <= who.start <= clause.end() + 4), None)
    doers = listed(read.text, read.mentions, doer) if doer else []
    does, after = (_DOES, doers[-1].end) if doers else (_IS_DONE, clause.end())
    if compiled(does).match(read.text[:end], after) is None:
        return ()
    return parties_of(thread.meaning(doers)) if doers else thread.voices.sides


def undertaken(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The undertakings of a sentence: what somebody "will" do or "is committed to".

    An undertaking of both sides, or in a joint text, is a follow-up; an undertaking of one side is a promise.
    """
    text = read.text
    made: list[Suggestion] = []
    if not compiled(r"\b(?:will|shall|intends?|committed|(?:is|are) (?:\w+ )?to)\b").search(text):
        return made
    inside = quoted(text)
    for one in read.mentions:
        hands_over = compiled(_HANDS_OVER).match(text, one.end)
        will = hands_over or compiled(_WILL).match(text, one.end)
        told = any(a <= one.start < b for a, b in inside) or compiled(_SUBORDINATE).search(text[: one.start])
        several = list_to(text, read.mentions, one)
        voices = thread.meaning(several)
        if will is None or told or one.kind in ("post", "unnamed", "stranger") or not voices:
            continue
        clause = compiled(_NEXT_CLAUSE).search(text, will.end()) if hands_over else None
        place = cut(text, several[0].start, clause.start() if clause else len(text))
        if any(other.overlaps(read.sentence.start + place[0], read.sentence.start + place[1]) for other in found):
            continue
        owners = parties_of(voices)
        intends = compiled(_INTENDS).match(text, one.end)
        of_joint_text = thread.tells_joint_text and compiled(_THE_TEXT_SAYS).search(text)
        if len(owners) > 1 or ((thread.joint or of_joint_text) and not intends):
            made.append(follow_up(thread, read, place, owners, (f"owners: “{one.words}”",)))
        elif intends or one.words.lower() == "we" or (len(owners) == 1 and hands_over):
            team = hands_over and hands_over.group()[:1] in "’'"  # "Holm's team will send"
            made.append(promise(thread, read, place, one, owners if team else voices))
    return made


def binds_several(thread: Thread, read: SentenceRead) -> bool:
    """Whether a sentence says what several parties will do: "Each of the three is to send its list"."""
    several = (one for one in read.mentions if one.kind == "both" and len(thread.meaning([one])) > 1)
    return any(compiled(_WILL).match(read.text, one.end) for one in several)


def promise(thread: Thread, read: SentenceRead, place: Place, who: Mention, voices: Sequence[str]) -> Suggestion:
    """A promise that the report itself makes for one side ("we will …")."""
    at = thread.meetings.current if thread.joint else ""
    published = thread.report.published
    on = thread.meetings.day(at) if at else When()
    own = parties_of(voices) == thread.publishers or tuple(voices) == thread.voices.writer
    if published and own and not thread.joint:
        on = When(published.isoformat())
    fields: dict[str, Any] = {
        "by": list(voices),
        "to": addressees.other_side(thread, parties_of(voices), at, "promised", read),
        "act": "promised",
        "issues": thread.topics.issues(read.text[slice(*place)]),
        "on": on,
        "at": at,
    }
    reasons = ("promised: “will”", f"by: “{who.words}” → {', '.join(voices)}")
    return suggest_entry("statement", read.sentence, place, fields, ("promised", "stated"), reasons)


def due_in(thread: Thread, words: str) -> Day | None:
    """The phrase for the deadline of something to be done, else the phrase for its day."""
    published = thread.report.published
    dated = days(words, published, "ahead")
    found = [
        day
        for day in dated
        if not compiled(_AGREED_ON).search(words[: day.start]) and not clause_around(words, day, dated)
    ]
    to_come = (day for day in found if published and day.when.earliest and day.when.earliest > published)
    day = next((day for day in found if day.is_due), None) or next(to_come, None)
    far = day and published and day.when.latest and (day.when.latest - published).days > _FAR
    may_be_past = far and day and not re.search(r"\d{4}|\byear", day.words)  # "by 29 July", reported in August
    return day._replace(when=When()) if day and (day.is_start or may_be_past) else day  # a person says what is due


def follow_up(
    thread: Thread, read: SentenceRead, place: Place, owners: Sequence[str], reasons: tuple[str, ...]
) -> Suggestion:
    """The follow-up of these owners, with the words at a place of the sentence."""
    words = read.text[slice(*place)]
    due = due_in(thread, words)
    fields: dict[str, Any] = {
        "owners": list(owners),
        "due": due.when if due else When(),
        "words": due.words if due else "",
        "standing": due is None and bool(re.search(thread.lexicon.standing, words, re.IGNORECASE)),
        "issues": thread.topics.issues(words),
        "at": thread.meetings.current,
    }
    return suggest_entry("follow-up", read.sentence, place, fields, (), reasons)
