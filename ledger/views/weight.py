"""How much the reports of a value weigh: independent sources, copies counted once."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.domain.copies import Families
from ledger.domain.states import Contest


class Weight(NamedTuple):
    """How many sources carry an entry, and how many of them are independent of each other."""

    independent: int
    sources: int


class WeighedContest(NamedTuple):
    """A field on which reports of one entry disagree; the lists run in parallel, one item a report.

    weights: how many independent sources give the value.
    """

    contest: Contest
    weights: tuple[int, ...]


def weight(sources: Iterable[str], known: Families) -> Weight:
    """The weight of what these sources carry; one that no family is known of is a family of its own."""
    named = set(sources) - {""}
    return Weight(len({known[slug].family if slug in known else slug for slug in named}), len(named))


def sides(sources: Iterable[str], known: Families) -> set[str]:
    """The sides whose accounts the sources are; "" for one that is nobody's."""
    return {known[slug].side if slug in known else "" for slug in sources}


def copies_of(source: str, known: Families) -> set[str]:
    """The other sources of a source's family."""
    own = known[source].family if source in known else None
    return {slug for slug, one in known.items() if one.family == own and slug != source}


def weighed(contests: Sequence[Contest], known: Families) -> list[WeighedContest]:
    """The contests with the weight of each value."""
    return [WeighedContest(one, tuple(_weight_of(one, value, known) for value in one.values)) for one in contests]


def _weight_of(contest: Contest, value: str, known: Families) -> int:
    saying = [source for source, said in zip(contest.sources, contest.values, strict=True) if said == value]
    return weight(saying, known).independent
