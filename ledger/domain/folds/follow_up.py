"""The follow-up fold: a follow-up is open, or standing, until somebody reports that it was closed.

A follow-up that is agreed again on another day, or at another meeting, is reaffirmed: neither day is contested. The
latest agreement that gives an owner or a due date decides it. An agreement after the closing reopens the follow-up.
"""

from collections.abc import Sequence

from ledger.dates import When, compatible, surely_after
from ledger.domain.events import UNKNOWN, FollowUpAgreed, FollowUpClosed
from ledger.domain.folds.figures import given
from ledger.domain.folds.links import linked
from ledger.domain.folds.merging import Folded, Weighed, latest, within
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import FollowUp


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The follow-up with its contests and figures, as spans, from its accounts in order of occurrence."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, accounts, settled, day)) for day in days)


def _as_of(slug: str, accounts: Sequence[Account], settled: Settled, day: str) -> Folded | None:
    known = [account for account in accounts if account.day <= day]
    agreed = [account for account in known if isinstance(account.event, FollowUpAgreed)]
    closed = [account for account in known if isinstance(account.event, FollowUpClosed)]
    if not agreed:
        return None
    weighed = Weighed("follow-up", slug, known, settled)
    first, *again = occasions = [weighed.among(occasion) for occasion in _occasions(agreed)]
    days = [occasion.of("on", UNKNOWN, told_as="agreed_on") for occasion in occasions]
    closing_reports = [one for one in closed if not again or not surely_after(days[-1], one.event.on)]
    owners = latest(occasions, "owners", ())
    ended_for = _ended_for(owners, closing_reports)
    whole = [one for one in closing_reports if not one.event.owners]
    everybody = ended_for and {*ended_for} >= {*owners}
    closing = weighed.among(whole or [one for one in closing_reports if everybody][-1:])
    standing = bool(latest(occasions, "standing", False))
    status, closed_on = closing.of("outcome", ""), closing.of("on", UNKNOWN, told_as="closed_on")
    due = latest(occasions, "due", UNKNOWN)
    figures, sources = latest(occasions, "figures", ()), weighed.sources()
    links = linked(slug, known)
    told = [(account, on) for of_one, on in zip(_occasions(agreed), days, strict=True) for account in of_one]
    told_on = next(((one.day, on) for one, on in reversed(told) if one.event.figures), (day, days[0]))
    return Folded(
        FollowUp(
            slug=slug,
            says=latest(occasions, "says", ""),
            owners=owners if status else tuple(owner for owner in owners if owner not in ended_for),
            due=due,
            standing=standing,
            issues=weighed.union("issues"),
            agreed_on=days[0],
            at=first.of("at", ""),
            reaffirmed=tuple(day.edtf for day in days[1:]),
            reaffirmed_sources=tuple(occasion.sources()[-1] for occasion in again),
            status=status or ("standing" if standing else "open"),
            closed_on=closed_on,
            closed_by=_closed_by(closing, whole, status, closed_on),
            sources=sources,
            figures=tuple(map(str, figures)),
            links=tuple(map(str, links)),
            inferred=weighed.inferred(),
            within=within(due, agreed),
            told_as="promised" if all(one.event.told_as == "promised" for one in agreed) else "agreed",
            agreed_in=weighed.among(agreed).sources(),
            other_ends=_other_ends(status, closed_on, whole),
            ended_for=tuple(ended_for),
            ended_as=tuple(end.outcome for end in ended_for.values()),
            parts_by=tuple(" ".join(end.by) for end in ended_for.values()),
            parts_in=tuple(end.source for end in ended_for.values()),
            ended_on=tuple(end.on.edtf for end in ended_for.values()),
            reported_by="" if any(not one.event.reported_by for one in agreed) else agreed[-1].event.reported_by,
            end_told=_told_by_others(owners, whole or closing_reports) if status else (),
        ),
        tuple(weighed.contests),
        given(
            f"follow-up/{slug}",
            figures,
            known,
            on=told_on[1],
            day=told_on[0],
        ),
        links,
    )


def _ended_for(owners: Sequence[str], closed: Sequence[Account]) -> dict[str, FollowUpClosed]:
    """The owners whose part of the follow-up ended, each with its last end."""
    parts: dict[str, FollowUpClosed] = {owner: one.event for one in closed for owner in one.event.owners}
    return {owner: parts[owner] for owner in owners if owner in parts}


def _closed_by(closing: Weighed, closed: Sequence[Account], outcome: str, on: When) -> tuple[str, ...]:
    """The voices that say that it ended so; a party that one of its people speaks for is not named besides."""
    alike = [one for one in closed if one.event.outcome == outcome and compatible(one.event.on, on)]
    voices: tuple[str, ...] = (closing.among(alike) if alike else closing).union("by")
    return tuple(voice for voice in voices if not any(other.startswith(f"{voice}/") for other in voices))


def _told_by_others(owners: Sequence[str], closed: Sequence[Account]) -> tuple[str, ...]:
    """The voices that say that it ended, as in its state; none if an owner does, or if it has no owner."""
    told = dict.fromkeys(voice for one in closed for voice in (*one.event.by, *_own_word(one)))
    own = {owner.partition("/")[0] for owner in owners}
    return () if not own or any(voice.partition("/")[0] in own for voice in told) else tuple(told)


def _own_word(closed: Account) -> list[str]:
    return [] if closed.event.by else [f"in {closed.source}"]


def _other_ends(outcome: str, on: When, closed: Sequence[Account]) -> tuple[str, ...]:
    """The ends of a follow-up, as in its state, in the reports that cannot be right if this outcome and date are."""
    ends = [one.event for one in closed]
    others = [one for one in ends if one.outcome != outcome or not compatible(one.on, on)]
    return tuple(dict.fromkeys(" ".join((one.outcome, one.on.edtf or "-", *one.by)) for one in others))


def _occasions(agreed: Sequence[Account]) -> list[list[Account]]:
    """The accounts of each occasion on which it was agreed, oldest occasion first."""
    found: list[list[Account]] = []
    for account in agreed:
        for occasion in found:
            if all(_may_be_one(account.event, other.event) for other in occasion):
                occasion.append(account)
                break
        else:
            found.append([account])
    return found


def _may_be_one(one: FollowUpAgreed, other: FollowUpAgreed) -> bool:
    """Whether two reports may be of one agreement: at the same meeting, or else on a day that both dates allow."""
    return one.at == other.at if one.at and other.at else compatible(one.on, other.on)
