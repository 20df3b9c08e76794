"""The figures of an entry: its values of each measure, merged over the sources that report it.

Two values of one measure agree if both can be true; the more precise is shown. If they cannot both be true, the field
is contested, like any other.
"""

from collections.abc import Sequence

from ledger.base.names import fold_words
from ledger.dates import When, compatible, more_precise
from ledger.domain.figures.amount import compatible as amounts_agree
from ledger.domain.figures.amount import more_precise as more_precise_amount
from ledger.domain.figures.figure import Figure
from ledger.domain.figures.given import FigureGiven
from ledger.domain.reports import Account
from ledger.domain.states import Slugs
from ledger.domain.vocabulary import guess

Figures = Sequence[Figure]


def agree(first: Figures, second: Figures) -> bool:
    """Whether two reports of one entry can both be right about every measure."""
    for of_first, of_second in _by_measure(first, second):
        for one in of_first:
            alike = [other for other in of_second if compatible(one.start, other.start)]
            if alike and not any(amounts_agree(one.amount, other.amount) for other in alike):
                return False
    return True


def fuller(first: Figures, second: Figures) -> Figures:
    """The values of both reports, each as precise as either gives it."""
    found: list[Figure] = []
    for of_first, of_second in _by_measure(first, second):
        left = list(of_second)
        for one in of_first:
            other = next((each for each in left if _same(one, each)), None)
            if other is not None:
                left.remove(other)
            found.append(_finer(one, other) if other is not None else one)
        found += left
    return tuple(found)


def given(
    entry: str,
    figures: Figures,
    known: Sequence[Account],
    *,
    by: Slugs = (),
    act: str = "",
    on: When,
    day: str,
) -> tuple[FigureGiven, ...]:
    """The figures of an entry as states, with who gave them, when, and who told of it; `known` are its accounts."""
    if not figures:
        return ()
    quotes = [fold_words(quote.words) for account in known for quote in account.event.quotes]
    found = []
    for one in figures:
        reports = [account.event for account in known if _gives(account, one)]
        own = [(event.source, figure) for event in reports for figure in event.figures if event.source]
        own = [(source, figure) for source, figure in own if figure.measure == one.measure and _same(figure, one)]
        sources = tuple(dict.fromkeys(source for source, figure in own if figure.amount == one.amount))
        others = [(source, figure) for source, figure in own if source not in sources]
        also = tuple(dict.fromkeys(f"{figure.amount.describe()} in {source}" for source, figure in others))
        exact = [event for event in reports if one in event.figures]
        guessed = [guess(one.inferred, getattr(one, "inferred_in", ()), "figures") for one in exact or reports]
        inferred = " ".join(dict.fromkeys(guessed)) if all(guessed) else ""
        tellers = [getattr(event, "reported_by", "") for event in exact or reports]
        told_by = tellers[-1] if tellers and all(tellers) else ""
        quoted = any(fold_words(one.words) in words for words in quotes)
        found.append(
            FigureGiven(
                *(entry, one.measure, *one.amount, one.start, one.words),
                *(by, act, on, day, sources, quoted, inferred, told_by),
                also=also,
            )
        )
    return tuple(found)


def _gives(account: Account, figure: Figure) -> bool:
    """Whether a report gives this value, or one that can be true with it."""
    own = getattr(account.event, "figures", ())
    return any(one.measure == figure.measure and _same(one, figure) for one in own)


def _by_measure(first: Figures, second: Figures) -> list[tuple[list[Figure], list[Figure]]]:
    measures = dict.fromkeys([one.measure for one in (*first, *second)])
    return [
        ([one for one in first if one.measure == name], [one for one in second if one.measure == name])
        for name in measures
    ]


def _same(one: Figure, other: Figure) -> bool:
    return amounts_agree(one.amount, other.amount) and compatible(one.start, other.start)


def _finer(one: Figure, other: Figure) -> Figure:
    """The more precise of two values, with its own words; it does not take a start from the other value."""
    if one.amount == other.amount:
        return other if more_precise(one.start, other.start) != one.start else one
    return other if more_precise_amount(one.amount, other.amount) == other.amount else one
