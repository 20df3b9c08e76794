"""Compares the sides' accounts of one meeting: which items all of them report, and which only one reports.

A side's account consists of its own sources (`account-of`) and their copies; all other sources together are the account
of others. Reports are of the same statement if the keeper filed them under one slug.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.base.text import capital, listed
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import UNATTRIBUTED
from ledger.views.status import UNDER_WAY
from ledger.views.views import Views
from ledger.views.weight import sides, weight

EVERY, SOME, ONLY, OTHERS = "every side", "some sides", "only", "only others"


class SideAccount(NamedTuple):
    """A side's sources on the meeting, and how many of them are independent; for the others, the side is ""."""

    side: str
    sources: Slugs
    independent: int


class ComparedItem(NamedTuple):
    """A statement or follow-up of the meeting, and the sides that report it ("" = others).

    accounts: every side, some sides, only SLUG (the only party to report it, whatever others report), only others.
    """

    accounts: str
    kind: str
    slug: str
    says: str
    sides: Slugs
    sources: Slugs


class Comparison(NamedTuple):
    """The accounts of a meeting, compared; `missing` are the parties at the meeting without a recorded account.

    `ahead`: how a meeting stands that no report says was held, such as `announced`; nobody can have told of it yet.
    """

    meeting: str
    label: str
    accounts: list[SideAccount]
    missing: Slugs
    told: list[ComparedItem]
    ahead: str = ""


def _said(views: Views, one: Statement) -> str:
    """`Viet Nam asked: Lift them`: a statement with its speaker, and who reported and denied it."""
    told, who = views.words_of(one), listed(map(views.in_sentence, one.by))
    return told if UNATTRIBUTED in one.by else capital(f"{who} {ACTS[one.act].verb}: {told}")


def compare(views: Views, typed: str) -> Comparison:
    """Compare the sides' reports of a meeting as of the views' day; refused if there is no such meeting."""
    slug = views.find(["meeting"], typed)
    known = views.families()
    on_the_day = next((one for one in views.meetings() if one.meeting.slug == slug), None)
    meeting = on_the_day.meeting if on_the_day else None
    ahead = on_the_day is not None and on_the_day.status not in ("held", *UNDER_WAY)
    agreed = [one.follow_up for one in views.follow_ups(everything=True) if one.follow_up.at == slug]
    items = [("statement", one.slug, _said(views, one), one.sources) for one in views.statements(at=slug)]
    items += [("follow-up", one.slug, one.told, one.agreed_in) for one in agreed]
    by_side: dict[str, list[str]] = {}
    for source in sorted(
        {
            *views.held_according_to(slug).get(slug, meeting.sources if meeting else ()),
            *(one for *_, sources in items for one in sources),
        }
    ):
        [side] = sides([source], known)
        by_side.setdefault(side, []).append(source)
    parties = sorted({*by_side} - {""})
    compared = []
    for kind, of, says, sources in items:
        reporting = sides(sources, known)
        compared.append(ComparedItem(_accounts(reporting, parties), kind, of, says, _others_last(reporting), sources))
    rank = [EVERY, SOME, *(f"{ONLY} {party}" for party in parties), OTHERS]
    return Comparison(
        meeting=slug,
        label=views.titled(meeting) if meeting else views.entry(slug).label,
        accounts=[
            SideAccount(side, tuple(by_side[side]), weight(by_side[side], known).independent)
            for side in _others_last(by_side)
        ],
        missing=tuple(party for party in (meeting.parties if meeting and not ahead else ()) if party not in parties),
        ahead=on_the_day.dated_status if on_the_day and ahead else "",
        told=sorted(compared, key=lambda one: rank.index(one.accounts)),
    )


def _accounts(reporting: set[str], parties: Sequence[str]) -> str:
    """Which sides report an item, among those that gave an account."""
    sides_reporting = sorted(reporting - {""})
    if not sides_reporting:
        return OTHERS
    if len(sides_reporting) == 1:  # even if no other side gave an account: one account is not agreement
        return f"{ONLY} {sides_reporting[0]}"
    return EVERY if len(sides_reporting) == len(parties) else SOME


def _others_last(found: Iterable[str]) -> Slugs:
    return tuple(sorted(found, key=lambda side: (not side, side)))
