"""What the record lacks, as rows: each gap of a kind, in words, with the slug of the entry to look at.

Nothing here is an error. A gap is what a careful reader would ask the keeper, or the other side, about.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from ledger.base.names import known_word
from ledger.dates.calendar import months_on
from ledger.views.status import title_of
from ledger.views.views import Views
from ledger.views.weight import sides

# Each kind of gap with the heading that a page gives it, in the order of the page.
KINDS = {
    "one-sided": "On one side's account only",
    "unanswered": "Asked, and nobody answered",
    "unowned": "Follow-ups without owner or date",
    "unconfirmed": "Forecasts whose window passed in silence",
    "quiet": "Issues not spoken of",
    "no-text": "Sources without text",
    "unverified": "Quotations not found in a text",
}
CLOSED = ("agreed", "settled", "withdrawn")  # issues that nobody needs to speak of any more
MONTHS = 6


class Gap(NamedTuple):
    """Something the record lacks. kind: one-sided, unanswered, unowned, unconfirmed, quiet, no-text, unverified."""

    kind: str
    slug: str
    says: str


def gaps(views: Views, months: int = MONTHS, kind: str = "") -> list[Gap]:
    """Everything the record lacks on the views' day, or what is of one kind; quiet is what was for so many months."""
    if kind:
        known_word("kind of gap", kind, KINDS)
    finders: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
        "one-sided": lambda: _one_sided(views),
        "unanswered": lambda: _unanswered(views),
        "unowned": lambda: _unowned(views),
        "unconfirmed": lambda: _unconfirmed(views),
        "quiet": lambda: _quiet(views, months),
        "no-text": lambda: _without_text(views),
        "unverified": lambda: _unverified(views),
    }
    return [Gap(name, slug, says) for name, find in finders.items() if kind in ("", name) for slug, says in find()]


def months_before(day: str, months: int) -> str:
    """The same day that many months earlier, or the last of that month; at the earliest the first day there is."""
    try:
        return months_on(date.fromisoformat(day), -months).isoformat()
    except ValueError:
        return date.min.isoformat()


def _one_sided(views: Views) -> Iterator[tuple[str, str]]:
    """What only accounts of one and the same party report; what nobody's account reports is no side's."""
    known = views.families()
    reported = [(one.meeting.slug, one.meeting.sources, title_of(one.meeting)) for one in views.meetings()]
    reported += [(one.slug, one.sources, one.says) for one in views.statements()]
    found = views.follow_ups(everything=True)
    reported += [(one.follow_up.slug, one.follow_up.sources, one.follow_up.says) for one in found]
    for slug, sources, says in reported:
        told_by = sides(sources, known)
        if len(told_by) == 1 and "" not in told_by:
            yield slug, f"{views.name_of(told_by.pop())} only: {says}"


def _unanswered(views: Views) -> Iterator[tuple[str, str]]:
    titles = {issue.slug: issue.title for issue in views.issues()}
    for one in views.asks():
        to = views.names_of(one.ask.to) or "the other side"
        asked = f"{views.name_of(one.ask.asker)} asked {to}"
        yield one.ask.issue, f"{asked}, since {one.ask.waiting_since}: {titles.get(one.ask.issue, one.ask.issue)}"


def _unowned(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.follow_ups():
        if one.lacks:
            yield one.follow_up.slug, f"no {' and no '.join(one.lacks)}: {one.follow_up.says}"


def _unconfirmed(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.meetings():
        if one.status == "unconfirmed":
            yield one.meeting.slug, title_of(one.meeting)


def _quiet(views: Views, months: int) -> Iterator[tuple[str, str]]:
    """Issues once spoken of and not closed since; an issue that was only named is no silence."""
    limit = months_before(views.day, months)
    quiet = [one for one in views.issues() if one.last_spoken and one.status not in CLOSED and one.last_spoken <= limit]
    for one in sorted(quiet, key=lambda one: (one.last_spoken, one.slug)):
        yield one.slug, f"last on {one.last_spoken}, {one.status}: {one.title}"


def _without_text(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.sources():
        if not one.text_length:
            yield one.slug, one.title


def _unverified(views: Views) -> Iterator[tuple[str, str]]:
    for one in sorted(views.unverified(), key=lambda one: (one.source, one.position)):
        yield one.slug, f"“{one.words}”, {one.source}"
