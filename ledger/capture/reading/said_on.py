"""Tells whether a date phrase of a sentence says when a statement was made, and whether a verb is in the present."""

import re
from collections.abc import Sequence

from ledger.base.patterns import compiled
from ledger.capture.reading.days import Day
from ledger.capture.reading.predicates import Predicate

_HAPPENED = (  # what happened on a day that a relative clause gives: "after meetings that began on July 11"
    r"\b(?:that|which|who)\s+(?:had\s+|was\s+|were\s+)?(?:\w+ly\s+)?"
    r"(?:began|begun|started|opened|ended|took place|held|signed|launched|reached|expired|expires?|collapsed|closed|"
    r"met)\s+"
    r"(?:in [A-Z]\w+\s+)?$"
)
# Verbs with an object to come: a day after it is not that of the statement, as in "promised a new text on Friday".
_OF_LATER = frozenset(("promise", "pledge", "vow", "undertake", "guarantee", "plan", "intend", "expect", "schedule"))
_MATTER = r" (?:that|to|of|for|over|about|against|intended|aimed|designed|meant|under|which) "
_MADE = (  # "the volume shipped last year", "an offer made on Friday"
    r"\b(?:shipped|traded|exported|imported|produced|caught|recorded|registered|reached|signed|held|made|issued|published|"
    r"adopted|concluded|submitted|launched|agreed|imposed|announced|tabled|sent|set|paid|lost|killed|begun|taken|seen)\s+"
    r"(?:in \w+ )?$"
)
_IN_RELATIVE = r",\s+(?:who|which|whose)\b[^,;]*$"
_BOUNDED = r"\b(?:since|after|until|before)\s*"
# A clause within another one, which tells something else: ", whose negotiator resigned on Friday, …"
_ASIDE = (
    r",\s+(?:(?:which|who|whose|whom|where|when|itself|himself|herself|themselves)\b|"
    r"(?:just |only |still |recently |newly |freshly |already |long |since |\w+ly )?"
    r"(?:back|fresh|home|new|due|a|an|the|now|once|"
    r"(?!(?:said|told|asked|urged|called|added|noted|insisted|warned|gathered|assembled|convened)\b)[a-z]+(?:ed|en|wn|ght)|"
    r"hit|set|put|cut|made|held|sent|left|led|lost|sold|paid|told|won|begun|read|hurt|struck|born|due|"
    r"(?!(?:speaking|talking|addressing|briefing|writing|answering|replying|responding|appearing|testifying|commenting|"
    r"quoting|adding|saying|noting|telling|stressing|insisting|warning|urging|calling|asking|arguing|stating|"
    r"meeting|gathering|convening|during|following|including)\b)[a-z]+ing)\s)"
    r"[^,;:“”\"]*?(?=[,;.]|$)"
)
_RELATIVE = r"\s(?:who|which|that|whose)\s[^,;]*$"  # without a comma: "the envoy who arrived on Friday said"
_SETS_THE_TIME = (  # a phrase before the subject that may say when something was said
    r"(?:(?:But|And|Then|Also|Meanwhile|Separately|Later|Earlier|Previously|Again),?\s+)?"
    r"(?:(?:(?:Late|Early|Later|Earlier|Back|Only|Just|Again|Already|Even|As late as|As recently as|As early as)\s+)?"
    r"(?:On|In|At|During|Over|Throughout|Around|By|on|in|at|during|this|that|last)\b|"
    r"(?:Speaking|Talking|Addressing|Briefing|Writing|Answering|Replying|Responding|Appearing|Testifying|Commenting|"
    r"Asked|Questioned|Interviewed|Quoted|Meeting|Later|Earlier|Late|Early|Separately|Previously|Meanwhile|Last|"
    r"This|The same)\b|$)"
)
_AFTER_TALKS = (
    r"(?:Shortly |Soon |Immediately |Right )?(?:After|Following)\s[^,;]*\b(?:talks|meetings?|rounds?|sessions?|"
    r"negotiations|consultations|summit|conference|calls?|discussions|visit|plenary)\b"
)
_OWN_TEXT = r"^In an? (?:\w+ ){0,2}(?:statement|letter|note|speech|communiqu\w+|interview|message|release|post)\b"
_AT_IT = r"\b(?:in|at|during|on|after|following)\s+$"
_OF_ANOTHER_CLAUSE = (  # "rejected the offer after Canada closed its ports on March 4"
    r"\b(?:after|before|because|since|when|once|until|while|although|though|as)\s+"
    r"(?!(?:the |an? |its |his |her |their |\w+ (?:hours|days) of )?(?:[\w-]+ ){0,3}?"
    r"(?:talks|meetings?|sessions?|rounds?|negotiations|summit|conference|visit|calls?|plenary|briefing|hearing|vote)\b)"
    r"(?!(?:saying|meeting|a|an)\b)[\w’'-]+ "
)
_AN_EVENT = (  # a day after it may be that of the event: "welcomed the release of the crew on Tuesday"
    r"\b(?:arrests?|release|attacks?|strikes?|walkouts?|stoppages?|closure|reopening|opening|arrival|departure|signing|"
    r"signature|killings?|deaths?|launch|votes?|ballot|visits?|resignation|elections?|imposition|bombings?|shelling|"
    r"tests?|seizures?|detention|expulsion|meetings?|talks|summit|rounds?|handover|execution|raids?|protests?|march|"
    r"explosion|clashes|adoption|publication|ratification|entry into force|expiry|suspension|resumption|withdrawal of|"
    r"decision by|decision to|start|end|beginning|conclusion|outbreak|collapse|airstrikes?|incidents?|accident)\b"
    r"(?:\s+(?!(?:with|to|by)\b)(?:of|on|in|at|against|between|from)?\s*(?:[\w’'-]+ ){0,5})?$"
)
_AT_AN_EVENT = r"\b(?:at|during|after|in|following|leaving)\s+(?:[\w-]+ ){0,3}$"
_ELSEWHERE = (  # words that were said on another occasion, or may have been
    r"\bat (?:one|another|some|an earlier|a later) (?:point|stage|time|moment)\b|"
    r"\bon (?:another|a separate) occasion\b|\b(?:separately|elsewhere|at other times)\b|"
    r"\b(?:told|spoke to|speaking to|remarks to|comments to|interview with) (?:(?:the |an? )?(?:[\w’'-]+ ){0,3}?"
    r"(?:reporter|journalist|correspondent|newspaper|daily|weekly|magazine|broadcaster|channel|station|radio|"
    r"television|TV|news agency|agency|website|outlet)\b|"
    r"(?:the )?(?-i:[A-Z]{2,}|[A-Z][\w.]+)(?= (?:that|on|in)\b|[,:]))|"
    r"\bin an? (?:[\w-]+ ){0,2}?(?:interview|speech|tweet|post|letter|op-ed)\b|"
    r",[”\"]?\s+(?:the |an? )?[^,;“”\"]{2,60}\b(?:reported|reports|wrote)\s*\.?$"
)
_NEAR = 60  # characters from a verb to a day that says when it was said


def goes_on(text: str) -> bool:
    """Whether a sentence may go on with what somebody said before: it names no other occasion and no outlet."""
    return not compiled(_ELSEWHERE).search(text)


def is_present(text: str, one: Predicate) -> bool:
    """Whether a verb is in the present: "Norway wants", "both want", "is insisting"."""
    form = one.form.lower()
    if form.endswith("ing"):
        return bool(one.subject) and bool(re.search(r"\b(?:is|are)\s+(?:\w+\s+)?$", text[: one.start]))
    plural = form == one.base and form in ("want", "insist", "demand", "oppose", "support", "say", "need", "reject")
    return plural or (form.endswith("s") and form not in (one.base, "was"))


def may_date(text: str, one: Predicate, day: Day) -> bool:
    """Whether a past day after a verb may be that of the statement: no reported words stand between them."""
    told = re.search(r"\b(?:that|will|would|if|to [a-z]+)\b", text[one.end : day.start])
    return bool(day.when) and not told and bool(re.match(r"on\b|yesterday|today", day.words, re.IGNORECASE))


def clause_around(text: str, day: Day, others: Sequence[Day] = ()) -> tuple[int, int] | None:
    """The place of the embedded clause in which a day stands; `others` are date phrases, whose commas end no clause."""
    for other in (*others, day):
        text = text[: other.start] + text[other.start : other.end].replace(",", "_") + text[other.end :]
    return next((one.span() for one in compiled(_ASIDE).finditer(text) if one.start() < day.start < one.end()), None)


def aside(text: str, one: Predicate, day: Day, others: Sequence[Day] = ()) -> bool:
    """Whether a day stands in an embedded clause that does not have the verb: "Canada, hit by floods in May, asked"."""
    clause = clause_around(text, day, others)
    if clause is not None:
        return not clause[0] < one.start < clause[1]
    between = text[max((who.end for who in one.subject), default=one.start) : day.start]
    return day.start < one.start and bool(compiled(_RELATIVE).search(f"{between} "))


def is_participle(text: str, one: Predicate, found: Sequence[Day]) -> bool:
    """Whether a verb only describes the noun before it: "rejected the complaint, filed on Friday, and …"."""
    if one.subject or not re.search(r",\s+$", text[: one.start]):
        return False
    dated = any(not text[one.end : day.start].strip() for day in found if day.start > one.end)
    return dated or bool(re.match(r"\s+by\s+(?!\w+ing\b)", text[one.end :]))


def is_within(text: str, one: Predicate) -> bool:
    """Whether a verb itself stands in a relative clause: "Canada, which refused on Friday, …"."""
    relative = (clause for clause in compiled(_ASIDE).finditer(text) if re.match(r",\s+wh", clause.group()))
    return any(clause.start() < one.start < clause.end() for clause in relative)


def says_when(text: str, day: Day, one: Predicate) -> bool:
    """Whether a date phrase says when a statement was made.

    It does so before the verb in the same clause, and directly after the verb or its object.
    """
    before = text[: day.start]
    if compiled(_BOUNDED).match(day.words) or compiled(rf"{_BOUNDED}$").search(before):
        return False  # "since last year": from that day on
    if day.start > one.end and compiled(r"(?:’s|'s)\s").match(text, day.end) and not compiled(_AT_IT).search(before):
        return False  # "said Tuesday's meeting had been useful"
    made = compiled(_MADE).search(before)
    if aside(text, one, day):
        return False
    if compiled(_HAPPENED).search(before) or (made and made.start() > one.end):
        return False
    if day.start < one.begins and not one.subject:
        return False  # a day in the clause before: "said that none had come since Saturday, and called for …"
    if day.start < one.begins:
        opens = re.fullmatch(
            r"(?:(?:Later|Earlier|Separately|Previously),?\s+(?:[^,;]{0,80}\s)?|[A-Z][^,;]{0,120}\s)?",
            text[: day.start],
        )
        apart = re.search(r"[;:]|,\s+(?:and|but|while|whereas)\b", text[day.end : one.begins])
        return bool(opens and not apart and _is_setting(before, made)) and one.begins - day.end < 90
    between = text[one.end : day.start]
    if day.start < one.start and compiled(_IN_RELATIVE).search(before):
        return False  # "Holm, who left the talks in 2018, has threatened"
    if day.start < one.start or re.fullmatch(r"\s*(?:on|in)?\s*", between):
        return True
    told = r"(?:\s+to the)?(?:\s+(?:the |a |an |his |her |its |their )?(?!that\b|to\b|of\b)[\w’'-]+){1,4}\s+"
    if re.fullmatch(told, between) and re.match(_MATTER, text[day.end :]):
        return True  # "told the Cortes in June that he would not sign"
    if is_present(text, one):
        return False  # "says the sides met on 3 March": the day of the reported act
    names_a_day = re.match(
        r"(?:on|yesterday|today|last|the (?:following|next|same|previous) day|late on|early on|"
        r"earlier this|\w+ (?:days|weeks|months) ago)\b",
        day.words,
        re.IGNORECASE,
    )
    of_what_was_said = re.search(r"\b(?:that|will|would|if|to [a-z]+)\b", between)
    another = (
        re.search(r",\s+(?:and|but|while|which|who|where)\b", between)
        or compiled(_OF_ANOTHER_CLAUSE).search(between)
        or _is_of_an_event(between)
    )
    last = abs(day.end - one.ends) <= 1 or (day.start - one.end < _NEAR and re.match(r"[,;]\s", text[day.end :]))
    return bool(names_a_day and last) and not (of_what_was_said or another or one.base in _OF_LATER)


def _is_of_an_event(words: str) -> bool:
    """Whether the words between a verb and a day end with an event, which may have happened on that day."""
    event = compiled(_AN_EVENT).search(words)
    return bool(event and not compiled(_AT_AN_EVENT).search(words[: event.start()]))


def _is_setting(before: str, made: re.Match[str] | None) -> bool:
    """Whether words before a day and a subject lead to when something was said, unlike "With a strike set for"."""
    if compiled(_AFTER_TALKS).match(before):
        return True
    of_another = made or re.search(r"\b(?:that|which|who|whose)\b", before)
    return bool(not before or re.match(_SETS_THE_TIME, before)) and (
        not of_another or bool(re.match(_OWN_TEXT, before))
    )
