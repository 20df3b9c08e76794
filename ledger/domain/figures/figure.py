"""A figure as an event stores it: a value of a measure in the words of its source."""

from msgspec import Struct

from ledger.dates import When
from ledger.domain.figures.amount import Amount


class Figure(Struct, frozen=True, omit_defaults=True):
    """A value of a measure as a source gives it, in its `words`; the numbers are exact decimals as text.

    The fields from `low` to `per` are those of `figures.Amount`. `start` is the day from which it is valid.
    """

    measure: str
    words: str
    low: str = ""
    high: str = ""
    beyond: bool = False
    about: bool = False
    whole: str = ""
    unit: str = ""
    per: str = ""
    start: When = When()

    @property
    def amount(self) -> Amount:
        return Amount(self.low, self.high, self.beyond, self.about, self.whole, self.unit, self.per)

    def __str__(self) -> str:
        """`tariff-rate: 46 percent from 1 July 2026`."""
        start = f" from {self.start.describe()}" if self.start else ""
        return f"{self.measure}: {self.amount.describe()}{start}"
