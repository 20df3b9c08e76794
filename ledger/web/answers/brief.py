"""The page of the brief: what to know before a meeting, with the source of each line, on one sheet or in full."""

from typing import NamedTuple

from ledger.queries.brief import Brief, ChangesSince
from ledger.queries.brief.one_page import on_one_page
from ledger.queries.brief.writer import brief as brief_of
from ledger.queries.diff import diff
from ledger.views.status import EXPECTED
from ledger.web.lists import moment
from ledger.web.request import Request


class BriefPage(NamedTuple):
    """The brief, and the parties and meetings for which it can be written."""

    brief: Brief
    parties: dict[str, str]
    meetings: dict[str, str]


def brief(request: Request) -> BriefPage:
    """The brief for the party `us` and the meeting `for`, with the changes `since` a moment; all of it if `full`."""
    views, asked = request.views, request.query
    changed = None
    if since := asked.get("since", "").strip():
        at = moment(request, since)
        with request.opening.views(at.clocks, request.negotiation) as before:
            changed = ChangesSince(at.told, diff(before, views))
    meeting = views.find(["meeting"], asked.get("for", ""))
    found = brief_of(views, views.find(["party"], asked.get("us", "")), meeting, changed)
    full = bool(asked.get("full")) or request.as_data
    expected = [one.meeting.slug for one in views.meetings() if one.status in EXPECTED]
    return BriefPage(
        found if full else on_one_page(found),
        {one.slug: views.name_of(one.slug) for one in views.parties()},
        {slug: request.label("meeting", slug) for slug in expected},
    )
