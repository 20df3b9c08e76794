"""The valid reports of a stream, as corrected, each with the day on which it took effect and its place in order.

States are computed in order of occurrence. Reports of one day are ordered by the publication of their sources, then by
the source's slug, and within one source as filed. So the order in which sources are filed makes no difference. A
correction belongs to the report that it corrects and a retraction to the whole entry: neither has its own day.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import combinations
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import msgspec

from ledger.dates import When, compatible, hull, more_precise, valid
from ledger.domain import events
from ledger.domain.events import (
    SOURCELESS,
    UNKNOWN,
    EntryErased,
    EntryRetracted,
    Event,
    MeetingReported,
    PersonAppointed,
    Recorded,
    RoleReported,
    SourceRegistered,
    SourceTextFrozen,
    StatementReported,
    Stream,
)
from ledger.domain.filings import corrections, filings, retractions
from ledger.domain.states import ALWAYS
from ledger.domain.voices import UNATTRIBUTED

E = TypeVar("E", EntryRetracted, EntryErased)
Order = tuple[str, str, str, str]
Settled = dict[str, frozenset[int]]  # for each field, the versions of the reports on which a correction settled it


class Publication(NamedTuple):
    """The facts about a source that its reports depend on.

    `text` is its frozen text, at hand from the day `text_from`; "" for that day if it came with the source.
    """

    published: When
    withdrawn: bool
    text: str = ""
    text_from: str = ""


class Held(NamedTuple):
    """The days of one meeting: the most precise that its sources give.

    If the sources cannot all be right, `according_to` has the days that each of them gives, and `whole` is the time
    from the first of these days to the last.
    """

    according_to: Mapping[str, When]
    whole: When

    def told_in(self, source: str) -> When:
        """The days for what a source reports from the meeting: its own account of them, or else that of all."""
        return self.according_to.get(source) or self.whole


class Account(NamedTuple):
    """One valid report, as corrected, with its day and its place in order."""

    position: int
    version: int
    event: Any
    day: str
    order: Order

    @property
    def reported(self) -> str:
        """The day on which it counts as reported."""
        return self.order[1]

    @property
    def source(self) -> str:
        return str(self.event.source)


class Standing(NamedTuple):
    """The valid part of a stream: its reports as corrected, and any retraction or erasure of the entry.

    `erased` is the last erasure of an event. A retracted entry still has its reports, but none is `valid`.
    """

    reports: list[Recorded]
    retracted: EntryRetracted | None
    settled: Settled
    erased: EntryErased | None = None

    @property
    def valid(self) -> list[Recorded]:
        """The reports that count: none if the entry was retracted."""
        return [] if self.retracted is not None else self.reports

    @property
    def wholly_erased(self) -> bool:
        """Whether the entry was erased and has no report left."""
        return self.erased is not None and not self.reports


def standing(records: Iterable[Recorded]) -> Standing:
    """Apply the corrections and the retractions of one stream to its reports; records are oldest first."""
    every = list(records)
    if len(every) == 1 and not is_upkeep(every[0]):  # as in most streams
        return Standing(every, None, {})
    applied = corrections(every)
    found = filings(every, applied)
    valid = [one for one in found if one.is_valid]
    settled: Settled = {}
    for correction in applied:
        if not correction.event.of:
            on = frozenset(one.report.version for one in found if not one.versions.isdisjoint(correction.covers))
            settled |= dict.fromkeys(correction.event.changes, on)
    return Standing(
        [one.report for one in valid or found],
        None if valid else _last(EntryRetracted, retractions(every)),
        settled,
        _last(EntryErased, every),
    )


def source_of(events: Iterable[Event]) -> SourceRegistered | None:
    """A source as last registered, with the text that an event gives it; None if it is not registered."""
    registered, text = None, ("", "")
    for event in events:
        if isinstance(event, SourceRegistered):
            registered = event
        if isinstance(event, SourceRegistered | SourceTextFrozen) and not text[0]:
            text = (event.text, event.sha256)
    if registered is None or registered.text or not text[0]:
        return registered
    return msgspec.structs.replace(registered, text=text[0], sha256=text[1])


def accounts(
    stood: Standing,
    publications: Mapping[str, Publication],
    held: Mapping[str, Held] = MappingProxyType({}),
    made_by: str = "",
) -> list[Account]:
    """The accounts of one entry in order of occurrence; none if it was retracted.

    A statement or agreement at a meeting, without its own day, is dated within the days of the meeting in `held`, as
    its own source reports them. `made_by` is the day by which a statement was made according to `linked_days`.
    """
    if stood.retracted is not None:
        return []
    found = []
    for report in stood.reports:
        event = report.event
        publication = publications.get(event.source)
        if publication is not None and publication.withdrawn:
            continue
        reported = reported_on(report, publication)
        by = min(reported, made_by) if made_by and isinstance(event, StatementReported) else reported
        if (at := meeting_of(event)) in held:
            event = _within(event, held[at].told_in(event.source), by)
        day = takes_effect(event, by)
        order = (day, reported, event.source, report.filed)
        found.append(Account(report.position, report.version, event, day, order))
    found.sort(key=attrgetter("order"))
    return found


def named_in(event: Event) -> Iterator[str]:
    """The earlier entries that a statement names: those of its links that are in `LATER`."""
    if isinstance(event, StatementReported):
        yield from (*event.reaffirms, *event.meets)
        if UNATTRIBUTED not in event.by:  # else such a link has no effect
            yield from (*event.answers, *event.replaces)


def is_linking(stream: Stream, records: Sequence[Recorded]) -> bool:
    """Whether an entry is a statement that may name others, as reported or as corrected."""
    return stream.kind == "statement" and (len(records) > 1 or any(named_in(records[0].event)))


def is_movable(stream: Stream, records: Iterable[Recorded]) -> bool:
    """Whether an entry is a statement without an exact day, which may be known to be earlier because others name it."""
    exact = len("2025-05-22")
    return stream.kind == "statement" and any(len(getattr(one.event, "on", UNKNOWN).edtf) != exact for one in records)


def linked_days(
    streams: "Streams",
    publications: Mapping[str, Publication],
    held: Mapping[str, Held],
    known: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """By statement, the ISO day by which it was made, because statements among the streams that name it count by then.

    What names a statement by a link in `LATER` is later than it. `known` are such days that follow from others.
    """
    found = {**known}
    linking = {stream: standing(records) for stream, records in streams.items() if is_linking(stream, records)}
    left = [*linking]
    while left:  # a statement that moves may move those that it names itself
        stream = left.pop()
        for account in accounts(linking[stream], publications, held, found.get(stream.slug, "")):
            for slug in named_in(account.event):
                if slug != stream.slug and account.day < found.get(slug, "9999"):
                    found[slug] = account.day
                    left += {stream._replace(slug=slug)} & linking.keys()
    return found


def meeting_of(event: Event) -> str:
    """The meeting that dates an event without a day of its own; "" for any other event."""
    return "" if getattr(event, "on", True) else str(getattr(event, "at", ""))


def held_days(streams: "Streams", publications: Mapping[str, Publication]) -> dict[str, Held]:
    """When each meeting among the streams was held; meetings of which no source says when are left out."""
    found: dict[str, Held] = {}
    for stream, records in streams.items():
        if stream.kind != "meeting":
            continue
        stood = standing(records)
        if held := _held(accounts(stood, publications), stood.settled.get("held", frozenset())):
            found[stream.slug] = held
    return found


def _held(known: Iterable[Account], settled: Collection[int]) -> Held | None:
    """When a meeting was held, by its accounts; None if no account says. The last date of one source counts.

    The date of the reports that a correction settled (by their versions) counts for all that was said at the meeting.
    """
    according_to: dict[str, When] = {}
    every: list[When] = []
    for account in sorted(known, key=lambda one: one.order[1:]):
        if when := getattr(account.event, "held", UNKNOWN):
            if account.version in settled:
                return Held({}, when)
            before = according_to.get(account.source, UNKNOWN)
            according_to[account.source] = more_precise(before, when) if compatible(before, when) else when
            every.append(when)
    if not every:
        return None
    agree = all(compatible(one, other) for one, other in combinations(every, 2))
    return Held({}, reduce(more_precise, every)) if agree else Held(according_to, hull(every))


def _within(event: Event, held: When, reported: str) -> Event:
    """The event, dated within the days of its meeting, up to the day on which it was reported."""
    window = _days_until(held.edtf, reported)
    return msgspec.structs.replace(event, on=window) if window else event


@lru_cache(maxsize=4096)
def _days_until(edtf: str, day: str) -> When:
    """Some day within a date and not after `day`; unknown if there is none."""
    first, last = When(edtf).earliest, min(_latest(edtf) or day, day)
    if not edtf or (first is not None and first.isoformat() > last):
        return UNKNOWN
    return valid(f"[{first or ''}..{last}]")


def reported_on(record: Recorded, publication: Publication | None) -> str:
    """The day on which the event counts as reported: its source's latest day of publication, else the recording day.

    The recording day is a day in the keeper's time zone, so a report counts on the day of filing, east or west of UTC.
    """
    event = record.event
    if not event.source and (type(event) in _SOURCELESS or isinstance(event, RoleReported)):
        return ALWAYS
    published = UNKNOWN
    if publication is not None:
        published = publication.published
    elif isinstance(event, SourceRegistered):
        published = event.published
    return _latest(published.edtf) or record.first_day


def occurred(event: Event) -> When:
    """The event's own date, as reported."""
    when: When = getattr(event, _DATE_OF.get(type(event), "on"), UNKNOWN)
    return when or (getattr(event, "until", when) if event.source else when)


def takes_effect(event: Event, reported: str) -> str:
    """The day from which the event counts: its latest possible day; for a span, the latest day on which it began.

    It is the day of the report if the date is unknown, has no last day, or includes the day of the report, because a
    reported event had happened by then. Names and assertions always count, and a post or a role may begin later.
    """
    if type(event) in _SOURCELESS:
        return ALWAYS
    begun = _begun_by(occurred(event).edtf)
    if begun <= reported or isinstance(event, PersonAppointed | RoleReported | SourceRegistered):
        return begun or reported
    return reported if "" < _earliest(occurred(event).edtf) <= reported else begun


_SOURCELESS = frozenset(SOURCELESS)
_DATE_OF: dict[type[Event], str] = {
    MeetingReported: "held",
    PersonAppointed: "since",
    RoleReported: "since",
    SourceRegistered: "published",
}


@lru_cache(maxsize=4096)
def _latest(edtf: str) -> str:
    """The latest possible day of a date; "" if it has none."""
    latest = When(edtf).latest
    return latest.isoformat() if latest is not None else ""


@lru_cache(maxsize=4096)
def _earliest(edtf: str) -> str:
    """The earliest possible day of a date; "" if it has none."""
    earliest = When(edtf).earliest
    return earliest.isoformat() if earliest is not None else ""


@lru_cache(maxsize=4096)
def _begun_by(edtf: str) -> str:
    """The latest possible first day of something with this date; "" if there is none."""
    begun = When(edtf).starts_by
    return begun.isoformat() if begun is not None else ""


def _last(kind: type[E], records: Iterable[Recorded]) -> E | None:
    """The last event of a kind, in the order of filing."""
    found = [(record.filed, record.event) for record in records if isinstance(record.event, kind)]
    return max(found, key=itemgetter(0))[1] if found else None


Streams = Mapping[Stream, list[Recorded]]


def is_upkeep(record: Recorded) -> bool:
    """Whether the event changes the record (a correction, a retraction) instead of reporting something."""
    return isinstance(record.event, events.UPKEEP)
