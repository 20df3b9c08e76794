"""Turns a draft into the sheet to be filed, and assigns the problems of a filing to entries and fields."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from ledger.dates import When
from ledger.desk.draft import DeskDraft, DeskEntry
from ledger.desk.errors import SubjectNeeded, SubjectUnknown
from ledger.desk.fields import OPTIONS, SUBJECTS
from ledger.domain.errors import MissingField
from ledger.domain.events import Recorded
from ledger.domain.wording import LIMITS
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.errors import BadSlug
from ledger.filing.forms import FORMS, SOURCE, Form
from ledger.filing.sheets import Filled, Sheet

Problems = dict[str, dict[str, list[str]]]  # by entry (or `source`) and field; "" is the entry itself
DaysRead = dict[str, dict[str, str]]  # by entry and field
SOURCE_PLACE = "source"


def sheet(draft: DeskDraft, entries: Iterable[DeskEntry]) -> Sheet:
    """The source with some entries of the draft, as an entry file would give them."""
    filled = [Filled(one.kind, one.slug, one.fields, one.id, _places(one.id, FORMS[one.kind])) for one in entries]
    if draft.of_record:
        return Sheet(source_slug=draft.slug, text=draft.text, entries=filled, where=SOURCE_PLACE)
    fields = {name: value for name, value in draft.source.items() if value}
    source = Filled("source", draft.slug, fields, SOURCE_PLACE, _places(SOURCE_PLACE, SOURCE))
    return Sheet(source=source, text=draft.text, entries=filled, where=SOURCE_PLACE)


def days_read(entries: Iterable[DeskEntry], recorded: Iterable[Recorded]) -> DaysRead:
    """The days of the entries in words, as a dry run read them; an entry that is already recorded has none."""
    found: DaysRead = {}
    events = [*recorded]
    for one in entries:
        form = FORMS[one.kind]
        mine = [each for each in events if each.stream.slug == one.slug and type(each.event) is form.event]
        if mine:
            events.remove(mine[0])
            days = {name: getattr(mine[0].event, field.name) for name, field in form.fields.items()}
            found[one.id] = {
                name: day.describe(limit=name in LIMITS) for name, day in days.items() if isinstance(day, When) and day
            }
    return found


def told(recorded: Recorded) -> str:
    """The days and issues of an event, in words: `on 9 November 2026; issues: water`."""
    has = msgspec.structs.asdict(recorded.event)
    days = [
        f"{name} {value.describe(limit=name in LIMITS)}"
        for name, value in has.items()
        if isinstance(value, When) and value
    ]
    return "; ".join([*days, *([f"issues: {', '.join(has['issues'])}"] if has.get("issues") else [])])


def problems(refused: ProblemsFound, draft: DeskDraft) -> Problems:
    """The problems of a draft by entry and field."""
    found: Problems = defaultdict(lambda: defaultdict(list))
    subjects = {one.id: SUBJECTS.get(one.kind, "") for one in draft.entries}
    for where, refusal in refused.problems:
        entry, _, field = where.partition(".")
        found[entry or SOURCE_PLACE][field].append(_beside_field(refusal, subjects.get(entry, "")))
    return found


def _beside_field(refusal: Refusal, subject: str) -> str:
    """The refusal in the words of the command line, without the list of options that the field itself shows.

    `subject` is the kind of entry that a person names in place of a slug, or "".
    """
    if isinstance(refusal, MissingField) and refusal.details["field"] in OPTIONS:
        field = refusal.details["field"]
        return f"This {refusal.details['kind']} needs {'an' if field[0] in 'aeiou' else 'a'} {field}."
    if isinstance(refusal, BadSlug) and subject:
        name = refusal.details["slug"]
        return str(SubjectUnknown(kind=subject, name=name) if name else SubjectNeeded())
    return str(refusal)


def _places(where: str, form: Form) -> dict[str, str]:
    return {name: f"{where}.{name}" for name in form.fields}
