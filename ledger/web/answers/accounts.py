"""The page of accounts: what each side reports of one meeting, side by side."""

from typing import NamedTuple

from ledger.queries.compare import Comparison, compare
from ledger.views.status import last_held
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.request import Request


class AccountsPage(NamedTuple):
    """The accounts of a meeting, compared; null if no meeting was held by the day. `meetings` are those to choose."""

    comparison: Comparison | None
    meetings: dict[str, str]
    proofs: Proofs


def accounts(request: Request) -> AccountsPage:
    """The accounts of the meeting that the address names, by default the last round or meeting that was held."""
    views = request.views
    every = views.meetings()
    meetings = {one.meeting.slug: request.label("meeting", one.meeting.slug) for one in reversed(every)}
    last = last_held(every, "round") or last_held(every, "")
    asked = request.query.get("meeting", "") or (last.slug if last else "")
    if not asked:
        return AccountsPage(None, meetings, {})
    found = compare(views, asked)
    return AccountsPage(found, meetings, evidence.proofs(views, [one.slug for one in found.told]))
