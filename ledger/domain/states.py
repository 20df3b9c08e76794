"""What is known of each kind of entry: the states that folds produce, tables keep and questions return.

A state is flat and plain, so that it is one row: texts, numbers, imprecise dates, lists of slugs. The
column names are the field names; a date takes four columns, a list is JSON.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar, get_type_hints

from ledger.dates import When

SCHEMA_VERSION = 5  # of the views; a views file of another version is filled again
ALWAYS = "0001-01-01"  # from when a name holds: names have no date of their own
_LIST = json.JSONEncoder(ensure_ascii=False)
S = TypeVar("S", bound=tuple[Any, ...])
Slugs = tuple[str, ...]


class Party(NamedTuple):
    """A party to the negotiation."""

    slug: str
    name: str
    aliases: Slugs


class Person(NamedTuple):
    """A person, with the post last reported; `since` is from when, where anybody said."""

    slug: str
    name: str
    aliases: Slugs
    party: str
    post: str
    since: When


class Source(NamedTuple):
    """A source; `text_length` is in characters, 0 where the text was not at hand."""

    slug: str
    kind: str
    title: str
    publisher: str
    published: When
    url: str
    language: str
    account_of: str
    derived_from: str
    sha256: str
    text_length: int


class Statement(NamedTuple):
    """Who said what to whom. `day` is when it counts as said; `turn` its place among the statements of that day."""

    slug: str
    by: Slugs
    on_behalf_of: Slugs
    to: Slugs
    act: str
    issues: Slugs
    says: str
    on: When
    at: str
    reported_by: str
    sources: Slugs
    day: str
    turn: str


class Meeting(NamedTuple):
    """A meeting: status is announced, in progress, held or called off, as reported; see `on_the_day` for the rest.

    `expected_on` is when the present expectation was voiced, `expected_by` by whom (else by the source),
    `expectations` how many were voiced so far.
    """

    slug: str
    kind: str
    number: int | None
    status: str
    expected: When
    expected_on: When
    expected_by: Slugs
    expected_source: str
    expectations: int
    held: When
    place: str
    format: str
    parties: Slugs
    people: Slugs
    titles: Slugs
    issues: Slugs
    reason: str
    sources: Slugs


class Forecast(NamedTuple):
    """One expectation of a meeting; `nth` counts from 1 in the order they were voiced."""

    meeting: str
    nth: int
    expected: When
    said_on: When
    by: Slugs
    at: str
    source: str
    position: int


class FollowUp(NamedTuple):
    """Something agreed to be done: status is open, standing, done, lapsed, dropped or superseded."""

    slug: str
    says: str
    owners: Slugs
    due: When
    standing: bool
    issues: Slugs
    agreed_on: When
    at: str
    status: str
    closed_on: When
    closed_by: Slugs
    sources: Slugs


class Issue(NamedTuple):
    """A matter between the parties, and where it stands.

    status: named (in the record, not spoken of yet), noted, open, answered, narrowed, agreed,
    partly settled, settled, withdrawn. `settled_by` and `narrowed_by` say by whose word.
    """

    slug: str
    title: str
    about: str
    status: str
    raised_by: Slugs
    times_raised: int
    first_raised: str
    last_raised: str
    last_answer: str
    last_answer_act: str
    last_answer_by: Slugs
    narrowed_by: Slugs
    settled_by: Slugs
    last_spoken: str


class Ask(NamedTuple):
    """One party's request on one issue. status: open, answered, agreed, withdrawn.

    Days are ISO dates; `waiting_since` is the first ask after the last answer, "" when none waits.
    """

    issue: str
    asker: str
    to: Slugs
    status: str
    times: int
    first_asked: str
    last_asked: str
    last_answer: str
    last_answer_act: str
    last_answer_by: Slugs
    waiting_since: str
    first_statement: str
    last_statement: str
    answer_statement: str


class Heard(NamedTuple):
    """How far the conversation on an issue was heard, and what of it shows neither in the issue nor in its asks.

    `day` and `turn` are those of the statement heard last; `until` is the last day on which one came or went.
    """

    issue: str
    answered_by: Slugs
    narrowed_last: bool
    day: str
    turn: str
    until: str


class Contest(NamedTuple):
    """A field on which reports of one entry disagree; the lists run in parallel, one item a report."""

    kind: str
    slug: str
    field: str
    preferred: str
    values: Slugs
    sources: Slugs
    positions: Slugs
    quotes: Slugs


class Span(NamedTuple):
    """A state and the days it held: from the day it arose to the day the next one did ("" = still)."""

    state: Any
    valid_from: str
    valid_to: str


def spans(steps: Iterable[tuple[str, Any]]) -> list[Span]:
    """The states that held, from (day, state) in order of days; the last one of a day counts, None is no state.

    A state equal to the one before goes on; so every span is at least a day long and no two neighbours are equal.
    """
    last_of_day = dict(steps)
    turning: list[tuple[str, Any]] = []
    for day, state in last_of_day.items():
        if not turning or turning[-1][1] != state:
            turning.append((day, state))
    ends = [day for day, _ in turning[1:]] + [""]
    held = zip(turning, ends, strict=False)  # where there was no step, there is an end without a start
    return [Span(state, day, end) for (day, state), end in held if state is not None]


def joined(held: Iterable[Span]) -> list[Span]:
    """The spans of one entry, in order, with neighbours that are equal made one."""
    found: list[Span] = []
    for span in held:
        if found and found[-1].valid_to == span.valid_from and found[-1].state == span.state:
            found[-1] = found[-1]._replace(valid_to=span.valid_to)
        else:
            found.append(span)
    return found


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
