"""What questions return beside states: an event, a quotation, an entry's name; and which negotiation is meant."""

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar, get_type_hints

from ledger.dates import When
from ledger.domain.states import Slugs


class LogRow(NamedTuple):
    """One event as the `log` table of the views has it; `takes_effect` is "" where the event no longer stands."""

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

    @property
    def is_upkeep(self) -> bool:
        """Whether it mends the record rather than reports anything."""
        return self.event in ("EntryCorrected", "EntryRetracted", "EntryErased")


class Evidence(NamedTuple):
    """A quotation and where it stands; places count from 0, -1 while unverified."""

    slug: str
    position: int
    source: str
    words: str
    start: int
    end: int
    verified: bool


class Label(NamedTuple):
    """An entry's name; `retracted` and `erased` are reasons, "" while it stands."""

    kind: str
    slug: str
    label: str
    retracted: str
    erased: str


_LIST = json.JSONEncoder(ensure_ascii=False)

S = TypeVar("S", bound=tuple[Any, ...])


def columns(cls: type[Any]) -> dict[str, type[Any]]:
    """Each column of a state's table with the Python type it holds, in order."""
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
    """The state as one row, by column."""
    cls: Any = type(state)
    return dict(zip(_names(cls), to_values(state), strict=True))


def to_values(state: Any) -> list[Any]:
    """The state as one row: the values of its columns, in order."""
    row: list[Any] = []
    for value in state:
        kind = type(value)
        if kind is str:
            row.append(value)
        elif kind is tuple:
            row.append(_list(value))
        elif kind is When:
            row += (value.edtf, value.phrase, *_bounds(value.edtf))
        else:
            row.append(int(value) if kind is bool else value)
    return row


@cache
def _names(cls: Any) -> list[str]:
    return list(columns(cls))


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[str, str]:
    """The first and the last possible day as the columns hold them."""
    earliest, latest = When(edtf).earliest, When(edtf).latest
    return earliest.isoformat() if earliest else "", latest.isoformat() if latest else ""


@lru_cache(maxsize=4096)
def _list(values: Slugs) -> str:
    return _LIST.encode(values)


def from_row(cls: type[S], row: Sequence[Any]) -> S:
    """The state that a row begins with, of the columns that are `selected` for it."""
    plan = _plan(cls)
    values = list(row[: plan.fields])
    for at, read in plan.read:
        values[at] = read(values[at])
    for at, phrase in plan.dates:
        values[at] = _when(values[at], row[phrase])
    return cls(*values)


@cache
def selected(cls: Any) -> str:
    """What to select for a state: a column for each of its fields, in order, and then the phrases of its dates."""
    hints = get_type_hints(cls)
    phrases = [f"{name}_phrase" for name, hint in hints.items() if hint is When]
    return ", ".join(f"[{name}]" for name in [*hints, *phrases])


class _Plan(NamedTuple):
    """How a state is read: the number of its fields, those to be read from text, and dates with their phrases."""

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
    """The items of a list as a column holds it."""
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _when(edtf: str, phrase: str) -> When:
    return When(edtf, phrase)
