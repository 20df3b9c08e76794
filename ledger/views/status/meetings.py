"""The status of a meeting on a day: next, unconfirmed, superseded, in progress, held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.base.text import capital
from ledger.dates import When, surely_after
from ledger.domain.states import Forecast, Meeting, Slugs
from ledger.domain.vocabulary import OFF, SERIES, meeting_name, plain
from ledger.views.status.deadlines import by_another


class MeetingOnTheDay(NamedTuple):
    """A meeting with its status on the day: as in its state, or unconfirmed, overtaken (superseded) or replaced.

    `superseded_by` is the first meeting that was held instead of one that is overtaken; otherwise it is null.
    `replaced_by` is the entry that replaces one that was expected. `contested` are the fields on which reports differ.
    """

    meeting: Meeting
    status: str
    superseded_by: Meeting | None = None
    replaced_by: str = ""
    contested: Slugs = ()

    @property
    def rival(self) -> str:
        """` (contested)`, after the date that is shown, if reports give another one; else ""."""
        return " (contested)" if ("held" if self.meeting.held else "expected") in self.contested else ""


class NextMeeting(NamedTuple):
    """The next meeting of a kind with every expectation so far; if none is expected, the last one held.

    `lapsed` is the last expectation of the kind that came to nothing; `others` are the meetings of other kinds that are
    expected or in progress. `under_way` is the meeting of the kind that is in progress. `surely_last`: no other meeting
    may have been later.
    """

    kind: str
    expected: MeetingOnTheDay | None
    forecasts: list[Forecast]
    quote: str
    last_held: Meeting | None
    lapsed: MeetingOnTheDay | None
    others: list[MeetingOnTheDay]
    under_way: Meeting | None = None
    surely_last: bool = True

    @property
    def last_one(self) -> str:
        """`The last one`, or `One of the last`."""
        return "The last one" if self.surely_last else "One of the last"

    @property
    def called_off(self) -> MeetingOnTheDay | None:
        """The last expectation, if that meeting was called off or postponed and no later one was held since."""
        held = [self.last_held] if self.last_held else []
        off = self.lapsed is not None and self.lapsed.status in OFF.values()
        return self.lapsed if off and self.lapsed and not superseding(self.lapsed.meeting, held) else None

    @property
    def none_ahead(self) -> str:
        """That no meeting of the kind is expected; one that was postponed is still on record, but without a date."""
        kind, off = plain(self.kind) or "meeting", self.called_off
        if self.lapsed is None and self.last_held is None:
            return f"No {kind} is on record."
        return f"No coming {kind} {'has a date' if off and off.status == 'postponed' else 'is on record'}."

    @property
    def slugs(self) -> Slugs:
        """The meetings that are in progress and expected."""
        both = self.under_way, self.expected.meeting if self.expected else None
        return tuple(one.slug for one in both if one)


_NONE: Mapping[Any, Any] = MappingProxyType({})
UNDER_WAY = ("in progress", "in progress or over")
AHEAD = ("announced", "expected")  # the statuses of a meeting whose time has not passed
LAPSED = ("overtaken", *OFF.values(), "replaced")  # the statuses of one that came to nothing
EXPECTED = (*AHEAD, "unconfirmed")  # the statuses of a meeting that may still be held


def guessed(meeting: Meeting, *fields: str) -> str:
    """The keeper's inference in a meeting if one of these fields rests on it alone, else ""."""
    return meeting.inferred if not meeting.inferred_in or {*fields} & {*meeting.inferred_in} else ""


def judged(meetings: Sequence[Meeting], day: str, replaced: Mapping[str, str] = _NONE) -> list[MeetingOnTheDay]:
    """Each meeting with its status on the day; `meetings` are all of one negotiation, `replaced` their replacements."""
    held = [meeting for meeting in meetings if meeting.status == "held" and meeting.kind in SERIES]
    found = {meeting.slug: _judged(meeting, held, day, replaced.get(meeting.slug, "")) for meeting in meetings}
    for slug, one in found.items():  # a meeting expected before another one that was held or superseded
        other = found.get(one.meeting.before)
        if other and one.status in AHEAD and other.status in (*UNDER_WAY, "held", "overtaken"):
            found[slug] = one._replace(status="unconfirmed")
    return [*found.values()]


def _judged(meeting: Meeting, held: Sequence[Meeting], day: str, replaced_by: str) -> MeetingOnTheDay:
    if meeting.status in UNDER_WAY and any(_came_after(one, meeting) for one in held):
        return MeetingOnTheDay(meeting, "held")  # no report says when it ended
    if meeting.status not in AHEAD:
        return MeetingOnTheDay(meeting, meeting.status)
    if replaced_by:
        return MeetingOnTheDay(meeting, "replaced", replaced_by=replaced_by)
    if later := superseding(meeting, held):
        return MeetingOnTheDay(meeting, "overtaken", later)
    latest = meeting.expected.latest
    passed = latest is not None and latest < date.fromisoformat(day)
    return MeetingOnTheDay(meeting, "unconfirmed" if passed else meeting.status)


def in_words(status: str, superseded_by: Meeting | None = None, replaced_by: str = "", *, dated: bool = True) -> str:
    """The status of a meeting as people read it: `superseded by round 5 (12 to 14 November 2025)`."""
    if replaced_by:
        return by_another(status, replaced_by)
    by = f" by {meeting_name(superseded_by.kind, superseded_by.number)}" if superseded_by else ""
    when = f" ({When(superseded_by.held.edtf).describe()})" if dated and superseded_by and superseded_by.held else ""
    return f"{'superseded' if status == 'overtaken' else status}{by}{when}"


def told(one: MeetingOnTheDay) -> str:
    """A meeting that came to nothing: `Round 3, expected "early June": superseded by round 5`."""
    reason = f" – {one.meeting.reason}" if one.status in OFF.values() and one.meeting.reason else ""
    return f"{title_of(one.meeting)}: {in_words(one.status, one.superseded_by, one.replaced_by)}{reason}"


def _came_after(held: Meeting, begun: Meeting) -> bool:
    """Whether a meeting that was held came after one that had begun, in the same series."""
    if held.kind != begun.kind:
        return False
    if held.number is not None and begun.number is not None:
        return held.number > begun.number
    first, other = begun.held.starts_by, held.held.earliest
    return first is not None and other is not None and other > first


def _overtakes(held: Meeting, announced: Meeting) -> bool:
    """Whether a meeting that was held comes later in the same series: by number, else by date."""
    if held.kind != announced.kind:
        return False
    if held.number is not None and announced.number is not None:
        return held.number > announced.number
    passed = announced.expected.latest or announced.expected_on.latest
    return passed is not None and held.held.earliest is not None and held.held.earliest > passed


def superseding(announced: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The first meeting held that supersedes an announced one; None if there is none."""
    later = [one for one in meetings if one.status == "held" and one.kind in SERIES and _overtakes(one, announced)]
    return min(later, key=lambda one: (str(one.held.earliest), one.number or 0), default=None)


def title_of(meeting: Meeting) -> str:
    """A meeting by its kind, number and date: `Round 3, expected "early June"`."""
    name = capital(meeting_name(meeting.kind, meeting.number))
    if meeting.held:
        return f"{name}, {meeting.held_in_words}"
    when = when_expected(meeting)
    return f"{name}, expected {when}" if when else name


def when_expected(meeting: Meeting, otherwise: str = "") -> str:
    """When a meeting is expected, in words: its date, else the meeting before which it is, else `otherwise`."""
    return meeting.expected.describe() if meeting.expected else undated(meeting, otherwise)


def undated(meeting: Meeting, otherwise: str = "date unknown") -> str:
    """The time of a meeting without a date, as far as it is known: `before round-3`; if it is not, `otherwise`."""
    return f"before {meeting.before}" if meeting.before else otherwise


def next_of_kind(meetings: Iterable[MeetingOnTheDay], kind: str) -> MeetingOnTheDay | None:
    """The expected meeting of a kind ("" = any) that comes first; meetings without a date come last."""
    expected = [one for one in meetings if one.status in EXPECTED and (not kind or one.meeting.kind == kind)]
    return min(expected, key=_soonest, default=None)


def last_lapsed(meetings: Iterable[MeetingOnTheDay], kind: str) -> MeetingOnTheDay | None:
    """The last expectation of a kind that came to nothing: the meeting was superseded, called off or postponed."""
    lapsed = [one for one in meetings if one.status in LAPSED and (not kind or one.meeting.kind == kind)]
    return max(lapsed, key=lambda one: (str(one.meeting.expected.latest or ""), one.meeting.slug), default=None)


def expected_after(meetings: Iterable[MeetingOnTheDay], *slugs: str) -> list[MeetingOnTheDay]:
    """The other meetings that are expected or in progress, earliest first."""
    wanted = (*EXPECTED, *UNDER_WAY)
    return sorted((one for one in meetings if one.status in wanted and one.meeting.slug not in slugs), key=_soonest)


def last_held(meetings: Iterable[MeetingOnTheDay], kind: str) -> Meeting | None:
    """The last meeting of a kind that was held."""
    held = [
        one.meeting
        for one in meetings
        if one.status == "held" and one.meeting.held.latest is not None and (not kind or one.meeting.kind == kind)
    ]
    return max(held, key=lambda meeting: (str(meeting.held.latest), meeting.number or 0), default=None)


def surely_last(last: Meeting, meetings: Iterable[MeetingOnTheDay], kind: str) -> bool:
    """Whether the last meeting held of a kind certainly came after the others: by its date, or by its number."""
    held = (one.meeting for one in meetings if one.status == "held" and kind in ("", one.meeting.kind))
    return all(one == last or surely_after(last.held, one.held) or _came_after(last, one) for one in held)


def _soonest(one: MeetingOnTheDay) -> tuple[str, str, str]:
    expected = one.meeting.expected
    first = expected.earliest or expected.latest
    return str(first or "9999"), str(expected.latest or "9999"), one.meeting.slug
