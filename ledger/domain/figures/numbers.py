"""Numbers as reports write them: digits with separators, number words, fractions in words, and scales.

Which separator is decimal depends on the language (Unicode CLDR, "decimal" and "group" symbols by locale).
"""

import re
from decimal import Decimal

from ledger.domain.figures.errors import FigureReadsTwoWays

# Languages with commas between groups of digits and a decimal point; in the others of the table, it is the reverse.
POINT = ("en", "zh", "ja", "ko", "th", "hi", "he")
COMMA = ("de", "vi", "es", "pt", "fr", "it", "nl", "id", "tr", "ru", "pl", "sv", "nb", "da", "fi", "el", "uk", "cs")
SCALES = {
    "hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "mn": 6, "mln": 6, "crore": 7, "billion": 9, "bn": 9,
    "trillion": 12, "tn": 12, "trn": 12,
}  # fmt: skip
LETTERS = {"k": 3, "m": 6, "b": 9}  # right after the digits only: 450m, but not 450 m
WORDS = {
    "zero": 0, "none": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
# Fractions that are exact as decimals, which a third is not.
FRACTIONS = {
    "half": "0.5", "a half": "0.5", "one half": "0.5", "a quarter": "0.25", "one quarter": "0.25",
    "three quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "a tenth": "0.1", "one tenth": "0.1",
}  # fmt: skip

_DIGITS = re.compile(r"-?\d[\d.,\u00a0\u202f' ]*\d|-?\d")
_SCALE = re.compile(rf"\s*-?({'|'.join(sorted(SCALES, key=len, reverse=True))})\b(?:s\b)?", re.IGNORECASE)
_LETTER = re.compile(r"[kmb]\b(?!/)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def read(text: str, language: str, typed: str) -> tuple[Decimal, bool, str] | None:
    """The number at the start of a text, whether it had a scale, and the rest; None if there is no number.

    `typed` is the whole figure, for a refusal.
    """
    found = _DIGITS.match(text)
    if found:
        digits = found.group().rstrip()
        number, end = decimal_of(digits, language, typed), len(digits)
    else:
        worded = _in_words(text)
        if worded is None:
            return None
        number, end = worded
    if found and (letter := _LETTER.match(text, end)):
        return number.scaleb(LETTERS[letter.group().lower()]), True, text[letter.end() :]
    scaled = False
    while scale := _SCALE.match(text, end):
        number, end, scaled = number.scaleb(SCALES[scale[1].lower()]), scale.end(), True
    return number, scaled, text[end:]


def scale_of(number: Decimal) -> Decimal:
    """The largest of million, billion, trillion that a number reaches; thousand if none, 1 below a thousand."""
    zeros = next((zeros for zeros in (12, 9, 6, 3) if abs(number) >= Decimal(1).scaleb(zeros)), 0)
    return Decimal(1).scaleb(zeros)


def decimal_of(digits: str, language: str, typed: str) -> Decimal:
    """The number in digits with separators; refused if a separator has two meanings in this language ("" = unknown)."""
    bare = re.sub(r"[\u00a0\u202f' ]", "", digits)
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        decimal = "," if bare.rindex(",") > bare.rindex(".") else "."
    elif commas + points > 1:
        decimal = "." if commas else ","  # a separator that comes twice groups
    elif commas + points == 1 and re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
        decimal = _decimal_in(language, bare, typed)
    else:
        decimal = "," if commas else "."
    group = "." if decimal == "," else ","
    return Decimal(bare.replace(group, "").replace(decimal, "."))


def _decimal_in(language: str, bare: str, typed: str) -> str:
    code = language.lower().partition("-")[0]
    if code in POINT:
        return "."
    if code in COMMA:
        return ","
    whole, part = re.split("[.,]", bare)
    raise FigureReadsTwoWays(text=typed, first=f"{whole}{part}", second=f"{whole}.{part}".rstrip("0").rstrip("."))


def _in_words(text: str) -> tuple[Decimal, int] | None:
    """A number in words at the start of a text, and where it ends; None if there is none."""
    lowered = text.lower()
    for phrase in sorted((*FRACTIONS, "a dozen"), key=len, reverse=True):
        if re.match(rf"{phrase}\b", lowered):
            return Decimal(FRACTIONS.get(phrase, "12")), len(phrase)
    total: int | None = None
    end = 0
    for word in _WORD.finditer(lowered):
        between = lowered[end : word.start()]
        if between.strip(" -") not in ("", "and") or (total is None and between):
            break
        if word.group() == "dozen" and total:
            total *= 12
        elif word.group() in WORDS:
            if total is not None and not _goes_on(total, WORDS[word.group()]):
                break
            total = (total or 0) + WORDS[word.group()]
        elif word.group() == "hundred" and total:
            total *= 100
        elif word.group() == "a" and total is None and _SCALE.match(lowered, word.end()):  # a hundred, a million
            total = 1
        elif word.group() == "and" and total is not None and _more_words(lowered[word.end() :]):
            continue
        else:
            break
        end = word.end()
    return None if total is None else (Decimal(total), end)


def _goes_on(total: int, number: int) -> bool:
    """Whether a number word continues the number before it: twenty-five, two hundred ten; not four-five."""
    return number > 0 and (total % 100 == 0 < total or (total % 10 == 0 and total % 100 > 10 and number < 10))


def _more_words(rest: str) -> bool:
    return begin(rest.lstrip())


def begin(text: str) -> bool:
    """Whether a text begins with a number word."""
    found = _WORD.match(text)
    return found is not None and found.group().lower() in WORDS
