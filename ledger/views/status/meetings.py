"""The status of a meeting on a day: next, unconfirmed, superseded, in progress, held."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    `replaced_by` is the entry that replaces one that was expected, `replacement` its name. `contested` are the
    fields on which reports differ. `account`: who told of it, or the side whose account alone gives its status: `as
    told by Viet Nam`.
    """

    meeting: Meeting
    status: str
    superseded_by: Meeting | None = None
    replaced_by: str = ""
    contested: Slugs = ()
    account: str = ""
    replacement: str = ""

    @property
    def by(self) -> str:
        """`, as told by Viet Nam`: its account, after its name or date."""
        return f", {self.account}" if self.account else ""

    @property
    def standing(self) -> str:
        """Its status as people read it, and who told of that, or of what was expected: `held, as told by Viet Nam`."""
        derived = self.status in ("unconfirmed", "overtaken", "replaced")
        return f"{self.dated_status}{'; expected' if derived and self.account else ''}{self.by}"

    @property
    def dated_status(self) -> str:
        """Its status for a sentence: `superseded by round 5 (12 November 2025)`, `announced for May, in daily`."""
        return f"{in_words(self.status, self.superseded_by, self._instead)}{self.as_announced}"

    @property
    def in_words(self) -> str:
        """Its status for a list with its date: `superseded by round 5`, `announced for June 2026, in daily`."""
        return f"{in_words(self.status, self.superseded_by, self._instead, dated=False)}{self.as_announced}"

    @property
    def _instead(self) -> str:
        return self.replacement or self.replaced_by

    @property
    def as_announced(self) -> str:
        """` for June 2026, in daily`, after that it was announced: when, if it has its date from another report."""
        return f" {self.meeting.told_when}" if self.status == "announced" and self.meeting.told_when else ""

    @property
    def rival(self) -> str:
        """` (contested)`, after the date that is shown, if reports give another one; else ""."""
        return " (contested)" if ("held" if took_place(self.meeting) else "expected") in self.contested else ""


class PerhapsByThen(NamedTuple):
    """A report of a meeting that counts only after the day, but may have been on record by it.

    says: its sentence. because: `published in July 2026`, `said in July 2026`, or "" if the sentence has its date.
    """

    meeting: str
    says: str
    because: str
    source: str

    @property
    def told(self) -> str:
        """`Not known whether on record by then: expected: round 3, August 2026 (in daily, published in July 2026)`."""
        where = ", ".join(filter(None, (f"in {self.source}", self.because)))
        return f"Not known whether on record by then: {self.says.rstrip('.')} ({where})"


class NextMeeting(NamedTuple):
    """The next meeting of a kind with every expectation so far; if none is expected, the last one held.

    `lapsed` is the last expectation of the kind that came to nothing; `others` are the meetings of other kinds that are
    expected or in progress. `under_way` is the meeting of the kind that is in progress. `surely_last`: no other meeting
    may have been later. `perhaps` are the reports of meetings that may have been on record by the day.
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
    perhaps: Sequence[PerhapsByThen] = ()

    def last_one(self, name_of: Callable[[Meeting], str]) -> str:
        """`The last round`, `One of the last calls, of Viet Nam,`, `The last one, round 3,` before `was held`.

        It is "" if none was held. `name_of` gives the name of a meeting.
        """
        if self.last_held is None:
            return ""
        name, kind = name_of(self.last_held), plain(self.last_held.kind)
        if self.kind and self.last_held.number is None:
            of = f",{who}," if (who := name.removeprefix(kind)) else ""
            return f"{f'The last {kind}' if self.surely_last else f'One of the last {kind}s'}{of}"
        return f"{'The last one' if self.surely_last else 'One of the last'}, {one_meeting(self.last_held, name)},"

    @property
    def held_on(self) -> str:
        """When the last one was held: `12 May 2025`, `in May 2025`; `on a day that no report gives` if none does."""
        if self.last_held is None:
            return ""
        if not self.last_held.held:
            return "on a day that no report gives"
        is_month = self.last_held.held.clause().startswith("in ")  # or a year
        return f"{'in ' * is_month}{self.last_held.held_in_words}"

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


def took_place(meeting: Meeting) -> bool:
    """Whether a report says that a meeting was held or is under way, also if none says when."""
    return bool(meeting.held) or meeting.status in (*UNDER_WAY, "held")


def date_of(meeting: Meeting) -> When:
    """When a meeting was held; until a report says that it was, or is under way, when it is expected."""
    return meeting.held if took_place(meeting) else meeting.expected


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
    by = f" by {one_meeting(superseded_by)}" if superseded_by else ""
    when = f" ({When(superseded_by.held.edtf).describe()})" if dated and superseded_by and superseded_by.held else ""
    return f"{'superseded' if status == 'overtaken' else status}{by}{when}"


def one_meeting(meeting: Meeting, name: str = "") -> str:
    """A meeting in a sentence that tells no more of it: `round 5`, `a call`; `name` is its name if that has more."""
    name = name or meeting_name(meeting.kind, meeting.number)
    return name if meeting.number is not None else f"a {name}"


def the_meeting(meeting: Meeting, name: str = "") -> str:
    """A meeting in a sentence, so that it is known from others: `round 3`, `the round expected on 20 October 2026`.

    `name` is its name, if that has more than its kind and number.
    """
    name = name or meeting_name(meeting.kind, meeting.number)
    if meeting.number is not None:
        return name
    when = date_of(meeting)
    return f"the {name} {'held' if meeting.held else 'expected'} {when.clause()}" if when else f"the {name}"


def told(one: MeetingOnTheDay, title: str = "") -> str:
    """A meeting that came to nothing: `Round 3, expected "early June": superseded by round 5`."""
    reason = f" – {one.meeting.reason}" if one.status in OFF.values() and one.meeting.reason else ""
    off = one.status in OFF.values()
    status = f"{in_words(one.status, one.superseded_by, one.replacement or one.replaced_by)}{one.by if off else ''}"
    return f"{title or title_of(one.meeting)}{'' if off else one.by}: {status}{reason}"


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


def title_of(meeting: Meeting, name: str = "") -> str:
    """A meeting by its name and date: `Round 3, expected "early June"`; one without a number also by its place.

    `name` is its name, if that has more than its kind and number: `call of Viet Nam and the United States`.
    """
    name, when = capital(name or meeting_name(meeting.kind, meeting.number)), when_expected(meeting)
    if took_place(meeting):
        dated = f", {met_in_words(meeting)}" if when or meeting.held else ""
    else:
        dated = f", expected {when}" if when else ""
    return f"{name}{dated}{in_place(meeting)}"


def in_place(meeting: Meeting) -> str:
    """`, Hanoi`, in the title of a meeting without a number; a number needs no place."""
    return f", {meeting.place}" if meeting.place and meeting.number is None else ""


def met_in_words(meeting: Meeting, otherwise: str = "date unknown") -> str:
    """When a meeting was held, or is expected, in words; `otherwise` if nothing is known of that.

    If no report says when it was held: `date unknown (expected 18 to 19 June 2012)`.
    """
    when = when_expected(meeting)
    if took_place(meeting):
        return meeting.held_in_words + (f" (expected {when})" if when and not meeting.held else "")
    return when or otherwise


def when_expected(meeting: Meeting, otherwise: str = "") -> str:
    """When a meeting is expected, in words; `otherwise` if nothing is known of that."""
    return and_before(meeting.expected.describe(limit=True) if meeting.expected else "", meeting, otherwise)


def and_before(expected: str, meeting: Meeting, otherwise: str = "date unknown") -> str:
    """A date of a meeting with the meeting before which it is: `May 2026, before round 3`; else `otherwise`."""
    return ", ".join(filter(None, (expected, f"before {meeting.before}" if meeting.before else ""))) or otherwise


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
    """The last meeting of a kind that was held; one whose day no report gives only if there is no other."""
    held = [one.meeting for one in meetings if one.status == "held" and kind in ("", one.meeting.kind)]
    return max(held, key=lambda meeting: (str(meeting.held.latest or ""), meeting.number or 0), default=None)


def surely_last(
    last: Meeting, meetings: Iterable[MeetingOnTheDay], kind: str, reported: Mapping[str, str] = _NONE
) -> bool:
    """Whether the last meeting held of a kind certainly came after the others: by its date, or by its number.

    It did if it began after the day on which another one was first `reported` as held.
    """
    held = (one.meeting for one in meetings if one.status == "held" and kind in ("", one.meeting.kind))
    first = str(last.held.earliest or "")
    return all(
        one == last
        or surely_after(last.held, one.held)
        or _came_after(last, one)
        or "" < reported.get(one.slug, "9999") < first
        for one in held
    )


def _soonest(one: MeetingOnTheDay) -> tuple[str, str, str]:
    expected = one.meeting.expected
    first = expected.earliest or expected.latest
    return str(first or "9999"), str(expected.latest or "9999"), one.meeting.slug
