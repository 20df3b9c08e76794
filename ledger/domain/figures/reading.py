"""Reads figures from words: `46 percent`, `US$3.2 billion`, `10 of the 20 chapters`, `at least 4–5 per cent a year`.

A number that reads two ways is refused, unless the language of the source says how it writes numbers: 1,234 is 1234 in
English and 1.234 in German. Every digit is kept.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from ledger.domain.figures import numbers
from ledger.domain.figures.amount import CURRENCIES, Amount, singular
from ledger.domain.figures.errors import FigureEndsBelowItsStart, FigureNotUnderstood, WholeTooSmall

LONGEST = 200  # characters
EXAMPLES = "Examples: 46 percent; about US$3.2 billion; at least 20 percent; 4–5 percent; 10 of 20 chapters."

# The words before or after an amount, and their effect on it.
_LEAST, _ABOVE, _MOST, _BELOW, _ABOUT = "least", "above", "most", "below", "about"
_MODAL = r"(?:would|will|shall|must|should|may|is|are|to)"
# "not exceed", "will last no longer than", "not sail with fewer than"; "not rule out more than" is no bound.
_NO_BOUND = r"(?:rule|rules|exclude|preclude|oppose|reject|deny|mind|object|only|just|merely|simply)"
_WORDS = rf"(?:(?!{_NO_BOUND}\b)[a-z]+ )"
_NOT_TO = rf"(?:{_MODAL} )?{_WORDS}{{0,2}}?\bnot? {_WORDS}{{0,3}}?"
_BEFORE = (
    (_LEAST, rf"at least|{_NOT_TO}(?:(?:less|fewer|lower|smaller|shorter) than|below|under)|a minimum of|minimum"
             r"|as (?:low|little|few) as|≥|>="),
    (_ABOVE, r"more than|over|above|exceeding|in excess of|upwards of|>"),
    (_MOST, rf"at most|up to|{_NOT_TO}(?:(?:more|higher|larger|greater|longer) than|over|above|exceed|beyond)"
            r"|a maximum of|maximum"
            r"|as (?:much|many|high) as|≤|<="),
    (_BELOW, r"less than|fewer than|under|below|<"),
    (_ABOUT, r"about|around|approximately|approx\.?|some|roughly|nearly|almost|close to|an estimated|estimated|circa"
             r"|c\.|~|≈|in the region of"),
)  # fmt: skip
_AFTER = ((_LEAST, r"or (?:more|higher|above)|and (?:more|above)|or over|at (?:the )?least"),
          (_MOST, r"or (?:less|fewer|lower|below)|at (?:the )?most"),
          (_ABOUT, r"or so|approximately"))  # fmt: skip
_TIMES = r"year|month|quarter|week|day|night|hour|minute|season|decade"
_PER = re.compile(
    r"\s*(?:(?:/ ?|\bper (?!cent\b)|\beach |\bevery )(?:calendar )?(?P<per>[^\W\d_][\w-]*)"
    rf"|\ba(?:n)? (?P<time>{_TIMES})|\b(?P<adverb>annually|yearly|monthly|weekly|daily))$",
    re.IGNORECASE,
)
_TIME_OF = {
    "annum": "year", "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
}  # fmt: skip
_START = re.compile(
    r",?\s+(?:(?:with effect )?from|as of|as from|starting(?: in| on| from)?|effective(?: from| on)?"
    r"|beginning(?: in| on)?|since)\s+(?P<start>[^,;]+)$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?P<none>no|zero|free of|without|nil)[ -](?P<unit>.+)|(?P<free>.+?)[ -]free", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|from) (?P<low>.+?) (?:and|to) (?P<high>.+)", re.IGNORECASE)
# "6, not 8 percent": 6 percent. Both numbers are written alike, so that no unit is lost.
_NOT = re.compile(
    rf"^(?!{_MODAL} )(?P<is>\d[\d.]*|[a-z]+),? (?:and |but )?not (?:\d[\d.]*|[a-z]+) (?=[^\W\d])", re.IGNORECASE
)
_TO = re.compile(r"(?P<low>.+?) to (?P<high>.+)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<low>.*\w%?)\s*(?:–|—|-)\s*(?P<high>(?:[^\w\s]|US|EUR|USD)*\s*\w.*)")
_PART = re.compile(
    r"(?P<part>.+?)\s*(?:/| of (?:the |its |all )?| out of (?:the |all )?)\s*(?P<whole>.+)", re.IGNORECASE
)
# A second number, which a unit never contains: `of the nine articles`, `to six percent`.
_NUMBER = rf"(?:(?:the|its|all) )?(?:\d|(?:{'|'.join(numbers.WORDS)}|hundred)\b)"
_OTHER_END = re.compile(rf"\b(?:to|or) {_NUMBER}")
_SECOND = re.compile(rf"\b(?:to|or|and|of|in) {_NUMBER}")

_SIGNS = sorted(
    {"US $": "US$", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "VND": "₫", "INR": "₹", "Rs": "₹",
     "CAD": "C$", "AUD": "A$", "BRL": "R$", "CHF": "CHF ", "CNY": "CNY ", "RMB": "CNY ", "MXN": "MXN ", "SEK": "SEK ",
     "NOK": "NOK ", **{sign: sign for sign in CURRENCIES if not sign.endswith(" ")}}.items(),
    key=lambda pair: -len(pair[0]),
)  # fmt: skip
_NAMED = {
    "%": "percent", "pct": "percent", "per cent": "percent", "percent": "percent",
    "percentage point": "percentage points",
    "us dollar": "US$", "u.s. dollar": "US$", "dollar": "$", "usd": "US$", "euro": "€", "eur": "€",
    "pound sterling": "£", "pound": "£", "gbp": "£", "yen": "¥", "dong": "₫", "vnd": "₫", "rupee": "₹", "yuan": "CNY ",
}  # fmt: skip


_DOLLARS = {"$", "US$", "C$", "A$"}


class FigureRead(NamedTuple):
    """A figure as read: its amount, and the phrase of the day from which it is valid, "" if there is none."""

    amount: Amount
    start: str


class _Quantity(NamedTuple):
    number: Decimal
    scaled: bool  # with its own "million"
    unit: str


def parse(text: str, language: str = "") -> FigureRead:
    """Read a figure. Refused if it is not understood, or if a number reads two ways in this language ("" = unknown)."""
    typed = " ".join(text.replace("−", "-").split())
    if not typed or len(typed) > LONGEST:
        raise _not_understood(text)
    rest, start = typed, ""
    if (found := _START.search(rest)) and re.search(r"\w", rest[: found.start()]) and not _is_range(rest):
        rest, start = rest[: found.start()], found["start"]
    rest = re.sub(r"\bper cent\b", "percent", rest, flags=re.IGNORECASE)
    rest = _NOT.sub(r"\g<is> ", rest)
    rest, per = _per(rest)
    rest, words = _qualified(rest)
    amount = _amount(text, rest, language)._replace(per=per)
    return FigureRead(_with(text, amount, words), start)


def _is_range(text: str) -> bool:
    """Whether a text that seems to end in a start ends in a range: `5 percent from 4 to 6`."""
    return bool(re.search(r"\bfrom \S+ to \S+", text, re.IGNORECASE))


def _per(text: str) -> tuple[str, str]:
    found = _PER.search(text)
    if not found or not text[: found.start()].strip():
        return text, ""
    if found["per"] and re.search(r"\d\s*/ ?$", text[: found.start("per")]):  # a fraction, 10/twenty
        return text, ""
    per = (found["per"] or found["time"] or found["adverb"]).lower()
    return text[: found.start()].strip(), _TIME_OF.get(per, per)


def _qualified(text: str) -> tuple[str, set[str]]:
    """The text without the words before and after the amount, and the effects of those words."""
    words: set[str] = set()
    while True:
        for what, pattern in _BEFORE:
            found = re.match(rf"(?:{pattern})(?=[\s\d$€£¥])\s*", text, re.IGNORECASE)
            if found and text[found.end() :]:
                words.add(what)
                text = text[found.end() :]
                break
        else:
            break
    for what, pattern in _AFTER:
        if found := re.search(rf"\s+(?:{pattern})$", text, re.IGNORECASE):
            words.add(what)
            text = text[: found.start()]
    return text, words


def _amount(text: str, rest: str, language: str) -> Amount:
    single = _single(rest, language, text)
    if single is not None:
        return _exact(single)
    if found := _BETWEEN.fullmatch(rest) or _TO.fullmatch(rest) or _RANGE.fullmatch(rest):
        high = _single(found["high"], language, text)
        low = _single(found["low"], language, text)
        if low is not None and high is not None and _may_share_a_unit(low, high):
            return _between(text, low, high)
    if (found := _PART.fullmatch(rest)) and found["part"].lower() not in numbers.FRACTIONS:  # half of 20 is 10
        part = _single(found["part"], language, text)
        whole = _single(found["whole"], language, text)
        if part is not None and whole is not None and _may_share_a_unit(part, whole):
            if part.number > whole.number:
                raise WholeTooSmall(text=text, part=_text(part.number), whole=_text(whole.number))
            return _exact(part)._replace(whole=_text(whole.number), unit=whole.unit or part.unit)
    if found := _NOTHING.fullmatch(rest):
        return Amount("0", "0", unit=usual_unit(found["unit"] or "") if found["unit"] else "")
    raise _not_understood(text)


def _may_share_a_unit(one: _Quantity, other: _Quantity) -> bool:
    return not one.unit or not other.unit or same_unit(one.unit, other.unit)


def _exact(found: _Quantity) -> Amount:
    number = _text(found.number)
    return Amount(number, number, unit=found.unit)


def _between(text: str, low: _Quantity, high: _Quantity) -> Amount:
    first = low.number
    if high.scaled and not low.scaled and low.number < 1000:  # "3.1–3.2 billion"
        first = low.number * numbers.scale_of(high.number)
    if first > high.number:
        raise FigureEndsBelowItsStart(text=text)
    return Amount(_text(first), _text(high.number), unit=high.unit or low.unit)


def _with(text: str, amount: Amount, words: set[str]) -> Amount:
    """The amount, changed as the words before and after it require."""
    amount = amount._replace(about=_ABOUT in words)
    bounds = words - {_ABOUT}
    if not bounds:
        return amount
    if len(bounds) > 1 or amount.low != amount.high:
        raise _not_understood(text)
    (bound,) = bounds
    if bound in (_LEAST, _ABOVE):
        return amount._replace(high="", beyond=bound == _ABOVE)
    return amount._replace(low="", beyond=bound == _BELOW)


def _single(text: str, language: str, typed: str) -> _Quantity | None:
    """One number with its scale and unit; None if the text is not that."""
    rest, unit = _sign_before(text.strip())
    read = numbers.read(rest, language, typed)
    if read is None:
        return None
    number, scaled, left = read
    left = left.strip(" -")
    if numbers.begin(left):
        return None
    if left and unit and usual_unit(left) != unit:
        return None
    if not left:
        return _Quantity(number, scaled, unit)
    named = usual_unit(left)
    return _Quantity(number, scaled, named) if named else None


def _sign_before(text: str) -> tuple[str, str]:
    for sign, unit in _SIGNS:
        if text.startswith(sign) and (not sign[-1].isalpha() or not text[len(sign) : len(sign) + 1].isalpha()):
            return text[len(sign) :].strip(), unit
    return text, ""


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same, apart from singular and plural: `chapter` and `chapters`; `$` is any dollar."""
    return singular(one) == singular(other) or ("$" in (one, other) and {one, other} <= _DOLLARS)


def usual_unit(text: str) -> str:
    """The unit in its usual form; "" if the text is not a unit."""
    folded = " ".join(text.lower().split())
    if (named := _NAMED.get(folded) or _NAMED.get(folded.removesuffix("s"))) is not None:
        return named
    for sign, unit in _SIGNS:
        if text == sign:
            return unit
    of_percent = folded.partition(" from ")[0]  # "percent tariff on cars"
    if folded.startswith(("percent ", "% ")) and not _OTHER_END.search(of_percent):
        return "percent"
    worded = re.fullmatch(r"[^\W\d_][^\d,;:]*", folded) and not _SECOND.search(folded)
    return folded if worded and folded.count(" ") < 4 else ""


def scale_in(unit: str) -> str:
    """The scale among the words of a unit, such as `million` in `million tonnes`; "" if there is none."""
    return next((word for each in unit.lower().split() if (word := each.removesuffix("s")) in numbers.SCALES), "")


def _text(number: Decimal) -> str:
    """The number with every digit that was written: 2.40 stays 2.40."""
    return f"{number:f}"


def _not_understood(text: str) -> FigureNotUnderstood:
    return FigureNotUnderstood(text=" ".join(text.split())[:LONGEST], suggestion=EXAMPLES)
