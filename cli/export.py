"""The commands that export the record: brief, handover, calendar, interchange, workbook."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import render
from cli.terminal.errors import FileThere
from cli.terminal.options import (
    MOMENT,
    AsOfOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    LevelOption,
    NegotiationOption,
    OutOption,
    RecordedByOption,
    ReplaceOption,
    ReportedByOption,
    clocks,
    complete_slug,
    open_record,
)
from cli.terminal.question import say_undated
from ledger.base.text import counted, visible

if TYPE_CHECKING:
    from ledger.queries.brief import Brief
    from ledger.views.views import Views

app = typer.Typer()

DocumentOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The file to write: .md, .docx (Word) or .pdf, by its name."),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="A Word file from which to take the styles and the page."),
]


@app.command("brief")
def brief(
    since: Annotated[
        str, typer.Option("--since", metavar="MOMENT", help=f"Include the changes since then. {MOMENT}")
    ] = "",
    meeting: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="MEETING",
            help="The meeting to prepare for; by default the next round.",
            autocompletion=complete_slug,
        ),
    ] = "",
    ours: Annotated[str, typer.Option("--us", metavar="PARTY", help="The party that the brief is written for.")] = "",
    full: Annotated[bool, typer.Option("--full", help="The whole brief, not only one page.")] = False,
    out: DocumentOption = None,
    template: TemplateOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Write a page to prepare for a meeting, with the source of each line: in Markdown, for Word, or as PDF.

    It fits on one page: each heading says how many of its lines are shown. `--full` and `--json` give all of them.

    parley brief --as-of 2025-05-22 --since 2025-03-31 --us vn

    parley brief --out brief.docx
    """
    from ledger.queries.brief import ChangesSince
    from ledger.queries.brief.writer import brief as brief_of
    from ledger.queries.diff import diff

    _refuse_if_there(out, replace=replace)
    rendered = _rendering(out, template, full=full)
    record = open_record(ledger, level, keeper)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        say_undated(views)
        changed = None
        if since:
            [moment] = record.moments(since, negotiation=negotiation)
            with record.views(moment.clocks, negotiation) as before:
                changed = ChangesSince(moment.told, diff(before, views))
        answer = brief_of(views, views.find(["party"], ours), meeting, changed)
    if as_json:
        render.as_json(answer)
    else:
        _hand_over(rendered(answer), out, replace=replace, like=record.path)


@app.command("handover")
def handover(
    ours: Annotated[str, typer.Option("--us", metavar="PARTY", help="The party whose record is handed over.")] = "",
    out: DocumentOption = None,
    template: TemplateOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write one document for a successor, with the source of each line: in Markdown, for Word, or as PDF.

    It says who is who and what the issues are, what comes next, what waits and what is due, tells the story by rounds,
    and lists open promises, contested values and the sources.

    parley handover --us vn --out handover.docx
    """
    from ledger.queries.brief.handover import handover as handover_of

    _refuse_if_there(out, replace=replace)
    rendered = _rendering(out, template, full=True)
    record = open_record(ledger, level)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        say_undated(views)
        answer = handover_of(views, views.find(["party"], ours))
    if as_json:
        render.as_json(answer)
    else:
        _hand_over(rendered(answer), out, replace=replace, like=record.path)


def _rendering(out: Path | None, template: Path | None, *, full: bool) -> "Callable[[Brief], bytes]":
    """The function that turns a brief into a file of this kind, or into Markdown; refused if the kind is not known."""
    from ledger.queries.brief.one_page import MARKDOWN, on_one_page

    kind = out.suffix.lower() if out is not None else ".md"
    if template is not None and kind != ".docx":
        from ledger.export.errors import TemplateIsForWord

        raise TemplateIsForWord
    if kind == ".md":
        from ledger.export.markdown import markdown

        return lambda brief: visible(markdown(brief if full else on_one_page(brief, MARKDOWN))).encode()
    if kind == ".docx":
        from ledger.export import brief_word

        return lambda brief: brief_word.word(brief if full else on_one_page(brief, brief_word.SHEET), template)
    if kind == ".pdf":
        from ledger.export import brief_pdf

        return lambda brief: brief_pdf.pdf(brief if full else on_one_page(brief, brief_pdf.SHEET))
    from ledger.export.errors import NotADocument

    raise NotADocument(path=out)


def _refuse_if_there(out: Path | None, *, replace: bool) -> None:
    """Refuse, before the record is read, to replace a file that nobody asked to replace."""
    from ledger.base.files import is_there

    if out is not None and is_there(out) and not replace:
        raise FileThere(path=out)


def _hand_over(written: bytes, out: Path | None, *, replace: bool, like: Path, what: str = "") -> None:
    """Print a document, or write it whole to the file `out`, with the permissions of the file `like`."""
    from ledger.base.files import new_file, replaced_file

    if out is None:
        render.raw(written.decode())
        return
    with (replaced_file if replace else new_file)(out, like=like) as draft:
        draft.write_bytes(written)
    render.out(f"Wrote {what} to {out}." if what else f"Wrote {out}.")


@app.command("calendar")
def calendar(
    out: OutOption = None,
    with_tasks: Annotated[bool, typer.Option("--tasks", help="Also the tasks of your own side.")] = False,
    alarm: Annotated[
        int | None,
        typer.Option("--alarm", min=0, metavar="DAYS", help="Let the calendar remind you this many days before."),
    ] = None,
    replace: ReplaceOption = False,
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write the meetings, deadlines and follow-ups as a calendar file (iCalendar).

    An expected meeting is tentative and spans every day that its words allow. Import the file again after a change:
    calendar programs update its entries instead of repeating them.

    parley calendar --out talks.ics

    parley calendar --alarm 3 --out talks.ics --replace
    """
    from ledger.export.calendar import calendar as calendar_of

    _refuse_if_there(out, replace=replace)
    record = open_record(ledger, level)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        say_undated(views)
        written = calendar_of(views, record.head().ledger_id, with_tasks=with_tasks, alarm=alarm)
    items = counted(written.items, "item")
    _hand_over(written.text.encode(), out, replace=replace, like=record.path, what=items)
    if written.without_day:
        count = counted(len(written.without_day), "entry", "entries")
        render.note(f"Without a day, and so not in the calendar: {count} ({', '.join(written.without_day)}).")


@app.command("interchange")
def interchange(
    form: Annotated[str, typer.Option("--as", metavar="FORM", help="One of: cloudevents, prov, plover, cameo.")],
    out: OutOption = None,
    replace: ReplaceOption = False,
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write the record for another program, in a standard form.

    cloudevents: the events of the log as CloudEvents 1.0. prov: where the record comes from, as W3C PROV in JSON-LD.
    plover: statements and meetings as PLOVER records (JSON). cameo: the same as CAMEO rows (CSV).

    parley interchange --as cloudevents --out talks.json

    parley interchange --as plover --as-of 2025-05-22
    """
    from ledger.export.as_csv import in_csv
    from ledger.export.as_json import in_json
    from ledger.export.cloud_events import cloud_events
    from ledger.export.errors import NotAForm
    from ledger.export.plover import CameoRow, cameo, plover
    from ledger.export.provenance import provenance

    forms: dict[str, Callable[[Views, str], str]] = {
        "cloudevents": lambda views, ledger_id: in_json(cloud_events(views, ledger_id)),
        "prov": lambda views, ledger_id: in_json(provenance(views, ledger_id)),
        "plover": lambda views, ledger_id: in_json(plover(views, ledger_id)),
        "cameo": lambda views, _: in_csv(cameo(views), CameoRow._fields, {}),
    }
    if form not in forms:
        *others, last = forms
        raise NotAForm(form=form, forms=f"{', '.join(others)} or {last}")
    _refuse_if_there(out, replace=replace)
    record = open_record(ledger, level)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        written = forms[form](views, record.head().ledger_id)
    _hand_over(written.encode(), out, replace=replace, like=record.path)


# The answers in a workbook, one on each sheet. The keeper's own tasks are internal, so they are not among them.
SHEETS = (
    "issues", "asks", "follow-ups", "deadlines", "meetings", "statements", "positions", "figures", "promises",
    "contested", "gaps", "timeline", "sources", "people", "parties",
)  # fmt: skip


@app.command("workbook")
def workbook(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The workbook to write.")],
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    level: LevelOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write the answers of many questions to a workbook for a spreadsheet, a sheet each.

    For the answer of one question, give that question `--xlsx FILE`. Your own tasks are left out.

    parley workbook --as-of 2025-05-22 --out talks.xlsx
    """
    from cli.main import COMMANDS
    from cli.terminal.question import ASKED
    from ledger.export.tables import header

    record = open_record(ledger, level)
    with record.views(clocks(as_of, reported_by, recorded_by), negotiation) as views:
        say_undated(views)
        sheets = []
        for name in SHEETS:
            import_module(f"cli.{COMMANDS[name]}")  # defines the question
            answer, _, row, *rows = ASKED[name](views)
            sheets.append((name, rows[0] if rows else answer, header(row)))
        render.workbook(out, sheets, [views])
