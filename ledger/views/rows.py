"""The rows of the views: the rows that are not states, and the conversion of states to rows and back.

A state has a column for each field; a date has four, and a list is stored as JSON. `from_row` is the inverse of
`to_values`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar, get_type_hints

from ledger.dates import When, reported
from ledger.domain.kinds import KIND_OF
from ledger.domain.states import Slugs


class LogRow(NamedTuple):
    """One event in the `log` table of the views; `takes_effect` is "" if the event is no longer valid.

    `recorded_at` is in UTC; `recorded_on` is the keeper's day at that moment.
    """

    position: int
    recorded_at: str
    recorded_by: str
    kind: str
    slug: str
    version: int
    event: str
    source: str
    occurred: str
    occurred_phrase: str
    reported: str
    takes_effect: str
    stands: bool
    sentence: str
    recorded_on: str

    @property
    def is_upkeep(self) -> bool:
        """Whether the event changes the record (a correction, a retraction) instead of reporting something."""
        return self.event not in KIND_OF


class Evidence(NamedTuple):
    """A quotation and its place in the text of the source, counted from 0; -1 while unverified.

    checked_from: the day from which it was compared with the text: "" if when it was filed, null if the text is not at
    hand. A quotation that was compared and is not verified is not in the text.
    """

    slug: str
    position: int
    source: str
    words: str
    start: int
    end: int
    verified: bool
    checked_from: str | None

    def on(self, day: str) -> "Evidence":
        """The quotation as of a day."""
        if self.checked_from is None or self.checked_from <= day:
            return self
        return self._replace(start=-1, end=-1, verified=False, checked_from=None)

    @property
    def told(self) -> str:
        """Its place, as far as it is known, as people read it."""
        if self.verified:
            since = f", verified since {When(self.checked_from).describe()}" if self.checked_from else ""
            return f"found at {self.start}–{self.end}{since}"
        return "unverified: the text is not at hand" if self.checked_from is None else "NOT in the source's text"


# The words of a report for its date, in `log`; a corrected date has none.
PHRASE = "IIF(occurred = occurred_as_it_stands, occurred_phrase, '')"


class Entry(NamedTuple):
    """Something that happened, in a sentence. It counts from `day`.

    `occurred` is its date as reported, `occurred_phrase` that date in the words of the report. `also` are the other
    sources that report it with the same date and in the same sentence, if several accounts of it are told as one.
    """

    day: str
    occurred: str
    kind: str
    slug: str
    sentence: str
    source: str
    position: int
    occurred_phrase: str = ""
    event: str = ""
    also: tuple[str, ...] = ()

    @property
    def is_undated(self) -> bool:
        """Whether no report gives its date."""
        return self.occurred == ""

    @property
    def on(self) -> When:
        """Its date as reported; if no report gives one, some day up to the day from which it counts."""
        return reported(When(self.occurred, self.occurred_phrase), self.day)


def together(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries in their order; the accounts of one meeting, or of another entry, that say the same are one item.

    Another account of a meeting says so: `Round 1: 1 May 2026 (another account)`.
    """
    found: dict[tuple[str, ...], list[Entry]] = {}
    met: set[str] = set()
    for one in entries:
        same = found.setdefault((one.event, one.slug, one.day, one.occurred, one.sentence), [])
        is_other = one.event == "MeetingReported" and one.slug in met and not same
        same.append(one._replace(sentence=f"{one.sentence.removesuffix('.')} (another account)") if is_other else one)
        if one.event == "MeetingReported":
            met.add(one.slug)
    return [*found.values()]


class Label(NamedTuple):
    """The name of an entry; `retracted` and `erased` are the reasons, "" while the entry is valid."""

    kind: str
    slug: str
    label: str
    retracted: str
    erased: str


# The label in a row of `entries`: where it is what a statement last said, it is stored only there.
LABEL = (
    "IFNULL(label, (SELECT says FROM statements WHERE negotiation = entries.negotiation AND slug = entries.slug"
    " ORDER BY valid_from DESC LIMIT 1)) AS label"
)

_LIST = json.JSONEncoder(ensure_ascii=False)

S = TypeVar("S", bound=tuple[Any, ...])


def columns(cls: type[Any]) -> dict[str, type[Any]]:
    """The columns of a state's table in order, each with the Python type of its values."""
    found: dict[str, type[Any]] = {}
    for name, hint in get_type_hints(cls).items():
        if hint is When:
            found |= dict.fromkeys((name, f"{name}_phrase", f"{name}_earliest", f"{name}_latest"), str)
        elif hint in (int, int | None, bool):
            found[name] = int
        else:
            found[name] = str
    return found


def to_row(state: Any) -> dict[str, Any]:
    """The state as a row, by column."""
    cls: Any = type(state)
    return dict(zip(_names(cls), to_values(state), strict=True))


def to_values(state: Any) -> list[Any]:
    """The values of the state's columns, in order."""
    cls: Any = type(state)
    row = [*state]
    lists, dates, truths = _converted(cls)
    for at in lists:
        row[at] = _list(row[at]) if row[at] else "[]"
    for at in truths:
        row[at] = int(row[at])
    for at in dates:
        when = row[at]
        row[at : at + 1] = (when.edtf, when.phrase, *_bounds(when.edtf))
    return row


@cache
def _converted(cls: Any) -> tuple[list[int], list[int], list[int]]:
    """The lists, dates and booleans among the fields of a state, in reverse order, because a date has four columns."""
    hints = [*enumerate(get_type_hints(cls).values())][::-1]
    lists, dates, truths = ([at for at, hint in hints if hint == wanted] for wanted in (Slugs, When, bool))
    return lists, dates, truths


@cache
def _names(cls: Any) -> list[str]:
    return list(columns(cls))


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[str, str]:
    """The first and the last possible day of a date; "" if it has none."""
    earliest, latest = When(edtf).earliest, When(edtf).latest
    return earliest.isoformat() if earliest else "", latest.isoformat() if latest else ""


@lru_cache(maxsize=4096)
def _list(values: Slugs) -> str:
    return _LIST.encode(values)


# A span is stored with the smallest period that contains it, where all of time is one period and each period is halved
# into two. A day is in one period of each size, so an index by period finds the spans that contain it without reading
# the others (a relational interval tree).
_HALVINGS = 27  # until a period is one day: days are numbers such as 20250522
IN_PERIODS = f"period IN ({', '.join('?' * (_HALVINGS + 1))})"  # those of `periods`
ON_THE_DAY = "valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)"


def period_of(first: str, over: str) -> int:
    """The number of the smallest period that contains the days from `first` until before `over`, "" for all later ones.

    A period has the number of the first day of its second half, or of its only day.
    """
    start, last = _number(first), (_number(over) if over else 1 << _HALVINGS) - 1
    half = (start ^ last).bit_length() - 1
    return last >> half << half if half > 0 else last


@lru_cache(maxsize=64)
def periods(day: str) -> tuple[int, ...]:
    """The numbers of the periods that contain a day."""
    number = _number(day)
    return number, *((number >> size | 1) << size for size in range(_HALVINGS))


@lru_cache(maxsize=4096)
def _number(day: str) -> int:
    return int(day.replace("-", "") or 0)


def from_row(cls: type[S], row: Sequence[Any]) -> S:
    """The state in a row that begins with the columns of `selected`; ValueError or TypeError if it contains none."""
    plan = _plan(cls)
    values = list(row[: plan.fields])
    for at, read in plan.read:
        values[at] = read(values[at])
    for at, phrase in plan.dates:
        values[at] = _when(values[at], row[phrase])
    return cls(*values)


@cache
def selected(cls: Any) -> str:
    """The columns to select for a state: one for each of its fields, in order, then the phrases of its dates."""
    hints = get_type_hints(cls)
    phrases = [f"{name}_phrase" for name, hint in hints.items() if hint is When]
    return ", ".join(f"[{name}]" for name in [*hints, *phrases])


class _Plan(NamedTuple):
    """How to read a state: the number of its fields, the fields to decode, and its dates with their phrases."""

    fields: int
    read: list[tuple[int, Callable[[Any], Any]]]
    dates: list[tuple[int, int]]


@cache
def _plan(cls: Any) -> _Plan:
    hints = list(get_type_hints(cls).values())
    dates = [at for at, hint in enumerate(hints) if hint is When]
    readers: dict[Any, Callable[[Any], Any]] = {bool: bool, Slugs: slugs}
    return _Plan(
        len(hints),
        [(at, readers[hint]) for at, hint in enumerate(hints) if hint in readers],
        [(at, len(hints) + nth) for nth, at in enumerate(dates)],
    )


@lru_cache(maxsize=4096)
def slugs(text: str) -> Slugs:
    """The items of a list stored in a column."""
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _when(edtf: str, phrase: str) -> When:
    return When(edtf, phrase)
