"""The weight of a value: the number of independent sources that report it; copies count once."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ledger.domain.copies import Families
from ledger.domain.states import Contest, FollowUp, Slugs
from ledger.domain.voices import parties


class Weight(NamedTuple):
    """The number of sources that report an entry, and how many of them are independent."""

    independent: int
    sources: int


class WeighedContest(NamedTuple):
    """A field on which reports of one entry disagree; `weights` has the number of independent sources of each value."""

    contest: Contest
    weights: tuple[int, ...]


def weight(sources: Iterable[str], known: Families) -> Weight:
    """The weight of a value that these sources report; a source without a known family counts as its own family."""
    named = set(sources) - {""}
    return Weight(len({known[slug].family if slug in known else slug for slug in named}), len(named))


def sides(sources: Iterable[str], known: Families) -> set[str]:
    """The sides whose accounts the sources are; "" for sources that are not any side's account."""
    return {known[slug].side if slug in known else "" for slug in sources}


def side_alone(one: FollowUp, known: Families) -> str:
    """The party whose account alone reports a follow-up that binds others too; "" if others report it as well."""
    reporting = sides(one.agreed_in, known)
    own = one.told_as == "promised" and {*parties(one.owners)} <= reporting
    return "" if own or len(reporting) != 1 else reporting.pop()


def ended_alone(one: FollowUp, known: Families, negotiating: Collection[str]) -> Slugs:
    """The other parties to the negotiation that say that a follow-up ended, if neither an owner nor anybody else does.

    A source that is nobody's account, or a mediator, is somebody else.
    """
    told = {told.removeprefix("in ") for told in one.end_told if told.startswith("in ")}
    voices = [voice for voice in one.end_told if not voice.startswith("in ")]
    saying = dict.fromkeys([*voices, *sorted(sides(told, known))])
    others = {*negotiating} - {*parties(one.owners)}
    return tuple(saying) if all(voice.partition("/")[0] in others for voice in saying) else ()


def copies_of(source: str, known: Families) -> set[str]:
    """The other sources in the family of a source."""
    own = known[source].family if source in known else None
    return {slug for slug, one in known.items() if one.family == own and slug != source}


def weighed(contests: Sequence[Contest], known: Families) -> list[WeighedContest]:
    """The contests, each with the weights of its values."""
    return [WeighedContest(one, tuple(_weight_of(one, value, known) for value in one.values)) for one in contests]


def _weight_of(contest: Contest, value: str, known: Families) -> int:
    saying = [source for source, said in zip(contest.sources, contest.values, strict=True) if said == value]
    return weight(saying, known).independent
