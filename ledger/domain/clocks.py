"""The three clocks, which select the part of the record that a question covers, and the moments that users type."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ledger import dates
from ledger.base import now
from ledger.dates import When, surely_begins, surely_over_after
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.errors import ClockUnclear, MomentsReversed
from ledger.domain.states import Ask, Issue, Statement
from ledger.domain.vocabulary import LATER, Role, role_of

# Statements without a known order are heard in this one: requests first, because answers presuppose them.
_HEARD = (
    Role.RAISES, Role.SPEAKS, Role.CONSIDERS, Role.NARROWS, Role.AGREES_IN_PRINCIPLE, Role.ACCEPTS, Role.ANSWERS,
    Role.OBJECTS, Role.SETTLES, Role.KEEPS_OPEN, Role.WITHDRAWS,
)  # fmt: skip
_POSITION = re.compile(r"#?([0-9]{1,15})")
_UNORDERED = "this one"  # before the date of a request that may not be the last
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?Z?", re.ASCII)


def typed_position(text: str) -> int | None:
    """The log position in a text such as `120` or `#120`; None for any other text."""
    found = _POSITION.fullmatch(text)
    return int(found[1]) if found else None


def is_time(text: str) -> bool:
    """Whether the text is a time, to the minute or finer: `2025-06-04T15:30`."""
    return _TIME.fullmatch(text) is not None


def typed_time(text: str) -> str:
    """The last instant (UTC) that a typed time may mean, in the format of the log."""
    bare = text.rstrip("Z")
    try:
        datetime.fromisoformat(bare)
    except ValueError as error:
        raise DateNotUnderstood(text=text, suggestion="Write a time as 2025-06-04T15:30 (UTC).") from error
    finer = "" if "." in bare else ".999999" if bare.count(":") > 1 else ":59.999999"
    return f"{bare}{finer}Z"


def typed_recording(option: str, text: str) -> str | int:
    """Parse a moment of the recorded clock: a position, a time or a day. Any other text is refused.

    Days of this clock are days in UTC, because the log's times are in UTC; so is `today`.
    """
    position = typed_position(text)
    if position is not None:
        return position
    return typed_time(text) if is_time(text) else typed_day(option, text, now.utc_today())


def typed_day(option: str, text: str, today: date) -> str:
    """The last day, in ISO form, that a typed date or phrase may mean; refused if it has no last day."""
    when = dates.parse(text, today, looking="back")
    if when.hour:
        raise DateNotUnderstood(text=text, suggestion="This clock counts days: leave out the hour.")
    return last_day(option, when, text)


def last_day(option: str, when: When, text: str) -> str:
    """The last day, in ISO form, of a date that was typed as `text`; refused if it has no last day."""
    if when.latest is None:
        raise ClockUnclear(option=option, text=text)
    return when.latest.isoformat()


def recorded_in_words(moment: str | int) -> str:
    """A moment of the recorded clock: `position 120 of the log`, `4 June 2025 (UTC)`, `4 June 2025, 15:30 (UTC)`."""
    if isinstance(moment, int):
        return f"position {moment} of the log"
    day = When(moment[:10]).describe()
    return f"{day}, {moment[11:16]} (UTC)" if is_time(moment) else f"{day} (UTC)"


class Clocks(NamedTuple):
    """The moment of a question on each clock; None means today for `as_of` and the whole record for the others.

    `as_of` and `reported_by` are days as ISO dates. `recorded_by` is a day, a time or a position of the log.
    """

    as_of: str | None = None
    reported_by: str | None = None
    recorded_by: str | int | None = None

    @property
    def selective(self) -> bool:
        """Whether the clocks select only a part of the log, so that it must be replayed."""
        return self.reported_by is not None or self.recorded_by is not None

    @property
    def limits(self) -> str:
        """`Only what was published by 4 June 2025 and recorded by position 120 of the log.`, or ""."""
        told = [f"published by {When(self.reported_by).describe()}"] if self.reported_by is not None else []
        told += [f"recorded by {recorded_in_words(self.recorded_by)}"] if self.recorded_by is not None else []
        return f"Only what was {' and '.join(told)}." if told else ""

    @property
    def position(self) -> int | None:
        """`recorded_by` as a log position or None; TypeError if it is still a day or a time."""
        if isinstance(self.recorded_by, str):
            raise TypeError(f"{self.recorded_by!r} has not been resolved to a position")
        return self.recorded_by


EVERYTHING = Clocks()


def typed_clocks(as_of: str, reported_by: str, recorded_by: str, today: date, *, mark: str = "") -> Clocks:
    """Parse the clocks; "" means not given. In a refusal, `mark` precedes the name of the clock."""
    return Clocks(
        typed_day(f"{mark}as-of", as_of, today) if as_of else None,
        typed_day(f"{mark}reported-by", reported_by, today) if reported_by else None,
        typed_recording(f"{mark}recorded-by", recorded_by) if recorded_by else None,
    )


def follows(statement: Statement, other: str, day: str, surely: str = "") -> bool:
    """Whether a statement certainly came after another that counts on a day, by its date or by a link to the other.

    A statement that counts on a day was made by then. Two statements of one day, or of overlapping days, have no known
    order. For `surely`, see `begins_after`.
    """
    return begins_after(statement.on, day, surely) or any(one.endswith(f" {other}") for one in statement.links)


def in_turn(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by day; of one day, those that a statement names by a link in `LATER` come before it."""
    return linked_first(sorted(statements, key=attrgetter("order")))


def linked_first(found: Sequence[Statement]) -> list[Statement]:
    """Statements in order; of one day, those that a statement names by a link in `LATER` come before it."""
    if not any(one.links for one in found):
        return [*found]
    left = {one.slug: one for one in found}
    placed: list[Statement] = []

    def place(slug: str, day: str) -> None:
        if slug in left and left[slug].day == day:
            one = left.pop(slug)
            for relation in LATER:
                for named in one.linked(relation):
                    place(named, day)
            placed.append(one)

    for one in found:
        place(one.slug, one.day)
    return placed


def together(statements: Iterable[Statement]) -> Iterator[Sequence[Statement]]:
    """The statements in the order in which they are heard; those without a known order are in one part, in any case."""
    found = sorted(statements, key=attrgetter("order"))
    if len(found) > 1:
        found = linked_first([one for _, of_one in groupby(found, key=group_of) for one in _arranged([*of_one])])
    for _, of_one in groupby(found, key=group_of):
        group = [*of_one]
        if all(map(is_exact, group)):
            yield from ([one] for one in group)
        else:
            yield group


def in_order(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements in the order in which they are heard."""
    for group in together(statements):
        yield from group


def group_of(statement: Statement) -> tuple[str, str]:
    """The day and the source of a statement."""
    return statement.day, source_of_turn(statement.turn)


def _arranged(group: Sequence[Statement]) -> Sequence[Statement]:
    """Statements of one day and source in the order in which they are heard, if they have no other."""
    if len(group) < 2 or all(map(is_exact, group)):
        return group
    left = sorted(group, key=lambda one: (_HEARD.index(role_of(one.act)), is_exact(one), one.slug))
    arranged: list[Statement] = []
    while left:
        first = next((one for one in left if not has_to_wait(one, left)), left[0])
        left.remove(first)
        arranged.append(first)
    return arranged


def comes_after(statement: Statement, other: Statement) -> bool:
    """Whether a statement comes after another in the order of occurrence, and not only as it was filed."""
    return has_to_wait(statement, [other]) if not _is_told_in_order(statement, other) else statement.order > other.order


def may_answer(statement: Statement, other: Statement) -> bool:
    """Whether a statement about what another said comes after it, or may: what is told in one report presupposes it."""
    if _is_told_in_order(statement, other):
        return statement.order > other.order
    return not has_to_wait(other, [statement])


def _is_told_in_order(statement: Statement, other: Statement) -> bool:
    """Whether two statements are of different days or sources, or of one exact day."""
    return group_of(statement) != group_of(other) or (is_exact(statement) and is_exact(other))


def has_to_wait(statement: Statement, left: Iterable[Statement]) -> bool:
    """Whether a statement is known to have been made after one of several others."""
    named = {slug for relation in LATER for slug in statement.linked(relation)}
    return any(
        other.slug in named or (is_exact(other) and is_exact(statement) and other.order < statement.order)
        for other in left
        if other is not statement
    )


def is_exact(statement: Statement) -> bool:
    """Whether a report gives the statement's day exactly."""
    return statement.on.edtf == statement.day


def source_of_turn(turn: str) -> str:
    """The part of a turn that all statements of one source share: when it was reported, and the source's slug."""
    return " ".join(turn.split(" ")[:2])


def begins_after(when: When, day: str, surely: str = "") -> bool:
    """Whether a date certainly comes after something that counts on a day (ISO), and was `surely` done by another day.

    That other day is later if only a convention gives the first one. Two dates with such days have the order of these.
    """
    if surely > day and when.is_conventional:
        return when.earliest is not None and when.earliest.isoformat() > day
    first = surely_begins(when)
    return first is not None and first.isoformat() > max(day, surely)


def surely_made_by(statement: Statement) -> str:
    """The day by which a statement was surely made; later than the one on which it counts if a convention gives that.

    One of "early September" was made by 30 September, and in any case before it was reported.
    """
    if not statement.on.phrase:
        return statement.day
    over, reported = surely_over_after(statement.on), statement.turn.partition(" ")[0]
    return max(min(over.isoformat(), reported) if over else reported, statement.day)


def which_request(times: int, *, surely_last: bool) -> str:
    """The word before the date of the request heard last, of several: `last`, or `this one` if that is not certain.

    "" before that of the only one.
    """
    return "" if times < 2 else "last" if surely_last else _UNORDERED


def request_on(which: str, day: str) -> str:
    """The day of a request, with the word of `which_request`: `last 3 June`, `by 3 June, in unknown order`."""
    return f"{day}, in unknown order" if which == _UNORDERED else f"{which} {day}".lstrip()


def known_day(one: Ask | Issue, day: str) -> When:
    """A day of an ask or an issue, as exact as the reports are: the day itself, or some day up to it."""
    return When(f"[..{surely_by(one, day)}]" if day in one.bounds else day)


def surely_by(one: Ask | Issue, day: str) -> str:
    """The day by which something that counts on a day was surely done: a later one if only a convention gives it."""
    later = [by for counted, by in map(str.split, one.surely_by) if counted == day]
    return max(later, default=day)


class Moment(NamedTuple):
    """A moment of the record that a person named; `told` is the moment in words."""

    clocks: Clocks
    told: str


def check_order(first: Moment, second: Moment) -> None:
    """Refuse two moments of one clock of which the second is the earlier."""
    pairs = [(one, other) for one, other in zip(first.clocks, second.clocks, strict=True) if one != other]
    if pairs and all(_is_before(other, one) for one, other in pairs):
        raise MomentsReversed(first=first.told, second=second.told)


def _is_before(one: str | int | None, other: str | int | None) -> bool:
    """Whether one value of a clock is the earlier; False if a position stands against a day, or nothing is chosen."""
    days = isinstance(one, str) and isinstance(other, str) and one < other
    return days or (isinstance(one, int) and isinstance(other, int) and one < other)
