"""The sides' accounts of one meeting, laid side by side: what all of them tell, and what one alone does.

A side's account is the sources that are its own (`account-of`), or copies of them; all other sources are the
account of others. Which reports are of one and the same statement the keeper has said by filing them under one slug.
"""

from typing import NamedTuple

from ledger.domain.states import Slugs
from ledger.views.status import title_of
from ledger.views.views import Views
from ledger.views.weight import sides, weight

EVERY, SOME, ONLY, OTHERS = "every side", "some sides", "only", "only others"


class Account(NamedTuple):
    """A side's sources on the meeting, and how many are independent; side "" is that of the others."""

    side: str
    sources: Slugs
    independent: int


class Told(NamedTuple):
    """A statement or follow-up of the meeting and the sides that tell of it ("" = others).

    told_by: every side, some sides, only SLUG (that party's account alone, whatever others say), only others.
    """

    told_by: str
    kind: str
    slug: str
    says: str
    sides: Slugs
    sources: Slugs


class Comparison(NamedTuple):
    """The accounts of a meeting compared; `missing` are the parties at it that gave none of record."""

    meeting: str
    label: str
    accounts: list[Account]
    missing: Slugs
    told: list[Told]


def compare(views: Views, typed: str) -> Comparison:
    """What the sides tell of a meeting, as of the views' day; refused when there is no such meeting."""
    slug = views.find(["meeting"], typed)
    known = views.families()
    meeting = next((one.meeting for one in views.meetings() if one.meeting.slug == slug), None)
    said = [("statement", one.slug, one.says, one.sources) for one in views.statements(at=slug)]
    agreed = [one.follow_up for one in views.follow_ups(everything=True) if one.follow_up.at == slug]
    said += [("follow-up", one.slug, one.says, one.sources) for one in agreed]
    sources = {*(meeting.sources if meeting else ()), *(name for *_, named in said for name in named)}
    by_side = {
        side: [one for one in sorted(sources) if sides([one], known) == {side}] for side in sides(sources, known)
    }
    parties = tuple(sorted({*by_side} - {""}))
    told = [
        Told(_told_by(sides(named, known), parties), kind, one, says, _others_last(sides(named, known)), named)
        for kind, one, says, named in said
    ]
    rank = [EVERY, SOME, *(f"{ONLY} {party}" for party in parties), OTHERS]
    return Comparison(
        meeting=slug,
        label=title_of(meeting) if meeting else views.entry(slug).label,
        accounts=[
            Account(side, tuple(by_side[side]), weight(by_side[side], known).independent)
            for side in _others_last({*by_side})
        ],
        missing=tuple(party for party in (meeting.parties if meeting else ()) if party not in parties),
        told=sorted(told, key=lambda one: rank.index(one.told_by)),
    )


def _told_by(telling: set[str], parties: Slugs) -> str:
    """Where a thing stands among the accounts of the sides that gave one."""
    heard = sorted(telling - {""})
    if not heard:
        return OTHERS
    if len(heard) == 1:  # also where no other side gave an account: that is no agreement
        return f"{ONLY} {heard[0]}"
    return EVERY if len(heard) == len(parties) else SOME


def _others_last(found: set[str]) -> Slugs:
    return tuple(sorted(found, key=lambda side: (not side, side)))
