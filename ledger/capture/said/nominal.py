"""Finds acts that a noun names: "the demand by Norway for …", "Canada's refusal to …", "a protocol was signed"."""

from collections.abc import Sequence
from typing import Any

from ledger.base.patterns import compiled
from ledger.capture.reading import acts
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.predicates import Predicate, quoted
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import addressees
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_FEWEST_LETTERS = 12  # of a quotation
_REPLY = r"(?P<noun>reply|answer|response|retort|position|view|line|argument|message|counter-?argument)"
_FOR = (
    r"(?:\s+(?:for|to|that|of|over|about|on|not to)\b|\s+(?:now |currently |still )?(?:stands?|stood) at\b|"
    r"\s+(?:is|was|remains?)\s+[\d€$£])"
)
_WAS_THAT = rf"(?:(?:’s|'s|’|')\s+(?:[\w-]+\s+){{0,2}}?|\s+){_REPLY}\s+(?:is|was|has been|had been)\s+(?:that\b|to\b|:)"
_OPENS = r"(?:(?:But|And|Yet|Still|Meanwhile|However|Earlier|On [A-Z]\w+|In [A-Z]\w+)?,?\s*)?(?:the\s+)?"
_ANSWERS = (  # "would accept an offer from Norway to …" is the answer of whoever accepts it
    r"\b(?:accept|reject|refus|consider|welcom|answer|declin|dismiss|study|studied|back|support|oppos|discuss|receiv)\w*\s+$"
)
_WAS = r"\b(?:was|were|is|are|remains|remained)\s+(?:the\s+)?$"  # "one point of contention was Norway's call for …"
_TURNED_DOWN = (  # an answer that nobody is said to have given
    r"\b(?:but|and)\s+(?P<what>(?:the|this|that|its|their)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:offer|proposal|demand|request|bid|plan|text))"
    r"\s+(?:was|were|has been|had been)\s+(?:\w+ly\s+)?(?P<how>turned down|rejected|refused|declined|rebuffed|"
    r"dismissed|accepted|approved)\b(?!\s+by\b)"
)
_VERB = (
    r"\s+(?:was|were|is|are|has|have|had|drew|met|remains?|did|does|could|will|would|came|caused|prompted|angered|"
    r"irritated|surprised|went|fell|found|got|received|left|led|proved|seemed|sits?|sat|stands?|stood)\b|[;:]|,\s"
)
_TEXT = r"(?:protocol|agreement|memorandum|deal|treaty|accord|declaration|roadmap|plan|minutes|document|arrangement)"
_CONCLUDED = (
    rf"\b(?P<what>(?:an?|the|their)\s+(?:[\w-]+\s+){{0,4}}?{_TEXT}(?:\s+(?:on|of|for)\b[^,;.]{{0,80}}?)?|agreement|"
    r"consensus)\s+(?:was|were|has been)\s+(?:also\s+|then\s+)?"
    r"(?:signed|reached|concluded|initialled|initialed|adopted|approved|finali[sz]ed)\b|"
    r"\b(?P<too>(?:an?|the|their)\s+(?:[\w’,-]+\s+){1,10}?)(?:was|were|has been|have been)\s+"
    r"(?:also\s+|then\s+|provisionally\s+)?agreed(?:\s+(?:up)?on)?(?=[.,;]|$|\s+(?:at|in|on|by|for|during)\b)"
)
_IT_WAS = (
    r"(?:^|[;,]\s+(?:and\s+)?)\b[Ii]t was (?:also |further |again |then |jointly )?"
    r"(?P<verb>requested|suggested|proposed|recommended|asked|demanded|urged|warned|stressed|emphasi[sz]ed|underlined|"
    r"noted|pointed out|recalled|explained|reiterated) that\b"
)
_WORDING = r"(?:text|wording|language|articles?|paragraphs?|provisions?|clauses?|sections?|terms|annex|preamble)"
_AGREED = r"(?:agreed|initialled|initialed|signed|adopted|settled)"
_BETWEEN = r"(?:[^.;“\"]|\.(?=\d))"  # "article 4.2"
_AGREED_TEXT = (  # before a quotation: "under article 4, which the two sides agreed on Monday,"
    rf"\b{_WORDING}\b{_BETWEEN}{{0,80}}?\b{_AGREED}\b{_BETWEEN}{{0,60}}$|"
    rf"\b{_AGREED}\s+(?:[\w-]+\s+){{0,3}}?{_WORDING}\b{_BETWEEN}{{0,60}}$"
)
_NOT_AGREED = (
    r"\b(?:not|never|no|yet|nor|unless|until|before|would|will|should|wants?|wanted|propos\w+|reject\w+|refus\w+|"
    r"oppos\w+|disput\w+|said|says|added|told|if)\b"
)
_NUMBER = r"\b(?:article|paragraph|provision|clause|section|annex)\s+(?P<number>\d[\w.()]*(?<!\.)|(?-i:[IVX]+)\b)"
_FEWEST_WORDS = 5  # of an agreed wording
_AT_THE_END = (
    r"(?:Following|After|At the (?:end|close|conclusion)|Upon|As a result|At the (?:meeting|talks|session)|"
    r"During the (?:meeting|talks|session)|On the (?:margins|sidelines))\b"
)


def with_named_acts(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions found in a sentence, and the statements whose act a noun names.

    "A protocol was signed" gives a statement only if nothing else in the sentence does. "A demand by Norway was
    rejected by Canada" is divided in two.
    """
    named = [one for one in _named_acts(thread, read) if not any(one.quote == other.quote for other in found)]
    rest = [_after(one, named) for one in found]
    named += _turned_down(thread, read, rest)
    nothing = not any(one.kind in ("statement", "follow-up") for one in (*found, *named))
    return [*rest, *named, *(_concluded(thread, read) if nothing else ())]


def _after(one: Suggestion, named: Sequence[Suggestion]) -> Suggestion:
    """A suggestion without the words of a named act that it begins with."""
    for other in named:
        skipped = other.end - one.start
        if one.kind == "statement" and one.start <= other.start and 0 < skipped < len(one.quote) - _FEWEST_LETTERS:
            words = one.quote[skipped:].lstrip(" ,")
            return one._replace(start=one.end - len(words), quote=words)
    return one


def _named_acts(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The statements whose act a noun names, with the words of who made it."""
    text, made = read.text, []
    inside = quoted(text)
    noun = rf"(?P<noun>{'|'.join(sorted(thread.lexicon.naming))})"
    before = rf"\b(?:an?|the|this|that|such an?|another)\s+(?:[\w-]+\s+){{0,2}}?{noun}\s+(?:by|from)\s+(?:the\s+)?$"
    after = rf"(?:(?:’s|'s|’|')\s+(?:[\w-]+\s+){{0,2}}?|\s+){noun}{_FOR}"
    for one in read.mentions:
        if one.kind not in ("party", "person") or any(a <= one.start < b for a, b in inside):
            continue
        by = compiled(before).search(text[: one.start])
        if by and compiled(_FOR).match(text, one.end) and not compiled(_ANSWERS).search(text[: by.start()]):
            made += _named(thread, read, one, by["noun"], by.start(), one.end)
            continue
        if not (compiled(_OPENS).fullmatch(text[: one.start]) or compiled(_WAS).search(text[: one.start])):
            continue
        if reply := compiled(_WAS_THAT).match(text, one.end):
            made += _named(thread, read, one, reply["noun"], one.start, reply.end())
        elif own := compiled(after).match(text, one.end):
            made += _named(thread, read, one, own["noun"], one.start, own.end())
    return made


def _concluded(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The statement in "a protocol was signed", which names nobody: it is that of the parties to the meeting."""
    text = read.text
    match = compiled(_CONCLUDED).search(text)
    parties = thread.meetings.parties(thread.meetings.current) or thread.voices.sides
    if match is None or len(parties) < 2 or compiled(r"\b(?:no|not|never|if|until|before|once)\b").search(text):
        return []
    besides = bool(match["too"]) and "also" in match.group()  # "an exchange of data was also agreed upon"
    if not (thread.joint or besides or compiled(_AT_THE_END).match(text)):
        return []
    place = cut(text, match.start(), len(text))
    verb = Predicate(match.end(), match.end(), "sign", "signed", (), match.start(), len(text))
    on, at = thread.when(verb, read)
    at = at or thread.meetings.current
    fields: dict[str, Any] = {
        "by": list(parties),
        "to": [],
        "act": "settled",
        "issues": thread.topics.about(match["what"] or match["too"]),
        "on": on or thread.meetings.day(at),
        "at": at,
    }
    reasons = (f"settled: “{match.group()}”", f"by: the parties to the meeting, {', '.join(parties)}")
    return [suggest_entry("statement", read.sentence, place, fields, ("settled", "accepted", "stated"), reasons)]


def agreed_wording(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The statements in quotations of what the parties agreed: "under article 4, which both sides agreed, “…”"."""
    made = []
    for start, end in quoted(read.text):
        before = read.text[:start].rstrip('“" ')
        match = compiled(_AGREED_TEXT).search(before)
        if match is None or compiled(_NOT_AGREED).search(before) or len(read.text[start:end].split()) < _FEWEST_WORDS:
            continue
        named = parties_of(thread.meaning([one for one in read.mentions if match.start() <= one.start < start]))
        parties = named if len(named) > 1 else thread.voices.sides
        days = [day.when for day in read.days if match.start() <= day.start < start and day.when]
        number = compiled(_NUMBER).search(before)
        fields: dict[str, Any] = {
            "by": list(parties),
            "to": [],
            "act": "settled",
            "issues": thread.topics.about(read.text[start:end]),
            "on": days[-1] if days else When(),
            "at": "",
            "provision": number["number"] if number else "",
        }
        reasons = (f"settled: “{match.group().strip()}”", f"by: those who agreed, {', '.join(parties)}")
        place = cut(read.text, start, end)
        if len(parties) > 1:
            made.append(suggest_entry("statement", read.sentence, place, fields, ("settled", "stated"), reasons))
    return made


def impersonal(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The statement in "it was requested that …", of which a person says whose it is."""
    match = compiled(_IT_WAS).search(read.text)
    if match is None or any(a <= match.start() < b for a, b in quoted(read.text)):
        return []
    place = cut(read.text, match.start(), len(read.text))
    if any(one.overlaps(read.sentence.start + place[0], read.sentence.start + place[1]) for one in found):
        return []
    base = thread.lexicon.base_of.get(match["verb"].split()[0].lower(), "")
    verb = Predicate(match.start("verb"), match.end("verb"), base, match["verb"], (), match.start(), len(read.text))
    offered = acts.of_verb(thread.lexicon, verb, read.text[match.end("verb") :])
    on, at = thread.when(verb, read)
    fields: dict[str, Any] = {
        "by": [{"unnamed": match.group().removesuffix(" that")}],
        "speakers": thread.voices.sides,
        "to": [],
        "act": offered.acts[0] if offered.acts else "stated",
        "issues": thread.topics.about(read.text[slice(*place)]),
        "on": on or thread.meetings.day(thread.meetings.current),
        "at": at or thread.meetings.current,
    }
    reasons = (f"{fields['act']}: “{match['verb']}”", "by: nobody is named")
    doubts = ("by", *(() if offered.sure else ("act",)))
    return [suggest_entry("statement", read.sentence, place, fields, offered.acts or ("stated",), reasons, doubts)]


def _turned_down(thread: Thread, read: SentenceRead, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The answer in "Norway made an offer, but it was turned down", which is that of the other of two sides."""
    match = compiled(_TURNED_DOWN).search(read.text)
    asking = [one for one in found if one.kind == "statement" and one.acts[:1] in (("proposed",), ("asked",))]
    asking = [one for one in asking if match and one.start < read.sentence.start + match.start()]
    sides = parties_of(voice for one in asking[-1:] for voice in one.fields["by"] if isinstance(voice, str))
    others = [side for side in thread.voices.sides if side not in sides]
    if match is None or len(sides) != 1 or len(others) != 1:
        return []
    act = "accepted" if match["how"] in ("accepted", "approved") else "refused"
    fields = {**asking[-1].fields, "by": others, "to": list(sides), "act": act}
    reasons = (f"{act}: “{match.group('how')}”", f"by: the other side, {others[0]}")
    place = cut(read.text, match.start("what"), match.end())
    return [suggest_entry("statement", read.sentence, place, fields, (act, "stated"), reasons, ("by",))]


def _named(thread: Thread, read: SentenceRead, one: Mention, noun: str, start: int, after: int) -> list[Suggestion]:
    text = read.text
    subject = thread.meaning([one])
    row = next(iter(thread.lexicon.nouns.get(noun.lower(), ())), None)
    stop = compiled(_VERB).search(text, after) if row else None
    end = stop.start() if stop else len(text)
    if not subject or end - start < _FEWEST_LETTERS:
        return []
    words = text[after:end]
    offered = acts.Offered(row.acts, noun, True) if row else acts.of_content(thread.lexicon, words)
    verb = Predicate(after, after, "say", noun, (one,), start, end)
    on, at = thread.when(verb, read)
    parties = parties_of(subject)
    fields: dict[str, Any] = {
        "by": list(subject),
        "to": addressees.other_side(thread, parties, at, offered.acts[0], read),
        "act": offered.acts[0],
        "issues": thread.topics.about(words),
        "on": on,
        "at": at,
    }
    reasons = (f"{offered.acts[0]}: “{noun}”", f"by: “{one.words}” → {', '.join(subject)}")
    doubts = () if offered.sure else ("act",)
    return [suggest_entry("statement", read.sentence, cut(text, start, end), fields, offered.acts, reasons, doubts)]
