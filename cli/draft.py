"""`parley draft`: suggests entries for a report, in an entry file that a person reviews."""

import sys
from contextlib import closing
from datetime import date
from itertools import count as count_from
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

import typer

from cli.errors import DayUnclear, NothingToDraft
from cli.terminal import render
from cli.terminal.options import JsonOption, LedgerOption, NegotiationOption, OutOption, open_ledger
from ledger.base.files import TooLarge, contents, is_there, new_text
from ledger.base.names import slugify
from ledger.base.text import counted
from ledger.capture.documents.document import LARGEST_FILE, Extracted, Original
from ledger.capture.documents.errors import DocumentNotReadable, DocumentTooLarge
from ledger.capture.entry_file import SourceDrafted
from ledger.capture.reading.gazetteer import Gazetteer, KnownMeeting, KnownPerson
from ledger.dates import parse
from ledger.domain.quotations import fingerprint
from ledger.views.views import Views

app = typer.Typer()
PLAIN_TEXT = "text/plain"


class Record(NamedTuple):
    """The part of the record that drafting needs: its names, its slugs, and the source of each text by SHA-256."""

    negotiation: str
    gazetteer: Gazetteer
    slugs: set[str]
    sources: dict[str, str]


@app.command("draft")
def draft(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A text, a saved web page, a PDF or a .docx file, or -."),
    ] = "",
    fetch: Annotated[str, typer.Option("--fetch", metavar="URL", help="Fetch the report from this address.")] = "",
    published: Annotated[
        str,
        typer.Option("--published", metavar="DATE", help="The day of publication; relative dates are read from it."),
    ] = "",
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="The publisher.")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its title.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Its language, such as en.")] = "",
    sure: Annotated[bool, typer.Option("--sure", help="Leave out entries with a doubtful field.")] = False,
    out: OutOption = None,
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Suggest entries for a report, as an entry file to review and then to import. Nothing is recorded.

    Doubtful fields are left empty, with the alternatives as a comment. With --out, the text of the report is written
    next to the entry file. The options take precedence over the metadata of the report.

    parley draft seeds/vn-us-trade/invented-report.txt
    """
    from ledger.capture.suggest import draft as drafted
    from ledger.capture.thread import Report

    day = _day(published)
    document = _extracted(report, fetch)
    document = document._replace(
        title=title or document.title,
        publisher=publisher or document.publisher,
        published=day or (None if published else document.published),
        language=language or document.language,
    )
    with closing(open_ledger(ledger).views(negotiation=negotiation)) as views:
        record = _record(views)
    made = drafted(
        Report(document.text, document.title, document.publisher, document.published, document.language or "en"),
        record.gazetteer,
    )
    if sure:
        made = made._replace(suggestions=[one for one in made.suggestions if not one.doubts])
    if as_json:
        from ledger.capture.items import items

        render.as_json({"items": items(made)})
        return
    from ledger.capture.entry_file import entry_file

    text = _text_name(document, report, out)
    written = entry_file(_source(document, record, text), made, record.negotiation, record.slugs)
    if out is None:
        render.raw(written)
        return
    for path, content in ((out.parent / text, document.text), (out, written)):
        if path == out or not is_there(path):
            with new_text(path) as stream:
                stream.write(content)
    count = counted(len(made.suggestions), "suggested entry", "suggested entries")
    render.out(f"Wrote {out}: {count} from {counted(len(made.sentences), 'sentence')}.")
    render.out(f"Review and correct it, then run: parley import {out}")
    if not record.gazetteer.parties:
        render.note("The record has no parties, so no speaker can be recognised. Record the parties, then draft again.")


def _day(typed: str) -> date | None:
    """The day of publication as typed: one day, or `unknown`."""
    if typed.lower() in ("", "unknown"):
        return None
    when = parse(typed)
    if when.earliest is None or when.earliest != when.latest:
        raise DayUnclear(text=typed)
    return when.latest


def _extracted(report: str, url: str) -> Extracted:
    """The report of the command line: a file, standard input, or an address to fetch."""
    from ledger.capture.documents.extract import extract

    if bool(report) == bool(url):
        raise NothingToDraft()
    if url:
        from ledger.capture.documents.fetch import fetch

        return extract(fetch(url), urlsplit(url).path.rpartition("/")[2] or "page", url)
    if report == "-":
        return extract(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input")
    try:
        return extract(contents(Path(report), LARGEST_FILE), report)
    except TooLarge as error:
        raise DocumentTooLarge(name=report, why=error.strerror) from error
    except OSError as error:
        raise DocumentNotReadable(name=report, why=error.strerror or error) from error


def _record(views: Views) -> Record:
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
    slugs = {one.slug for one in views.labels()}
    return Record(views.negotiation, gazetteer, slugs, {one.sha256: one.slug for one in views.sources() if one.sha256})


def _text_name(document: Extracted, report: str, out: Path | None) -> str:
    """The path of the file with the text, relative to the entry file; "" if there is no such file.

    A plain text in the folder of the entry file, or below it, is used as it is; for others a new file is written.
    """
    folder = (out.parent if out else Path()).resolve()
    is_the_text = document.original.sha256 == fingerprint(document.text)
    if is_the_text and report not in ("", "-") and Path(report).resolve().is_relative_to(folder):
        return Path(report).resolve().relative_to(folder).as_posix()
    return out.with_suffix(".txt").name if out else ""


def _source(document: Extracted, record: Record, text: str) -> SourceDrafted:
    """The `source` section of the entry file; a text that the record already has keeps its slug."""
    sha256 = fingerprint(document.text)
    slug = record.sources.get(sha256, "")
    if slug:
        render.note(f"This text is already in the record as {slug}.")
    original = document.original if document.original.type != PLAIN_TEXT else Original()
    return SourceDrafted(
        slug=slug or _new_slug(document, record.slugs),
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


def _new_slug(document: Extracted, taken: set[str]) -> str:
    """A slug from the publisher (else the title or the file's name) and the day, with a number if it is taken."""
    day = f"-{document.published}" if document.published else ""
    name = document.publisher or document.title or Path(document.original.name).stem
    base = f"{slugify(name)[:40].strip('-') or 'report'}{day}"
    return next(slug for count in count_from(1) if (slug := base if count == 1 else f"{base}-{count}") not in taken)
