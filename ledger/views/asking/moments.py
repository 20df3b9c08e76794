"""Reads the moments that a person names: a day, a meeting, a position of the log or a time.

A day or a meeting is a moment of the occurred clock; a meeting means the day on which it ended. `#120` or a time is a
moment of the recorded clock. `reported:` or `recorded:` before a day selects another clock.
"""

from datetime import date

from ledger.base.names import nearest
from ledger.dates import When
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.clocks import Clocks, Moment, is_time, recorded_in_words, typed_day, typed_position, typed_recording
from ledger.domain.errors import UnknownEntry
from ledger.views.errors import MeetingWithoutDate, UnknownMoment
from ledger.views.views import Views

_WHENEVER = "9999-12-31"


def read(views: Views, text: str, today: date) -> Moment:
    """The moment that a text names; refused, with suggestions, if it names none."""
    clock, colon, named = text.partition(":")
    if colon and clock in ("occurred", "reported", "recorded"):
        return _of_clock(clock, named, today)
    if is_time(text) or typed_position(text) is not None:
        return _of_clock("recorded", text, today)
    meetings = [one.slug for one in views.labels("meeting", later=True)]
    if text in meetings and not text[0].isdecimal():
        return _of_meeting(views, text)
    try:
        return _of_clock("occurred", text, today)
    except DateNotUnderstood:
        try:
            return _of_meeting(views, views.find(["meeting"], text))
        except UnknownEntry:
            if near := nearest(text, [one.slug for one in views.labels("meeting")]):
                raise UnknownMoment.near("moment", text, near) from None
        raise


def _of_clock(clock: str, named: str, today: date) -> Moment:
    """A moment of the named clock; one of the recorded clock is as of today on the occurred clock."""
    if clock == "recorded":
        at = typed_recording("A moment", named)
        told = recorded_in_words(at) if isinstance(at, int) else f"recorded by {recorded_in_words(at)}"
        return Moment(Clocks(today.isoformat(), None, at), told)
    day = typed_day("A moment", named, today)
    told = When(day).describe()
    if clock == "reported":
        return Moment(Clocks(day, day, None), f"reported by {told}")
    return Moment(Clocks(day, None, None), told)


def _of_meeting(views: Views, slug: str) -> Moment:
    meetings = (one.meeting for one in views.at(_WHENEVER).meetings())
    ended = next((one.held_by_all.latest for one in meetings if one.slug == slug), None)
    if ended is None:
        raise MeetingWithoutDate(slug=slug)
    return Moment(Clocks(ended.isoformat(), None, None), f"{slug} ({When(ended.isoformat()).describe()})")
