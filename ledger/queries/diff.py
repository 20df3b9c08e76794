"""The changes between two moments: the rows that differ, and sentences that a person could paste into a note.

The law: the rows at the first moment, with the differences applied, are the rows at the second. So a difference has
every changed field with both values; its sentence mentions only changes that interest a reader.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from ledger.base.text import capital, listed, marked, times
from ledger.dates import When, reported
from ledger.domain.sentences import due_in_words
from ledger.domain.states import Ask, Contest, Deadline, FollowUp, Issue, Meeting, Statement
from ledger.domain.vocabulary import meeting_name, plain
from ledger.domain.voices import Membership
from ledger.figures.given import FigureGiven
from ledger.queries.figures import given_by
from ledger.queries.promises import promised
from ledger.queries.texts import reworded, tabled
from ledger.texts.provision import DraftText, Provision
from ledger.views.ahead import DeadlineOnTheDay, moved, on_the_day
from ledger.views.links import replaced
from ledger.views.measured import contests
from ledger.views.parties import days_held, memberships, role_in_words
from ledger.views.rows import columns, slugs, to_row
from ledger.views.status import (
    EXPECTED,
    AskOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    according_to,
    in_words,
    replies,
    standing_of,
    timed,
    waiting,
)
from ledger.views.views import LogRow, Views

Row = dict[str, Any]
Key = tuple[str, str, str]  # the kind of thing, the slug of its entry, and its `part` if the entry has several
TOLD = (
    "ask", "issue", "promise", "follow-up", "deadline", "meeting", "role", "figure", "text", "provision", "contested",
    "mended",
)  # fmt: skip
KINDS = (*TOLD, "statement")  # a statement has no sentence: the ask, issue or promise has one
_OF_STATEMENTS = tuple(columns(Statement))
_AS_INDEXED = "valid_from"


class Difference(NamedTuple):
    """One thing that differs: `before` and `after` hold the changed fields, or null if the thing did not exist.

    `part` is the asker of an ask, the number of a provision, the role of a party (`observer`, `member of eu`), the
    entry and words of a figure, the field of a contest, the position of a correction. `source` is the newest source of
    the thing; `says` is empty if the change does not interest a reader.
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
    return list(_differences(before, after, KINDS if every_field else kinds, silent=every_field))


def rows(views: Views) -> dict[Key, Row]:
    """The row of each thing that can differ, as of the views' day."""
    return {key: _row(thing) for key, thing in _things(views, KINDS)}


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
    sentences = _Sentences(after, {key[1]: thing.title for key, thing in later.items() if key[0] == "issue"})
    for key in sorted({*earlier, *later}, key=lambda key: (KINDS.index(key[0]), key)):
        was, is_ = earlier.get(key), later.get(key)
        says = sentences.says(key[0], was, is_) if was != is_ else ""
        if was == is_ or not (says or silent):
            continue
        old, new = (None if thing is None else _row(thing) for thing in (was, is_))
        if old is not None and new is not None:
            old = {name: value for name, value in old.items() if value != new[name]}
            new = {name: new[name] for name in old}
        if old != new:
            yield Difference(*key, says, sentences.source(was if is_ is None else is_), old, new)


def _things(views: Views, kinds: Collection[str], other: str = "") -> Iterator[tuple[Key, Any]]:
    """The things that can differ, as of the views' day; with `other`, only those that may differ on that other day.

    Corrections are the same on every day.
    """
    changed: tuple[str, ...] = ()
    or_due: tuple[str, ...] = ()
    instead = replaced(views)
    if other:
        turned, days = "valid_from > ?" if other < views.day else "valid_to <= ?", sorted((views.day, other))
        changed = f"AND {turned}", other
        # A due follow-up becomes overdue, a deadline passes, and another entry may replace either, without a report.
        linked = "slug IN (SELECT target FROM links WHERE negotiation = ? AND valid_from BETWEEN ? AND ?)"
        lapses = f"{linked} OR due_earliest BETWEEN ? AND ? OR due_latest BETWEEN ? AND ?"
        or_due = f"AND ({turned} OR {lapses})", other, views.negotiation, *days, *days, *days
    if "ask" in kinds:
        for ask in views.states(Ask, "asks", *changed, order=_AS_INDEXED):
            yield ("ask", ask.issue, ask.asker), waiting(ask, views.day)
    if "issue" in kinds:
        for issue in views.states(Issue, "issues", *changed, order=_AS_INDEXED):
            yield ("issue", issue.slug, ""), issue
    if "promise" in kinds:
        which = " ".join(("AND act = 'promised'", *changed[:1])), *changed[1:]
        for promise in views.states(Statement, "statements", *which, order=_AS_INDEXED):
            yield ("promise", promise.slug, ""), promise
    if "follow-up" in kinds:
        for follow_up in views.states(FollowUp, "follow_ups", *or_due, order=_AS_INDEXED):
            yield ("follow-up", follow_up.slug, ""), timed(follow_up, views.day, instead.get(follow_up.slug, ""))
    if "deadline" in kinds:
        for deadline in views.states(Deadline, "deadlines", *or_due, order=_AS_INDEXED):
            yield ("deadline", deadline.slug, ""), on_the_day(deadline, views.day, instead.get(deadline.slug, ""))
    if "meeting" in kinds:
        for meeting in views.meetings():
            yield ("meeting", meeting.meeting.slug, ""), meeting
    if "role" in kinds:  # all of them: a party may become known later than its role began
        for role in memberships(views):
            yield ("role", role.party, f"{role.role} of {role.of}" if role.of else role.role), role
    if "statement" in kinds:  # as rows, because there may be thousands and they have no sentences
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
    if "mended" in kinds and not other:
        for event in views.log(later=True):
            if event.is_upkeep:
                yield ("mended", event.slug, str(event.position)), event


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


def _no_longer(views: Views, was: Membership) -> str:
    return f"{views.name_of(was.party)}: no longer {role_in_words(views, was)}"


# The sentences for things that no longer exist.
_GONE: dict[str, Callable[[Views, Any], str]] = {
    "contested": lambda _, was: f"No longer contested: {was.kind} {was.field}",
    "role": _no_longer,
}


class _Sentences:
    """Writes the sentences of differences, with the names, titles and sources of the second moment."""

    def __init__(self, views: Views, titles: dict[str, str]) -> None:
        self._views = views
        self._titles = titles
        self._statements: dict[str, sqlite3.Row | None] = {}
        self._replaced = replaced(views)
        self._says: dict[str, Callable[[Any, Any], str]] = {
            "ask": self._ask,
            "issue": self._issue,
            "promise": partial(promised, views),
            "follow-up": self._follow_up,
            "deadline": self._deadline,
            "meeting": self._meeting,
            "role": self._role,
            "figure": self._figure,
            "text": partial(tabled, views),
            "provision": partial(reworded, views),
            "contested": self._contested,
            "mended": self._correction,
        }

    def says(self, kind: str, was: Any, is_: Any) -> str:
        """The sentence for a change from `was` to `is_` (None = absent); "" if it has no sentence."""
        if is_ is None:
            by = self._replaced.get(was.ask.last_statement) if kind == "ask" else ""
            if by:
                asker, title = self._views.in_sentence(was.ask.asker), self._title(was.ask.issue)
                return capital(f"{asker} no longer asks (replaced by {by}): {title}")
            return _GONE[kind](self._views, was) if kind in _GONE else ""
        return self._says[kind](was, is_) if kind in self._says else ""

    def source(self, thing: Any) -> str:
        """The newest source of a thing."""
        match thing:
            case LogRow() | Membership():
                return thing.source
            case sqlite3.Row():
                sources = slugs(thing["sources"])
            case AskOnTheDay():
                waits = thing.days_waiting is not None
                statement = self._statement(thing.ask.last_statement if waits else thing.ask.answer_statement)
                sources = slugs(statement["sources"]) if statement else ()
            case Issue():
                sources = self._last_statement(thing)
            case FollowUpOnTheDay():
                sources = thing.follow_up.sources
            case DeadlineOnTheDay():
                sources = thing.deadline.sources
            case MeetingOnTheDay():
                sources = thing.meeting.sources
            case _:
                sources = thing.sources
        return sources[-1] if sources else ""

    def _ask(self, was: AskOnTheDay | None, is_: AskOnTheDay) -> str:
        ask, title = is_.ask, self._title(is_.ask.issue)
        asker, to = self._views.in_sentence(ask.asker), self._listed(ask.to) or self._views.the_rest
        says = []
        if was is not None and was.ask.last_statement in self._replaced and was.ask.first_asked != ask.first_asked:
            was = None  # another ask, in its place
        if was is None or was.ask.times < ask.times:
            again = f" again ({times(ask.times)} in all)" if ask.times > 1 else ""
            says.append(f"{asker} asked {to}{again} {self._said(ask.last_statement, ask.last_asked)}: {title}")
        if ask.last_answer and (
            was is None or (was.ask.last_answer, was.ask.answers) != (ask.last_answer, ask.answers)
        ):
            by = self._listed(ask.last_answer_by)
            act = replies(ask, self._views.name_of) or plain(ask.last_answer_act)
            says.append(f"{by} answered {asker} {self._said(ask.answer_statement, ask.last_answer)} ({act}): {title}")
        if ask.status == "withdrawn" and (was is None or was.ask.status != "withdrawn"):
            says.append(f"{asker} withdrew its request: {title}")
        return capital("; ".join(says))

    def _issue(self, was: Issue | None, is_: Issue) -> str:
        if is_.status in ("named", "noted") or (was is not None and standing_of(was) == standing_of(is_)):
            return ""
        before = standing_of(was) if was is not None else "not recorded"
        said = self._according_to(according_to(is_))
        if is_.status in ("answered", "deferred"):  # an answer is the act of the party that gave it, whoever reports it
            said = f", last by {self._listed(is_.last_answer_by)} ({plain(is_.last_answer_act)})"
        return f"{is_.title}: {before} → {standing_of(is_, said)}"

    def _follow_up(self, was: FollowUpOnTheDay | None, is_: FollowUpOnTheDay) -> str:
        follow_up = is_.follow_up
        says = follow_up._replace(says=follow_up.says.rstrip(".")).told
        is_open = follow_up.status in ("open", "standing")
        if is_.replaced_by:
            return f"Replaced by {is_.replaced_by}: {says}" if was is None or not was.replaced_by else ""
        if was is None:
            owners = self._listed(follow_up.owners) or "no owner"
            due = due_in_words(follow_up.due) if follow_up.due else is_.timing
            return f"Agreed: {says} – {owners}, {due}{'' if is_open else f'; since then {follow_up.status}'}"
        if was.follow_up.status != follow_up.status and not is_open:
            return f"{capital(follow_up.status)}: {says}{self._according_to(follow_up.closed_by)}"
        if len(was.follow_up.reaffirmed) < len(follow_up.reaffirmed):
            due = f"; {due_in_words(follow_up.due)}" if follow_up.due != was.follow_up.due else ""
            return f"Agreed again on {When(follow_up.reaffirmed[-1]).describe()}: {says}{due}"
        if was.timing != is_.timing and "overdue" in is_.timing:
            return f"Newly {is_.timing}: {says} – due {follow_up.due.describe()}"
        return ""

    def _deadline(self, was: DeadlineOnTheDay | None, is_: DeadlineOnTheDay) -> str:
        deadline = is_.deadline
        says = deadline._replace(says=deadline.says.rstrip(".")).told
        due = f"due {deadline.due.describe()}" if deadline.due else "no date"
        if is_.replaced_by:
            return f"Deadline replaced by {is_.replaced_by}: {says}" if was is None or not was.replaced_by else ""
        ended = f"{is_.timing}{self._according_to(deadline.ended_by)}"
        if was is None:
            owners = f"{names}; " if (names := self._listed(deadline.owners)) else ""
            since = f"; since then {ended}" if deadline.status != "open" or is_.timing == "passed" else ""
            return f"Deadline set: {says} – {owners}{due}{since}"
        if was.timing != is_.timing and (deadline.status != "open" or is_.timing == "passed"):
            return f"Deadline {ended}: {says} – {due}"
        move = moved(was.deadline.due, deadline.due)
        if move.how == "reaffirmed":
            return ""
        return f"Deadline {move.how}: {says}, {was.deadline.due.describe() or 'no date'} → {due.removeprefix('due ')}"

    def _meeting(self, was: MeetingOnTheDay | None, is_: MeetingOnTheDay) -> str:
        meeting, status = is_.meeting, is_.status
        name = capital(self._named(meeting))
        expected = meeting.expected.describe() if meeting.expected else "at an unknown date"
        move = moved(was.meeting.expected, meeting.expected) if was is not None else None
        if was is not None and move and move.how != "reaffirmed" and {was.status, status} <= {*EXPECTED}:
            return f"{name} {move.how}: {was.meeting.expected.describe() or 'no date'} → {expected}"
        if was is not None and was.status == status:
            return ""
        match status:
            case "announced":
                return f"{name} announced, expected {expected}"
            case "held":
                return f"{name} held, {meeting.held.describe()}"
            case "unconfirmed":
                return f"{name} expected {expected}, but nobody has reported that it was held"
            case "called off":
                return f"{name} called off{f': {meeting.reason}' if meeting.reason else ''}"
            case "overtaken" | "replaced":
                return f"{name}, expected {expected}: {in_words(status, is_.superseded_by, is_.replaced_by)}"
        return f"{name} {status}"

    def _role(self, was: Membership | None, is_: Membership) -> str:
        if was is not None and days_held(was) == days_held(is_):
            return ""
        name, role = self._views.name_of(is_.party), role_in_words(self._views, is_)
        return marked(f"{name}: {role} {days_held(is_)}".rstrip(), is_.inferred)

    def _figure(self, was: FigureGiven | None, is_: FigureGiven) -> str:
        if was is not None and was.told == is_.told:
            return ""
        before = f", was {was.told}" if was is not None else ""
        says = f"{self._measure(is_.measure)}: {is_.told}{before} ({given_by(self._views, is_)})"
        return marked(says, is_.inferred)

    def _contested(self, was: Contest | None, is_: Contest) -> str:
        return "" if was is not None else f"Contested: {is_.kind} {is_.field}, {' or '.join(dict.fromkeys(is_.values))}"

    def _correction(self, was: LogRow | None, is_: LogRow) -> str:
        return is_.sentence

    def _according_to(self, voices: Iterable[str]) -> str:
        return f", according to {names}" if (names := self._listed(voices)) else ""

    def _named(self, meeting: Meeting) -> str:
        """`round 2`; a meeting without a number has its participants: `call of Viet Nam and the United States`."""
        who = (meeting.people or meeting.parties) if meeting.number is None else ()
        return meeting_name(meeting.kind, meeting.number) + (f" of {self._listed(who)}" if who else "")

    def _listed(self, voices: Iterable[str]) -> str:
        return listed(map(self._views.in_sentence, voices))

    def _measure(self, slug: str) -> str:
        """The title of a measure."""
        found = self._views.held("title", "measures", "AND slug = ?", slug)
        return str(found[0]["title"]) if found else slug

    def _title(self, issue: str) -> str:
        """The title of an issue; it is cached if the issue changed together with the ask."""
        if issue not in self._titles:
            found = self._views.held("title", "issues", "AND slug = ?", issue)
            self._titles[issue] = found[0]["title"] if found else issue
        return self._titles[issue]

    def _said(self, statement: str, day: str) -> str:
        """`on 22 May 2025`, `by 3 June 2025`: when a statement was made that counts on a day."""
        row = self._statement(statement)
        return reported(When(row["on"] if row else ""), day).clause()

    def _statement(self, slug: str) -> sqlite3.Row | None:
        """The date and the sources of a statement; it is cached, because a sentence and its source both need it."""
        if slug not in self._statements:
            found = self._views.held("[on], sources", "statements", "AND slug = ?", slug)
            self._statements[slug] = found[0] if found else None
        return self._statements[slug]

    def _last_statement(self, issue: Issue) -> tuple[str, ...]:
        """The sources of the last statement on an issue. A statement is never valid before its own day."""
        on_the_day = "AND valid_from >= ? AND day = ? AND ? IN (SELECT value FROM json_each(issues))"
        which = on_the_day, issue.last_spoken, issue.last_spoken, issue.slug
        found = self._views.held("sources", "statements", *which, order="turn DESC LIMIT 1")
        return slugs(found[0]["sources"]) if found else ()
