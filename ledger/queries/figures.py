"""Figures: every value of each measure, in order, with who gave it and in which words.

A value that a party asks for, offers or refuses is its position; any other value says how things are. Two values of one
exact day are contested if they cannot both be true, and both say how things are or are positions of one party. Of two
values of one day that agree, the more precise counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.base.text import listed
from ledger.dates import When, compatible
from ledger.domain.states import Measure, Slugs
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import parties
from ledger.figures import compatible as can_both_be_true
from ledger.figures import more_precise
from ledger.figures.given import FigureGiven
from ledger.views.views import Views

POSITIONS = (Role.RAISES, Role.ANSWERS, Role.WITHDRAWS)


class MeasuredValue(NamedTuple):
    """A value of a measure. `value` is the value for people, and `title` the measure's.

    `standing` is "position" if it is what a party asks for, offers or refuses, "" if it says how things are.
    `contested_by` are the entries with a value of the same day that cannot be true too (its own entry, if the reports
    of that differ), `refined_by` those with a more precise one.
    """

    figure: FigureGiven
    title: str
    value: str
    standing: str
    contested_by: Slugs
    refined_by: Slugs

    @property
    def slug(self) -> str:
        """The slug of the entry that gives it."""
        return self.figure.entry.partition("/")[2]


def figures(views: Views, measure: str = "") -> list[MeasuredValue]:
    """The values given by the views' day of one measure (a slug) or of all, those of each measure in order of day."""
    named = {one.slug: one for one in measures(views)}
    values = [one for one in given(views, measure) if one.measure in named]
    differing = {f"{one.kind}/{one.slug}" for one in views.contested() if one.field == "figures"}
    of_day: dict[tuple[str, str], list[FigureGiven]] = defaultdict(list)
    for one in values:
        of_day[one.measure, one.on.edtf].append(one)
    found = [_measured(named[one.measure], one, of_day[one.measure, one.on.edtf]) for one in values]
    return [_contested(one) if one.figure.entry in differing else one for one in found]


def given(views: Views, measure: str = "", entry: str = "") -> list[FigureGiven]:
    """The figures given by the day, in order: of a measure (a slug), or of an entry (its kind and slug)."""
    wanted = "AND (? = '' OR measure = ?) AND (? = '' OR entry = ?)", measure, measure, entry, entry
    return views.states(FigureGiven, "figures", *wanted, order="measure, day, entry, words")


def measures(views: Views) -> list[Measure]:
    """The measures known by the day."""
    return [one for one in views.states(Measure, "measures", order="slug") if views.knows(one.slug)]


def latest(values: Iterable[MeasuredValue]) -> list[MeasuredValue]:
    """The values that count: of each measure, those of the last day that say how things are, and each party's last."""
    last: dict[tuple[str, Slugs], list[MeasuredValue]] = {}
    for one in values:
        if one.refined_by:
            continue
        key = (one.figure.measure, parties(one.figure.by) if one.standing else ())
        before = last.get(key, [])
        last[key] = [*before, one] if before and before[-1].figure.day == one.figure.day else [one]
    return [one for of_one in last.values() for one in of_one]


def given_by(views: Views, figure: FigureGiven) -> str:
    """Who gave a value and when, in words: `the United States proposed on 2 July 2025`, `agreed in May 2025`."""
    kind = figure.entry.partition("/")[0]
    if kind != "statement":
        how = "agreed" if kind == "follow-up" else f"at the {kind} held"
        return f"{how} {figure.on.clause()}" if figure.on else how.removesuffix(" held")
    verb = ACTS[figure.act].verb if figure.act in ACTS else "said"
    return f"{listed(map(views.in_sentence, figure.by))} {verb}{f' {figure.on.clause()}' if figure.on else ''}"


def _measured(measure: Measure, figure: FigureGiven, of_day: Sequence[FigureGiven]) -> MeasuredValue:
    others = [one for one in of_day if one.entry != figure.entry and _comparable(figure, one)]
    contested = [one.entry for one in others if not can_both_be_true(figure.amount, one.amount)]
    refining = [
        one.entry
        for one in others
        if can_both_be_true(figure.amount, one.amount)
        and figure.amount != one.amount
        and more_precise(figure.amount, one.amount) == one.amount
    ]
    return MeasuredValue(
        figure,
        measure.title,
        figure.told,
        "position" if _is_position(figure) else "",
        tuple(contested),
        tuple(refining),
    )


def _contested(one: MeasuredValue) -> MeasuredValue:
    """A value of an entry on whose figures its own reports differ."""
    return one._replace(contested_by=(one.figure.entry, *one.contested_by))


def _comparable(one: FigureGiven, other: FigureGiven) -> bool:
    """Whether two values are of one exact day, from the same start, and of the same standing."""
    if one.on != other.on or not _is_a_day(one.on) or not compatible(one.start, other.start):
        return False
    if _is_position(one) or _is_position(other):
        return _is_position(one) and _is_position(other) and parties(one.by) == parties(other.by)
    return True


def _is_a_day(when: When) -> bool:
    return when.earliest is not None and when.earliest == when.latest


def _is_position(figure: FigureGiven) -> bool:
    return figure.act in ACTS and ACTS[figure.act].role in POSITIONS
