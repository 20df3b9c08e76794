"""From a report to its draft: suggestions made with the names of the record, and the fields of its source."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Event, Timer

from msgspec.structs import replace

from ledger.capture.documents.document import Extracted
from ledger.capture.documents.extract import extract
from ledger.capture.entries import EntryDrafted, entries
from ledger.capture.reading.sentences import Sentence
from ledger.desk.draft import DeskDraft, DeskEntry, SentencePlace
from ledger.desk.errors import ReportTooLong
from ledger.desk.record import Record, publication, source_of
from ledger.errors import Refusal
from ledger.filing.errors import TextNotReadable

LONGEST_REPORT = 300_000  # characters
LONG = 4_000  # characters of a report whose page opens with its first suggestions, while the others are made
FIRST = 6  # suggestions
READY = Event()  # whether drafting is loaded, or is being loaded
_AFTER_THE_PAGE = 0.2  # seconds
_TITLE_WORDS = 8
SOURCE_FIELDS = ("title", "publisher", "published", "url", "language", "kind", "account-of")  # that a person fills in


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


def open_draft(
    document: Extracted, of_record: Record, keeper: str, opened_at: str, position: int, *, in_part: bool = False
) -> DeskDraft:
    """A new draft of a report, with its suggestions; it has no id yet. `in_part`: of a long one, the first alone."""
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
    return _read(draft, of_record, FIRST if in_part and len(document.text) > LONG else 0)


def read_on(draft: DeskDraft, of_record: Record) -> DeskDraft:
    """The draft with all its suggestions."""
    return _read(draft, of_record) if draft.unread else draft


def get_ready(text: str, of_record: Record) -> None:
    """Load and compile, in the background, what drafting a report like this one needs."""
    READY.set()
    later = Timer(_AFTER_THE_PAGE, _draft_for_practice, (text[:LONG], of_record))
    later.daemon = True
    later.start()


def _draft_for_practice(text: str, of_record: Record) -> None:
    from ledger.capture.suggest import draft as drafted
    from ledger.capture.thread import Report

    with suppress(Refusal):  # that an extra is missing is said when a report is pasted
        drafted(Report(text), of_record.gazetteer)


def describe_source(draft: DeskDraft, source: Mapping[str, str], of_record: Record) -> DeskDraft:
    """The draft with other fields of its source. Until an entry is decided or changed, its text is read again."""
    fields = {**draft.source, **{name: " ".join(text.split()) for name, text in source.items()}}
    changed = replace(draft, source={name: text for name, text in fields.items() if text})
    if changed == draft:
        return draft
    is_untouched = all(step.frames for step in draft.done)
    return draft.described(_read(changed, of_record) if is_untouched else changed)


def _read(draft: DeskDraft, of_record: Record, first: int = 0) -> DeskDraft:
    """The draft with the suggestions of its text; only the `first` ones, if a number is given."""
    from ledger.capture.suggest import draft as drafted
    from ledger.capture.thread import Report

    has = draft.source
    published, language = publication(has.get("published", "")), has.get("language") or "en"
    report = Report(draft.text, has.get("title", ""), has.get("publisher", ""), published, language)
    made = drafted(report, of_record.gazetteer, first=first)
    return replace(
        draft,
        sentences=[SentencePlace(one.start, one.end, one.paragraph) for one in made.sentences],
        entries=_on_desk(entries(made, {*of_record.slugs, draft.slug}), draft.text, made.sentences),
        unread=made.goes_on,
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
