"""Reads from a sentence that a meeting is to come: its words, its day, and the meeting before which it is expected."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.base.patterns import cased, compiled
from ledger.capture.meetings import meeting_words
from ledger.capture.reading.days import Day
from ledger.capture.reading.lexicon import MeetingPhrases
from ledger.capture.reading.mentions import Mention
from ledger.capture.suggestion import Place, cut
from ledger.dates import When, compatible

_BODY = (  # of one party, or of others, which meets by itself
    r"\b(?:board|cabinet|parliament|congress|senate|assembly|court|lawmakers|jury|shareholders|union members|"
    r"politburo|bundestag|duma|knesset|commons|central bank|council of ministers|committee on foreign affairs)"
)
_ORGAN = rf"{_BODY}\s*$"
_ORGAN_MEETS = rf".*{_BODY}\s+(?:meets?|holds?|gathers?|convenes?)\b"
_OWN_ORGAN = (
    r"\b(?:executive (?:board|committee)|central committee|national executive|cabinet|parliament|board)\b"
    r".*\b(?:will|due)\b"
)
_MEETS = r"(?:meets?|holds?|convenes?|gathers?)\b"
_BEFORE_CLAUSE = r"\b(?:before|until|till|when|once|by the time|as soon as|if|unless)\b[^.;,]{0,40}$"
_TOLD_THERE = (
    r"\b(?:agreed|decided|undertook|committed|pledged|resolved|arranged|fixed|set the date|invited|accepted|"
    r"thống nhất|nhất trí)\b|(?-i:^(?:At|During) (?:the|their|its|today’s|\w+day’s) )"
)
_TOLD_LATER = r"\b(?:afterwards?|later|earlier|since then|on the sidelines)\b"
_AGAIN_AND_AGAIN = (  # what recurs is a follow-up
    r"\b(?:every (?:[\w-]+ )?(?:day|week|month|quarter|year)s?|(?:once|twice) an? \w+|"
    r"(?:week|fortnight|month|quarter|year)ly|annually)\b"
)
_THANKED_FOR = r"\b(?:thank|commend|congratulat|prais)\w*\b[^.;]*\bfor\b[^.;]*$"
_SAID_ON = r"\b(?:said|announced|confirmed|told \w+|says)\s+(?:late |early )?$"  # "said on Friday it would be held"
_AGREED_AT = (
    r"\bduring (?:an?|the|their|his|her) (?!next|forthcoming|upcoming|coming|planned)"
    r"(?:[\w-]+ ){0,3}?(?:meeting|talks|visit|summit|call|session)\b[^,;]*$"
)
_THEN_WHAT = r"\s+(?:that|it|he|she|they|the|its|their|another|a|an|both|(?-i:[A-Z]))\b"  # "announced on Monday that …"
_WAS_PLANNED = r"(?:expected|scheduled|due|planned|slated|set|announced|foreseen|fixed|pencilled in)"
_FORMER = r"(?:originally|initially|first|previously|earlier|once)"
_OLD_FORECAST = (  # what was planned once, before the main clause tells of the new plan
    rf",\s+(?:(?:which|that)\s+(?:had|was|were)\s+(?:{_FORMER}\s+)?(?:been\s+)?(?:{_FORMER}\s+)?|{_FORMER}\s+)"
    rf"{_WAS_PLANNED}\b[^,;]*,"
)
_NOT_ANY_MORE = rf"\b(?:had been|(?:was|were)(?! to\b)|{_FORMER}|instead of|rather than|not)\b"
_NOT_TOLD = (  # "did not say when talks would resume", "it is unclear whether a round will be held"
    r"\b(?:(?:not|never|no(?! later)|without|declin\w+|refus\w+|fail\w+|unclear|uncertain|unknown|yet to|"
    r"remains? open|question of)\b|\w+n[’']t\b)[^.;]{0,60}?\b(?:when|where|whether|if|how|who|which)\b[^.;,]*$"
)
_UNLIKELY = (  # "it was unlikely that talks would resume in this parliament"
    r"\b(?:unlikely|doubtful|doubt(?:s|ed)?|(?:no|little) (?:prospect|chance|hope|sign|plans?))\b[^.;]{0,40}$"
)
_DONE_THERE = (  # "agreed to reply in the next round": the reply was agreed, and no round
    r"(?:agree[ds]?|decided|plan(?:s|ned)?|intend(?:s|ed)?) to (?!(?:meet|hold|host|have|convene|reconvene|resume|"
    r"continue|go|return|come|start|begin|open|attend|prepare|proceed)\b)[^.;]*\b(?:in|at|during) (?:the |their |its )?"
    r"(?:next|coming|future|upcoming) \w+$"
)
_THING_SET = (  # "talks were to follow the agenda set in May": the agenda was set, and no talks
    r"\b(?:was|were|is|are|will|would|must|should|has|have|had)\b.*\b(?:an?|the|its|their|any)\s+(?:[\w-]+\s+){0,2}?"
    r"(?!(?:is|are|was|were|been|be|now|also|then|still|already|\w+ly|meetings?|rounds?|sessions?|talks|summits?)\b)"
    r"[a-z-]+\s+(?:scheduled|expected|planned|slated|set|due)\s+(?:for|in|on|by)$"
)
_BEFORE = r"\b(?:before|ahead of|prior to|in advance of) (?:the |its |their )?"


class ToCome(NamedTuple):
    """A coming meeting: the place of the quotation, the start of the words about it, and its day, if one is given."""

    place: Place
    start: int
    day: Day | None


def forecast(text: str, mentions: Sequence[Mention], ahead: Sequence[Day], phrases: MeetingPhrases) -> ToCome | None:
    """The meeting to come that a sentence tells of; `ahead` has its date phrases, read as days to come."""
    old = compiled(_OLD_FORECAST).search(text)
    present = text if old is None else text[: old.start()] + " " * len(old.group()) + text[old.end() :]
    match = meeting_words.first_match(phrases.expected, present)
    if match is None:
        return None
    before = present[: match.start()]
    if (
        is_of_an_organ(present, match)
        or compiled(_OWN_ORGAN).search(match.group())
        or compiled(_THANKED_FOR).search(before)
        or compiled(_UNLIKELY).search(before)
        or compiled(_THING_SET).search(match.group())
        or compiled(_AGAIN_AND_AGAIN).search(present, match.start())
    ):
        return None
    told = [
        day
        for day in ahead
        if day.start >= match.start() - 2
        and present[day.start : day.end].strip()
        and not (compiled(_SAID_ON).search(text[: day.start]) and compiled(_THEN_WHAT).match(text, day.end))
        and not compiled(_AGREED_AT).search(text[: day.start])
    ]
    day = next(iter(told), None)
    if day is None and (compiled(_NOT_TOLD).search(before) or compiled(_DONE_THERE).match(match.group())):
        return None
    others = [other for other in told[1:] if day and other.when and not compatible(other.when, day.when)]
    if day and others and compiled(_NOT_ANY_MORE).search(present, match.start(), others[0].end):
        between = " or ".join(" ".join(one.words.split()) for one in (*others, day))  # a person chooses
        day = Day(day.start, others[-1].end, between, When())
    subject = [
        one
        for one in mentions
        if one.end <= match.start() and re.fullmatch(r"\s+(?:also\s+)?", text[one.end : match.start()])
    ]
    begin = subject[-1].start if subject else meeting_words.start_of(text, match.start())
    end = day.end if day else len(text)
    more = cased(r",\s+and\s+(?:to|that)\b").search(text, match.start(), end)
    return ToCome(cut(text, begin, max(more.start() if more else end, match.end())), match.start(), day)


def is_of_an_organ(text: str, match: re.Match[str]) -> bool:
    """Whether a meeting is one of a body of one party, or of others: "the cabinet met on Thursday"."""
    return bool(compiled(_ORGAN).search(text[: match.start()]) or compiled(_ORGAN_MEETS).match(match.group()))


def is_to_meet(text: str, match: re.Match[str]) -> bool:
    """Whether words tell of a meeting to come in the present: "a day before the ministers meet"."""
    return bool(compiled(_MEETS).match(match.group()) and compiled(_BEFORE_CLAUSE).search(text[: match.start()]))


def is_told_there(words: str) -> bool:
    """Whether a meeting to come was agreed, or announced at the meeting in question: "agreed to meet again in May"."""
    return bool(compiled(_TOLD_THERE).search(words)) and not compiled(_TOLD_LATER).search(words)


def without_the_later(words: str) -> str:
    """The words about a meeting, without those about a later one: "a technical meeting before the third round"."""
    before = compiled(_BEFORE).search(words)
    return words[: before.start()] if before else words


def before_which(phrases: MeetingPhrases, words: str) -> int | None:
    """The number of the meeting before which another is expected: 3 for "before the third round"."""
    before = compiled(_BEFORE).search(words)
    return meeting_words.number_of(phrases, words[before.end() : before.end() + 40]) if before else None
