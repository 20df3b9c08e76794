"""Finds the values of measures in the words of a suggestion: "cut its tariff to 15 percent"."""

import re
from collections.abc import Iterator, Mapping

from ledger.base.patterns import compiled
from ledger.capture.reading.gazetteer import KnownMeasure
from ledger.capture.suggestion import Suggestion
from ledger.domain.figures.reading import parse, same_unit
from ledger.errors import Refusal

_KINDS = ("statement", "meeting", "follow-up")
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|zero"
_DIGITS = r"\d[\d.,]*(?<![.,])"
_SCALE = r"(?:\s(?:hundred|thousand|million|billion|trillion))?"
_BOUND = r"(?:at least|at most|up to|no more than|not more than|more than|less than|about|around|some|nearly|almost)"
_NUMBER = (
    rf"(?:{_BOUND}\s)?(?:US\$|C\$|A\$|R\$|[$€£¥₫₹])?(?:{_DIGITS}|(?:{_WORDS})\b){_SCALE}"
    rf"(?:\s?(?:–|-)\s?{_DIGITS}{_SCALE})?(?:\s(?:out )?of (?:the |its |all )?(?:{_DIGITS}|(?:{_WORDS})\b))?"
)
_CHANGE = r"\b(?:by|within|in|for|after|every)\s+$"  # "cut it by 5 percent" gives no value
_ASKED_FOR = (
    r"\b(?:ask|call|press|push|appeal|hold out|settl)\w*\s+(?:\w+\s+){0,2}?for\s+$"  # "asks again for 6 percent"
)
# In a clause that only describes something: "the offer, which would have raised pay by 6 percent"
_EMBEDDED = r"\b(?:which|who|whose|where)\s[^,;]*$"
_OF_WHAT = r"(?<!\btold )(?<!\bassured )\b(?:the|an?|its|their|any) (?:[\w-]+ ){1,4}?that\s[^,;]*$"
_AGAINST = ("refused", "objected", "criticised", "denied", "warned")  # acts about somebody else's value
_THERE = r"\b(?:over|about|against|despite) (?:the|its|their|this|an existing|a current) (?:[\w-]+ ){0,2}?$"
_REFUSED = r"\b(?:not|instead of|rather than)\s+$"  # "6 percent, not 8 percent"
_INSTEAD = r",? (?:and |but )?(?:not|rather than|instead of) \d[\d.,]*(?<![.,])(?P<unit>\s?%|\s+[a-z][\w-]*)"
_TO = r"\bto\s+$"
_FROM = r"\bfrom\s+(?:(?:the|its) (?:current|present) )?$"  # "cut it from 25 percent" gives no new value
# Words of a measure's title that say only that it is one: "tariff rate", "number of chapters closed".
_GENERIC = frozenset(
    (
        *("rate", "rates", "level", "levels", "share", "number", "amount", "total", "size", "volume", "value"),
        *("of", "the", "a", "an", "on", "for", "in", "and", "closed", "agreed", "annual", "average", "maximum"),
    )
)


def with_figures(one: Suggestion, measures: Mapping[str, KnownMeasure], language: str) -> Suggestion:
    """The suggestion with the values of measures that its words give, each as "measure = words".

    A value is given only if the words name the measure, and if they have one number in its unit.
    """
    if not measures or one.kind not in _KINDS or "by" in one.doubts:
        return one
    found = [
        (slug, words)
        for slug, measure in measures.items()
        if _is_named(one.quote, measure) and (words := _value(one.quote, measure, language, one.fields.get("act", "")))
    ]
    clear = [(slug, words) for slug, words in found if sum(other == words for _, other in found) == 1]
    figures = [f"{slug} = {words}" for slug, words in clear]
    reasons = tuple(f"figure: “{words}” → {slug}" for slug, words in clear)
    return one._replace(fields={**one.fields, "figures": figures}, reasons=(*one.reasons, *reasons)) if clear else one


def _is_named(quote: str, measure: KnownMeasure) -> bool:
    """Whether the words name a measure, by the significant words of one of its names."""
    for name in measure.names:
        telling = (word.removesuffix("s") for word in re.findall(r"[\w-]+", name.lower()) if word not in _GENERIC)
        patterns = [rf"\b{re.escape(word)}(?:s|es)?\b" for word in telling]
        if patterns and all(compiled(pattern).search(quote) for pattern in patterns):
            return True
    return False


def _value(quote: str, measure: KnownMeasure, language: str, act: str) -> str:
    """The words of the one value in the unit of a measure; of "from 25 to 15 percent", the second; "" if not clear."""
    found = list(_values(quote, measure, language, act))
    to = [words for start, words in found if compiled(_TO).search(quote[:start])]
    if len(to) == 1:
        return to[0]
    left = len(found) == 1 and compiled(_FROM).search(quote[: found[0][0]])
    return found[0][1] if len(found) == 1 and not left else ""


def _values(quote: str, measure: KnownMeasure, language: str, act: str) -> Iterator[tuple[int, str]]:
    ends = 0
    without = (_REFUSED, _EMBEDDED, _THERE, *((_OF_WHAT,) if act in _AGAINST else ()))
    for match in compiled(rf"(?<![\w.,-]){_NUMBER}").finditer(quote):
        before = quote[: match.start()]
        change = compiled(_CHANGE).search(before) and not compiled(_ASKED_FOR).search(before)
        if match.start() < ends or change or any(compiled(one).search(before) for one in without):
            continue
        for words in _with_unit(quote, match):
            try:
                amount = parse(words, language).amount
            except Refusal:
                continue
            if amount.unit and (not measure.unit or same_unit(amount.unit, measure.unit)):
                ends = match.start() + len(words)
                yield match.start(), words
                break


def _with_unit(quote: str, number: re.Match[str]) -> Iterator[str]:
    """The number with the words after it that may be its unit, the fewest first."""
    whole = quote[number.start() :]
    length = number.end() - number.start()
    yield whole[:length]
    if other := compiled(_INSTEAD).match(whole, length):
        yield whole[:length] + other["unit"]  # "6, not 8 percent"
    for after in re.finditer(r"(?:\s?%|\s+[a-z][\w-]*)", whole[length : length + 60]):
        yield whole[: length + after.end()]
