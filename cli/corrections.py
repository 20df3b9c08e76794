"""The commands that correct the record: correct, retract, reinstate, level. The earlier values stay in the record."""

from typing import Annotated

import typer

from cli.errors import BadChange
from cli.filing import SourceOption, report
from cli.terminal import render
from cli.terminal.options import DryRunOption, KeeperOption, LedgerOption, NegotiationOption, SlugArgument, open_ledger

app = typer.Typer()

ReasonOption = Annotated[str, typer.Option("--reason", help="The reason; it becomes part of the record.")]


@app.command("correct")
def correct(
    slug: SlugArgument,
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="The fields with their correct values.")
    ],
    reason: ReasonOption,
    position: Annotated[
        int, typer.Option("--position", help="The report to correct, if the entry has several (see `show`).")
    ] = 0,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Correct all reports, to settle a contested value.")
    ] = False,
    source: SourceOption = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Correct an entry. The earlier values stay in the record. To give a field several values, repeat the field.

    parley correct dien-greer-2025-05-22 held=2025-05-22 --all --reason "The ministry confirmed 22 May."
    """
    record = open_ledger(ledger, keeper)
    filed = record.correct(
        slug,
        _changes(changes),
        reason,
        negotiation=negotiation,
        source=source,
        position=position or None,
        everywhere=everywhere,
        dry_run=dry_run,
    )
    report(filed, dry_run)


@app.command("retract")
def retract(
    slug: SlugArgument,
    reason: ReasonOption,
    cause: Annotated[
        str, typer.Option("--cause", help="entry-error, or withdrawn-by-source if the source withdrew it.")
    ] = "entry-error",
    source: SourceOption = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Retract an entry that should not count. It stays in the record, marked as retracted.

    parley retract greer-commends-goodwill --reason "Filed under the wrong meeting."
    """
    record = open_ledger(ledger, keeper)
    filed = record.retract(slug, reason, cause=cause, negotiation=negotiation, source=source, dry_run=dry_run)
    report(filed, dry_run)


@app.command("reinstate")
def reinstate(
    slug: SlugArgument,
    reason: ReasonOption,
    source: SourceOption = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Take back the retraction of an entry, so that it counts again. Both stay on record.

    If the entry was wrong, file it again under the same slug instead.

    parley retract greer-commends-goodwill --reason "Filed under the wrong meeting."

    parley reinstate greer-commends-goodwill --reason "It was the right meeting."
    """
    record = open_ledger(ledger, keeper)
    filed = record.reinstate(slug, reason, negotiation=negotiation, source=source, dry_run=dry_run)
    report(filed, dry_run)


@app.command("level")
def level(
    slug: SlugArgument,
    to: Annotated[str, typer.Argument(metavar="[LEVEL]", help="Its new level; without it, show the present one.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="The reason; it becomes part of the record.")] = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Show the level of confidentiality of an entry, or raise or lower it.

    Everything reported of the entry so far gets the new level. An entry is at least at the level of its source and of
    the entries that it names. docs/levels.md says more.

    parley level greer-commends-goodwill

    parley level greer-commends-goodwill confidential --reason "The ministry asked for it."
    """
    record = open_ledger(ledger, keeper)
    if not to:
        found = record.level_of(slug, negotiation)
        reports = ", ".join(f"{count} {name}" for name, count in found.reports.items())
        of_them = f" (its reports: {reports})" if len(found.reports) > 1 else ""
        render.out(f"The {found.kind} {found.slug} is {found.level}{of_them}.")
        return
    if not reason:
        raise typer.BadParameter("Give the reason for the new level with --reason.")
    filed, moved = record.set_level(slug, to, reason, negotiation=negotiation, dry_run=dry_run)
    report(filed, dry_run)
    if moved:
        more = f" and {len(moved) - MOST_MOVED} more" if len(moved) > MOST_MOVED else ""
        named = f"{', '.join(moved[:MOST_MOVED])}{more}"
        render.out(f"{'Would change' if dry_run else 'Changed'} with it, because they name it or rest on it: {named}.")


MOST_MOVED = 12  # entries that are named


def _changes(typed: list[str]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadChange(text=text)
        before = found.get(name)
        found[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
    return found
