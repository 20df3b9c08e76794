"""A meeting as a schema.org Event (https://schema.org/Event) in JSON-LD, for search engines and other readers of pages.

A date is given only as exactly as the reports have it: `startDate` is a year, a month or a day of ISO 8601, and any
other date is in the description. Only a meeting that was announced or agreed is "scheduled".
"""

import re
from typing import Any

from ledger.base.text import capital
from ledger.dates import When
from ledger.domain.states import Meeting, Source
from ledger.domain.vocabulary import ANNOUNCED, OFF
from ledger.views.status import date_of, took_place
from ledger.views.views import Views

_WHERE = {"in-person": "Offline", "virtual": "Online", "hybrid": "Mixed"}
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def meeting_as_event(views: Views, meeting: Meeting, status: str, told: str) -> dict[str, Any]:
    """The meeting with its status on the day of the views, and that status as people read it, as JSON-LD."""
    when = date_of(meeting)
    start, end = _dates(when)
    sources = {one.slug: one for one in views.every_source(meeting.sources)}
    name = capital(views.name_of_meeting(meeting))
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": f"{name}, {views.title()}",
        "description": _described(meeting, told, when),
        "startDate": start,
        "endDate": end,
        "eventStatus": _status(meeting, status),
        "eventAttendanceMode": _mode(meeting),
        "location": {"@type": "Place", "name": meeting.place} if meeting.place else "",
        "attendee": [
            *({"@type": "Organization", "name": views.name_of(one)} for one in meeting.parties),
            *({"@type": "Person", "name": views.name_of(one.rpartition("/")[2])} for one in meeting.people),
        ],
        "about": [views.label_of("issue", one) for one in meeting.issues],
        "subjectOf": [_work(sources[one]) for one in meeting.sources if one in sources],
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _dates(when: When) -> tuple[str, str]:
    """The dates on which the meeting began and ended, "" where the reports are not that exact."""
    first, _, last = when.edtf.partition("/")
    return _exact(first), _exact(last)


def _exact(edtf: str) -> str:
    return edtf if _DATE.fullmatch(edtf) else ""


def _described(meeting: Meeting, told: str, when: When) -> str:
    dated = f"{'held' if meeting.held else 'expected'} {when.describe(limit=not meeting.held)}" if when else ""
    inferred = f"inferred by the record keeper: {meeting.inferred}" if meeting.inferred else ""
    return f"{capital('; '.join(filter(None, (told, dated, meeting.reason, inferred))))}."


def _status(meeting: Meeting, status: str) -> str:
    if status in OFF.values():
        return f"https://schema.org/Event{'Postponed' if status == 'postponed' else 'Cancelled'}"
    return "https://schema.org/EventScheduled" if took_place(meeting) or meeting.told_as in ANNOUNCED else ""


def _mode(meeting: Meeting) -> str:
    return f"https://schema.org/{_WHERE[meeting.format]}EventAttendanceMode" if meeting.format else ""


def _work(source: Source) -> dict[str, str]:
    work = {
        "@type": "NewsArticle" if source.kind == "news" else "CreativeWork",
        "name": source.title,
        "publisher": source.publisher,
        "datePublished": _dates(source.published)[0] if source.published else "",
        "inLanguage": source.language,
        "url": source.url if source.url.startswith(("https://", "http://")) else "",
    }
    return {name: value for name, value in work.items() if value}
