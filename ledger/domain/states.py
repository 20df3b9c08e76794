"""The states of each kind of entry, which folds produce, tables store and questions return.

A state is flat and plain, so that it fits one row: texts, numbers, imprecise dates, lists of slugs. The columns are
named after the fields; a date takes four columns, and a list is JSON.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.dates import When

ALWAYS = "0001-01-01"  # the day from which a name is valid: names have no date of their own
Slugs = tuple[str, ...]


class Party(NamedTuple):
    """A party to the negotiation; `in_sentences` is its name inside a sentence, "" where that is its name alone."""

    slug: str
    name: str
    aliases: Slugs
    in_sentences: str


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


class IssueSnapshot(NamedTuple):
    """What the fold of an issue needs to resume, and neither the issue nor its asks show.

    `day` and `turn` are those of the last statement; `until` is the last day on which a statement began or ceased to
    touch the issue.
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
    """A state and the days on which it was valid: from `valid_from` until the day before `valid_to` ("" = still)."""

    state: Any
    valid_from: str
    valid_to: str


def spans(steps: Iterable[tuple[str, Any]]) -> list[Span]:
    """The spans of states, from (day, state) in order of days. The last state of a day counts; None ends a span.

    A state equal to the one before continues it, so every span lasts at least a day and no two neighbours are equal.
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
    """The spans of one entry, in order, with adjacent spans of an equal state joined."""
    found: list[Span] = []
    for span in held:
        if found and found[-1].valid_to == span.valid_from and found[-1].state == span.state:
            found[-1] = found[-1]._replace(valid_to=span.valid_to)
        else:
            found.append(span)
    return found
