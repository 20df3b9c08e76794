"""Turns filled-in forms into events: reads them, matches them with the record, and checks them. Files all or none.

The order of the steps matters, because an entry depends on others:

1. The negotiation must be open, or one of the sheets opens it.
2. The slugs and names in all sheets are declared, so that entries can refer to each other in any order.
3. The sources are read: relative dates depend on their days of publication, and quotes on their texts.
4. The days of the meetings are read, because "early next month", said at a meeting, depends on its day.
5. Names (parties, people, issues) are filed before the reports that mention them, then each source with its reports.
6. An entry that closes something which has not begun yet, or says that a condition is met which no report gives yet, is
   filed last, because another sheet may report the beginning or the condition.

Entries are read, those that the record already has are set apart, and each of the others is checked against the rules,
together with those before it. So filing a sheet twice records nothing twice. Different content under the same slug is
refused if it comes from the same source, and is a second report if it comes from another.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from ledger.base.names import is_slug, nearest
from ledger.base.text import in_quotes
from ledger.domain import rules
from ledger.domain.errors import EntryWasRetracted, MissingField
from ledger.domain.events import (
    INTERNAL,
    NAMINGS,
    REPEATED,
    SOURCELESS,
    UNKNOWN,
    Event,
    PersonAppointed,
    Quote,
    Recorded,
    RoleReported,
    SourceRegistered,
    SourceTextFrozen,
    Stream,
)
from ledger.domain.quotations import fingerprint, frozen
from ledger.domain.sentences import tell
from ledger.domain.voices import with_names
from ledger.errors import ProblemsFound, Refusal, suggestion
from ledger.filing.corrections import exposing, what_is_above
from ledger.filing.errors import (
    BadSlug,
    NegotiationNotOpen,
    QuoteNeeded,
    QuoteNotInText,
    SlugTaken,
    SourceNeeded,
    TextAlreadyFrozen,
    TextDiffers,
    UnknownField,
)
from ledger.filing.fields import Context, is_of_the_day, refuse_broken
from ledger.filing.figures import unfound
from ledger.filing.forms import FORMS, NOUNS, SOURCE, Form
from ledger.filing.lookup import Lookup, has_begun, refuse_circle, refuse_no_condition
from ledger.filing.matching import EntryRead, set_apart
from ledger.filing.sheets import Filled, Problem, Sheet
from ledger.levels.ranks import level_given
from ledger.log.log import Log

NAMING = {kind for kind, form in FORMS.items() if form.event in NAMINGS}
PARTIES = ("to", "owners", "parties")  # fields that may say `all`, which depends on the day of the entry
NEEDS_NO_SOURCE = {*SOURCELESS, *INTERNAL, PersonAppointed, RoleReported}


class Filing(NamedTuple):
    """The events to append, and the number of those that the record already had.

    `unfound` and `exposing` are as in `ledger.Filed`.
    """

    events: list[tuple[Stream, Event]]
    known: int
    unfound: list[tuple[str, str]]
    exposing: str


class _Step(NamedTuple):
    """The result of filing some entries; `postponed` has those that must come after others: see step 6."""

    events: list[tuple[Stream, Event]]
    postponed: list[EntryRead]
    problems: list[Problem]
    known: int = 0


class _Opened(NamedTuple):
    """A sheet to be read, with the context for its entries, and the result of filing its source, if that is new."""

    sheet: Sheet
    context: Context
    source: _Step


def prepare(lookup: Lookup, sheets: Sequence[Sheet]) -> Filing:
    """The events that the sheets add to the record. Raises ProblemsFound with the problems of all sheets."""
    _refuse_unopened(lookup, sheets)
    _declare(lookup, sheets)
    opened = [_open(lookup, sheet) for sheet in sheets]
    for sheet, context, _ in opened:
        _note_meetings(context, sheet)
    names = [_file(context, [one for one in sheet.entries if _is_first(context, one)]) for sheet, context, _ in opened]
    reports: list[_Step] = []
    for sheet, context, source in opened:
        others = [one for one in sheet.entries if not _is_first(context, one)]
        roles = [one for one in others if one.kind == "role"]  # the addressees `all` depend on them
        reports += [source, _file(context, roles), _file(context, [one for one in others if one.kind != "role"])]
    steps = [*names, *reports]
    if postponed := [entry for step in steps for entry in step.postponed]:
        steps.append(_check(lookup, postponed, postpone=False))
    if problems := [problem for step in steps for problem in step.problems]:
        raise ProblemsFound(problems)
    events = [event for step in steps for event in step.events]
    return Filing(events, sum(step.known for step in steps), [*unfound(lookup, events)], exposing(lookup, events))


def _is_first(context: Context, filled: Filled) -> bool:
    """Whether an entry is filed before all reports: a naming, or a role without a source."""
    return filled.kind in NAMING or (filled.kind == "role" and not context.source)


def note_source(note: str, today: date, level: str = "") -> Filled:
    """A keeper's own note as a source, with a slug from the day and the words, so that repeating it adds nothing."""
    refuse_broken(note)
    day, given = today.isoformat(), {"level": level} if level else {}
    fields = {"kind": "note", "title": " ".join(note.split()[:8]), "published": day, **given}
    return Filled("source", f"note-{day}-{fingerprint(note)[:8]}", fields, "")


def sentences(lookup: Lookup, events: Iterable[tuple[Stream, Event]]) -> list[str]:
    """The sentence of each event, with names instead of voices."""
    return [with_names(tell(event), lookup.in_sentence) for _, event in events]


def appended(log: Log, events: Sequence[tuple[Stream, Event]], *, dry_run: bool) -> list[Recorded]:
    """The events as recorded; on a dry run, as they would be recorded, at position 0."""
    return [Recorded(0, stream, 0, "", "", event) for stream, event in events] if dry_run else log.append(events)


def _refuse_unopened(lookup: Lookup, sheets: Sequence[Sheet]) -> None:
    slug = lookup.negotiation
    refusal: Refusal
    if not is_slug(slug):
        refusal = BadSlug.of(slug)
    else:
        if lookup.records(lookup.stream("negotiation", slug)):
            return
        if any(filled.kind == "negotiation" for sheet in sheets for filled in sheet.entries):
            return
        near = nearest(slug, lookup.negotiations())
        refusal = NegotiationNotOpen(slug=slug, hint=f"{suggestion(near)} Otherwise open" if near else "Open")
    raise ProblemsFound([Problem(sheets[0].where, refusal)])


def _declare(lookup: Lookup, sheets: Sequence[Sheet]) -> None:
    sources = [sheet.source for sheet in sheets if sheet.source is not None]
    entries = [*chain.from_iterable(sheet.entries for sheet in sheets)]
    lookup.expect(filled.slug for filled in chain(sources, entries))
    for filled in sources:
        lookup.declare("source", filled.slug)
    if [filled.kind for filled in entries] == ["negotiation"]:  # its parties are named next
        typed = [slug.strip() for given in _given(entries[0], "parties") for slug in given.split(",")]
        for slug in filter(None, typed):
            if not is_slug(slug):
                raise ProblemsFound([Problem(entries[0].place("parties"), BadSlug.of(slug))])
            lookup.declare("party", slug)
    for filled in entries:
        form = FORMS.get(filled.kind)
        if form is not None and form.event not in REPEATED and is_slug(filled.slug):
            lookup.declare(
                form.kind, filled.slug, _given(filled, "name", "title", "aliases") if filled.kind in NAMING else ()
            )


def _given(filled: Filled, *fields: str) -> Iterator[str]:
    """The texts that were given for these fields."""
    for field in fields:
        given = filled.fields.get(field, [])
        yield from (one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str))


def _open(lookup: Lookup, sheet: Sheet) -> _Opened:
    """Find the source of a sheet, or file it if it is new, because its entries depend on its day and its text."""
    context = Context(lookup, sheet.source_slug)
    step = _Step([], [], [])
    if sheet.source is not None:
        context.source = sheet.source.slug
        context.language = str(sheet.source.fields.get("language", ""))
        stream, before = lookup.stream("source", context.source), lookup.source(context.source)
        is_text_alone = not sheet.source.fields and before is not None and bool(sheet.text)
        event, problems = (None, []) if is_text_alone else _read_source(context, sheet.source, sheet.text)
        # Dates depend on the day that the sheet states, so a correction of the source does not change how it is read.
        context.published = context.read.get("published", UNKNOWN)
        step = _record(lookup, [EntryRead(sheet.source.where, stream, event)] if event is not None else [], problems)
        if before is not None and sheet.text and not step.problems:
            step = _freeze(lookup, stream, before, sheet.source, sheet.text)._replace(known=step.known)
    elif sheet.source_slug:
        try:
            context.source = lookup.find("source", sheet.source_slug)
        except Refusal as refusal:
            step = _Step([], [], [Problem(sheet.where or "--source", refusal)])
    registered = lookup.source(context.source)
    context.level = level_given(lookup.records(lookup.stream("source", context.source))) if context.source else ""
    if registered is not None:
        context.note = registered.kind == "note"
        context.quotable = bool(registered.text or registered.sha256)
        if sheet.source is None:
            context.published, context.language = registered.published, registered.language
    text = (registered.text if registered is not None else "") or sheet.text
    context.text = frozen(text) if text else None
    return _Opened(sheet, context, step)


def _read_source(context: Context, filled: Filled, text: str) -> tuple[SourceRegistered | None, list[Problem]]:
    fields, problems = _read_fields(context, SOURCE, filled)
    try:
        refuse_broken(text)
    except Refusal as refusal:
        problems.append(Problem(filled.where, refusal))
    if problems:
        return None, problems
    stated = fields.pop("sha256", "")
    found = fingerprint(text) if text else stated
    if stated and found != stated:
        differs = TextDiffers(slug=filled.slug, found=found, wanted=stated)
        problems.append(Problem(filled.place("sha256"), differs))
    return SourceRegistered(**{"kind": "news", **fields, "sha256": found, "text": text}), problems


def _freeze(lookup: Lookup, stream: Stream, source: SourceRegistered, filled: Filled, text: str) -> _Step:
    """Freeze the text of a recorded source that has none; refused if it lacks words that entries quote from it."""
    where = filled.where
    if source.text == text or (where and lookup.standing(stream).retracted is not None):
        return _Step([], [], [])
    try:
        refuse_broken(text)
        if source.text:
            raise TextAlreadyFrozen(slug=stream.slug, sha256=source.sha256)
        found = fingerprint(text)
        if source.sha256 not in ("", found):
            raise TextDiffers(slug=stream.slug, found=found, wanted=source.sha256)
        event = SourceTextFrozen(text=text, sha256=found)
        rules.check("source", stream.slug, lookup.standing(stream), event)
    except Refusal as refusal:
        return _Step([], [], [Problem(where, refusal)])
    whole = frozen(text)
    missing = [(entry, quote.words) for entry, quote in lookup.quoting(stream.slug) if whole.find(quote.words) is None]
    if missing:
        found_not = [QuoteNotInText.near(entry.slug, words, whole.nearest(words)) for entry, words in missing]
        return _Step([], [], [Problem(where, refusal) for refusal in found_not])
    lookup.add(stream, event)
    return _Step([(stream, event)], [], [])


def _note_meetings(context: Context, sheet: Sheet) -> None:
    """Note when the meetings of the sheet were held, for dates relative to them."""
    for filled in sheet.entries:
        if filled.kind == "meeting" and "held" in filled.fields:
            context.read = {}
            with suppress(Refusal):  # the entry itself will be refused
                held = FORMS["meeting"].fields["held"].read(context, filled.fields["held"])
                context.held.setdefault(filled.slug, held)
                context.lookup.declare_held(filled.slug, held)


def _file(context: Context, entries: Sequence[Filled]) -> _Step:
    if not entries:
        return _Step([], [], [])
    read: list[EntryRead] = []
    problems: list[Problem] = []
    for filled in entries:
        event, found = _read_entry(context, filled)
        problems += found
        if event is not None:
            read.append(EntryRead(filled.where, context.lookup.stream(FORMS[filled.kind].kind, filled.slug), event))
    return _record(context.lookup, read, problems)


def _read_entry(context: Context, filled: Filled) -> tuple[Event | None, list[Problem]]:
    form = FORMS[filled.kind]
    fields, problems = _read_fields(context, form, filled)
    if problems:
        return None, problems
    quotes: tuple[Quote, ...] = fields.pop("quotes", ())
    source = "" if form.event in (*SOURCELESS, *INTERNAL) else context.source
    if form.event not in NEEDS_NO_SOURCE:
        if not source:
            return None, [Problem(filled.where, SourceNeeded(kind=filled.kind, slug=filled.slug))]
        if not quotes and context.quotable:
            return None, [Problem(filled.where, QuoteNeeded(kind=filled.kind, slug=filled.slug))]
    says = form.fields.get("says")
    if says and says.needed and not fields.get("says"):  # the quote, which stands for it, has no words
        missing = MissingField(kind=NOUNS.get(filled.kind, filled.kind), field="says", help=says.help)
        return None, [Problem(filled.place("says"), missing)]
    given = {"level": context.level if not source and form.kind != "task" else ""}  # names come with what mentions them
    return form.event(source=source, quotes=quotes, **given | fields), []


def _read_fields(context: Context, form: Form, filled: Filled) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a form by their names in the event, and a problem for each field that cannot be read."""
    problems: list[Problem] = [] if is_slug(filled.slug) else [Problem(filled.where, BadSlug.of(filled.slug))]
    given = filled.fields
    noun = NOUNS.get(filled.kind, filled.kind)
    if not given.keys() <= form.fields.keys():
        for name in [name for name in given if name not in form.fields]:
            refusal = UnknownField.near(f"The {noun}", name, nearest(name, form.fields), form.fields)
            problems.append(Problem(filled.place(name), refusal))
    context.read = read = {}
    late = [name for name in PARTIES if name in given and name in form.fields and is_of_the_day(given[name])]
    wanted = _to_read(form.event, tuple(given))
    for name in [*(one for one in wanted if one not in late), *late] if late else wanted:
        filled_as, reader, meaning, needed, _ = form.fields[name]
        try:
            if name in given:
                read[filled_as] = reader(context, given[name])
            missing = needed and read.get(filled_as, "") in ("", ())
            if missing and not (filled_as == "says" and "quote" in given):
                raise MissingField(kind=noun, field=name, help=meaning)
        except Refusal as refusal:
            problems.append(Problem(filled.place(name), refusal))
    if "says" in form.fields and not read.get("says") and read.get("quotes"):
        read["says"] = in_quotes(*(quote.words for quote in read["quotes"]))  # by default, the quote
    return read, problems


@lru_cache(maxsize=1_000)  # most entries of one kind have the same few fields
def _to_read(event: type[Event], given: tuple[str, ...]) -> list[str]:
    """The fields that the form of an event reads, in its order: those given, and those needed."""
    form = next(form for form in (*FORMS.values(), SOURCE) if form.event is event)
    return [name for name, field in form.fields.items() if name in given or field.needed]


def _record(lookup: Lookup, entries: list[EntryRead], problems: list[Problem]) -> _Step:
    """Set apart the entries that are in the record, and check the others; `problems` has those found so far."""
    new, known, differing = set_apart(lookup, entries)
    events, postponed, refused, _ = _check(lookup, new)
    return _Step(events, postponed, [*problems, *differing, *refused], known)


def _check(lookup: Lookup, entries: Sequence[EntryRead], *, postpone: bool = True) -> _Step:
    """Check each entry against the rules; a valid entry counts as part of the record for those after it."""
    step = _Step([], [], [])
    retracted = {
        slug: lookup.standing(lookup.stream("source", slug)).retracted
        for slug in {entry.event.source for entry in entries}
    }
    for entry in entries:
        where, stream, event = entry
        if postpone and not has_begun(lookup, stream, event):
            step.postponed.append(entry)
            continue
        try:
            if gone := retracted[event.source]:
                raise EntryWasRetracted(slug=event.source, reason=gone.reason)
            other = lookup.kind_of(stream.slug)
            if other is not None and other != stream.kind:
                raise SlugTaken(slug=stream.slug, other=other, kind=stream.kind)
            rules.check(stream.kind, stream.slug, lookup.standing(stream), event)
            refuse_circle(lookup, stream.slug, event)
            refuse_no_condition(lookup, stream.slug, event)
            if isinstance(event, RoleReported) and event.role == "member":
                rules.in_no_circle(stream.slug, [event.of_party], lookup.blocs_of)
        except Refusal as refusal:
            step.problems.append(Problem(where, refusal))
        else:
            lookup.add(stream, event)
            step.events.append((stream, event))
            if event.level and (above := what_is_above(lookup, stream, event.level)):
                step.problems.append(Problem(where, above))
    return step
