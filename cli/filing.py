"""Filing and mending: append one entry, import entry files, correct, retract.

The commands under `append` are made from the forms in `ledger/forms.py`, so that the command line and entry files ask
for the same fields in the same words. At a terminal, what is missing is asked for.
"""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.models import CommandInfo

from cli import render
from cli.errors import BadChange
from cli.options import (
    DryRunOption,
    KeeperOption,
    LedgerOption,
    NegotiationOption,
    SlugArgument,
    built,
    complete_slug,
    open_ledger,
)
from ledger import Filed
from ledger.base.files import contents
from ledger.base.names import slugify
from ledger.base.text import counted
from ledger.domain.kinds import KINDS
from ledger.errors import ProblemsFound
from ledger.filing import fields
from ledger.filing.errors import TextNotReadable
from ledger.filing.forms import FORMS, SOURCE, Form

app = typer.Typer()

SourceOption = Annotated[
    str,
    typer.Option(
        "--source", metavar="SLUG", help="The source that reports it (registered before).", autocompletion=complete_slug
    ),
]
NoteOption = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="Instead of a source: a note of your own, filed as one.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why: it is kept with the record.")]

EXAMPLES = {
    "negotiation": 'parley append negotiation fisheries --title "Fisheries agreement"',
    "party": 'parley append party eu --name "European Union" --aliases EU',
    "person": 'parley append person pham-minh-chinh --name "Phạm Minh Chính" --aliases "Pham Minh Chinh" --party vn',
    "appointment": 'parley append appointment jamieson-greer --post "US Trade Representative" --from 2025-02-27',
    "issue": 'parley append issue rules-of-origin --title "Rules of origin"',
    "source": 'parley append source readout-jun-04 --kind readout --title "Readout of 4 June" --published 2025-06-04',
    "meeting": 'parley append meeting round-3 --kind round --number 3 --held "June 9 to 12, 2025" --note "Desk call."',
    "announcement": (
        'parley append announcement round-6 --kind round --number 6 --expected "early December" --on 2025-11-20'
        ' --note "Told by phone."'
    ),
    "called-off": 'parley append called-off round-3 --on 2025-06-03 --reason "not ready" --note "Told by phone."',
    "statement": (
        "parley append statement greer-on-tariffs --by us/jamieson-greer --to vn --act refused --issues tariffs"
        ' --on 2025-06-04 --says "No change to tariffs now." --note "Heard at the press stand."'
    ),
    "follow-up": (
        'parley append follow-up send-text --owners us --due "within 90 days" --on 2025-06-04'
        ' --says "Send a new text." --note "Agreed by phone."'
    ),
    "assertion": (
        "parley append assertion third-round-in-june --question next-round --as-of 2025-05-22 --is round-3"
        ' --expected "early June"'
    ),
    "closed": 'parley append closed feedback-on-draft --outcome done --on 2025-06-02 --by vn --note "Told by phone."',
}
_MANY = (fields.texts, fields.voices, fields.attendees, fields.quotes)


class Kinds(TyperGroup):
    """A command for each kind of entry, made of its form when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*FORMS, "source"]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        form = SOURCE if cmd_name == "source" else FORMS.get(cmd_name)
        return built(CommandInfo(cmd_name, callback=_command(cmd_name, form))) if form else None


append = typer.Typer(cls=Kinds, help="Record one entry.", rich_markup_mode=None, no_args_is_help=True)
append.callback()(lambda: None)
app.add_typer(append, name="append")


def _command(kind: str, form: Form) -> Callable[..., None]:
    """What `parley append KIND` does, with the signature that its form asks for."""

    def command(**options: Any) -> None:
        fields = {name: value for name in form.fields if (value := options[_python(name)])}
        if kind == "source" and options["text"] is not None:
            fields["text"] = _read(options["text"])
        ledger = open_ledger(options["ledger"], options["keeper"])
        source, note = options.get("source", ""), options.get("note", "")
        slug, negotiation = options["slug"], options["negotiation"]
        person = sys.stdin.isatty()
        if person:
            fields = {**fields, **_asked_for(form, [name for name in form.fields if name not in fields])}
            if "quote" in form.fields and kind != "appointment" and not (source or note):
                source, note, fields = _source_asked_for(fields)
        slug = slug or _slug_made_of(kind, fields, person)
        while True:
            try:
                filed = ledger.append(
                    kind, slug, fields, negotiation=negotiation, source=source, note=note, dry_run=options["dry_run"]
                )
                break
            except ProblemsFound as refused:
                again = [name for name in form.fields if any(where == f"--{name}" for where, _ in refused.problems)]
                if not (person and again):
                    raise
                render.out(str(refused))
                fields = {**fields, **_asked_for(form, again)}
        _report(filed, options["dry_run"])

    slug = typer.Argument(metavar="SLUG", help=f"The slug of the {form.kind}.", autocompletion=complete_slug)
    parameters = [_parameter("slug", Annotated[str, slug], "")]
    for name, field in form.fields.items():
        many = field.read in _MANY or _is_list(field.name, form)
        remarks = [remark for remark, holds in (("needed", field.needed), ("may be repeated", many)) if holds]
        remark = f" ({', '.join(remarks)})" if remarks else ""
        told = f"{field.help[0].upper()}{field.help[1:]}{remark}."
        option = typer.Option(f"--{name}", metavar="TEXT", help=told, show_default=False)
        annotation: Any = Annotated[list[str], option] if many else Annotated[str, option]
        parameters.append(_parameter(_python(name), annotation, [] if many else ""))
    if kind == "source":
        text = typer.Option("--text", metavar="FILE", help="A local file with its text, to be frozen.")
        parameters.append(_parameter("text", Annotated[Path | None, text], None))
    elif "quote" in form.fields:
        parameters += [_parameter("source", SourceOption, ""), _parameter("note", NoteOption, "")]
    parameters += [
        _parameter("dry_run", DryRunOption, False),
        _parameter("ledger", LedgerOption, ""),
        _parameter("negotiation", NegotiationOption, ""),
        _parameter("keeper", KeeperOption, ""),
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__doc__ = f"{form.help}\n\n{EXAMPLES[kind]}"
    return command


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _python(option: str) -> str:
    return {"from": "since_", "for": "for_", "is": "is_"}.get(option, option.replace("-", "_"))


def _is_list(name: str, form: Form) -> bool:
    return name in ("parties", "issues") and name in form.event.__struct_fields__


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Entry files, YAML or JSONL.")],
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="FOLDER", help="Where the sources' texts are, known by SHA-256.")
    ] = None,
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Record entry files, all of them or, where anything is wrong, nothing.

    parley import seeds/vn-us-trade/*.yaml
    """
    filed = open_ledger(ledger, keeper).import_files(files, texts=texts, dry_run=dry_run)
    would = "Would record" if dry_run else "Recorded"
    counts: dict[str, int] = {}
    for one in filed.recorded:
        counts[one.stream.kind] = counts.get(one.stream.kind, 0) + 1
    told = ", ".join(counted(count, kind, KINDS[kind].plural) for kind, count in counts.items())
    of_record = f"{filed.known} already of record" if filed.known else ""
    unverified = sum(not quote.verified for one in filed.recorded for quote in one.event.quotes)
    if filed.recorded:
        render.out(f"{would} {counted(len(filed.recorded), 'event')}: {told}{'; ' + of_record if of_record else ''}.")
        if unverified:
            render.out(f"{counted(unverified, 'quote')} unverified: the text was not at hand (see --texts).")
    else:
        render.out(f"Nothing new: {of_record or 'the files hold no entry'}.")


@app.command("correct")
def correct(
    slug: SlugArgument,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="The fields as they should be.")],
    reason: ReasonOption,
    position: Annotated[
        int, typer.Option("--position", help="Which report to correct, where the entry has several (see `show`).")
    ] = 0,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Correct all reports: this settles what is contested.")
    ] = False,
    source: SourceOption = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Correct an entry. What was believed before stays of record; give a field twice to make a list.

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
    _report(filed, dry_run)


@app.command("retract")
def retract(
    slug: SlugArgument,
    reason: ReasonOption,
    cause: Annotated[
        str, typer.Option("--cause", help="entry-error, or withdrawn-by-source when the source took it back.")
    ] = "entry-error",
    source: SourceOption = "",
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Retract an entry that should not stand. It stays of record as retracted.

    parley retract greer-commends-goodwill --reason "Filed under the wrong meeting."
    """
    record = open_ledger(ledger, keeper)
    filed = record.retract(slug, reason, cause=cause, negotiation=negotiation, source=source, dry_run=dry_run)
    _report(filed, dry_run)


def _report(filed: Filed, dry_run: bool) -> None:
    """Say what was recorded, where."""
    if not filed.recorded:
        render.out("Already of record: nothing to do.")
    for one, sentence in zip(filed.recorded, filed.sentences, strict=True):
        recorded = "Would record" if dry_run else f"Recorded #{one.position}"
        render.out(f"{recorded} {one.stream.kind} {one.stream.slug}: {sentence}")


def _changes(typed: list[str]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadChange(text=text)
        before = found.get(name)
        found[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
    return found


def _asked_for(form: Form, names: list[str]) -> dict[str, str]:
    """Ask the person at the terminal for fields that are needed or wanted; what is not needed may be left empty."""
    answers = {}
    for name in names:
        field = form.fields[name]
        if field.needed:
            answers[name] = typer.prompt(f"{name} ({field.help})")
        elif field.wanted:
            answers[name] = typer.prompt(f"{name} ({field.help}; may be empty)", default="", show_default=False)
    return {name: answer for name, answer in answers.items() if answer}


def _source_asked_for(fields: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Ask which source reports it and in which words; with none, for a note."""
    source = typer.prompt("source (its slug; empty for a note of your own)", default="", show_default=False)
    if not source:
        return "", typer.prompt("note (your own words)"), fields
    if "quote" in fields:
        return source, "", fields
    return source, "", {**fields, "quote": typer.prompt("quote (the source's own words that prove it)")}


def _slug_made_of(kind: str, fields: dict[str, Any], person: bool) -> str:
    """A slug made from the title, the name or the words; a person may change it."""
    asserted = " ".join(str(fields[name]) for name in ("question", "about", "is", "as-of") if name in fields)
    made = slugify(str(fields.get("title") or fields.get("name") or fields.get("says") or asserted or kind))
    made = "-".join(made.split("-")[:6])
    return str(typer.prompt("slug", default=made)) if person else made


def _read(path: Path) -> str:
    from ledger.filing.entry_files import LARGEST_TEXT

    try:
        return contents(path, LARGEST_TEXT).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise TextNotReadable(path=path, why=getattr(error, "strerror", "") or "it is not UTF-8 text") from error
