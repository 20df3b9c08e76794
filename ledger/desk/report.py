"""From a report to its draft: suggestions made with the names of the record, and the fields of its source."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from msgspec.structs import replace

from ledger.base.names import slugify
from ledger.capture.documents.document import Extracted, Original
from ledger.capture.documents.extract import extract
from ledger.capture.entries import EntryDrafted, cut_slug, entries, new_slug
from ledger.capture.entry_file import SourceDrafted
from ledger.capture.reading.gazetteer import Gazetteer, KnownMeeting, KnownPerson
from ledger.capture.reading.sentences import Sentence
from ledger.dates import parse
from ledger.desk.draft import DeskDraft, DeskEntry, SentencePlace
from ledger.desk.errors import DayUnclear, ReportTooLong
from ledger.domain.quotations import fingerprint
from ledger.filing.errors import TextNotReadable
from ledger.views.views import Views

LONGEST_REPORT = 300_000  # characters
PLAIN_TEXT = "text/plain"
_TITLE_WORDS = 8
_LONGEST_NAME = 24  # characters of a slug before its day
SOURCE_FIELDS = ("title", "publisher", "published", "url", "language", "kind", "account-of")  # that a person fills in


class Record(NamedTuple):
    """The part of the record that drafting needs: its names, its slugs, and the source of each text by SHA-256."""

    negotiation: str
    gazetteer: Gazetteer
    slugs: set[str]
    sources: dict[str, str]


def record(views: Views) -> Record:
    """The names, slugs and sources of the record."""
    aliases = views.aliases("issue")
    gazetteer = Gazetteer(
        {one.slug: (one.name, *one.aliases) for one in views.parties()},
        {one.slug: KnownPerson((one.name, *one.aliases), one.party, one.post) for one in views.people()},
        {one.slug: (one.title, *aliases.get(one.slug, ())) for one in views.issues()},
        [
            KnownMeeting(one.slug, one.kind, one.number, one.held, one.expected)
            for one in (of_the_day.meeting for of_the_day in views.meetings())
        ],
    )
    return Record(
        views.negotiation, gazetteer, every_slug(views), {one.sha256: one.slug for one in views.sources() if one.sha256}
    )


def every_slug(views: Views) -> set[str]:
    """The slugs that entries of the record have, whatever the day."""
    return {one.slug for one in views.labels(later=True)}


def publication(typed: str) -> date | None:
    """The day of publication as typed: one day, or `unknown`."""
    if typed.lower() in ("", "unknown"):
        return None
    when = parse(typed)
    if when.earliest is None or when.earliest != when.latest:
        raise DayUnclear(text=typed)
    return when.latest


def source_of(document: Extracted, of_record: Record, text: str = "") -> SourceDrafted:
    """The fields of the source to be filed; if its text is already in the record, it has that source's slug.

    `text` is the name of the file with its text.
    """
    sha256 = fingerprint(document.text)
    original = document.original if document.original.type != PLAIN_TEXT else Original()
    return SourceDrafted(
        slug=of_record.sources.get(sha256, "") or _new_slug(document, of_record.slugs),
        title=document.title or document.original.name,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        language=document.language,
        text=text,
        sha256=sha256,
        original=original.name,
        original_type=original.type,
        original_sha256=original.sha256,
        extractor=original.extractor,
    )


def document_of(content: bytes, name: str, told: Mapping[str, str]) -> Extracted:
    """The report in a file; without `name`, a pasted text, whose first words become its title if it has none.

    `told`, the fields that a person filled in, takes precedence over the report itself.
    """
    document = extract(content, name or "pasted text")
    first = document.text.split()[:_TITLE_WORDS]
    return document._replace(
        title=told.get("title") or document.title or ("" if name else f"{' '.join(first)} …"),
        publisher=told.get("publisher") or document.publisher,
        published=publication(told.get("published", "")) or document.published,
        language=told.get("language") or document.language,
    )


def exact_text(content: bytes, name: str) -> str:
    """The text of a file, unchanged, so that its SHA-256 is that of the file."""
    from ledger.filing.entry_files import LARGEST_TEXT  # with the library of the log, which a draft does not need

    if len(content) > LARGEST_TEXT:
        raise TextNotReadable(path=name, why=f"it is larger than {LARGEST_TEXT // 1_000_000} MB")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise TextNotReadable(path=name, why="it is not UTF-8 text") from None


def open_draft(document: Extracted, of_record: Record, keeper: str, opened_at: str, position: int) -> DeskDraft:
    """A new draft of a report, with its suggestions; it has no id yet."""
    if len(document.text) > LONGEST_REPORT:
        raise ReportTooLong(count=f"{len(document.text):,}", most=f"{LONGEST_REPORT:,}")
    source = source_of(document, of_record)
    fields = {name.replace("_", "-"): str(value) for name, value in source._asdict().items() if value}
    draft = DeskDraft(
        id="",
        negotiation=of_record.negotiation,
        keeper=keeper,
        opened_at=opened_at,
        position=position,
        slug=fields.pop("slug"),
        of_record=source.slug in of_record.slugs,
        source=fields,
        text=document.text,
        sentences=[],
        entries=[],
    )
    return _read(draft, of_record)


def describe_source(draft: DeskDraft, source: Mapping[str, str], of_record: Record) -> DeskDraft:
    """The draft with other fields of its source. Until an entry is decided or changed, its text is read again."""
    fields = {**draft.source, **{name: " ".join(text.split()) for name, text in source.items()}}
    changed = replace(draft, source={name: text for name, text in fields.items() if text})
    if changed == draft:
        return draft
    is_untouched = all(step.frames for step in draft.done)
    return draft.described(_read(changed, of_record) if is_untouched else changed)


def _read(draft: DeskDraft, of_record: Record) -> DeskDraft:
    """The draft with the suggestions of its text."""
    from ledger.capture.suggest import draft as drafted
    from ledger.capture.thread import Report

    has = draft.source
    published, language = publication(has.get("published", "")), has.get("language") or "en"
    report = Report(draft.text, has.get("title", ""), has.get("publisher", ""), published, language)
    made = drafted(report, of_record.gazetteer)
    return replace(
        draft,
        sentences=[SentencePlace(one.start, one.end, one.paragraph) for one in made.sentences],
        entries=_on_desk(entries(made, {*of_record.slugs, draft.slug}), draft.text, made.sentences),
    )


def _on_desk(drafted: Sequence[EntryDrafted], text: str, sentences: Sequence[Sentence]) -> list[DeskEntry]:
    """The suggestions in the order of their sentences."""
    placed = []
    for one in drafted:
        at = one.suggestion.start if one.suggestion is not None else text.find(one.quote)
        number = next((place.number for place in sentences if place.start <= at < place.end), -1)
        placed.append((number, one))
    placed.sort(key=lambda each: each[0])
    return [_entry(f"e{count}", number, one) for count, (number, one) in enumerate(placed, start=1)]


def _entry(entry_id: str, sentence: int, one: EntryDrafted) -> DeskEntry:
    acts, reasons = (one.suggestion.acts, one.suggestion.reasons) if one.suggestion is not None else ((), ())
    return DeskEntry(
        id=entry_id,
        kind=one.kind,
        slug=one.slug,
        sentence=sentence,
        fields={name: value for name, value in one.fields.items() if value},
        left=dict(one.left),
        acts=[*acts],
        reasons=[*reasons],
        of_record=one.is_of_record,
    )


def _new_slug(document: Extracted, taken: set[str]) -> str:
    """A slug from the publisher (else the title or the file's name) and the day, with a number if it is taken."""
    day = f"-{document.published}" if document.published else ""
    name = document.publisher or document.title or PurePath(document.original.name).stem
    return new_slug(f"{cut_slug(slugify(name), _LONGEST_NAME) or 'report'}{day}", taken)
