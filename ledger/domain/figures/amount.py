"""An amount: an exact number, a range, a bound or an approximation, with its unit.

Promises: an amount is never made more precise than it was given; its numbers are exact decimals, never floating point;
`describe` gives words that are read as the same amount. tests/ledger/domain/figures/ states these as laws.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

ROUGHLY = Decimal("0.1")  # an approximate number may be off by a tenth: "about 50" agrees with 46 and not with 40
CURRENCIES = ("$", "US$", "€", "£", "¥", "₫", "₹", "C$", "A$", "R$", "CHF ", "CNY ", "MXN ", "SEK ", "NOK ")
SCALES = (("trillion", 12), ("billion", 9), ("million", 6))


class Amount(NamedTuple):
    """An amount. `low` and `high` are decimal numbers as text, equal if it is exact, "" for an open side.

    `beyond`: the bound itself is excluded ("more than 20"). `about`: it is approximate. `whole` is the number of which
    it is a part ("20" of "10 of 20"), "" if there is none. `unit` is "percent", a currency such as "US$" ("$" is some
    dollar), or the counted things; `per` is such as "year".
    """

    low: str = ""
    high: str = ""
    beyond: bool = False
    about: bool = False
    whole: str = ""
    unit: str = ""
    per: str = ""

    def describe(self) -> str:
        """For people: `46 percent`, `at least US$3.2 billion`, `4–5 percent`, `10 of 20 chapters per year`."""
        return f"{self._bounds()}{f' per {self.per}' if self.per else ''}"

    def _bounds(self) -> str:
        if self.low == self.high:
            return f"{'about ' if self.about else ''}{self._number(self.low)}"
        about = "about " if self.about else ""
        if not self.high:
            return f"{'more than' if self.beyond else 'at least'} {about}{self._number(self.low)}"
        if not self.low:
            return f"{'less than' if self.beyond else 'at most'} {about}{self._number(self.high)}"
        low, high = shown(self.low, self.high), shown(self.high)
        if abs(Decimal(self.low)) < 1000:  # "0.5–2 million" means half a million
            low, high = _plain(Decimal(self.low)), _plain(Decimal(self.high))
        return f"{about}{self._with_unit(f'{low}–{high}')}"

    def _number(self, number: str) -> str:
        return self._with_unit(f"{shown(number)} of {shown(self.whole)}" if self.whole else shown(number))

    def _with_unit(self, numbers: str) -> str:
        if self.unit in CURRENCIES:
            return f"{self.unit}{numbers}"
        unit = singular(self.unit) if numbers == "1" else self.unit
        return f"{numbers} {unit}" if unit else numbers

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that it may be; None for an open side."""
        low, high = (Decimal(text) if text else None for text in (self.low, self.high))
        if self.about:
            low = low - abs(low) * ROUGHLY if low is not None else None
            high = high + abs(high) * ROUGHLY if high is not None else None
        return low, high


@lru_cache(maxsize=4096)
def shown(number: str, other: str = "") -> str:
    """A decimal number for people: `1,234`, `3.2 billion`; without the scale if `other`, the end of a range, has it."""
    value = Decimal(number)
    for name, zeros in SCALES:
        scaled = value.scaleb(-zeros).normalize()
        if abs(scaled) >= 1 and -int(scaled.as_tuple().exponent) <= 3:
            same = other and shown(other).endswith(name)
            return f"{_plain(scaled)}" if same else f"{_plain(scaled)} {name}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return f"{value:,f}"


@lru_cache(maxsize=4096)
def singular(unit: str) -> str:
    """The unit of one: `year`, `box`, `percentage point`, `tonne of rice`; unchanged where it is not a usual plural."""
    things, of, rest = unit.partition(" of ")
    *before, last = things.split(" ")
    for plural, one in (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", "")):
        if last.endswith(plural) and len(last) > len(plural) + 1 and not last.endswith(("ss", "us", "is", "series")):
            last = last.removesuffix(plural) + one
            break
    return f"{' '.join([*before, last])}{of}{rest}"


def compatible(one: Amount, other: Amount) -> bool:
    """Whether two amounts of one measure can both be true: always, if their units or their `per` differ."""
    if _differ(singular(one.unit), singular(other.unit)) or _differ(one.per, other.per):
        return True
    if one.whole and other.whole and Decimal(one.whole) != Decimal(other.whole):
        return False
    (low, high), (other_low, other_high) = one.bounds, other.bounds
    reaches = _reaches(low, other_high, strict=_strict(one, other))
    return reaches and _reaches(other_low, high, strict=_strict(other, one))


def more_precise(one: Amount, other: Amount) -> Amount:
    """The more precise of two compatible amounts; the first if neither is."""
    return other if _vagueness(other) < _vagueness(one) else one


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _strict(one: Amount, other: Amount) -> bool:
    """Whether the least number of `one` must not equal the greatest of `other`: "more than 20" is not 20."""
    return (one.beyond and not one.high) or (other.beyond and not other.low)


def _reaches(low: Decimal | None, high: Decimal | None, *, strict: bool) -> bool:
    if low is None or high is None:
        return True
    return low < high if strict else low <= high


def _vagueness(amount: Amount) -> tuple[bool, Decimal, bool]:
    low, high = amount.bounds
    width = high - low if low is not None and high is not None else Decimal(0)
    return (low is None or high is None, width, not amount.whole)
