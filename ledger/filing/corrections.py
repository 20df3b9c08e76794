"""Corrects and retracts entries, and gives them another level, with new events that hide nothing.

A correction has the field, its old and new value, and the reason. It corrects one report, or all reports of the entry,
to settle a contested value. A retraction withdraws an entry that should not count; a reinstatement takes that back. An
entry cannot have a level below that of the entries that it names or rests on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from ledger.base.names import nearest
from ledger.base.text import listed
from ledger.domain import rules
from ledger.domain.errors import MissingField, NotRetracted, UnknownEntry, UnknownSlug
from ledger.domain.events import (
    Change,
    EntryCorrected,
    EntryReinstated,
    EntryRetracted,
    Event,
    LevelSet,
    Recorded,
    SourceTextFrozen,
    Stream,
)
from ledger.domain.filings import retractions
from ledger.domain.kinds import KINDS
from ledger.domain.reports import Standing
from ledger.errors import suggestion
from ledger.filing.errors import CannotCorrect, NoSuchReport, NothingToCorrect, SeveralMatters, SeveralReports
from ledger.filing.fields import Context, text
from ledger.filing.forms import FORMS, RETRACTION_CAUSE, SOURCE, Field
from ledger.filing.lookup import Lookup, refuse_circle, refuse_no_condition
from ledger.filing.sheets import Raw
from ledger.levels.errors import AlreadyAtLevel, NamesWhatIsAbove
from ledger.levels.ranks import Ranks, level_given
from ledger.levels.references import named


class LevelOfEntry(NamedTuple):
    """The level of an entry, which is that of its most open report, and how many of its reports have each level."""

    kind: str
    slug: str
    level: str
    reports: dict[str, int]


class LevelChange(NamedTuple):
    """The event that changes the level of an entry, and the other entries whose level changes with it.

    `exposing` is as in `ledger.Filed`.
    """

    events: list[tuple[Stream, LevelSet]]
    moved: tuple[str, ...]
    exposing: str


_NOT_CORRECTED = ("quote", "sha256", "level")
_MOST_NAMED = 3  # entries in a sentence
_OF_EACH_MATTER = ("on", "by")  # an announcement and a cancellation have different days and authors


def correct(
    lookup: Lookup,
    slug: str,
    fields: Mapping[str, Raw],
    reason: str,
    *,
    source: str = "",
    position: int | None = None,
    everywhere: bool = False,
) -> list[tuple[Stream, EntryCorrected]]:
    """The corrections that give fields of an entry new values; one for each corrected report."""
    stream = stream_of(lookup, slug)
    stood = lookup.standing(stream)
    reason, source = _grounds(lookup, reason, source)
    rules.check(stream.kind, slug, stood, EntryCorrected(changes={}, reason=reason))
    changes: dict[int, dict[str, Change]] = {}
    for typed, raw in fields.items():
        field, reports = _reports_with(stood, slug, typed, position)
        chosen = _chosen(slug, typed, reports, position, everywhere)
        new = field.read(_context_for(lookup, chosen[-1]), raw)
        if field.needed and new in ("", ()):
            raise MissingField(kind=stream.kind, field=typed, help=field.help)
        if all(getattr(report.event, field.name) == new for report in chosen):
            continue
        change = Change(_believed(chosen, field.name), msgspec.to_builtins(new))
        changes.setdefault(0 if len(chosen) > 1 else chosen[0].version, {})[field.name] = change
    if not changes:
        raise NothingToCorrect(slug=slug)
    events = []
    for of, changed in changes.items():
        event = EntryCorrected(source=source, changes=changed, reason=reason, of=of)
        lookup.add(stream, event)
        events.append((stream, event))
    _consistent(lookup, stream)
    if any("meets" in changed for changed in changes.values()):
        for report in lookup.standing(stream).valid:
            refuse_no_condition(lookup, slug, report.event)
    return events


def retract(
    lookup: Lookup, slug: str, reason: str, cause: str, source: str = ""
) -> list[tuple[Stream, EntryRetracted]]:
    """The retraction of an entry."""
    stream = stream_of(lookup, slug)
    reason, source = _grounds(lookup, reason, source)
    event = EntryRetracted(source=source, cause=RETRACTION_CAUSE(Context(lookup), cause), reason=reason)
    rules.check(stream.kind, slug, lookup.standing(stream), event)
    return [(stream, event)]


def reinstate(lookup: Lookup, slug: str, reason: str, source: str = "") -> list[tuple[Stream, EntryReinstated]]:
    """The event that takes back every retraction of an entry; refused if none is in force."""
    stream = stream_of(lookup, slug)
    reason, source = _grounds(lookup, reason, source)
    event = EntryReinstated(source=source, reason=reason)
    rules.check(stream.kind, slug, lookup.standing(stream), event)
    if not retractions(lookup.records(stream)):
        raise NotRetracted(slug=slug)
    lookup.add(stream, event)
    _consistent(lookup, stream)
    return [(stream, event)]


def level_of(lookup: Lookup, typed: str) -> LevelOfEntry:
    """The level of the entry with this slug, name or alias."""
    stream = stream_of(lookup, typed)
    ranks = lookup.ranks(stream)
    names = lookup.levels.names
    count = Counter(names[ranks.of(one)] for one in lookup.standing(stream).reports)
    return LevelOfEntry(stream.kind, stream.slug, names[ranks.of_entry(stream.slug)], dict(count))


def set_level(lookup: Lookup, typed: str, level: str, reason: str) -> LevelChange:
    """Give an entry, with everything reported of it so far, another level.

    Refused if an entry that it names, or rests on, is above that level.
    """
    stream = stream_of(lookup, typed)
    level = lookup.levels.known(level.lower())
    before = lookup.every_rank()
    was = lookup.levels.at(before.of_entry(stream.slug))
    if was == level:
        raise AlreadyAtLevel(kind=stream.kind, slug=stream.slug, level=level)
    event = LevelSet(level=level, was=was, reason=text(Context(lookup), reason))
    rules.check(stream.kind, stream.slug, lookup.standing(stream), event)
    lookup.add(stream, event)
    after = lookup.every_rank()
    if above := _above(lookup, after, lookup.standing(stream).reports, level):
        raise above
    others = (slug for slug in lookup.every_slug() if slug != stream.slug)
    moved = tuple(one for one in others if before.of_entry(one) != after.of_entry(one))
    reports = [(stream, report.event) for report in lookup.standing(stream).reports]
    return LevelChange([(stream, event)], moved, exposing(lookup, reports))


def exposing(lookup: Lookup, events: Iterable[tuple[Stream, Event]]) -> str:
    """The sentence that names the entries whose quoted words a source at a lower level shows; "" if there are none.

    `events` have been added to the lookup. The level of an entry is looked up in the entry and in those that it names.
    """
    quoting = [(stream.slug, event.source, event) for stream, event in events if event.quotes]
    for source in [stream.slug for stream, event in events if isinstance(event, SourceTextFrozen)]:
        quoting += [
            (stream.slug, source, report.event)
            for stream in dict.fromkeys(stream for stream, _ in lookup.quoting(source))
            for report in lookup.standing(stream).valid
            if report.event.source == source
        ]
    levels = lookup.levels
    naming = [(slug, source, event, [slug, *named(event)]) for slug, source, event in quoting]
    given = {slug: _rank_given(lookup, slug) for slug in {slug for *_, slugs in naming for slug in slugs}}
    default = levels.default_rank(own=False)
    if not default and not any(given.values()) and not any(event.level for *_, event, _ in naming):
        return ""  # nothing is above the lowest level, as in most records
    ranks = [
        (slug, source, max(levels.rank(event.level) if event.level else default, *[given[one] for one in slugs]))
        for slug, source, event, slugs in naming
    ]
    of_source = {source: _rank_of_text(lookup, source) for source in {source for _, source, rank in ranks if rank}}
    entries, sources = {}, {}
    for slug, source, rank in ranks:
        if rank and rank > of_source[source]:
            entries[slug] = f"{slug} ({levels.at(rank)})"
            sources[source] = f"{source} ({levels.at(of_source[source])})"
    if not entries:
        return ""
    more = f"{len(entries) - _MOST_NAMED} more" if len(entries) > _MOST_NAMED else ""
    those = listed([*[*entries.values()][:_MOST_NAMED], *([more] if more else [])])
    where = f"in the {'texts' if len(sources) > 1 else 'text'} of {listed(sources.values())}"
    return f"The words quoted in {those} can be read {where}. To hide them, raise the level of the source."


def _rank_given(lookup: Lookup, slug: str) -> int:
    """The rank of the level that the keeper gave an entry; 0 for a word that names no entry."""
    kind = lookup.kind_of(slug)
    records = lookup.records(lookup.stream(kind, slug)) if kind else ()
    return lookup.levels.rank(level_given(records)) if records else 0


def _rank_of_text(lookup: Lookup, slug: str) -> int:
    """The rank from which a source shows its text; the highest if it has none."""
    source = lookup.source(slug)
    shown = source is not None and bool(source.text)
    return lookup.ranks(lookup.stream("source", slug)).of_entry(slug) if shown else lookup.levels.top


def what_is_above(lookup: Lookup, stream: Stream, level: str) -> NamesWhatIsAbove | None:
    """The refusal of the level of a new report, if something that it names or rests on is above."""
    return _above(lookup, lookup.ranks(stream), lookup.records(stream)[-1:], level)


def _above(lookup: Lookup, ranks: Ranks, reports: Sequence[Recorded], level: str) -> NamesWhatIsAbove | None:
    """The refusal of a level that none of the reports can have; None if one of them can."""
    lowest = min(reports, key=ranks.of)
    if ranks.of(lowest) <= lookup.levels.rank(level):
        return None
    other, rank = ranks.above(lowest)
    return NamesWhatIsAbove(slug=lowest.stream.slug, level=level, other=other, is_level=lookup.levels.at(rank))


def _consistent(lookup: Lookup, stream: Stream) -> None:
    """Refuse a change that would break a rule, also among entries that lead to one another."""
    rules.consistent(stream.kind, stream.slug, lookup.standing(stream))
    for report in lookup.standing(stream).valid:
        refuse_circle(lookup, stream.slug, report.event)
    if stream.kind == "party":
        rules.in_no_circle(stream.slug, lookup.blocs_of(stream.slug), lookup.blocs_of)


def _grounds(lookup: Lookup, reason: str, source: str) -> tuple[str, str]:
    """The reason as plain text, and the slug of the source that supports it, if one is named."""
    return text(Context(lookup), reason), lookup.find("source", source) if source else ""


def _believed(reports: Sequence[Recorded], name: str) -> Any:
    """The value of a field before the correction; if the reports differ, `{"each": values}`."""
    values = [msgspec.to_builtins(getattr(report.event, name)) for report in reports]
    different = [value for number, value in enumerate(values) if value not in values[:number]]
    return different[0] if len(different) == 1 else {"each": different}


def stream_of(lookup: Lookup, typed: str) -> Stream:
    """The stream of the entry that was typed as a slug, name or alias. Raises UnknownSlug if there is none.

    A person may be typed as `party/person`, and a meeting by its kind and number, `round 2`.
    """
    if kind := lookup.kind_of(typed):
        return lookup.stream(kind, typed)
    for kind in (kind for kind in KINDS if KINDS[kind].named or kind == "meeting"):
        with suppress(UnknownEntry):
            wanted = typed.rpartition("/")[2] if kind == "person" else typed
            return lookup.stream(kind, lookup.find(kind, wanted))
    every = lookup.every_slug()
    raise UnknownSlug.near("entry", typed, nearest(typed, every), every)


def _reports_with(stood: Standing, slug: str, typed: str, position: int | None) -> tuple[Field, list[Recorded]]:
    """The field that was typed, and the reports that give it; at a position, the report there if it can give it."""
    for report in stood.reports:
        form = next((one for one in [*FORMS.values(), SOURCE] if one.event is type(report.event)), None)
        if report.position == position and form and typed in form.fields and typed not in _NOT_CORRECTED:
            return form.fields[typed], [report]
    names: list[str] = []
    for form in [*FORMS.values(), SOURCE]:
        reports = [report for report in stood.reports if type(report.event) is form.event]
        if not reports:
            continue
        names += [name for name in form.fields if name not in _NOT_CORRECTED]
        if typed in form.fields and typed not in _NOT_CORRECTED:
            return form.fields[typed], _having(stood, form.fields[typed].name)
    raise CannotCorrect(slug=slug, field=typed, hint=suggestion(nearest(typed, names), dict.fromkeys(names)))


def _having(stood: Standing, name: str) -> list[Recorded]:
    """The reports with a value for the field; if none has a value, all reports that have the field."""
    could = [report for report in stood.reports if name in report.event.__struct_fields__]
    return [report for report in could if getattr(report.event, name)] or could


def _chosen(slug: str, typed: str, reports: list[Recorded], position: int | None, everywhere: bool) -> list[Recorded]:
    """The reports to correct: the only one, the one at a position, or all."""
    positions = ", ".join(str(report.position) for report in reports)
    if position is not None:
        chosen = [report for report in reports if report.position == position]
        if not chosen:
            raise NoSuchReport(slug=slug, field=typed, position=position, positions=positions)
        return chosen
    if len(reports) > 1 and not everywhere:
        raise SeveralReports(slug=slug, field=typed, positions=positions)
    if typed in _OF_EACH_MATTER and len({type(report.event) for report in reports}) > 1:
        raise SeveralMatters(slug=slug, field=typed, positions=positions)
    return reports


def _context_for(lookup: Lookup, report: Recorded) -> Context:
    """A context that reads relative dates from the day of the corrected report."""
    event: Any = report.event
    source = lookup.source(event.source)
    context = Context(lookup)
    if source is not None:
        context.published, context.language = source.published, source.language
    context.read = {name: getattr(event, name) for name in ("on", "at", "as_of", "question") if hasattr(event, name)}
    return context
