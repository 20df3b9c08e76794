"""What stands of a stream: its reports as corrected, each with the day it took effect and its place in order.

State is computed in order of occurrence. Reports of one day are taken in the order their sources were
published, then by the source's slug, and within one source as filed: so the order of filing sources decides
nothing. A correction belongs to the report it mends and a retraction to the whole entry: neither has a day.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec

from ledger.dates import When
from ledger.events import (
    SOURCELESS,
    EntryCorrected,
    EntryErased,
    EntryRetracted,
    Event,
    MeetingReported,
    PersonAppointed,
    SourceRegistered,
)
from ledger.states import ALWAYS

Order = tuple[str, str, str, int]


class Publication(NamedTuple):
    """What the accounts that rest on a source need to know of it."""

    published: When
    withdrawn: bool


class Account(NamedTuple):
    """One report that stands, as corrected."""

    position: int
    version: int
    event: Any
    day: str
    order: Order

    @property
    def reported(self) -> str:
        """The day it counts as reported."""
        return self.order[1]

    @property
    def source(self) -> str:
        return str(self.event.source)


class Report(NamedTuple):
    """A recorded event with every later correction of it applied."""

    position: int
    version: int
    recorded_at: str
    event: Event


class Standing(NamedTuple):
    """What stands of a stream; `settled` maps a field to the version of the correction that settled it.

    `erased` is the last erasure of any of its events.
    """

    reports: list[Report]
    retracted: EntryRetracted | None
    settled: dict[str, int]
    erased: EntryErased | None = None

    @property
    def wholly_erased(self) -> bool:
        """Whether nothing is left of the entry but that it was erased."""
        return self.erased is not None and not self.reports


def standing(records: Iterable[Any]) -> Standing:
    """Apply the corrections and the retraction of one stream to its reports; records are oldest first."""
    reports: list[Report] = []
    retracted: EntryRetracted | None = None
    erased: EntryErased | None = None
    settled: dict[str, int] = {}
    for record in records:
        event = record.event
        if isinstance(event, EntryCorrected):
            reports = [_corrected(report, event) for report in reports]
            if not event.of:
                settled |= dict.fromkeys(event.changes, record.version)
        elif isinstance(event, EntryRetracted):
            retracted = event
        elif isinstance(event, EntryErased):
            erased = event
        else:
            reports.append(Report(record.position, record.version, record.recorded_at, event))
    return Standing(reports, retracted, settled, erased)


def accounts(stood: Standing, publications: Mapping[str, Publication]) -> list[Account]:
    """The accounts of one entry in order of occurrence; none when it was retracted."""
    if stood.retracted is not None:
        return []
    found = []
    for report in stood.reports:
        publication = publications.get(report.event.source)
        if publication is not None and publication.withdrawn:
            continue
        reported = reported_on(report.event, publication, report.recorded_at)
        day = takes_effect(report.event, reported)
        order = (day, reported, report.event.source, report.position)
        found.append(Account(report.position, report.version, report.event, day, order))
    return sorted(found, key=lambda account: account.order)


def reported_on(event: Event, publication: Publication | None, recorded_at: str) -> str:
    """The day the event counts as reported: its source's latest day of publication, else when it was recorded."""
    if isinstance(event, SOURCELESS) and not event.source:
        return ALWAYS
    published = event.published if isinstance(event, SourceRegistered) else None
    if publication is not None:
        published = publication.published
    if published is not None and published.latest is not None:
        return published.latest.isoformat()
    return recorded_at[:10]


def occurred(event: Event) -> When:
    """The event's own date, as reported."""
    if isinstance(event, MeetingReported):
        return event.held
    if isinstance(event, PersonAppointed):
        return event.since
    if isinstance(event, SourceRegistered):
        return event.published
    return getattr(event, "on", When())


def takes_effect(event: Event, reported: str) -> str:
    """The day from which the event counts: its latest possible day, for a span the latest day it began.

    With no date at all, or none that ends, when it was reported. Names have always held, and so have assertions.
    """
    if isinstance(event, SOURCELESS):
        return ALWAYS
    when = occurred(event)
    latest = when.starts_by if when.is_duration else when.latest
    return latest.isoformat() if latest is not None else reported


def _corrected(report: Report, correction: EntryCorrected) -> Report:
    if correction.of not in (0, report.version):
        return report
    fields = field_types(type(report.event))
    changes = {
        name: msgspec.convert(change.new, fields[name]) for name, change in correction.changes.items() if name in fields
    }
    return report._replace(event=msgspec.structs.replace(report.event, **changes)) if changes else report


@cache
def field_types(cls: type[Event]) -> dict[str, Any]:
    """The fields of an event that can be corrected, each with its type: all but its source and quotes."""
    return {field.name: field.type for field in msgspec.structs.fields(cls) if field.name not in ("source", "quotes")}
