"""Moments as a person names them: a day, a meeting, a position of the log, a time, or the last time one looked.

A day or a meeting is a moment of the occurred clock (a meeting: the day it had ended); `#120` or a time is one of the
recorded clock; `reported:` and `recorded:` before a day say another clock than the first.
"""

import json
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

from ledger import dates
from ledger.base.files import beside
from ledger.base.names import is_slug, nearest
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.clocks import Clocks, Moment, is_time, typed_position, typed_time
from ledger.domain.errors import ClockUnclear
from ledger.ledger import Ledger, user
from ledger.views.errors import MeetingWithoutDate, NeverLooked, UnknownMoment
from ledger.views.views import Views

LAST_LOOK = "last-look"


def read(ledger: Ledger, text: str, today: date, negotiation: str = "") -> Moment:
    """The moment that a text names; refused, with suggestions, when it names none."""
    clock, colon, named = text.partition(":")
    if colon and clock in ("reported", "recorded", "occurred"):
        return _of_clock(clock, named, text, today)
    if text == LAST_LOOK:
        return _last_look(ledger, ledger.keeper or user())
    if is_time(text):
        return Moment(Clocks(today.isoformat(), None, typed_time(text)), f"recorded by {text}")
    if (position := typed_position(text)) is not None:
        return Moment(Clocks(today.isoformat(), None, position), f"position {position} of the log")
    if is_slug(text) and not text[:1].isdecimal():
        with closing(ledger.views(Clocks(as_of="9999-12-31"), negotiation)) as views:
            if any(one.slug == text for one in views.labels("meeting")):
                return _of_meeting(views, text)
    return _of_day(ledger, text, today, negotiation)


def look(ledger: Ledger, clocks: Clocks) -> None:
    """Remember that the keeper looked now; a convenience, so whatever keeps it from being written is passed over."""
    look_now = {"as_of": clocks.as_of, "position": ledger.head().position}
    with suppress(OSError):
        looks = _looks(ledger.path) | {ledger.keeper or user(): look_now}
        _path(ledger.path).write_text(json.dumps(looks, indent=1), "utf-8")


def _path(ledger: Path) -> Path:
    return beside(ledger, "looks.json")


def _looks(ledger: Path) -> dict[str, Any]:
    """Who looked last when; nothing where the file is gone or damaged."""
    try:
        found = json.loads(_path(ledger).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _last_look(ledger: Ledger, keeper: str) -> Moment:
    try:
        found = _looks(ledger.path)[keeper]
        as_of, position = dates.valid(found["as_of"]).edtf, int(found["position"])
    except (ValueError, KeyError, TypeError, AttributeError, DateNotUnderstood):
        raise NeverLooked(keeper=keeper) from None
    return Moment(Clocks(as_of, None, position), f"your last look, on {dates.When(as_of).describe()}")


def _of_clock(clock: str, named: str, text: str, today: date) -> Moment:
    if clock == "recorded" and (position := typed_position(named)) is not None:
        return Moment(Clocks(today.isoformat(), None, position), f"position {position} of the log")
    if clock == "recorded" and is_time(named):
        return Moment(Clocks(today.isoformat(), None, typed_time(named)), f"recorded by {named}")
    day = _latest(dates.parse(named, today, looking="back"), text)
    told = f"{clock} by {dates.When(day).describe()}"
    if clock == "reported":
        return Moment(Clocks(today.isoformat(), day, None), told)
    if clock == "recorded":
        return Moment(Clocks(today.isoformat(), None, day), told)
    return Moment(Clocks(day, None, None), dates.When(day).describe())


def _of_meeting(views: Views, slug: str) -> Moment:
    ended = next((one.meeting.held.latest for one in views.meetings() if one.meeting.slug == slug), None)
    if ended is None:
        raise MeetingWithoutDate(slug=slug)
    return Moment(Clocks(ended.isoformat(), None, None), f"{slug} ({dates.When(ended.isoformat()).describe()})")


def _of_day(ledger: Ledger, text: str, today: date, negotiation: str) -> Moment:
    try:
        day = _latest(dates.parse(text, today, looking="back"), text)
    except DateNotUnderstood as refusal:
        with closing(ledger.views(Clocks(as_of="9999-12-31"), negotiation)) as views:
            near = nearest(text, [one.slug for one in views.labels("meeting")])
        if near:
            raise UnknownMoment.near("moment", text, near) from None
        raise refusal from None
    return Moment(Clocks(day, None, None), dates.When(day).describe())


def _latest(when: dates.When, text: str) -> str:
    if when.latest is None:
        raise ClockUnclear(option="A moment", text=text)
    return when.latest.isoformat()
