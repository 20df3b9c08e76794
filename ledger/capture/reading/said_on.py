"""Tells whether a date phrase of a sentence says when a statement was made, and whether a verb is in the present."""

import re

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
_NEAR = 60  # characters from a verb to a day that says when it was said


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


def says_when(text: str, day: Day, one: Predicate) -> bool:
    """Whether a date phrase says when a statement was made.

    It does so before the verb in the same clause, and directly after the verb or its object.
    """
    before = text[: day.start]
    if compiled(_BOUNDED).match(day.words) or compiled(rf"{_BOUNDED}$").search(before):
        return False  # "since last year": from that day on
    made = compiled(_MADE).search(before)
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
        return bool(opens and not apart) and one.begins - day.end < 90
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
    another = re.search(r",\s+(?:and|but|while|which|who|where)\b", between)
    last = abs(day.end - one.ends) <= 1 or (day.start - one.end < _NEAR and re.match(r"[,;]\s", text[day.end :]))
    return bool(names_a_day and last) and not (of_what_was_said or another or one.base in _OF_LATER)
