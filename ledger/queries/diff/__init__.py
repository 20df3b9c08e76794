"""The changes between two moments: the rows that differ, and sentences that a person could paste into a note.

The law: the rows at the first moment, with the differences applied, are the rows at the second. So a difference has
every changed field with both values; its sentence mentions only changes that interest a reader.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.base.text import counted
from ledger.domain.figures.given import FigureGiven
from ledger.domain.states import Ask, Contest, Deadline, FollowUp, Issue, Link, Statement
from ledger.domain.texts.provision import DraftText, Provision
from ledger.queries.diff.sentences import ChangeSentences
from ledger.views.conditions import OF_CONDITIONS
from ledger.views.links import requests_made
from ledger.views.measured import contests
from ledger.views.parties import memberships
from ledger.views.rows import columns, to_row
from ledger.views.status import (
    AskOnTheDay,
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    waiting,
)
from ledger.views.views import Views

Row = dict[str, Any]
Key = tuple[str, str, str]  # the kind of thing, the slug of its entry, and its `part` if the entry has several
TOLD = (
    "ask", "issue", "promise", "denial", "condition", "follow-up", "deadline", "meeting", "role", "post", "figure",
    "text", "provision", "contested", "correction", "statement",
)  # fmt: skip
_OF_STATEMENTS = tuple(columns(Statement))
_AS_INDEXED = "valid_from"
SAID = 100  # statements that changed no status, told one by one; of more, the others are counted
_REMARKS = ("stated", "welcomed", "criticised")  # they are counted first


class Difference(NamedTuple):
    """One thing that differs: `before` and `after` hold the changed fields, or null if the thing did not exist.

    `part` is the asker and the first statement of an ask, of which one party may have several on an issue (`us:
    us-asks`), the number of a provision, the role of a party (`observer`, `member of eu`), the
    entry and words of a figure, the field of a contest, the position of a correction, and for a condition that somebody
    speaks of, the link to its statement. `source` is the newest source of the thing; `says` is empty if the change does
    not interest a reader, or if another one tells it: a statement is told only where no change that it made tells it.
    If there are many such statements, the last difference has no slug, and says how many others there are.
    """

    kind: str
    slug: str
    part: str
    says: str
    source: str
    before: Row | None
    after: Row | None


def diff(before: Views, after: Views, kinds: Collection[str] = TOLD, *, every_field: bool = False) -> list[Difference]:
    """The differences of these kinds that have a sentence; with `every_field`, all differences of every kind."""
    return list(_differences(before, after, TOLD if every_field else kinds, silent=every_field))


def follows_from_an_ask(one: Difference) -> bool:
    """Whether an issue is open only because of an ask, which has its own difference."""
    return one.kind == "issue" and (one.after or {}).get("status") == "open"


def rows(views: Views) -> dict[Key, Row]:
    """The row of each thing that can differ, as of the views' day."""
    return {key: _row(thing) for key, thing in _things(views, TOLD)}


def applied(before: dict[Key, Row], differences: Iterable[Difference]) -> dict[Key, Row]:
    """Apply the differences to the rows; by the law, this gives the rows of the second moment."""
    found = {key: dict(row) for key, row in before.items()}
    for one in differences:
        key = (one.kind, one.slug, one.part)
        if one.after is None:
            del found[key]
        else:
            found[key] = found.get(key, {}) | one.after
    return found


def _differences(before: Views, after: Views, kinds: Collection[str], *, silent: bool) -> Iterator[Difference]:
    """The differences, kind by kind; with `silent`, also those without a sentence."""
    same_views = before.place is not None and before.place == after.place
    earlier = dict(_things(before, kinds, after.day if same_views else ""))
    later = dict(_things(after, kinds, before.day if same_views else ""))
    titles = {key[1]: thing.title for key, thing in later.items() if key[0] == "issue"}
    first = before.reported_by or (before.day if same_views else "")
    sentences = ChangeSentences(after, titles, by_day=same_views, first=first)
    sentences.read_ahead(one.ask for key, one in later.items() if key[0] == "ask" and one != earlier.get(key))
    gone = _gone(earlier, later)
    told: set[str] = set()  # the statements that differences tell
    besides: dict[str, int] | None = None  # the other statements, those to tell first
    for key in sorted({*earlier, *later}, key=lambda key: _place(key, later.get(key) or earlier[key])):
        was, is_ = earlier.get(key), later.get(key)
        if was == is_:
            continue
        known = was
        if was is None and isinstance(is_, AskOnTheDay):
            known = gone.get((is_.ask.issue, is_.ask.asker, is_.ask.last_statement))
        if key[0] == "statement":
            besides = _besides(earlier, later, told) if besides is None else besides
            says = sentences.says(key[0], known, is_) if besides.get(key[1], SAID) < SAID else ""
        else:
            says = sentences.says(key[0], known, is_)
        told |= sentences.tells(known, is_) if says else set()
        if not (says or silent):
            continue
        old, new = (None if thing is None else _row(thing) for thing in (was, is_))
        if old is not None and new is not None:
            old = {name: value for name, value in old.items() if value != new[name]}
            new = {name: new[name] for name in old}
        if old != new:
            yield Difference(*key, says, sentences.source(was, is_), old, new)
    if besides is not None and len(besides) > SAID and not silent:
        more = counted(len(besides) - SAID, "more statement")
        yield Difference("statement", "", "", f"And {more}: see the list of statements", "", None, None)


def _besides(earlier: Mapping[Key, Any], later: Mapping[Key, Any], told: Collection[str]) -> dict[str, int]:
    """The place of each new statement that no difference tells, by its slug: remarks come after the others."""
    new = [row for key, row in later.items() if key[0] == "statement" and key not in earlier and key[1] not in told]
    new.sort(key=lambda row: (row["act"] in _REMARKS, row["day"], row["turn"]))
    return {row["slug"]: place for place, row in enumerate(new)}


def _place(key: Key, thing: Any) -> tuple[Any, ...]:
    """The place of a difference: by kind and slug, but the asks of one party and the statements as they were made."""
    kind, slug, part = key
    match thing:
        case AskOnTheDay():
            return TOLD.index(kind), slug, thing.ask.asker, thing.ask.first_asked, part
        case sqlite3.Row():
            return TOLD.index(kind), thing["day"], thing["turn"], slug
    return TOLD.index(kind), slug, part


def _gone(earlier: Mapping[Key, Any], later: Mapping[Key, Any]) -> dict[tuple[str, str, str], AskOnTheDay]:
    """The asks that the second moment does not have under the same statement, by issue, asker and last statement.

    It has the same ask if another statement counts there as the first to make it.
    """
    asks = [thing for key, thing in earlier.items() if key[0] == "ask" and key not in later]
    return {(one.ask.issue, one.ask.asker, one.ask.last_statement): one for one in asks}


def _things(views: Views, kinds: Collection[str], other: str = "") -> Iterator[tuple[Key, Any]]:
    """The things that can differ, as of the views' day; with `other`, only those that may differ on that other day.

    Corrections are the same on every day.
    """
    changed: tuple[str, ...] = ()
    or_due: tuple[str, ...] = ()
    if other:
        turned, days = "valid_from > ?" if other < views.day else "valid_to <= ?", sorted((views.day, other))
        changed = f"AND {turned}", other
        # A due follow-up becomes past due, a deadline passes, and another entry may replace either, without a report.
        linked = "slug IN (SELECT target FROM links WHERE negotiation = ? AND valid_from BETWEEN ? AND ?)"
        lapses = f"{linked} OR due_earliest BETWEEN ? AND ? OR due_latest BETWEEN ? AND ?"
        or_due = f"AND ({turned} OR {lapses})", other, views.negotiation, *days, *days, *days
    if "ask" in kinds:
        several = requests_made(views)
        whole = views.states(Ask, "asks", *changed, order=_AS_INDEXED)
        asks = [ask for ask in whole if (ask.issue, ask.asker) not in several]
        for ask in (*asks, *views.states(Ask, "requests", *changed, order=_AS_INDEXED)):
            number = several.get((ask.issue, ask.asker), 1)
            part = f"{ask.asker}: {ask.first_statement}"
            yield ("ask", ask.issue, part), waiting(ask, views.day)._replace(requests=number)
    if "issue" in kinds:
        for issue in views.states(Issue, "issues", *changed, order=_AS_INDEXED):
            yield ("issue", issue.slug, ""), issue
    for kind, act in (("promise", "promised"), ("denial", "denied")):
        which = " ".join((f"AND act = '{act}'", *changed[:1])), *changed[1:]
        for said in views.states(Statement, "statements", *which, order=_AS_INDEXED) if kind in kinds else ():
            yield (kind, said.slug, ""), said
    if "condition" in kinds:
        which = " ".join((OF_CONDITIONS, *changed[:1])), *changed[1:]
        for link in views.states(Link, "links", *which, order=_AS_INDEXED):
            yield ("condition", link.slug, str(link)), link
    if "follow-up" in kinds:
        for one in views.timed(views.states(FollowUp, "follow_ups", *or_due, order=_AS_INDEXED)):
            yield ("follow-up", one.follow_up.slug, ""), one
    if "deadline" in kinds:
        for due in views.deadlines_on_the_day(views.states(Deadline, "deadlines", *or_due, order=_AS_INDEXED)):
            yield ("deadline", due.deadline.slug, ""), due
    if "meeting" in kinds:
        for meeting in views.meetings():
            yield ("meeting", meeting.meeting.slug, ""), meeting
    if "role" in kinds:  # all of them: a party may become known later than its role began
        for role in memberships(views):
            yield ("role", role.party, f"{role.role} of {role.of}" if role.of else role.role), role
    if "post" in kinds:
        for person in views.people():
            if person.post or person.left:
                yield ("post", person.slug, ""), person
    if "statement" in kinds:  # as rows, because there may be thousands and few have sentences
        names = ", ".join(f"[{name}]" for name in _OF_STATEMENTS)
        for row in views.held(names, "statements", *changed, order=_AS_INDEXED):
            yield ("statement", row["slug"], ""), row
    if "figure" in kinds:
        for figure in views.states(FigureGiven, "figures", *changed, order=_AS_INDEXED):
            yield ("figure", figure.measure, f"{figure.entry}: {figure.words}"), figure
    if "text" in kinds:
        for text in views.states(DraftText, "draft_texts", *changed, order=_AS_INDEXED):
            yield ("text", text.slug, ""), text
    if "provision" in kinds:
        for provision in views.states(Provision, "provisions", *changed, order=_AS_INDEXED):
            yield ("provision", provision.text, provision.number), provision
    if "contested" in kinds:
        reported = views.states(Contest, "contested", *changed, order=_AS_INDEXED)
        for contest in (*reported, *contests(views)):
            yield ("contested", contest.slug, contest.field), contest
    if "correction" in kinds and not other:
        for event in views.log(later=True):
            if event.is_upkeep:
                yield ("correction", event.slug, str(event.position)), event


def _row(thing: Any) -> Row:
    """The fields of a thing that can differ; the number of days that an ask has waited is not one of them."""
    match thing:
        case sqlite3.Row():
            return dict(zip(_OF_STATEMENTS, thing, strict=True))
        case AskOnTheDay():
            return to_row(thing.ask)
        case FollowUpOnTheDay():
            return {**to_row(thing.follow_up), "timing": thing.timing, "replaced_by": thing.replaced_by}
        case DeadlineOnTheDay():
            return {**to_row(thing.deadline), "timing": thing.timing, "replaced_by": thing.replaced_by}
        case MeetingOnTheDay():
            return {**to_row(thing.meeting), "status": thing.status, "replaced_by": thing.replaced_by}
    return to_row(thing)
