"""Short forms: a note of the keeper's own; and for an entry: correct, retract, close, call off, text, level."""

from collections.abc import Mapping
from typing import NamedTuple

from ledger.base.companions import user
from ledger.desk import fields
from ledger.desk.decisions import slug_for
from ledger.desk.draft import DeskEntry
from ledger.desk.errors import KeeperNeeded, NothingPasted
from ledger.desk.fields import FieldShown
from ledger.desk.record import every_slug
from ledger.desk.report import exact_text
from ledger.domain.vocabulary import RETRACTION_CAUSES
from ledger.errors import ProblemsFound, Refusal
from ledger.ledger import Filed, Ledger
from ledger.views.views import Label
from ledger.web.desk.errors import NoteNeeded, ReasonNeeded
from ledger.web.desk.forms import SentForm
from ledger.web.desk.page import Known, names
from ledger.web.request import Request

NOTED = ("statement", "meeting", "follow-up", "announcement")  # what a note may report
ENDS = {"close": ("follow-up", "closed"), "call-off": ("meeting", "called-off")}
KEEPING = ("level", "erase")  # what only a keeper may do; erasing has a page of its own
SHORT = ("note", "correct", "retract", "text", *KEEPING, *ENDS)


class ShortForm(NamedTuple):
    """A short form as it is shown: its action, its entry, the typed values and the problems.

    `kind` is the form that it fills in; `problems` are by the names of fields, "" for the whole.
    """

    does: str
    entry: Label | None
    kind: str
    fields: list[FieldShown]
    problems: dict[str, list[str]]
    typed: Mapping[str, str]
    keeper: str
    names: list[Known]
    choices: list[str]


def shown(request: Request, does: str, slug: str, form: SentForm | None = None) -> ShortForm:
    """The form, empty or as it was sent."""
    entry = request.views.entry(slug) if slug else None
    kind = _kind(does, (form.text("kind") if form else "") or request.query.get("kind", ""))
    blank = DeskEntry("e0", kind) if kind else None
    if blank and form:
        blank = DeskEntry("e0", kind, fields=fields.typed(blank, form.fields()))
    each = [one for one in fields.shown(blank) if one.name != "quote"] if blank else []
    choices = list(RETRACTION_CAUSES) if does == "retract" else []
    if does == "level":
        choices = list(request.ledger.levels())
    if does == "correct" and entry:
        choices = [one.name for one in fields.shown(DeskEntry("e0", entry.kind)) if one.name != "quote"]
    typed = dict(form.values) if form else {}
    if does == "level" and entry:
        typed.setdefault("level", Ledger(request.ledger.path).level_of(slug, request.negotiation).level)
    keeper = request.keeper(typed.get("keeper", request.ledger.keeper or user()))
    return ShortForm(does, entry, kind, each, {}, typed, keeper, names(request.views), choices)


def sent(request: Request, does: str, slug: str, form: SentForm) -> ShortForm | str:
    """File the form; returns the address of the entry, or the form with its problems."""
    try:
        filed = _file(request, does, slug, form)
    except ProblemsFound as refused:
        problems: dict[str, list[str]] = {}
        for where, refusal in refused.problems:
            problems.setdefault(where.removeprefix("--"), []).append(str(refusal))
        return shown(request, does, slug, form)._replace(problems=problems)
    except Refusal as refusal:
        return shown(request, does, slug, form)._replace(problems={"": [str(refusal)]})
    stream = filed.recorded[-1].stream if filed.recorded else None
    return f"/{request.negotiation}/{stream.kind}/{stream.slug}" if stream else request.entry_of(slug)


def _file(request: Request, does: str, slug: str, form: SentForm) -> Filed:
    keeper = request.keeper(form.line("keeper"))
    if not keeper:
        raise KeeperNeeded()
    ledger = Ledger(request.ledger.path, keeper)
    within = request.negotiation
    reason, note = form.line("reason"), form.text("note").strip()
    if does in ("correct", "retract", "level") and not reason:
        raise ReasonNeeded()
    if does == "level":
        return ledger.set_level(slug, form.text("level"), reason, negotiation=within)[0]
    if does == "retract":
        return ledger.retract(slug, reason, cause=form.text("cause"), negotiation=within)
    if does == "correct":
        field = form.text("field")
        kind = request.views.entry(slug).kind
        value = fields.typed(DeskEntry("e0", kind), {field: form.text("value")}).get(field, "")
        return ledger.correct(slug, {field: value}, reason, negotiation=within, everywhere=form.text("all") == "yes")
    if does == "text":
        name, content = form.files.get("file", ("", form.text("text").replace("\r\n", "\n").encode()))
        if not content.strip():
            raise NothingPasted()
        return ledger.append("source", slug, {"text": exact_text(content, name)}, negotiation=within)
    if not note:
        raise NoteNeeded()
    kind = _kind(does, form.text("kind"))
    given = fields.typed(DeskEntry("e0", kind), form.fields())
    if does == "note":
        slug = form.line("slug") or slug_for(kind, note, every_slug(request.views))
    return ledger.append(kind, slug, given, negotiation=within, note=note)


def _kind(does: str, asked: str) -> str:
    if does in ENDS:
        return ENDS[does][1]
    return (asked if asked in NOTED else NOTED[0]) if does == "note" else ""
