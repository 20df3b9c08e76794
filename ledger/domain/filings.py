"""The reports of an entry, filed in one ledger or in several: which are equal, corrected or retracted.

A merge adds the events of another ledger. An entry depends only on its events, so it does not matter which ledger is
merged into which, or how often:

- Equal reports count as one report, and reports are in the order in which they were first filed.
- A correction covers the reports that its ledger had, and equal reports filed elsewhere. Corrections have ranks: one
  made with knowledge of another has the higher rank. Corrections of one rank are in the order of their times.
- A retraction withdraws the reports that its ledger had, and no report that another ledger filed by itself.
- A reinstatement takes back the retractions that its ledger had, and none that another ledger made by itself.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from ledger.base.text import in_quotes
from ledger.base.typography import comparable
from ledger.domain.events import (
    UPKEEP,
    EntryCorrected,
    EntryReinstated,
    EntryRetracted,
    Event,
    Quote,
    Recorded,
    SourceRegistered,
    SourceTextFrozen,
)

_NEVER_CORRECTED = ("source", "quotes", "level")


class FiledReport(NamedTuple):
    """One report: as it was first recorded, and as corrected since (`report`).

    `versions` are its events in the stream: more than one if several ledgers filed it. It is valid until all of them
    are retracted.
    """

    filed: Event
    report: Recorded
    versions: frozenset[int]
    is_valid: bool


class RankedCorrection(NamedTuple):
    """A correction, its rank, and the versions of the reports that it covers."""

    record: Recorded
    event: EntryCorrected
    rank: int
    covers: frozenset[int]


def filings(records: Sequence[Recorded], applied: Iterable[RankedCorrection]) -> list[FiledReport]:
    """The reports of one stream in the order of filing, with its `corrections` applied; records are oldest first."""
    equal: dict[object, list[Recorded]] = {}
    merged = any(record.origin is not None for record in records)
    for record in records:
        if not isinstance(record.event, UPKEEP):  # no ledger files a report twice by itself
            equal.setdefault(as_filed(record.event) if merged else record.version, []).append(record)
    retracted = {version for record in retractions(records) for version in covered(record, records)}
    found = [_filing(reports, retracted) for reports in equal.values()]
    if merged:
        found.sort(key=lambda one: _turn(one.report))
    for correction in applied:
        found = [_corrected(one, correction) for one in found]
    return found


def retractions(records: Sequence[Recorded]) -> list[Recorded]:
    """The retractions of one stream that no reinstatement takes back."""
    taken_back = {
        version
        for record in records
        if isinstance(record.event, EntryReinstated)
        for version in covered(record, records)
    }
    return [one for one in records if isinstance(one.event, EntryRetracted) and one.version not in taken_back]


def corrections(records: Sequence[Recorded]) -> list[RankedCorrection]:
    """The corrections of one stream in the order in which they apply."""
    found: list[RankedCorrection] = []
    for record in records:
        if isinstance(record.event, EntryCorrected):
            known = max((one.rank for one in found), default=0)
            rank = record.origin.rank if record.origin is not None else known + 1
            found.append(RankedCorrection(record, record.event, rank, covered(record, records)))
    return sorted(found, key=lambda one: (one.rank, _turn(one.record)))


def covered(record: Recorded, records: Iterable[Recorded]) -> frozenset[int]:
    """The versions of the reports that a correction or retraction covers, or of the retractions taken back."""
    event: Any = record.event
    if of := getattr(event, "of", 0):
        return frozenset([of])
    takes_back = isinstance(event, EntryReinstated)
    if named := event.retractions if takes_back else event.reports:
        return frozenset(named)
    before = (one for one in records if one.version < record.version)
    if takes_back:
        return frozenset(one.version for one in before if isinstance(one.event, EntryRetracted))
    return frozenset(one.version for one in before if not isinstance(one.event, UPKEEP))


def as_filed(event: Event) -> Event:
    """A report without its level, and without the values that depend on the text of its source."""
    bare: dict[str, Any] = {"quotes": tuple(Quote(comparable(quote.words)) for quote in event.quotes), "level": ""}
    if (says := getattr(event, "says", "")).startswith("“") and says.endswith("”"):
        bare["says"] = in_quotes(says[1:-1])  # earlier versions left the marks of quotations within it as they were
    if isinstance(event, SourceRegistered):
        bare |= {"text": "", "sha256": ""}
    elif isinstance(event, SourceTextFrozen):  # its SHA-256 says which text it is
        bare |= {"text": ""}
    return msgspec.structs.replace(event, **bare)


@cache
def field_types(cls: type[Event]) -> dict[str, Any]:
    """The correctable fields of an event, each with its type: all except its source, quotes and level."""
    return {field.name: field.type for field in msgspec.structs.fields(cls) if field.name not in _NEVER_CORRECTED}


def _filing(equal: Sequence[Recorded], retracted: Collection[int]) -> FiledReport:
    """One report from its equal events; if any of them are valid, only those count."""
    if len(equal) == 1:  # as in every ledger that was not merged
        (one,) = equal
        return FiledReport(one.event, one, frozenset((one.version,)), one.version not in retracted)
    valid = [one for one in equal if one.version not in retracted]
    counting = sorted(valid or equal, key=_turn)
    event = max((one.event for one in counting), key=_text_known)  # the first one with the most known
    return FiledReport(event, counting[0]._replace(event=event), frozenset(one.version for one in equal), bool(valid))


def _text_known(event: Event) -> int:
    """How much is known from the source's text: its SHA-256, its words, the places of the quotations."""
    return (
        bool(getattr(event, "sha256", ""))
        + bool(getattr(event, "text", ""))
        + sum(one.verified for one in event.quotes)
    )


def _corrected(filing: FiledReport, correction: RankedCorrection) -> FiledReport:
    if correction.covers.isdisjoint(filing.versions):
        return filing
    event = filing.report.event
    fields = field_types(type(event))
    new = {
        name: msgspec.convert(change.new, fields[name])
        for name, change in correction.event.changes.items()
        if name in fields
    }
    return (
        filing._replace(report=filing.report._replace(event=msgspec.structs.replace(event, **new))) if new else filing
    )


def _turn(record: Recorded) -> tuple[bool, str]:
    """The place of an event in the order of filing; an event that is about to be recorded comes last."""
    return not record.first.recorded_at, record.filed
