"""What changed between two moments: the rows that differ, and the sentences a person would paste into a note.

Its law: the state at the first moment, with the differences applied, is the state at the second. So a difference
keeps every field that changed with both values; the sentences tell those a reader would ask about.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ledger.base.text import capital
from ledger.dates import When
from ledger.domain.states import Ask, Contest, FollowUp, Issue, Statement
from ledger.domain.vocabulary import meeting_name
from ledger.views.rows import columns, slugs, to_row
from ledger.views.status import AskOnTheDay, FollowUpOnTheDay, MeetingOnTheDay, timed, waiting
from ledger.views.views import LogRow, Views

Row = dict[str, Any]
TOLD = ("ask", "issue", "follow-up", "meeting", "contested", "mended")
KINDS = (*TOLD, "statement")  # of what is said the differences are kept, and told by the asks and issues it bears on
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_SAID = tuple(columns(Statement))
_SAID_IN = _SAID.index("sources")
Key = tuple[str, str, str]  # the kind of thing, the slug of its entry, and what tells it from others on that entry


class Difference(NamedTuple):
    """One thing that differs: `before` and `after` hold the fields that changed, null where it was not there.

    `part` is the asker of an ask, the field of a contest, the position of a correction. `source` carries the newest of
    what the thing rests on; `says` is empty where a reader would not ask.
    """

    kind: str
    slug: str
    part: str
    says: str
    source: str
    before: Row | None
    after: Row | None


class Snapshot:
    """Where everything stands at one moment. What is not asked for is not read: the views stay open as long."""

    def __init__(self, views: Views) -> None:
        self.views = views

    @cached_property
    def things(self) -> dict[Key, Any]:
        """Everything that can differ, as what sentences are made of."""
        return dict(_things(self.views))

    @cached_property
    def rows(self) -> dict[Key, Row]:
        """The same as rows."""
        return {key: row for key, thing in self.things.items() if (row := _row(thing)) is not None}

    def turned(self, other: "Snapshot", kinds: Collection[str]) -> dict[Key, Any]:
        """Of some kinds what may be otherwise at another moment; of two days of the same views, what began or ended."""
        if self.views.place is None or self.views.place != other.views.place:
            return {key: thing for key, thing in self.things.items() if key[0] in kinds}
        return dict(_turned(self.views, other.views.day, kinds))


def snapshot(views: Views) -> Snapshot:
    """Everything that can differ, as of the views' day."""
    return Snapshot(views)


def between(views: Views, before: Snapshot, after: Snapshot) -> list[Difference]:
    """The differences, kind by kind; `views` are those of the second moment and give voices their names."""
    return list(_differences(_Teller(views), before, after, KINDS))


def told(views: Views, before: Snapshot, after: Snapshot, kinds: Collection[str] = TOLD) -> list[Difference]:
    """The differences of some kinds that a reader would ask about."""
    return list(_differences(_Teller(views), before, after, kinds, silent=False))


def applied(before: Snapshot, differences: Iterable[Difference]) -> dict[Key, Row]:
    """The rows of the first moment with the differences applied: the rows of the second, by the law."""
    rows = {key: dict(row) for key, row in before.rows.items()}
    for one in differences:
        key = (one.kind, one.slug, one.part)
        if one.after is None:
            del rows[key]
        else:
            rows[key] = rows.get(key, {}) | one.after
    return rows


def _differences(
    teller: "_Teller", before: Snapshot, after: Snapshot, kinds: Collection[str], *, silent: bool = True
) -> Iterator[Difference]:
    """The differences of some kinds, those too of which there is nothing to say if they are wanted."""
    earlier, later = before.turned(after, kinds), after.turned(before, kinds)
    teller.titles |= {issue.slug: issue.title for issue in later.values() if isinstance(issue, Issue)}
    for key in sorted({*earlier, *later}, key=lambda key: (_RANK[key[0]], key)):
        was, is_ = earlier.get(key), later.get(key)
        if was == is_:
            continue
        says = teller.says(key[0], was, is_)
        if not says and not silent:
            continue
        old, new = _row(was), _row(is_)
        if old is not None and new is not None:
            changed = [name for name in old if old[name] != new[name]]
            if not changed:
                continue
            old, new = ({name: row[name] for name in changed} for row in (old, new))
        yield Difference(*key, says, teller.source(is_ if is_ is not None else was), old, new)


def _things(views: Views) -> Iterator[tuple[Key, Any]]:
    for ask in views.asks(everything=True):
        yield ("ask", ask.ask.issue, ask.ask.asker), ask
    for issue in views.issues():
        yield ("issue", issue.slug, ""), issue
    for follow_up in views.follow_ups(everything=True):
        yield ("follow-up", follow_up.follow_up.slug, ""), follow_up
    for meeting in views.meetings():
        yield ("meeting", meeting.meeting.slug, ""), meeting
    yield from _said(views)
    for contest in views.contested():
        yield ("contested", contest.slug, contest.field), contest
    for event in views.log():
        if event.is_upkeep:
            yield ("mended", event.slug, str(event.position)), event


def _turned(views: Views, other: str, kinds: Collection[str]) -> Iterator[tuple[Key, Any]]:
    """The things of a day that may be otherwise on another day of the same views: mends are told alike on every day."""
    turned, days = "valid_from > ?" if other < views.day else "valid_to <= ?", sorted((views.day, other))
    begun_or_ended = f"AND {turned}", other
    order = "valid_from"  # as the index has them: they are sorted in the end
    # What is due may be overdue, though nothing was reported of it in between; what is expected, unconfirmed.
    or_due = f"AND ({turned} OR due_earliest BETWEEN ? AND ? OR due_latest BETWEEN ? AND ?)", other, *days, *days
    if "ask" in kinds:
        for ask in views.states(Ask, "asks", *begun_or_ended, order=order):
            yield ("ask", ask.issue, ask.asker), waiting(ask, views.day)
    if "issue" in kinds:
        for issue in views.states(Issue, "issues", *begun_or_ended, order=order):
            yield ("issue", issue.slug, ""), issue
    if "follow-up" in kinds:
        for follow_up in views.states(FollowUp, "follow_ups", *or_due, order=order):
            yield ("follow-up", follow_up.slug, ""), timed(follow_up, views.day)
    if "meeting" in kinds:
        for meeting in views.meetings():
            yield ("meeting", meeting.meeting.slug, ""), meeting
    if "statement" in kinds:
        yield from _said(views, *begun_or_ended)
    if "contested" in kinds:
        for contest in views.states(Contest, "contested", *begun_or_ended, order=order):
            yield ("contested", contest.slug, contest.field), contest


def _said(views: Views, *which: str) -> Iterator[tuple[Key, Any]]:
    """Statements as the rows they are kept in: they may be thousands, and no sentence is made of them."""
    for row in views.held(", ".join(f"[{name}]" for name in _SAID), "statements", *which, order="valid_from"):
        yield ("statement", row["slug"], ""), row


def _row(thing: Any) -> Row | None:
    """What of a thing can differ: its state as a row, and what the day makes of it, but not the days that tick by."""
    if thing is None:
        return None
    if isinstance(thing, sqlite3.Row):
        return dict(zip(_SAID, thing, strict=True))
    if isinstance(thing, AskOnTheDay):
        return to_row(thing.ask)
    if isinstance(thing, FollowUpOnTheDay):
        return {**to_row(thing.follow_up), "timing": thing.timing}
    if isinstance(thing, MeetingOnTheDay):
        return {**to_row(thing.meeting), "status": thing.status}
    return to_row(thing)


class _Teller:
    """Puts differences into sentences, with the names and sources of the second moment."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.titles: dict[str, str] = {}
        self._name_of, self._names_of = views.name_of, views.names_of
        self._told: dict[str, Callable[[Any, Any], str]] = {
            "ask": self._ask,
            "issue": self._issue,
            "follow-up": self._follow_up,
            "meeting": self._meeting,
            "contested": self._contested,
            "mended": self._mended,
        }

    def _title(self, issue: str) -> str:
        """The title of an issue, which was read already where the issue changed with the ask on it."""
        if issue not in self.titles:
            found = self._views.held("title", "issues", "AND slug = ?", issue)
            self.titles[issue] = found[0]["title"] if found else issue
        return self.titles[issue]

    def _sources(self, statement: str) -> str:
        """The sources of a statement, as they are kept."""
        return next(
            (row["sources"] for row in self._views.held("sources", "statements", "AND slug = ?", statement)), "[]"
        )

    def _newest(self, issue: Issue) -> str:
        """The sources of the last statement that touches an issue, as they are kept; it never held before its day."""
        on_the_day = "AND valid_from >= ? AND day = ? AND ? IN (SELECT value FROM json_each(issues))"
        which = on_the_day, issue.last_spoken, issue.last_spoken, issue.slug
        found = self._views.held("sources", "statements", *which, order="turn DESC LIMIT 1")
        return found[0]["sources"] if found else "[]"

    def says(self, kind: str, was: Any, is_: Any) -> str:
        """The sentence for a thing that was one way and is another; None where it was not, or is no more."""
        told = self._told.get(kind)
        return told(was, is_) if told else ""

    def source(self, thing: Any) -> str:
        """The source that carries the newest of what a thing rests on."""
        if isinstance(thing, sqlite3.Row):
            sources = slugs(thing[_SAID_IN])
        elif isinstance(thing, LogRow):
            return thing.source
        elif isinstance(thing, AskOnTheDay):
            waits = thing.days_waiting is not None
            sources = slugs(self._sources(thing.ask.last_statement if waits else thing.ask.answer_statement))
        elif isinstance(thing, Issue):
            sources = slugs(self._newest(thing))
        else:
            sources = (thing[0] if isinstance(thing, FollowUpOnTheDay | MeetingOnTheDay) else thing).sources
        return sources[-1] if sources else ""

    def _ask(self, was: AskOnTheDay | None, is_: AskOnTheDay | None) -> str:
        if is_ is None:
            return ""
        ask, title = is_.ask, self._title(is_.ask.issue)
        asker, to = self._name_of(ask.asker), self._names_of(ask.to) or "the other side"
        told = []
        if was is None or was.ask.times < ask.times:
            again = f" again, {ask.times} times in all," if was is not None or ask.times > 1 else ""
            told.append(f"{asker} asked {to}{again} on {_day(ask.last_asked)}: {title}")
        if ask.last_answer and (was is None or was.ask.last_answer != ask.last_answer):
            by = self._names_of(ask.last_answer_by)
            told.append(f"{asker} was answered by {by} on {_day(ask.last_answer)} ({ask.last_answer_act}): {title}")
        if ask.status == "withdrawn" and (was is None or was.ask.status != "withdrawn"):
            told.append(f"{asker} withdrew what it asked: {title}")
        return "; ".join(told)

    def _issue(self, was: Issue | None, is_: Issue | None) -> str:
        if is_ is None or is_.status in ("named", "noted") or (was is not None and was.status == is_.status):
            return ""
        before = was.status if was is not None else "not of record"
        by = {"settled": is_.settled_by, "partly settled": is_.settled_by, "narrowed": is_.narrowed_by}.get(
            is_.status, is_.last_answer_by if is_.status in ("answered", "agreed") else is_.raised_by
        )
        word = f", by the word of {self._names_of(by)}" if by else ""
        return f"{is_.title}: {before} → {is_.status}{word}"

    def _follow_up(self, was: FollowUpOnTheDay | None, is_: FollowUpOnTheDay | None) -> str:
        if is_ is None:
            return ""
        follow_up = is_.follow_up
        says = follow_up.says.rstrip(".")
        if was is None:
            owners = self._names_of(follow_up.owners) or "no owner"
            due = f"due {follow_up.due.describe()}" if follow_up.due else is_.timing
            told = f"Agreed: {says} ({owners}; {due})"
            return told if follow_up.status in ("open", "standing") else f"{told}; since then {follow_up.status}"
        if was.follow_up.status != follow_up.status and follow_up.status not in ("open", "standing"):
            by = self._names_of(follow_up.closed_by)
            return f"{follow_up.status.capitalize()}: {says}{f', by the word of {by}' if by else ''}"
        if was.timing != is_.timing and "overdue" in is_.timing:
            return f"Newly {is_.timing}: {says} (due {follow_up.due.describe()})"
        return ""

    def _meeting(self, was: MeetingOnTheDay | None, is_: MeetingOnTheDay | None) -> str:
        if is_ is None:
            return ""
        meeting = is_.meeting
        name = meeting_name(meeting.kind, meeting.number)
        if meeting.number is None and (who := meeting.people or meeting.parties):
            name = f"{name} of {' and '.join(map(self._name_of, who))}"
        expected = meeting.expected.describe() if meeting.expected else "with no date"
        if was is None or was.status != is_.status:
            told = {
                "announced": f"announced, expected {expected}",
                "held": f"held, {meeting.held.describe()}",
                "unconfirmed": f"expected {expected}, and no report that it was held",
                "called off": f"called off{f': {meeting.reason}' if meeting.reason else ''}",
            }.get(is_.status, is_.status)
            return f"{capital(name)} {told}"
        if was.meeting.expected != meeting.expected and is_.status in ("announced", "unconfirmed"):
            return f"{capital(name)} slipped: {was.meeting.expected.describe()} → {expected}"
        return ""

    def _contested(self, was: Contest | None, is_: Contest | None) -> str:
        if is_ is None:
            return f"No longer contested: {was.kind} {was.field}" if was is not None else ""
        values = " or ".join(dict.fromkeys(is_.values))
        return f"Contested: {is_.kind} {is_.field}, {values}" if was is None else ""

    def _mended(self, was: LogRow | None, is_: LogRow | None) -> str:
        return is_.sentence if is_ is not None else ""


def _day(iso: str) -> str:
    return When(iso).describe()
