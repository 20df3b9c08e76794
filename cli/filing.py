"""The commands that record one entry (append), or the entries of others (merge).

The commands under `append` are built from the forms in `ledger/filing/forms.py`, so that the command line and entry
files have the same fields with the same help. At a terminal, the command asks for missing or refused values.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_origin, get_type_hints

import typer
from typer.models import CommandInfo

from cli.examples import EXAMPLES
from cli.terminal import render
from cli.terminal.groups import LazyGroup
from cli.terminal.options import (
    DryRunOption,
    KeeperOption,
    LedgerOption,
    NegotiationOption,
    OfflineOption,
    built,
    complete_slug,
    find_ledger,
    open_ledger,
    parameter,
    signed,
)
from ledger import Filed, Ledger
from ledger.base import desks
from ledger.base.files import contents
from ledger.base.names import slugify
from ledger.base.text import capital, counted, listed
from ledger.domain.events import Stream, WordingReported
from ledger.errors import ProblemsFound
from ledger.filing.errors import TextNotReadable
from ledger.filing.forms import FORMS, SOURCE, Field, Form
from ledger.views.asking import choice

app = typer.Typer()

SourceOption = Annotated[
    str,
    typer.Option(
        "--source", metavar="SLUG", help="The source that reports it, by its slug.", autocompletion=complete_slug
    ),
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Use the source and the negotiation of your last entry from a source.")
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note of your own, filed as the source.")]

ALL_FORMS = {**FORMS, "source": SOURCE}


class Kinds(LazyGroup):
    """The commands under `append`: one for each form."""

    names = ALL_FORMS

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        form = ALL_FORMS.get(cmd_name)
        return built(CommandInfo(cmd_name, callback=_command(cmd_name, form))) if form else None


append = typer.Typer(cls=Kinds, help="Record one entry.", rich_markup_mode=None, no_args_is_help=True)
append.callback()(lambda: None)
app.add_typer(append, name="append")


class EntryTyped(NamedTuple):
    """An entry as typed so far: its slug, its fields, and its source, or a note instead."""

    slug: str
    fields: dict[str, Any]
    source: str
    note: str


def _command(kind: str, form: Form) -> Callable[..., None]:
    """The command `parley append KIND`, with the options and the help of its form."""

    def command(**options: Any) -> None:
        _append(kind, form, options)

    command.__doc__ = f"{form.help}\n\n{EXAMPLES[kind]}"
    return signed(command, list(_parameters(kind, form)))


def _parameters(kind: str, form: Form) -> Iterator[Parameter]:
    slug = typer.Argument(metavar="SLUG", help=f"The slug of the {form.kind}.", autocompletion=complete_slug)
    yield parameter("slug", Annotated[str, slug], "")
    types = get_type_hints(form.event)
    for name, field in form.fields.items():
        yield _option(name, field, many=get_origin(types[field.name]) is tuple)
    if kind == "source":
        text = typer.Option(
            "--text",
            metavar="FILE",
            help="A local file with its text, to be frozen. A registered source needs nothing else.",
        )
        yield parameter("text", Annotated[Path | None, text], None)
    elif kind == "text":
        file = typer.Option("--file", metavar="FILE", help="A Word file, or a plain text, with its provisions.")
        yield parameter("file", Annotated[Path | None, file], None)
    if "quote" in form.fields:
        yield parameter("source", SourceOption, "")
        yield parameter("again", AgainOption, False)
        yield parameter("note", NoteOption, "")
    yield parameter("dry_run", DryRunOption, False)
    yield parameter("offline", OfflineOption, False)
    yield parameter("ledger", LedgerOption, "")
    if kind != "negotiation":
        yield parameter("negotiation", NegotiationOption, "")
    yield parameter("keeper", KeeperOption, "")


def _option(name: str, field: Field, *, many: bool) -> Parameter:
    remarks = [remark for remark, holds in (("required", field.needed), ("may be repeated", many)) if holds]
    remark = f" ({', '.join(remarks)})" if remarks else ""
    option = typer.Option(f"--{name}", metavar="TEXT", help=f"{capital(field.help)}{remark}.", show_default=False)
    typed: tuple[Any, Any] = (list[str], []) if many else (str, "")
    return parameter(_python(name), Annotated[typed[0], option], typed[1])


def _python(option: str) -> str:
    """The name of an option's parameter; without the underscore, `--from` and `--is` would be keywords."""
    return f"{option.replace('-', '_')}_"


def _append(kind: str, form: Form, options: dict[str, Any]) -> None:
    """Record one entry. At a terminal, missing values are asked for, and refused ones are asked for again."""
    person = sys.stdin.isatty()
    entry = _typed(form, options)
    ledger = open_ledger(options["ledger"], options["keeper"], offline=options["offline"])
    negotiation, dry_run = options.get("negotiation", ""), options["dry_run"]
    if options.get("again"):
        if entry.source or entry.note or negotiation:
            raise typer.BadParameter("--again stands in place of --source, --note and --negotiation.")
        negotiation, source = ledger.last_source()
        entry = entry._replace(source=source)
    if person and not (entry.slug and [*entry.fields] == ["text"]):  # the text of a source that is registered
        entry = _completed(kind, form, entry)
    if not entry.slug:
        made = _slug_made_of(kind, entry.fields)
        entry = entry._replace(slug=typer.prompt("slug", default=made) if person else made)
    if kind == "negotiation" and not dry_run and {*ledger.negotiations()} - {entry.slug}:
        # Chosen first: even if opening it is refused, the next entries must not go into another negotiation.
        choice.choose(ledger.path, entry.slug)
    while True:
        try:
            filed = ledger.append(
                kind,
                entry.slug,
                entry.fields,
                negotiation=negotiation,
                source=entry.source,
                note=entry.note,
                dry_run=dry_run,
            )
        except ProblemsFound as refused:
            again = [name for name in form.fields if any(where == f"--{name}" for where, _ in refused.problems)]
            if not (person and again):
                raise
            render.note(str(refused))
            entry = entry._replace(fields=entry.fields | _asked_for(form, again))
        else:
            report(filed, dry_run, offline=ledger.is_offline)
            tell_of_agreements(ledger, filed, dry_run)
            tell_of_waiting(ledger)
            return


def _typed(form: Form, options: dict[str, Any]) -> EntryTyped:
    """The entry as typed on the command line."""
    fields = {name: value for name in form.fields if (value := options[_python(name)])}
    if options.get("text") is not None:
        fields["text"] = _read(options["text"])
    if options.get("file") is not None:
        fields["provisions"] = [*fields.get("provisions", []), _extracted(options["file"])]
    return EntryTyped(options["slug"], fields, options.get("source", ""), options.get("note", ""))


def _completed(kind: str, form: Form, entry: EntryTyped) -> EntryTyped:
    """The entry, completed by the person at the terminal, who is asked only if a required field is missing."""
    missing = [name for name in form.fields if name not in entry.fields]
    asked = _asked_for(form, missing) if any(form.fields[name].needed for name in missing) else {}
    fields, source, note = entry.fields | asked, entry.source, entry.note
    if "quote" in form.fields and kind not in ("appointment", "role") and not (source or note):
        source = typer.prompt("source (its slug; leave empty to write a note)", default="", show_default=False)
        if not source:
            note = typer.prompt("note (your own words)")
        elif "quote" not in fields:
            fields["quote"] = typer.prompt(f"quote ({form.fields['quote'].help})")
    return EntryTyped(entry.slug, fields, source, note)


def _asked_for(form: Form, names: list[str]) -> dict[str, str]:
    """The person's answers for the fields that are needed or wanted; the wanted ones may be left empty."""
    answers = {}
    for name in names:
        field = form.fields[name]
        if field.needed:
            answers[name] = typer.prompt(f"{name} ({field.help})")
        elif field.wanted:
            answers[name] = typer.prompt(f"{name} ({field.help}; may be empty)", default="", show_default=False)
    return {name: answer for name, answer in answers.items() if answer}


MOST_NAMED = 3  # figures


def report(filed: Filed, dry_run: bool, *, offline: bool = False) -> None:
    """Print the recorded entries with their positions; entries filed offline have none yet."""
    if not filed.recorded:
        render.out("Already in the record: nothing to do.")
    for one, sentence in zip(filed.recorded, filed.sentences, strict=True):
        recorded = "Would record" if dry_run else "Filed" if offline else f"Recorded #{one.position}"
        negotiation, kind, slug = one.stream
        within = f" in {negotiation}," if kind != "negotiation" else ""
        render.out(f"{recorded}{within} {kind} {slug}: {sentence}")
    warn(filed)


def tell_of_waiting(record: Ledger) -> None:
    """Print the number of waiting entries, if the ledger is one for filing offline."""
    if record.is_offline and (count := record.waiting()):
        waits, it = ("waits", "it") if count == 1 else ("wait", "them")
        sends = f"`parley merge`, or the next recording, sends {it} on"
        render.out(f"Filed offline; {counted(count, 'event')} {waits} here: {sends}.")


def warn(filed: Filed) -> None:
    """Print the figures whose words their source lacks, and the quoted words that a source at a lower level shows."""
    if filed.unfound:
        named = "; ".join(f"“{words}” ({slug})" for slug, words in filed.unfound[:MOST_NAMED])
        more = len(filed.unfound) - MOST_NAMED
        count = counted(len(filed.unfound), "figure")
        those = f"{named}{f' and {more} more' if more > 0 else ''}"
        render.out(f"{count} not in the source's text in these words: {those}. Write figures as the source does.")
    if filed.exposing:
        render.out(filed.exposing)


def tell_of_agreements(record: Ledger, filed: Filed, dry_run: bool, *, of_whole: bool = False) -> None:
    """Print the agreed words that replaced nothing and, with `of_whole`, those that replaced a whole provision."""
    agreed = [(one, one.event) for one in filed.recorded if getattr(one.event, "status", "") == "agreed"]
    given = [(one.stream, event) for one, event in agreed if isinstance(event, WordingReported)]
    whole = [
        f"{event.provision} ({text.slug}): “{event.words}”"
        for text, event in given
        if event.words and not event.instead_of
    ]
    if whole and of_whole:
        more = f"; and {len(whole) - MOST_NAMED} more" if len(whole) > MOST_NAMED else ""
        told = "; ".join(whole[:MOST_NAMED])
        render.out(
            f"Agreed as the whole of {told}{more}. For only a part, give the words that it replaces (`instead-of`)."
        )
    placed = {(text, event.provision) for text, event in given if event.instead_of}
    if dry_run or not placed:
        return
    from ledger.queries.texts import provisions

    for negotiation in sorted({text.negotiation for text, _ in placed}):
        with record.views(negotiation=negotiation) as views:
            for one in provisions(views):
                if one.unplaced and (Stream(negotiation, "text", one.text), one.number) in placed:
                    phrase = one.unplaced[-1]
                    render.out(f"{one.number} ({one.text}) does not have “{phrase}”, so nothing in it was replaced.")


def _slug_made_of(kind: str, fields: dict[str, Any]) -> str:
    """A slug from the first words of the title, the name or the statement."""
    asserted = " ".join(str(fields[name]) for name in ("question", "about", "is", "as-of") if name in fields)
    made = slugify(str(fields.get("title") or fields.get("name") or fields.get("says") or asserted or kind))
    return "-".join(made.split("-")[:6])


def _extracted(path: Path) -> str:
    """The text of a Word file or of a plain text."""
    from ledger.capture.documents.document import LARGEST_FILE
    from ledger.capture.documents.extract import extract

    try:
        return extract(contents(path, LARGEST_FILE), path.name).text
    except OSError as error:
        raise TextNotReadable(path=path, why=error.strerror or str(error)) from error


def _read(path: Path) -> str:
    from ledger.filing.entry_files import LARGEST_TEXT

    try:
        return contents(path, LARGEST_TEXT).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise TextNotReadable(path=path, why=getattr(error, "strerror", "") or "it is not UTF-8 text") from error


def negotiations_of(filed: Filed) -> str:
    """The negotiations in which something was recorded."""
    return listed(sorted({one.stream.negotiation for one in filed.recorded}))


@app.command("merge")
def merge(
    others: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OTHER...]",
            help="The other ledgers, which are not changed; without any, send what this desk filed offline.",
        ),
    ] = None,
    ours: Annotated[
        list[str] | None,
        typer.Option("--ours", metavar="SLUG", help="Keep our version of this entry (may be repeated)."),
    ] = None,
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Add the events that only colleagues' ledgers have.

    First give each colleague a copy; later, merge the entries filed in it:

    parley backup colleague.db

    parley backup ministry.db

    parley merge colleague.db

    Merges may be repeated, and made in any order, with the same result. If the ledgers contradict each other, every
    conflict is listed and nothing is merged. Name all ledgers at once if one of them settles a conflict of others:

    parley merge colleague.db ministry.db

    If no ledger is named, it sends the entries filed at this desk while the server could not be reached (`parley append
    --offline`), by the same rules. Then --ours keeps the version that is on the server.
    """
    record = open_ledger(ledger, keeper)
    if not others:
        if not desks.is_desk(record.path):
            raise typer.BadParameter("Name the ledgers to merge.")
        _send(record, ours or (), dry_run=dry_run)
        return
    filed = record.merge(*map(find_ledger, others), ours=ours or (), dry_run=dry_run)
    merged = f"{'Would merge' if dry_run else 'Merged'} {_how_much(filed)}"
    render.out(f"{merged}; {filed.known} {'was' if filed.known == 1 else 'were'} already in the record.")


def _send(record: Ledger, ours: Sequence[str], *, dry_run: bool) -> None:
    """Send the entries filed offline, and print their number."""
    if not record.waiting():
        render.out("Nothing that was filed offline waits to be sent.")
        return
    filed = record.send(ours, dry_run=dry_run)
    if not filed.recorded:
        render.out("What was filed offline is already in the record." if not ours else "Nothing was sent.")
        return
    render.out(f"{'Would send' if dry_run else 'Sent'} {_how_much(filed)}.")


def _how_much(filed: Filed) -> str:
    """The recorded events and entries, with their negotiations: `2 events of 1 entry in talks`."""
    entries = counted(len({one.stream for one in filed.recorded}), "entry", "entries")
    within = f" in {negotiations_of(filed)}" if filed.recorded else ""
    return f"{counted(len(filed.recorded), 'event')} of {entries}{within}"
