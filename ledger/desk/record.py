"""The part of the record that a draft needs: names, slugs, and the fields of the report's source."""

import re
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from ledger.base.names import slugify
from ledger.capture.documents.document import Extracted, Original
from ledger.capture.entries import cut_slug, new_slug
from ledger.capture.entry_file import SourceDrafted
from ledger.capture.reading.gazetteer import Gazetteer, KnownMeasure, KnownMeeting, KnownPerson
from ledger.capture.reading.mentions import Finder
from ledger.capture.reading.voices import publishing
from ledger.dates import parse
from ledger.desk.errors import DayUnclear
from ledger.domain.quotations import fingerprint
from ledger.views.measured import measures
from ledger.views.views import Views

PLAIN_TEXT = "text/plain"
_LONGEST_NAME = 24  # characters of a slug before its day
_OFFICE = re.compile(
    r"\b(?:Ministry|Department|Government|Embassy|Office|Mission|Secretariat|Cabinet|Commission|Council|Presidency|"
    r"Directorate|White House|Affairs|Foreign Office|Chancellery)\b"
)
_NEUTRAL = ("mediator", "chair", "observer", "secretariat")
_JOINT = re.compile(r"\bjoint\b", re.IGNORECASE)
_OF_A_MEETING = re.compile(
    r"\b(?:readout|meets?|met|meeting|call|visit|talks|consultations?|dialogue|round)\b", re.IGNORECASE
)
_SAYS_READOUT = re.compile(r"^\s*(?:Joint )?Readout\b", re.IGNORECASE | re.MULTILINE)
_HEAD = 500  # characters


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
        {one.slug: KnownMeasure((one.title, *one.aliases), one.unit) for one in measures(views)},
        frozenset(one.slug for one in views.parties() if views.role_of(one.slug) in _NEUTRAL),
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
    issuer = _issuer(document, of_record.gazetteer)
    original = document.original if document.original.type != PLAIN_TEXT else Original()
    return SourceDrafted(
        slug=of_record.sources.get(sha256, "") or _new_slug(document, of_record.slugs),
        title=document.title or document.original.name,
        kind=_kind(document, issuer),
        account_of="" if _JOINT.search(document.title) else issuer,
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


def _issuer(document: Extracted, names: Gazetteer) -> str:
    """The party whose office published a report: "Ministry of Trade of Norway"; "" for a news agency."""
    finder, publisher = Finder(names), document.publisher.strip()
    named = publishing(publisher, finder)
    whole = any(one.words.casefold() == publisher.casefold() for one in finder.find(publisher))
    return named[0] if named and (whole or _OFFICE.search(publisher)) else ""


def _kind(document: Extracted, issuer: str) -> str:
    if _SAYS_READOUT.search(document.title) or _SAYS_READOUT.search(document.text[:_HEAD]):
        return "readout"
    if not issuer:
        return "news"
    return "readout" if _OF_A_MEETING.search(document.title) else "release"


def _new_slug(document: Extracted, taken: set[str]) -> str:
    """A slug from the publisher (else the title or the file's name) and the day, with a number if it is taken."""
    day = f"-{document.published}" if document.published else ""
    name = document.publisher or document.title or PurePath(document.original.name).stem
    return new_slug(f"{cut_slug(slugify(name), _LONGEST_NAME) or 'report'}{day}", taken)
