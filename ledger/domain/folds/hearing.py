"""The order in which the statements on an issue are heard, and which of them are heard together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from ledger.domain.folds.ask import inexact
from ledger.domain.states import Span, Statement


def replaced_by_others(said: Iterable[Statement]) -> set[str]:
    """The statements that others on the issue replace."""
    return {slug for one in said for slug in one.linked("replaces")}


def by_day(said: Iterable[Span]) -> Iterator[tuple[str, list[Statement], list[Statement]]]:
    """The days on which statements begin or cease to touch the issue: (day, beginning, ceasing)."""
    days: dict[str, tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for span in said:
        days[span.valid_from][0].append(span.state)
        if span.valid_to:
            days[span.valid_to][1].append(span.state)
    for day in sorted(days):
        yield day, *days[day]


def in_order(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements in order; among undated ones of one source, the objections last, as they may answer the others."""
    for (day, _), group in groupby(sorted(statements, key=lambda one: one.order), key=undated):
        together = [*group]
        yield from sorted(together, key=lambda one: one.act == "objected") if day else together


def undated(statement: Statement) -> tuple[str, str]:
    """The day and the source of a statement whose day no report gives; ("", "") for any other."""
    return (statement.day, source_of_turn(statement.turn)) if inexact(statement) else ("", "")


def source_of_turn(turn: str) -> str:
    """The part of a turn that all statements of one source share: when it was reported, and the source's slug."""
    return " ".join(turn.split(" ")[:2])
