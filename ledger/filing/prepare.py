"""Filing: filled-in forms become events, checked against the rules, all of them or none.

What was filed before with the same content is passed over, so filing twice records nothing twice. The same
slug with other content from the same source is refused with the difference; from another source it is a second report.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from ledger.base.names import is_slug, nearest, slugify
from ledger.domain import rules
from ledger.domain.errors import MissingField
from ledger.domain.events import (
    NAMINGS,
    SOURCELESS,
    UNKNOWN,
    Event,
    FollowUpAgreed,
    FollowUpClosed,
    MeetingAnnounced,
    MeetingCalledOff,
    PersonAppointed,
    Quote,
    Recorded,
    SourceRegistered,
    Stream,
)
from ledger.domain.quotations import fingerprint, frozen
from ledger.domain.sentences import tell
from ledger.domain.voices import with_names
from ledger.errors import ProblemsFound, Refusal, suggestion
from ledger.filing.errors import (
    BadSlug,
    NegotiationNotOpen,
    QuoteNeeded,
    SlugTaken,
    SourceNeeded,
    TextDiffers,
    UnknownField,
)
from ledger.filing.fields import Context, Typed, refuse_broken
from ledger.filing.forms import FORMS, SOURCE, Form
from ledger.filing.lookup import Lookup
from ledger.filing.matching import apart, of_record, otherwise
from ledger.filing.sheets import Filled, Problem, Sheet

# The kinds of entry that name something: others may speak of it, in whatever order they are given.
NAMING = {kind for kind, form in FORMS.items() if form.event in NAMINGS}
UNPROVEN = {*SOURCELESS, PersonAppointed}  # no source need report them
BEGINNINGS: dict[type[Event], type[Event]] = {FollowUpClosed: FollowUpAgreed, MeetingCalledOff: MeetingAnnounced}


class Filing(NamedTuple):
    """The events to append, and how many entries were already of record."""

    events: list[tuple[Stream, Event]]
    known: int


def prepare(lookup: Lookup, sheets: Sequence[Sheet]) -> Filing:
    """The events of the sheets, names first; every problem in any of them at once as `ProblemsFound`."""
    problems: list[Problem] = []
    if not (is_slug(lookup.negotiation) and _is_open(lookup, sheets)):
        raise ProblemsFound([Problem(sheets[0].where, _not_open(lookup))])
    _declare(lookup, sheets)
    events: list[tuple[Stream, Event]] = []
    early: list[tuple[Stream, Event, Filled]] = []
    passed_over = 0
    typed: Typed = defaultdict(set)
    naming = [
        (Context(lookup, typed=typed), sheet, names)
        for sheet in sheets
        if (names := [one for one in sheet.entries if one.kind in NAMING])
    ]
    telling = [
        (_context(lookup, typed, sheet, problems), sheet, [one for one in sheet.entries if one.kind not in NAMING])
        for sheet in sheets
    ]
    for context, sheet, _ in telling:
        _note_meetings(context, sheet)
    for context, sheet, entries in [*naming, *telling]:
        events += context.registered
        source = _registered(lookup, sheet.source_slug)
        drafts = [
            (filled, lookup.stream(FORMS[filled.kind].kind, filled.slug), event)
            for filled in entries
            if (event := _read(context, filled, sheet, source, problems)) is not None
        ]
        fresh, already = apart(lookup, sheet, drafts, problems)
        passed_over += already
        for filled, stream, event in fresh:
            if _is_early(lookup, stream, event):
                early.append((stream, event, filled))
            elif _follows(lookup, stream, event, filled, problems):
                events.append((stream, event))
    events += [(stream, event) for stream, event, filled in early if _follows(lookup, stream, event, filled, problems)]
    if problems:
        raise ProblemsFound(problems)
    return Filing(events, passed_over)


def note_source(note: str, today: date) -> Filled:
    """A note of the keeper's own as a source, named by its words: filed twice on one day it is one."""
    refuse_broken(note)
    day, title = today.isoformat(), " ".join(note.split()[:8])
    fields = {"kind": "note", "title": title, "published": day}
    return Filled("source", f"note-{day}-{fingerprint(note)[:8]}", fields, "")


def told(lookup: Lookup, events: Iterable[tuple[Stream, Event]]) -> list[str]:
    """The events as sentences, with names for voices."""
    return [with_names(tell(event), lookup.in_sentence) for _, event in events]


def unrecorded(events: Iterable[tuple[Stream, Event]]) -> list[Recorded]:
    """The events as they would be recorded, at position 0."""
    return [Recorded(0, stream, 0, "", "", event) for stream, event in events]


def _is_open(lookup: Lookup, sheets: Sequence[Sheet]) -> bool:
    """Whether the negotiation is of record or one of the sheets opens it."""
    if lookup.records(lookup.stream("negotiation", lookup.negotiation)):
        return True
    return any(filled.kind == "negotiation" for sheet in sheets for filled in sheet.entries)


def _not_open(lookup: Lookup) -> Refusal:
    if not is_slug(lookup.negotiation):
        return _bad_slug(lookup.negotiation)
    near = nearest(lookup.negotiation, lookup.negotiations())
    return NegotiationNotOpen(slug=lookup.negotiation, hint=f"{suggestion(near)} Else open" if near else "Open")


def _declare(lookup: Lookup, sheets: Iterable[Sheet]) -> None:
    """Let entries refer to each other, whatever their order."""
    sources = [sheet.source for sheet in sheets if sheet.source is not None]
    lookup.expect(filled.slug for filled in chain(sources, *(sheet.entries for sheet in sheets)))
    for sheet in sheets:
        if sheet.source is not None:
            lookup.declare("source", sheet.source.slug)
        for filled in sheet.entries:
            form = FORMS.get(filled.kind)
            if form is not None and form.event is not PersonAppointed and is_slug(filled.slug):
                lookup.declare(form.kind, filled.slug, _spelt(filled))


def _spelt(filled: Filled) -> list[str]:
    """The names that an entry is given."""
    if filled.fields.keys().isdisjoint(("name", "title", "aliases")):
        return []
    names = [filled.fields.get(name, []) for name in ("name", "title", "aliases")]
    listed = [item for given in names for item in (given if isinstance(given, list) else [given])]
    return [name for name in listed if isinstance(name, str)]


def _note_meetings(context: Context, sheet: Sheet) -> None:
    """Note when the sheet says that meetings were held: phrases said at them are relative to that day."""
    for filled in sheet.entries:
        if filled.kind == "meeting" and "held" in filled.fields:
            context.read = {}
            with suppress(Refusal):
                held = FORMS["meeting"].fields["held"].read(context, filled.fields["held"])
                context.held.setdefault(filled.slug, held)
                context.lookup.to_be_held.setdefault(filled.slug, held)


def _context(lookup: Lookup, typed: Typed, sheet: Sheet, problems: list[Problem]) -> Context:
    """Register the sheet's source if it is new, and sit down with its text."""
    context = Context(lookup, typed=typed)
    if sheet.source is not None:
        sheet.source_slug = sheet.source.slug
        event = _source(context, sheet, problems)
        context.published = context.read.get("published", UNKNOWN)
        if event is not None:
            stream = lookup.stream("source", sheet.source.slug)
            earlier = of_record(lookup, stream, event)
            if earlier and not any(one.is_(event) for one in earlier):
                problems.append(Problem(sheet.source.where, otherwise(stream.slug, earlier[-1], event)))
            elif not earlier and _follows(lookup, stream, event, sheet.source, problems):
                context.registered.append((stream, event))
    elif sheet.source_slug:
        try:
            sheet.source_slug = lookup.find("source", sheet.source_slug)
        except Refusal as refusal:
            problems.append(Problem("--source", refusal))
    registered = _registered(lookup, sheet.source_slug)
    body = (registered.text if registered is not None else "") or sheet.text
    context.text = frozen(body) if body else None
    if registered is not None:
        # A file is read by the date it states: read again after a correction, its phrases mean what they meant.
        context.published = registered.published if sheet.source is None else context.published
        context.note = registered.kind == "note"
    return context


def _source(context: Context, sheet: Sheet, problems: list[Problem]) -> SourceRegistered | None:
    filled = sheet.source
    assert filled is not None
    fields = _fields(context, SOURCE, filled, problems)
    if fields is None:
        return None
    stated = fields.pop("sha256", "")
    try:
        refuse_broken(sheet.text)
    except Refusal as refusal:
        problems.append(Problem(filled.where, refusal))
        return None
    found = fingerprint(sheet.text) if sheet.text else stated
    if stated and found != stated:
        problems.append(Problem(filled.place("sha256"), TextDiffers(slug=filled.slug, found=found, wanted=stated)))
    return SourceRegistered(**{"kind": "news", **fields, "sha256": found, "text": sheet.text})


def _registered(lookup: Lookup, slug: str) -> SourceRegistered | None:
    reports = lookup.stands(lookup.stream("source", slug)).reports if slug else []
    event = reports[-1].event if reports else None
    return event if isinstance(event, SourceRegistered) else None


def _read(
    context: Context, filled: Filled, sheet: Sheet, source: SourceRegistered | None, problems: list[Problem]
) -> Event | None:
    """The event that a filled-in form stands for; None when something in it is a problem."""
    form = FORMS[filled.kind]
    fields = _fields(context, form, filled, problems)
    if fields is None:
        return None
    quotes: tuple[Quote, ...] = fields.pop("quotes", ())
    sourced = "" if form.event in SOURCELESS else sheet.source_slug
    if form.event not in UNPROVEN:
        if not sourced:
            problems.append(Problem(filled.where, SourceNeeded(kind=filled.kind, slug=filled.slug)))
            return None
        if not quotes and source is not None and (source.text or source.sha256):
            problems.append(Problem(filled.where, QuoteNeeded(kind=filled.kind, slug=filled.slug)))
            return None
    return form.event(source=sourced, quotes=quotes, **fields)


def _fields(context: Context, form: Form, filled: Filled, problems: list[Problem]) -> dict[str, Any] | None:
    """The form's fields as read; None when any of them is a problem."""
    found = len(problems)
    if not is_slug(filled.slug):
        problems.append(Problem(filled.where, _bad_slug(filled.slug)))
    given = filled.fields
    if not given.keys() <= form.fields.keys():
        for name in given:
            if name not in form.fields:
                near = nearest(name, form.fields)
                refusal = UnknownField.near(f"The {filled.kind}", name, near, form.fields)
                problems.append(Problem(filled.place(name), refusal))
    context.read = read = {}
    for name, (held_as, reader, told, needed, _) in form.fields.items():
        try:
            if name in given:
                read[held_as] = reader(context, given[name])
            if needed and read.get(held_as, "") in ("", ()):
                raise MissingField(kind=filled.kind, field=name, help=told)
        except Refusal as refusal:
            problems.append(Problem(filled.place(name), refusal))
    return read if len(problems) == found else None


def _bad_slug(slug: str) -> BadSlug:
    better = slugify(slug)
    return BadSlug(slug=slug, hint=f", such as {better}" if better else "")


def _is_early(lookup: Lookup, stream: Stream, event: Event) -> bool:
    """Whether the event ends what has not begun yet, so that the entries after it may still say that it did."""
    begins = BEGINNINGS.get(type(event))
    return begins is not None and not any(isinstance(one.event, begins) for one in lookup.stands(stream).reports)


def _follows(
    lookup: Lookup,
    stream: Stream,
    event: Event,
    filled: Filled,
    problems: list[Problem],
) -> bool:
    """Take the event into account if its slug is free for it and the rules let it follow."""
    other = lookup.kind_of(stream.slug)
    try:
        if other is not None and other != stream.kind:
            raise SlugTaken(slug=stream.slug, other=other, kind=stream.kind)
        rules.check(stream.kind, stream.slug, lookup.stands(stream), event)
    except Refusal as refusal:
        problems.append(Problem(filled.where, refusal))
        return False
    lookup.add(stream, event)
    return True
