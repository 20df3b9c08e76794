"""Finds the reporting verbs of a sentence, each with its subject.

A verb counts if its subject is mentioned before it, with only certain words between them ("for his part", an
apposition, a relative clause). It also counts if "and" or a comma joins it to a verb that counts.
A verb inside quotation marks, or in a clause that another verb reports, does not count.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.base.patterns import cased, compiled
from ledger.capture.reading import subjects
from ledger.capture.reading.lexicon import Frame, Lexicon
from ledger.capture.reading.mentions import Mention, listed

# Verbs by which a relative clause reports an answer: "…, which the union rejected".
_ANSWERING = frozenset(
    "accept reject refuse undertake promise pledge oppose welcome dismiss deny criticise criticize condemn denounce "  # noqa: SIM905
    "consider study weigh "
    "block decline resist dispute support back endorse deplore offer propose demand urge warn accuse describe call rebuff".split()  # noqa: E501
)
# Verbs by which a clause of time tells an act: "adjourned when Norway asked for a pause", "after Canada rejected it".
_ACTING = _ANSWERING - {"support", "back", "call", "describe"} | {"ask", "request", "withdraw", "threaten", "insist"}
_WHICH_HAD = (
    r",\s+(?:which|who)\s+(?:has\s+|had\s+)?(?:(?:earlier|already|also|previously|again|\w+ly|on \w+day|last \w+)\s+)*$"
)
_AT_THAT_TIME = r"\b(?:after|when|because)\s*$"
_SAYING = frozenset(
    ("say", "insist", "argue", "demand", "maintain", "want")
)  # "Russia, which says it is ready to host"
# Forms that are nearly always nouns in reports: "nuclear talks", "pay and conditions".
_NOUNS = frozenset(("talks", "conditions", "minutes", "terms", "states", "attacks"))
ALIKE = frozenset(
    ("put", "set", "let", "hit", "bid", "cut", "quit", "forecast")
)  # verbs whose past is like their base form
_JOINED = (
    r"(?:^|[\s,;])(?:and|but|while|then|or|before|after|as well as|,|;),?\s+"
    r"(?:(?:also|further|then|at the same time|in turn|,?in return,?|,?in exchange,?|he|she|is|are|was|were|has|have|"
    r"had)\s+)*$|,[”\"]?\s+(?:(?:also|further|then|jointly)\s+)?$"
)
# Words that may come before the verb of a sentence without a subject, as in notes: "Will not accept".
_ELLIPTIC = (
    r"(?:(?:Will|Would|Can|Could|Did|Does|Do)\s+(?:not\s+|never\s+)|(?:Has|Have)\s+(?:not\s+|also\s+)?|Cannot\s+|"
    r"(?:Also|Again|Then|Still)\s+)?"
)
_OPENS_BY = r"\b(?:opened|began|started|closed|concluded|ended|responded|replied|reacted)\s+by\s+$"
_OF_A_NOUN = r"\s+(?:of|from|by|were|are|have|had|between)\b"
_PASSIVE = (
    r"\b(?:is|are|was|were|be|been|being)\s+(?:(?:\w+ly|also|not|again|then|later|since|already|twice|once more)\s+)?$"
)
_MODAL = r"would|will|can|could|may|might|should|must|shall|cannot|did not|does not|do not|\w+n[’']t"
_NOUN_BEFORE = (
    r"\b(?:a|an|the|its|his|her|their|our|this|that|these|those|of|to|no|any|such|some|by|further|new|joint|in|for|"
    rf"without|before|from|{_MODAL})\s+(?:\w+ly\s+|also\s+)?$"
)
_MODAL_BEFORE = (
    rf"\b(?:{_MODAL})(?:\s+(?:not|never))?(?:,\s+(?:however|though|therefore|moreover),)?\s+(?:\w+ly\s+|also\s+)?$"
)
_NOT_AFTER = r"\s+(?:not(?: yet)?|never|no longer|hardly)\b"
_CEASED = r"\b(?:no longer|not any ?more)\s+(?:\w+ly\s+)?$"
_NEGATED = r"\b(?:not|never|n[’']t|no longer|cannot)(?:,\s+(?:however|though|therefore|moreover),)?\s+(?:\w+ly\s+)?$"
_QUOTES = cased(
    r"(?:[“\"]|^”)([^“”\"]{2,}?)[”\"]|[“\"]([^“”\"]{2,})$|"
    r"(?<![\w’])‘((?:[^‘’“”]|’(?=\w)){2,}? (?:[^‘’“”]|’(?=\w))+?)’(?!\w)"
)
_CLOSES = cased(r"([^“”\"]{2,}?)(?:”|\"(?=[\s,.;]|$))")  # a quotation that an earlier sentence opened


class Predicate(NamedTuple):
    """A verb at text[start:end], as `form` and in its `base` form; its clause is text[begins:ends].

    `subject` has the mentions that are the subject; it is empty if the verb shares the subject of the verb before.
    `negated` means "did not accept", and `ceased` "no longer asks"; `modal` is an auxiliary such as "will", or "".
    """

    start: int
    end: int
    base: str
    form: str
    subject: tuple[Mention, ...]
    begins: int
    ends: int
    negated: bool = False
    modal: str = ""
    ceased: bool = False


@lru_cache(maxsize=64)
def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """The places, as (start, end), of the quoted words, without their quotation marks; a sentence is asked often."""
    closes = _CLOSES.match(text)
    if closes and not (closes.group().endswith("”") or text.count('"') % 2):
        closes = None
    rest = _QUOTES.finditer(text, closes.end() if closes else 0)
    return (*([closes.span(1)] if closes else ()), *(match.span(match.lastindex or 0) for match in rest))


def predicates(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Predicate]:
    """The reporting verbs of a sentence, in their order; places are counted from the start of the sentence."""
    inside = quoted(text)
    raw: list[Predicate] = []
    for start, end in lexicon.verbs(text):
        if not any(a <= start < b for a, b in inside) and not subjects.in_parentheses(text, start):
            found = _predicate(text, mentions, lexicon, start, end, raw[-1] if raw else None)
            if found is not None:
                raw.append(found)
    if raw and raw[0].start == raw[0].begins == raw[0].start and not raw[0].subject and any(one.subject for one in raw):
        raw = [
            one for one in raw if one.subject or one is not raw[0]
        ]  # "Asked about this, Norway said": no sentence of notes
    return _divided(text, _without_reported(text, raw))


def _predicate(
    text: str, mentions: Sequence[Mention], lexicon: Lexicon, start: int, end: int, follows: Predicate | None
) -> Predicate | None:
    """The verb at text[start:end], if it reports an act; `follows` means that another such verb comes before it."""
    form, base = text[start:end], lexicon.base_of[text[start:end].lower()]
    denied = compiled(_NOT_AFTER).match(text, end) if base == "be" else None
    end = denied.end() if denied else end  # "is not ready"
    before = text[:start]
    near = before[-60:]
    if (form[0].isupper() and start) or form.lower() in _NOUNS:  # part of a name or a heading
        return None
    frames = lexicon.frames.get(base, [Frame("", ())])
    if base in ("be", "have") and not _has_sense(text, lexicon, base, end):
        return None
    progressive = compiled(r"\b(?:is|are|was|were|been)\s+(?:\w+ly\s+|also\s+|now\s+|still\s+)*$").search(near)
    participle = form.lower().endswith("ing") and not progressive
    bare = form.lower() == base
    modal = compiled(_MODAL_BEFORE).search(near)
    emphatic = compiled(r"\b(?:did|does|do)\s+(?:also\s+)?$").search(near)  # "she did undertake to"
    plural = follows and compiled(_JOINED).search(near) and _is_plural(text, follows)
    finite = base in ALIKE or modal or emphatic or plural or subjects.plural_before(before, mentions, start)
    if bare and not finite and not (base in _ANSWERING and compiled(rf"s{_WHICH_HAD}").search(near)):
        return None  # but "the rebels, who accuse …"
    joined_bare = bare and not modal and compiled(r"\band\s+(?:also\s+|jointly\s+)?$").search(near)
    if joined_bare and follows and compiled(r"\s+(?:(?:on )?\w+day\s+|in \w+\s+)?to\s+[a-z]").match(text, follows.end):
        return None  # "agreed to share data and set up a group"
    further = form.endswith("ed") and re.search(r"\bfurther\s+$", near)  # "further agreed", no "further request"
    opening = compiled(_OPENS_BY).search(near) if participle else None  # "opened by restating its claim"
    if not (modal or further or opening) and compiled(_NOUN_BEFORE).search(near):
        return None
    if form.lower().endswith("ed") and re.search(r",\s+$", near) and re.match(r"\s+by\b", text[end:]):
        return None  # "Panama, supported by others, called for …"
    if form.lower() == "provided" and re.search(r",\s+$", near):
        return None  # a condition: ", provided that the fleet leaves"
    passive = compiled(_PASSIVE).search(near)
    if passive and not form.lower().endswith("ing"):
        return _passive(text, mentions, start, end, base, start - len(near) + passive.start())
    noun = form.endswith("s") and compiled(_OF_A_NOUN).match(text, end)  # "Details of the meeting were announced"
    elliptic = not (participle or noun) and compiled(_ELLIPTIC).fullmatch(before)
    subject = () if elliptic else subjects.subject(text, mentions, start)
    if not subject and base in _SAYING | _ANSWERING and (relative := compiled(_WHICH_HAD).search(near)):
        subject = tuple(one for one in mentions if one.end == start - len(near) + relative.start())
    if (
        not subject
        and not elliptic
        and not participle
        and not any(not frame.after or frame.fits(text[end:].lstrip()) for frame in frames)
    ):
        return None
    joined = compiled(_JOINED).search(near)
    if participle and base in lexicon.participles and (accompanying := subjects.with_whom(text, mentions, start)):
        subject, participle = accompanying, False  # ", with Ottawa calling it unfair"
    if participle and (told := subjects.quoted_as_saying(text, mentions, start)):
        subject, participle = told, False
    if opening:
        subject, participle = subjects.subject(text, mentions, start - len(near) + opening.start()), False
    if subject and not participle:
        begins = min(one.start for one in subject)
    elif joined and form.lower().endswith("ed") and re.match(r"\s+(?:through|by|under|via)\b", text[end:]):
        return None  # "the presence, expressed through a resolution"
    elif joined and (
        (participle and base in lexicon.participles)
        or (follows and (bool(progressive) or _continues(form, base, follows.form)))
    ):
        subject, begins = (), start
    elif elliptic:
        subject, begins = (), 0
    else:
        return None
    negated = bool(denied or compiled(_NEGATED).search(near)) or any(
        one.words.lower().startswith("neither") for one in subject
    )
    word = modal.group().split()[0].lower() if modal else ""
    ceased = bool(compiled(_CEASED).search(near))
    return Predicate(start, end, base, form, subject, begins, len(text), negated, word, ceased)


def _has_sense(text: str, lexicon: Lexicon, base: str, end: int) -> bool:
    """Whether "is" comes before an adjective in the table, or "has" is a full verb and not an auxiliary."""
    if base == "be":
        return any(frame.fits(text[end:].lstrip()) for frame in lexicon.frames.get(base, ()))
    other = compiled(
        r"\s+(?:\w+ly\s+|also\s+|already\s+|since\s+|now\s+|not\s+|never\s+|been\s+|so far\s+|yet\s+|long\s+)*([\w-]+)"
    ).match(text, end)
    return not other or other[1].lower() not in lexicon.base_of


def _continues(form: str, base: str, before: str) -> bool:
    """Whether a verb after "and" can share the subject of the verb before: not an "-ing" or an "-s" form."""
    alike = form == base or not form.endswith("s") or before.endswith("s")
    return not form.lower().endswith("ing") and alike


def _passive(text: str, mentions: Sequence[Mention], start: int, end: int, base: str, place: int) -> Predicate | None:
    """A passive verb; its subject here is the agent, as in "was rejected by Washington"."""
    agent = re.match(r"(?:(?!\b(?:is|are|was|were)\b)[^.;]){0,60}?\bby\s+", text[end:])
    who = [one for one in mentions if agent and end + agent.end() <= one.start <= end + agent.end() + 4]
    if not who:
        return None
    parts = [match.end() for match in re.finditer(r"[,;]\s+(?:and\s+)?", text[:place])]
    if parts and base not in _ANSWERING and re.match(r"(?:which|who)\b", text[parts[-1] :]):
        return None  # "the coast, which is recognised only by Norway"
    subject = tuple(listed(text, mentions, who[0]))
    return Predicate(start, end, base, text[start:end], subject, parts[-1] if parts else 0, len(text))


def _without_reported(text: str, raw: list[Predicate]) -> list[Predicate]:
    """The verbs without those in a clause that another verb reports."""
    kept: list[Predicate] = []
    dropped = False  # whether the verb before was in such a clause, so that a verb joined to it is, too
    for one in raw:
        if dropped and not one.subject:
            continue
        dropped = False
        clause = r"\b(?:in which|that|which|who|whom|where|if|whether|according to which)\s+(?:on \w+ )?$"
        within = compiled(clause).search(text[: one.begins])
        where = within is not None and within.group().startswith("where")
        told_of = compiled(r",\s+(?:to )?which\s+$").search(text[: one.begins])
        answers = told_of and (one.base in _ANSWERING or told_of.group().lstrip(", ").startswith("to "))
        told_there = (
            answers
            or compiled(rf"{_MATTER}$").search(text[: one.begins])
            or (where and one.subject and one.subject[0].kind == "pronoun")
        )
        if within and one.subject and not told_there and not (where and within.group().startswith("where on")):
            dropped = not kept
            continue
        if kept:
            between = text[kept[-1].end : one.begins if one.subject else one.start]
            resumes = bool(one.subject) and one.subject[-1].end <= kept[-1].start  # after a clause with "which"
            acts_then = one.base in _ACTING and bool(compiled(_AT_THAT_TIME).search(between))
            if one.subject and not (answers or resumes or acts_then) and _is_reported(text, kept[-1], between):
                continue
            if not one.subject and compiled(r"\b(?:who|which)\b[^,]*$").search(between):
                continue
            if resumes:
                kept.append(one._replace(begins=one.start))
                continue
        kept.append(one)
    return kept


_MATTER = (  # "…, a claim Norway denies"
    r",\s+an? (?:\w+ )?(?:claim|charge|accusation|allegation|demand|proposal|idea|suggestion|request|condition|view|"
    r"reading|move|step|offer|characteri[sz]ation)\s+(?:that\s+|which\s+)?(?:the\s+)?"
)


def _is_reported(text: str, before: Predicate, between: str) -> bool:
    """Whether a clause is part of the speech that the verb before it reports."""
    if compiled(rf"{_MATTER}$").search(between):
        return False
    parted = compiled(
        rf"{_MATTER}$|(?:[,;:–—]\s*(?:and|but|while|whereas|yet|then)?|\b(?:and|but|while|whereas))\s*$"
    ).search(between)
    opens = compiled(r"\s*,?\s*(?:that|how|which|whether|if)\b").match(text, before.end)
    new = compiled(r"[,;:]\s*(?:and|but|while|whereas|yet)?\s*$").search(between)
    subordinate = compiled(r"\b(?:that|which|who|whom|where|if|whether|as)\s*$").search(between)
    return not parted or bool(opens and not new) or bool(subordinate)


def _divided(text: str, found: list[Predicate]) -> list[Predicate]:
    """The verbs, with the clause of each ending where the next clause begins."""
    divided = []
    for number, one in enumerate(found):
        ends = found[number + 1].begins if number + 1 < len(found) else len(text)
        words = text[one.start : ends]
        trimmed = compiled(
            r"(?:[,;:\s]|\b(?:and|but|while|whereas|then|also|in which|where|has|have|had|is|are|was|were)\b)+$"
        ).sub("", words)
        divided.append(one._replace(ends=one.start + len(trimmed)))
    return divided


def _is_plural(text: str, one: Predicate) -> bool:
    """Whether a verb is in the plural of the present: "are pushing for", "want"."""
    present = one.form.lower() == one.base and one.base not in ALIKE and not one.modal
    return present or bool(re.search(r"\b(?:are|have)\s+(?:\w+\s+)?$", text[: one.start]))
