"""Figures: every value of each measure, in order, with who gave it and in which words.

Values are compared as `ledger.views.measured` says. Of two values of one day that agree, the more precise counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.base.text import listed, on_condition
from ledger.dates import compatible
from ledger.domain.clocks import begins_after
from ledger.domain.figures.amount import more_precise
from ledger.domain.figures.given import FigureGiven
from ledger.domain.states import Contest, Slugs
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import parties
from ledger.views.measured import (
    Basis,
    basis_of,
    contradict,
    given,
    is_position,
    issues_of,
    measures,
    replaced_values,
)
from ledger.views.views import Views


class MeasuredValue(NamedTuple):
    """A value of a measure. `value` is the value for people, and `title` the measure's.

    `standing` is "position" if it is what a party asks for, offers or refuses, "" if it says how things are.
    `contested_by` are the entries with a value of the same day that excludes this one (its own entry, if the reports of
    that differ), `refined_by` those with a more precise one. `replaced_by` is the entry that replaces its own, so that
    the value no longer counts. `counts`: it is a present value (see `latest`). `issues` are those of its entry.
    `refused`: the refusals of the statement, such as `the United States on 3 June 2025 in us-no (paper)`.
    """

    figure: FigureGiven
    title: str
    value: str
    standing: str
    contested_by: Slugs
    refined_by: Slugs
    replaced_by: str = ""
    counts: bool = False
    issues: Slugs = ()
    refused: Slugs = ()

    @property
    def slug(self) -> str:
        """The slug of the entry that gives it."""
        return self.figure.slug


def figures(views: Views, measure: str = "") -> list[MeasuredValue]:
    """The values given by the views' day, of one measure (a slug) or of all; measure by measure, in order of day."""
    titles = {one.slug: one.title for one in measures(views)}
    values = [one for one in given(views, measure) if one.measure in titles]
    differing = {f"{one.kind}/{one.slug}" for one in views.states(Contest, "contested", "AND field = 'figures'")}
    gone = replaced_values(views, values)
    based = [(basis_of(one), one) for one in values]
    alike: dict[Basis | None, list[FigureGiven]] = defaultdict(list)
    for basis, one in based:
        if (one.slug, one.measure) not in gone:
            alike[basis].append(one)
    alike[None] = []
    found = [
        _measured(titles[one.measure], one, () if (one.slug, one.measure) in gone else alike[basis])._replace(
            replaced_by=gone.get((one.slug, one.measure), "")
        )
        for basis, one in based
    ]
    found = [_contested(one) if one.figure.entry in differing else one for one in found]
    counting, issues = {id(one) for one in latest(found)}, issues_of(views, values)
    no = views.refusals
    return [
        one._replace(counts=id(one) in counting, issues=issues.get(one.figure.entry, ()), refused=no.get(one.slug, ()))
        for one in found
    ]


def latest(values: Iterable[MeasuredValue]) -> list[MeasuredValue]:
    """The present values of each measure: the last position of each party, and the last values that say how things are.

    A value of the second kind replaces earlier ones: if a party gives it, only that party's own; if a meeting or an
    agreement gives it, everybody's; without a named speaker, none. Of two values in one report, neither replaces the
    other unless its date is certainly later.
    """
    last: dict[tuple[str, str, Slugs], list[MeasuredValue]] = {}
    for one in values:
        if one.refined_by or one.replaced_by:
            continue
        said = one.figure.entry.startswith("statement/")
        measure, whose = one.figure.measure, parties(one.figure.by) or ((one.figure.entry,) if said else ())
        key = measure, one.standing, whose
        if not said and not one.standing:
            others = [each for each in last if each[:2] == key[:2] and each != key]
            for each in others:
                if last[each][-1].figure.day < one.figure.day:
                    del last[each]
        before = last.get(key, [])
        last[key] = [*(other for other in before if not _replaces(one.figure, other.figure)), one]
    return [one for of_one in last.values() for one in of_one]


def _replaces(figure: FigureGiven, before: FigureGiven) -> bool:
    """Whether a value counts instead of one with an earlier or the same day."""
    if {*figure.sources} & {*before.sources}:
        return begins_after(figure.on, before.day)
    return before.day < figure.day


def given_by(views: Views, figure: FigureGiven) -> str:
    """The giver of a value and the day, in words: `the United States proposed on 2 July 2025`, `agreed in May 2025`."""
    kind = figure.entry.partition("/")[0]
    if kind != "statement":
        how = "agreed" if kind == "follow-up" else f"at the {kind} held"
        return f"{how} {figure.on.clause()}" if figure.on else how.removesuffix(" held")
    verb = ACTS[figure.act].verb if figure.act in ACTS else "said"
    on = f" {figure.on.clause()}" if figure.on else ""
    whose = "" if figure.quoted else " (keeper’s figure, not in the quote)"
    told_by = views.told_and_denied(figure.reported_by, figure.entry.partition("/")[2])
    return f"{listed(map(views.in_sentence, figure.by))} {verb}{on}{told_by}{whose}{views.refused(figure.slug)}"


def with_conditions(views: Views, figure: FigureGiven, told: str) -> str:
    """Words about a value, followed by the conditions of the statement that gives it."""
    kind, _, slug = figure.entry.partition("/")
    return on_condition(told, views.conditioned.get(slug, ())) if kind == "statement" and not figure.rival else told


def _measured(title: str, figure: FigureGiven, alike: Sequence[FigureGiven]) -> MeasuredValue:
    """A value, compared with the others of the same basis."""
    others = [one for one in alike if one.entry != figure.entry and compatible(figure.start, one.start)]
    contested = [one.entry for one in others if contradict(figure, one)]
    refining = [
        one.entry
        for one in others
        if one.entry not in contested
        and figure.amount != one.amount
        and more_precise(figure.amount, one.amount) == one.amount
    ]
    is_one = "position" if is_position(figure) else ""
    return MeasuredValue(figure, title, figure.told, is_one, tuple(contested), tuple(refining))


def _contested(one: MeasuredValue) -> MeasuredValue:
    """A value of an entry whose own reports give different figures."""
    return one._replace(contested_by=(one.figure.entry, *one.contested_by))
