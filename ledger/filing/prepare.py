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
from ledger.filing.fields import Desk, Typed, refuse_broken
from ledger.filing.forms import FORMS, SOURCE, Form
from ledger.filing.lookup import Known
from ledger.filing.matching import apart, of_record, otherwise
from ledger.filing.sheets import Filled, Problem, Sheet

# The kinds of entry that name something: others may speak of it, in whatever order they are given.
NAMING = {kind for kind, form in FORMS.items() if form.event in NAMINGS}
UNPROVEN = {*SOURCELESS, PersonAppointed}  # no source need report them
BEGINNINGS: dict[type[Event], type[Event]] = {FollowUpClosed: FollowUpAgreed, MeetingCalledOff: MeetingAnnounced}


class Filing(NamedTuple):
    """What is to be appended, and how many entries were already of record."""

    events: list[tuple[Stream, Event]]
    known: int


def prepare(known: Known, sheets: Sequence[Sheet]) -> Filing:
    """The events of the sheets, names first; every problem in any of them at once as `ProblemsFound`."""
    problems: list[Problem] = []
    if not (is_slug(known.negotiation) and _is_open(known, sheets)):
        raise ProblemsFound([Problem(sheets[0].where, _not_open(known))])
    _declare(known, sheets)
    events: list[tuple[Stream, Event]] = []
    early: list[tuple[Stream, Event, Filled]] = []
    passed_over = 0
    typed: Typed = defaultdict(set)
    naming = [
        (Desk(known, typed=typed), sheet, names)
        for sheet in sheets
        if (names := [one for one in sheet.entries if one.kind in NAMING])
    ]
    telling = [
        (_desk(known, typed, sheet, problems), sheet, [one for one in sheet.entries if one.kind not in NAMING])
        for sheet in sheets
    ]
    for desk, sheet, _ in telling:
        _note_meetings(desk, sheet)
    for desk, sheet, entries in [*naming, *telling]:
        events += desk.registered
        source = _registered(known, sheet.source_slug)
        drafts = [
            (filled, known.stream(FORMS[filled.kind].kind, filled.slug), event)
            for filled in entries
            if (event := _read(desk, filled, sheet, source, problems)) is not None
        ]
        fresh, already = apart(known, sheet, drafts, problems)
        passed_over += already
        for filled, stream, event in fresh:
            if _is_early(known, stream, event):
                early.append((stream, event, filled))
            elif _follows(known, stream, event, filled, problems):
                events.append((stream, event))
    events += [(stream, event) for stream, event, filled in early if _follows(known, stream, event, filled, problems)]
    if problems:
        raise ProblemsFound(problems)
    return Filing(events, passed_over)


def note_source(note: str, today: date) -> Filled:
    """A note of the keeper's own as a source, named by its words: filed twice on one day it is one."""
    refuse_broken(note)
    day, title = today.isoformat(), " ".join(note.split()[:8])
    fields = {"kind": "note", "title": title, "published": day}
    return Filled("source", f"note-{day}-{fingerprint(note)[:8]}", fields, "")


def told(known: Known, events: Iterable[tuple[Stream, Event]]) -> list[str]:
    """What the events say, sentence by sentence, with names for voices."""
    return [with_names(tell(event), known.name_of) for _, event in events]


def unrecorded(events: Iterable[tuple[Stream, Event]]) -> list[Recorded]:
    """The events as they would be recorded, at position 0."""
    return [Recorded(0, stream, 0, "", "", event) for stream, event in events]


def _is_open(known: Known, sheets: Sequence[Sheet]) -> bool:
    """Whether the negotiation is of record or one of the sheets opens it."""
    if known.records(known.stream("negotiation", known.negotiation)):
        return True
    return any(filled.kind == "negotiation" for sheet in sheets for filled in sheet.entries)


def _not_open(known: Known) -> Refusal:
    if not is_slug(known.negotiation):
        return _bad_slug(known.negotiation)
    near = nearest(known.negotiation, known.negotiations())
    return NegotiationNotOpen(slug=known.negotiation, hint=f"{suggestion(near)} Else open" if near else "Open")


def _declare(known: Known, sheets: Iterable[Sheet]) -> None:
    """Let entries refer to each other, whatever their order."""
    sources = [sheet.source for sheet in sheets if sheet.source is not None]
    known.expect(filled.slug for filled in chain(sources, *(sheet.entries for sheet in sheets)))
    for sheet in sheets:
        if sheet.source is not None:
            known.declare("source", sheet.source.slug)
        for filled in sheet.entries:
            form = FORMS.get(filled.kind)
            if form is not None and form.event is not PersonAppointed and is_slug(filled.slug):
                known.declare(form.kind, filled.slug, _spelt(filled))


def _spelt(filled: Filled) -> list[str]:
    """The names that an entry is given."""
    if filled.fields.keys().isdisjoint(("name", "title", "aliases")):
        return []
    names = [filled.fields.get(name, []) for name in ("name", "title", "aliases")]
    listed = [item for given in names for item in (given if isinstance(given, list) else [given])]
    return [name for name in listed if isinstance(name, str)]


def _note_meetings(desk: Desk, sheet: Sheet) -> None:
    """Note when the sheet says that meetings were held: phrases said at them are relative to that day."""
    for filled in sheet.entries:
        if filled.kind == "meeting" and "held" in filled.fields:
            desk.read = {}
            with suppress(Refusal):
                held = FORMS["meeting"].fields["held"].read(desk, filled.fields["held"])
                desk.held.setdefault(filled.slug, held)
                desk.known.to_be_held.setdefault(filled.slug, held)


def _desk(known: Known, typed: Typed, sheet: Sheet, problems: list[Problem]) -> Desk:
    """Register the sheet's source if it is new, and sit down with its text."""
    desk = Desk(known, typed=typed)
    if sheet.source is not None:
        sheet.source_slug = sheet.source.slug
        event = _source(desk, sheet, problems)
        desk.published = desk.read.get("published", UNKNOWN)
        if event is not None:
            stream = known.stream("source", sheet.source.slug)
            earlier = of_record(known, stream, event)
            if earlier and not any(one.is_(event) for one in earlier):
                problems.append(Problem(sheet.source.where, otherwise(stream.slug, earlier[-1], event)))
            elif not earlier and _follows(known, stream, event, sheet.source, problems):
                desk.registered.append((stream, event))
    elif sheet.source_slug:
        try:
            sheet.source_slug = known.find("source", sheet.source_slug)
        except Refusal as refusal:
            problems.append(Problem("--source", refusal))
    registered = _registered(known, sheet.source_slug)
    body = (registered.text if registered is not None else "") or sheet.text
    desk.text = frozen(body) if body else None
    if registered is not None:
        # A file is read by the date it states: read again after a correction, its phrases mean what they meant.
        desk.published = registered.published if sheet.source is None else desk.published
        desk.note = registered.kind == "note"
    return desk


def _source(desk: Desk, sheet: Sheet, problems: list[Problem]) -> SourceRegistered | None:
    filled = sheet.source
    assert filled is not None
    fields = _fields(desk, SOURCE, filled, problems)
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


def _registered(known: Known, slug: str) -> SourceRegistered | None:
    reports = known.stands(known.stream("source", slug)).reports if slug else []
    event = reports[-1].event if reports else None
    return event if isinstance(event, SourceRegistered) else None


def _read(
    desk: Desk, filled: Filled, sheet: Sheet, source: SourceRegistered | None, problems: list[Problem]
) -> Event | None:
    """The event that a filled-in form stands for; None when something in it is a problem."""
    form = FORMS[filled.kind]
    fields = _fields(desk, form, filled, problems)
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


def _fields(desk: Desk, form: Form, filled: Filled, problems: list[Problem]) -> dict[str, Any] | None:
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
    desk.read = read = {}
    for name, (held_as, reader, told, needed, _) in form.fields.items():
        try:
            if name in given:
                read[held_as] = reader(desk, given[name])
            if needed and read.get(held_as, "") in ("", ()):
                raise MissingField(kind=filled.kind, field=name, help=told)
        except Refusal as refusal:
            problems.append(Problem(filled.place(name), refusal))
    return read if len(problems) == found else None


def _bad_slug(slug: str) -> BadSlug:
    better = slugify(slug)
    return BadSlug(slug=slug, hint=f", such as {better}" if better else "")


def _is_early(known: Known, stream: Stream, event: Event) -> bool:
    """Whether the event ends what has not begun yet, so that the entries after it may still say that it did."""
    begins = BEGINNINGS.get(type(event))
    return begins is not None and not any(isinstance(one.event, begins) for one in known.stands(stream).reports)


def _follows(
    known: Known,
    stream: Stream,
    event: Event,
    filled: Filled,
    problems: list[Problem],
) -> bool:
    """Take the event into account if its slug is free for it and the rules let it follow."""
    other = known.kind_of(stream.slug)
    try:
        if other is not None and other != stream.kind:
            raise SlugTaken(slug=stream.slug, other=other, kind=stream.kind)
        rules.check(stream.kind, stream.slug, known.stands(stream), event)
    except Refusal as refusal:
        problems.append(Problem(filled.where, refusal))
        return False
    known.add(stream, event)
    return True
