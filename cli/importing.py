"""`parley import`, of entry files and of spreadsheets, and check-quotes, which prepares an import."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cli.filing import negotiations_of, report, tell_of_agreements, tell_of_waiting, warn
from cli.terminal import render
from cli.terminal.layout import GAP
from cli.terminal.options import (
    DryRunOption,
    KeeperOption,
    LedgerOption,
    OfflineOption,
    TextsOption,
    open_ledger,
)
from ledger import Ledger
from ledger.base.text import counted
from ledger.domain.events import Recorded
from ledger.domain.kinds import KINDS
from ledger.filing.spreadsheets.entries import sheets
from ledger.filing.spreadsheets.mapping import ColumnMap, changed_mapping, keep
from ledger.filing.spreadsheets.rows import FilledTable, is_spreadsheet, tables
from ledger.views.asking import choice

app = typer.Typer()


MapOption = Annotated[
    str,
    typer.Option("--map", metavar="COLUMN=FIELD,…", help="For a spreadsheet: the field that each column fills."),
]
AlwaysOption = Annotated[
    str, typer.Option("--always", metavar="FIELD=VALUE,…", help="For a spreadsheet: values that every row has.")
]


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Entry files (YAML or JSONL), or one spreadsheet.")
    ],
    texts: TextsOption = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="For a spreadsheet: what each row is, such as statement.")
    ] = "",
    mapped: MapOption = "",
    always: AlwaysOption = "",
    source: Annotated[
        str, typer.Option("--source", metavar="SLUG", help="For a spreadsheet: the source that reports its rows.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="For a spreadsheet: record it without asking.")] = False,
    dry_run: DryRunOption = False,
    offline: OfflineOption = False,
    ledger: LedgerOption = "",
    negotiation: Annotated[
        str,
        typer.Option("--negotiation", metavar="SLUG", help="For a spreadsheet: the negotiation of its rows."),
    ] = "",
    keeper: KeeperOption = "",
) -> None:
    """Record entry files, or the rows of a spreadsheet (.xlsx or .csv): all of them, or none if any has a problem.

    parley import seeds/vn-us-trade/*.yaml

    For a spreadsheet, it first shows which field each column fills, and what would be recorded; --map changes the
    fields. The mapping is stored in a small file next to it, for the next import.

    parley import asks.xlsx --source vna-2025-05-22 --map date=on,party=by
    """
    if any(is_spreadsheet(path) for path in files):
        if len(files) > 1:
            raise typer.BadParameter("Import one spreadsheet at a time.")
        mapping = changed_mapping(files[0], mapped, always, kind, source)
        record = open_ledger(ledger, keeper, offline=offline)
        _import_table(files[0], mapping, record, negotiation, yes=yes, dry_run=dry_run)
        tell_of_waiting(record)
        return
    if mapped or always or kind or source or negotiation or yes:
        raise typer.BadParameter("--map, --always, --kind, --source, --negotiation and --yes are for a spreadsheet.")
    record = open_ledger(ledger, keeper, offline=offline)
    filed = record.import_files(files, texts=texts, dry_run=dry_run)
    already = f"already in the record: {counted(filed.known, 'event')}" if filed.known else ""
    if not filed.recorded:
        render.out(f"Nothing new was filed; {already or 'the files have no entries'}.")
        return
    counts = Counter(name for _, name in dict.fromkeys((one.stream, _called(one)) for one in filed.recorded))
    reports = Counter(map(_called, filed.recorded))
    of_kinds = ", ".join(
        f"{counted(count, *name)}{f' ({reports[name]} reports)' if reports[name] > count else ''}"
        for name, count in counts.items()
    )
    count = counted(len(filed.recorded), "event")
    did = "Would record" if dry_run else "Filed" if record.is_offline else "Recorded"
    recorded = f"{did} {count} in {negotiations_of(filed)}"
    render.out(f"{recorded}: {of_kinds}{'; ' + already if already else ''}.")
    if unverified := sum(not quote.verified for one in filed.recorded for quote in one.event.quotes):
        render.out(f"{counted(unverified, 'quote')} unverified: the text is not at hand (see --texts).")
    warn(filed)
    tell_of_agreements(record, filed, dry_run, of_whole=True)
    tell_of_waiting(record)


def _import_table(
    path: Path, mapping: ColumnMap, record: Ledger, negotiation: str, *, yes: bool, dry_run: bool
) -> None:
    """Show the mapping of a spreadsheet and the entries it would record; then record them, if the user agrees."""
    found = tables(path)
    _show_mapping(path, found, mapping)
    filled = sheets(found, mapping)
    within = negotiation or choice.choice(record.path)
    would = record.file(filled, negotiation=within, dry_run=True)
    if dry_run or not would.recorded:
        report(would, dry_run=True)
        return
    if not yes:
        report(would, dry_run=True)
        if not sys.stdin.isatty():
            render.note("Nothing was recorded. Add --yes to record it.")
            return
        if not typer.confirm("Record this?"):
            render.note("Nothing was recorded.")
            return
    report(record.file(filled, negotiation=within), dry_run=False, offline=record.is_offline)
    keep(path, mapping)


def _show_mapping(path: Path, found: list[FilledTable], mapping: ColumnMap) -> None:
    """Print the kind of entry that each row is, the field of each column, and the columns that are left out."""
    rows = counted(sum(len(table.rows) for table in found), "row")
    render.out(f"{path.name}: {rows}, each a {mapping.kind.replace('-', ' ')}.")
    columns = list(dict.fromkeys(column for table in found for column in table.columns))
    for column in columns:
        field = mapping.columns.get(column)
        render.out(f"{column}: {field}" if field else f"{column}: left out", GAP)
    for field, text in mapping.always.items():
        render.out(f"always: {field} = {text}", GAP)
    if mapping.source:
        render.out(f"source: {mapping.source}", GAP)


def _called(one: Recorded) -> tuple[str, str]:
    """The noun for the things that such events report, in the singular and the plural."""
    return _REPORTED.get(type(one.event).__name__, (one.stream.kind, KINDS[one.stream.kind].plural))


# Events whose report is not described by the kind of their entry.
_REPORTED = {
    "RoleReported": ("role of a party", "roles of parties"),
    "PersonAppointed": ("person with a post", "people with posts"),
    "PersonLeftPost": ("person who left a post", "people who left a post"),
    "MeetingAnnounced": ("expected meeting", "expected meetings"),
    "MeetingCalledOff": ("meeting called off", "meetings called off"),
    "FollowUpClosed": ("closed follow-up", "closed follow-ups"),
    "VersionTabled": ("version of a text", "versions of texts"),
    "WordingReported": ("wording", "wordings"),
    "TaskDone": ("task done", "tasks done"),
    "DeadlineEnded": ("ended deadline", "ended deadlines"),
}


@app.command("check-quotes")
def check_quotes(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Entry files.")],
    texts: TextsOption = None,
) -> None:
    """Check that the quotes in entry files occur in the texts of their sources, if the texts are at hand.

    parley check-quotes seeds/vn-us-trade/3-vna-2025-05-22.yaml --texts texts
    """
    from ledger.filing.check_quotes import check

    wrong = False
    for result in check(files, texts):
        missing = result.missing
        if not result.at_hand:
            render.out(f"{result.source}: {counted(len(missing), 'quote')} not checked: the text is not at hand")
            continue
        render.out(f"{result.source}: {result.found} of {counted(result.found + len(missing), 'quote')} found")
        for where, refusal in missing:
            wrong = True
            render.out(f"{where}: {refusal}", GAP)
    if wrong:
        raise typer.Exit(1)
