"""`parley draft`: suggests entries for a report, in an entry file that a person reviews."""

import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from cli.errors import NothingToDraft
from cli.terminal import render
from cli.terminal.options import JsonOption, LedgerOption, NegotiationOption, OutOption, open_ledger
from ledger.base.files import TooLarge, contents, is_there, new_text
from ledger.base.text import counted
from ledger.capture.documents.document import LARGEST_FILE, Extracted
from ledger.capture.documents.errors import DocumentNotReadable, DocumentTooLarge
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.desk.record import Record, publication, record, source_of
from ledger.domain.errors import NoNegotiationYet, UnknownNegotiation
from ledger.domain.quotations import fingerprint

if TYPE_CHECKING:
    from ledger.capture.proposal import ProposedNegotiation
    from ledger.capture.suggest import Drafted
    from ledger.capture.thread import Report

app = typer.Typer()
_OFTEN = 2  # how often a name that is not in the record must act in a report to be listed


@app.command("draft")
def draft(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A text, a saved web page, a PDF or a .docx file; - is standard input."),
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
    next to the entry file. The options take precedence over the metadata of the report. If the ledger has no
    negotiation yet, one is proposed, with the parties that the report names.

    parley draft seeds/vn-us-trade/invented-report.txt
    """
    from ledger.capture.suggest import draft as drafted
    from ledger.capture.thread import Report

    day = publication(published)
    document = _extracted(report, fetch)
    document = document._replace(
        title=title or document.title,
        publisher=publisher or document.publisher,
        published=day or (None if published else document.published),
        language=language or document.language,
    )
    told = Report(document.text, document.title, document.publisher, document.published, document.language or "en")
    found = _of_record(ledger, negotiation)
    opening: ProposedNegotiation | None = None
    if found is None:
        from ledger.capture.proposal import propose

        opening, made = propose(told, negotiation)
        of_record = Record(opening.slug, Gazetteer(opening.parties, {}, {}), set(), {})
    else:
        of_record = found
        made = drafted(told, of_record.gazetteer)
    if sure:
        made = made._replace(suggestions=[one for one in made.suggestions if not one.doubts])
    if as_json:
        from ledger.capture.items import items

        render.as_json({"items": items(made)})
        return
    from ledger.capture.entry_file import entry_file

    text = _text_name(document, report, out)
    source = source_of(document, of_record, text)
    if source.slug in of_record.sources.values():
        render.note(f"This text is already in the record as {source.slug}.")
    advice = _advice(told, of_record.gazetteer, made, opening is not None)
    written = entry_file(source, made, of_record.negotiation, of_record.slugs, opening, advice)
    for sentence in advice:
        render.note(sentence)
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


def _advice(told: "Report", names: Gazetteer, made: "Drafted", is_proposed: bool) -> list[str]:
    """The steps to take first, if the record does not name the speakers in the report; and the names in the report."""
    from ledger.capture.proposal import unknown_names

    unheard = not any(one.kind == "statement" for one in made.suggestions)
    seen = unknown_names(told, names, least=1 if unheard else _OFTEN)
    listed = f"Names in the report that the record does not have: {', '.join(seen)}."
    if not names.parties:
        how = (
            "open the negotiation with its parties (`parley append negotiation SLUG --title TITLE --parties A,B`)"
            if is_proposed
            else "name each party (`parley append party SLUG --name NAME`)"
        )
        first = f"The record names no party, so nobody's words can be found: first {how}, then draft again."
        return [first, *([listed] if seen else [])]
    if seen and unheard:
        first = (
            "No words of a party in the record were found: if a party is missing, first name it "
            "(`parley append party SLUG --name NAME`), then draft again."
        )
        return [first, listed]
    return [listed] if seen else []


def _of_record(ledger: str, negotiation: str) -> Record | None:
    """The part of the record that drafting needs; None if the ledger has no negotiation at all."""
    opened = open_ledger(ledger)
    try:
        with closing(opened.views(negotiation=negotiation)) as views:
            return record(views)
    except NoNegotiationYet:
        return None
    except UnknownNegotiation:
        with suppress(NoNegotiationYet):
            opened.views().close()
            raise
        return None


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


def _text_name(document: Extracted, report: str, out: Path | None) -> str:
    """The path of the file with the text, relative to the entry file; "" if there is no such file.

    A plain text in the folder of the entry file, or below it, is used as it is; for others a new file is written.
    """
    folder = (out.parent if out else Path()).resolve()
    is_the_text = document.original.sha256 == fingerprint(document.text)
    if is_the_text and report not in ("", "-") and Path(report).resolve().is_relative_to(folder):
        return Path(report).resolve().relative_to(folder).as_posix()
    return out.with_suffix(".txt").name if out else ""
