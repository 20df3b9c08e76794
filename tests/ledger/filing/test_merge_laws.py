"""The laws of merging: three desks file, correct, retract and erase, and are merged in all six orders.

`PARLEY_DESKS=5000` tries 5,000 sets of desks instead of a few.
"""

import os
import shutil
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from itertools import combinations, permutations
from typing import Any, NamedTuple

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ledger import Ledger, Refusal, open_ledger
from ledger.errors import ProblemsFound
from tests import laws
from tests.laws import NEGOTIATION, Projection
from tests.thorough import THOROUGH

EXAMPLES = int(os.environ.get("PARLEY_DESKS", 2 * THOROUGH))
DAYS = ("2025-05-20", "2025-07-02", "2026-01-01")
SHARED = "paper-a"


class Erase(NamedTuple):
    """A keeper erases an entry."""

    slug: str


class Desk(NamedTuple):
    """The reports and corrections of a desk, in order; `after` is how many steps of the desk before it has copied."""

    steps: tuple[Any, ...]
    after: int


@st.composite
def desks(draw: st.DrawFn) -> tuple[Desk, ...]:
    """Three desks with their own sources; most share one source, in which they report the same things or others."""
    shared = draw(laws.reports(SHARED))
    found: list[Desk] = []
    for name in "bcd":
        told = [draw(laws.reports(f"paper-{name}"))]
        if how := draw(st.sampled_from(("", "", "same", "part", "other"))):
            other = draw(laws.reports(SHARED)) if how == "other" else shared
            kept = other.entries[: draw(st.integers(0, len(other.entries)))] if how == "part" else other.entries
            told.append(shared._replace(entries=kept, has_text=draw(st.booleans())))
        told = list(draw(st.permutations(told)))
        mends: list[Any] = draw(st.lists(laws.mends(told), max_size=4))
        if mends and draw(st.integers(0, 3)) == 0:  # what was retracted is filed again, in other words or the same
            again = draw(st.sampled_from(told))
            mends.append(draw(laws.reports(again.slug))._replace(source=again.source, has_text=draw(st.booleans())))
        if draw(st.integers(0, 3)) == 0:  # the text of a source is found later
            mends.append(draw(st.sampled_from(told))._replace(has_text=True))
        if draw(st.integers(0, 5)) == 0 and any(one.entries for one in told):
            entries = [
                entry
                for one in told
                for entry in one.entries
                if not {"appointment", "left-post", "role"} & entry.keys()
            ]
            mends += [Erase(laws.slug(draw(st.sampled_from(entries))))] if entries else []
        found.append(Desk((*told, *mends), draw(st.integers(0, 6)) if found and draw(st.booleans()) else 0))
    return tuple(found)


def work(desk: Desk, ledger: Ledger, moment: datetime, count: int | None = None) -> None:
    """File and correct as far as the rules allow, step by step, one step each hour."""
    with laws.at(moment):
        laws.file_report(ledger, laws.NAMES)
    for step in desk.steps[:count]:
        moment += timedelta(hours=1)
        with laws.at(moment):
            if isinstance(step, laws.Report):
                laws.file_report(ledger, step)
            elif isinstance(step, laws.Mend):
                laws.mend(ledger, step)
            else:
                with suppress(Refusal):
                    ledger.erase(step.slug, "By order.", negotiation=NEGOTIATION)


class Room:
    """The three ledgers, and copies of them to merge into."""

    def __init__(self, stack: ExitStack, planned: tuple[Desk, ...]) -> None:
        self._stack = stack
        self.desks: list[Ledger] = []
        for number, desk in enumerate(planned):
            ledger = stack.enter_context(laws.new_ledger())
            beginning = laws.BEGINNING + timedelta(minutes=7 * number)
            if desk.after:  # it begins with a copy of the desk before
                before = self.desks[number - 1]
                shutil.copyfile(before.path, ledger.path)
                beginning += timedelta(days=number)
            work(desk, ledger, beginning)
            self.desks.append(ledger)

    def copy(self, ledger: Ledger) -> Ledger:
        other = self._stack.enter_context(laws.new_ledger())
        shutil.copyfile(ledger.path, other.path)
        return open_ledger(other.path, keeper="the keeper")

    def merged(self, *ledgers: Ledger) -> Ledger | None:
        """The first ledger, with the others merged into it in order; None if a merge is refused."""
        into = self.copy(ledgers[0])
        for number, other in enumerate(ledgers[1:]):
            with laws.at(laws.BEGINNING + timedelta(days=30 + number)):
                if conflicts(into, other):
                    return None
                into.merge(other.path)
        return into

    def at_once(self, into: Ledger, *others: Ledger) -> Ledger | None:
        """The first ledger, with the others merged into it at once; None if that is refused."""
        copied = self.copy(into)
        with laws.at(laws.BEGINNING + timedelta(days=30)):
            try:
                copied.merge(*(other.path for other in others))
            except ProblemsFound:
                return None
        return copied


def conflicts(into: Ledger, other: Ledger) -> set[str]:
    """The entries on which a merge is refused."""
    try:
        into.merge(other.path, dry_run=True)
    except ProblemsFound as refused:
        return {where for where, _ in refused.problems}
    return set()


def stands(ledger: Ledger) -> dict[str, Any]:
    """The answer to every question, without positions of the log."""
    views = Projection(ledger).rebuild()
    return {day: laws.without_positions(laws.answers(views.asked(day))) for day in DAYS}


def touched(desk: Desk) -> set[str]:
    """The entries that a desk corrects, retracts or erases."""
    return {step.slug for step in desk.steps if not isinstance(step, laws.Report)}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck])
@given(desks())
def test_any_order_of_merging_comes_to_the_same(planned):
    with ExitStack() as stack:
        room = Room(stack, planned)
        pairs = {
            (one, other): conflicts(room.copy(room.desks[one]), room.desks[other])
            for one, other in permutations(range(3), 2)
        }
        for one, other in combinations(range(3), 2):
            assert pairs[one, other] == pairs[other, one], "who merges whom decides whether there is a conflict"
        merged = {order: room.merged(*(room.desks[nth] for nth in order)) for order in permutations(range(3))}
        whole = {order: ledger for order, ledger in merged.items() if ledger is not None}
        disputed = {where.split()[1] for found in pairs.values() for where in found}
        event("agree" if not disputed else "conflict")
        if not disputed:
            assert len(whole) == 6, "three desks conflict, of which no two do"
        elif not disputed & set().union(*map(touched, planned)):  # otherwise a third desk may have settled the conflict
            assert not whole, "the order of merging decides whether there is a conflict"
        answers = {order: stands(ledger) for order, ledger in whole.items()}
        for order, ledger in whole.items():
            assert answers[order] == next(iter(answers.values())), order
            assert Projection(ledger).catch_up().contents() == Projection(ledger).rebuild().contents()
            for desk in room.desks:
                assert ledger.merge(desk.path).recorded == [], "what was merged is merged again"
        at_once = {order: room.at_once(*(room.desks[nth] for nth in order)) for order in permutations(range(3))}
        refused = [ledger is None for ledger in at_once.values()]
        assert all(refused) or not any(refused), "the order decides whether ledgers that are merged at once conflict"
        assert not (whole and any(refused)), "a conflict that a third desk settles is refused at once"
        if not any(refused):
            event("agree at once" if whole else "agree only at once")
            found = [stands(at_once[order]) for order in ((0, 1, 2), (2, 0, 1))]
            assert all(one == found[0] for one in [*found, *answers.values()])
        if not disputed:
            first, second, third = room.desks
            together = room.merged(second, third)
            assert together is not None
            grouped = room.merged(first, together)
            assert grouped is not None
            assert stands(grouped) == answers[0, 1, 2], "it matters which two desks are merged first"
            for ledger in (grouped, *whole.values()):
                assert grouped.merge(ledger.path).recorded == [], "who merged the same desks lacks an event"
