"""The days on which statements on an issue are heard, how exact they are, and which came before an ask."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger.domain.clocks import is_exact, source_of_turn, surely_made_by
from ledger.domain.kinds import Span
from ledger.domain.states import Ask, Statement
from ledger.domain.vocabulary import Role, role_of
from ledger.domain.voices import parties


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


def inexact(statement: Statement) -> set[str]:
    """The statement's day, unless a report gives that day exactly."""
    return set() if is_exact(statement) else {statement.day}


def surely_by(statement: Statement) -> set[str]:
    """The statement's day, and the day by which it was surely made if that is later: `2026-09-10 2026-09-30`."""
    surely = surely_made_by(statement)
    return {f"{statement.day} {surely}"} if surely > statement.day else set()


def undated(statement: Statement) -> tuple[str, str]:
    """The day and the source of a statement whose day no report gives; ("", "") for any other."""
    return ("", "") if is_exact(statement) else (statement.day, source_of_turn(statement.turn))


def early_ends(statement: Statement, speakers: Sequence[str], asks: Iterable[Ask]) -> dict[str, str]:
    """The asks of parties that have not asked yet, which a statement may have answered or withdrawn if they came before
    it. `asks` are those made so far. A key such as `us vn` means that `us` answered `vn`, `us us` that it settled its
    own, `us -` that it withdrew its own, and `us *` that it answered anybody; the value is the day of the statement.
    """
    role = role_of(statement.act)
    if not role.is_answer and role is not Role.WITHDRAWS:
        return {}
    to = (parties(statement.to) or ("*",)) if role.is_answer else ()
    ends = {(by, asker) for by in speakers for asker in to if asker != by}
    if role is Role.SETTLES:
        ends |= {(by, by) for by in speakers}
    asking = {ask.asker for ask in asks if ask.status != "withdrawn"}
    early = {f"{by} {asker}": statement.day for by, asker in ends if asker not in asking}
    own = [by for by in speakers if role is Role.WITHDRAWS and by not in asking]
    return early | {f"{by} -": statement.day for by in own}


def ended_early(ends: Mapping[str, str], asker: str, request: Statement) -> tuple[str, str]:
    """The last entry of `early_ends` that may concern an asker's first request: its day, and `answered` or `withdrawn`.

    Both are "" if none does.
    """
    to = {asker, *parties(request.to)}
    own = (
        (day, "withdrawn" if of == "-" else "answered")
        for (by, of), day in ((who.split(), day) for who, day in ends.items())
        if (of == asker or (of == "*" and by != asker) or (of == "-" and by == asker)) and (by in to or not request.to)
    )
    return max(own, default=("", ""))


def as_days(stored: Iterable[str]) -> dict[str, str]:
    """The days in texts such as `us vn 2025-05-22`, by the words before them."""
    return {who: day for who, _, day in (one.rpartition(" ") for one in stored)}


def steps(held: Iterable[Span]) -> Iterator[tuple[str, Any]]:
    """The (day, state) steps that `spans` turns into these spans."""
    for span in held:
        yield span.valid_from, span.state
        if span.valid_to:
            yield span.valid_to, None
