"""A measure and its figures as states: a value of it, in an entry, with who gave it and when."""

from typing import TYPE_CHECKING, NamedTuple

from ledger.base.text import in_quotes, marked
from ledger.dates import When

if TYPE_CHECKING:
    from ledger.domain.figures.amount import Amount


class Measure(NamedTuple):
    """A number that the talks are about; `unit` is "" if its values may have any, `whole` "" if they are not a part."""

    slug: str
    title: str
    aliases: tuple[str, ...]
    unit: str
    whole: str


class FigureGiven(NamedTuple):
    """A value of a measure, in an entry, with who gave it and when.

    `entry` is its kind and slug, such as `statement/dien-offers`. The fields from `low` to `per` are those of
    `figures.Amount`, with numbers as decimal text. `words` are the source's own, `start` the day from which the value
    is valid. `by` is who said it: empty for a meeting or a follow-up. `act` is that of the statement, "" otherwise.
    `on` is when it was said, held or agreed, `day` the day on which that counts. `sources` report this value; `also`
    has the values of the others that can be true with it: `about 1,000 tonnes in wire`. `quoted`: the words are in a
    quotation of the entry; if not, they are the keeper's. `inferred` is what the keeper inferred in those reports.
    `reported_by` reported the statement, if not its source itself. `rival`: the entry is shown with another report's
    value.
    """

    entry: str
    measure: str
    low: str
    high: str
    beyond: bool
    about: bool
    whole: str
    unit: str
    per: str
    start: When
    words: str
    by: tuple[str, ...]
    act: str
    on: When
    day: str
    sources: tuple[str, ...]
    quoted: bool = True
    inferred: str = ""
    reported_by: str = ""
    rival: bool = False
    also: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The slug of the entry that gives it."""
        return self.entry.partition("/")[2]

    @property
    def in_words(self) -> str:
        """The words of the source in quotation marks, or a note that they are the keeper's; marked if inferred."""
        return marked(in_quotes(self.words) if self.quoted else "keeper’s figure, not in the quote", self.inferred)

    @property
    def reported_in(self) -> str:
        """Its sources, and what others report that can be true with it: `vna; about 1,000 tonnes in wire`."""
        return "; ".join(filter(None, [", ".join(self.sources), *self.also]))

    @property
    def amount(self) -> "Amount":
        from ledger.domain.figures.amount import Amount  # with `decimal`, which most questions need not

        return Amount(self.low, self.high, self.beyond, self.about, self.whole, self.unit, self.per)

    @property
    def told(self) -> str:
        """The value for people: `at least 20 percent from 1 July 2026`."""
        start = f" from {self.start.describe()}" if self.start else ""
        return f"{self.amount.describe()}{start}"
