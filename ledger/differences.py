"""What changed between two moments: the rows that differ, and the sentences a person would paste into a note.

Its law: the state at the first moment, with the differences applied, is the state at the second. So a difference
keeps every field that changed with both values; the sentences tell those a reader would ask about.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.on_the_day import AskOnTheDay, FollowUpOnTheDay, MeetingOnTheDay
from ledger.plain_text import capital
from ledger.states import Contest, Issue, Statement, from_row, to_row
from ledger.views import Event, Views
from ledger.vocabulary import meeting_name

Row = dict[str, Any]
KINDS = ("ask", "issue", "follow-up", "meeting", "contested", "mended", "statement")  # in the order they are told
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


class Snapshot(NamedTuple):
    """Where everything stands at one moment: the things that sentences are made of."""

    things: dict[Key, Any]

    @property
    def rows(self) -> dict[Key, Row]:
        """The same as rows."""
        return {key: _row(thing) for key, thing in self.things.items()}


def snapshot(views: Views, kinds: Collection[str] = KINDS) -> Snapshot:
    """Everything that can differ, as of the views' day; or what is of some kinds, for who needs no more."""
    things: dict[Key, Any] = {key: thing for kind in kinds for key, thing in _THINGS[kind](views)}
    return Snapshot(things)


def between(views: Views, before: Snapshot, after: Snapshot) -> list[Difference]:
    """The differences, kind by kind; `views` are those of the second moment and give voices their names."""
    teller = _Teller(views)
    return [teller.difference(key, was, is_) for key, was, is_ in _moved(before, after)]


def told(
    views: Views, before: Snapshot, after: Snapshot, *, most: int | None = None, once: bool = False
) -> tuple[list[Difference], int]:
    """The differences a reader would ask about, `most` of them, and how many there are in all.

    once: an issue that is open because something was asked is left out, as the ask itself is told.
    """
    teller = _Teller(views)
    found: list[Difference] = []
    count = 0
    for key, was, is_ in _moved(before, after):
        if not teller.says(key[0], was, is_) or (once and key[0] == "issue" and is_.status == "open"):
            continue
        count += 1
        if most is None or count <= most:
            found.append(teller.difference(key, was, is_))
    return found, count


def _moved(before: Snapshot, after: Snapshot) -> Iterator[tuple[Key, Any, Any]]:
    """What is not the same at both moments, kind by kind."""
    keys = {**before.things, **after.things}
    for key in sorted(keys, key=lambda key: (KINDS.index(key[0]), *key[1:])):
        was, is_ = before.things.get(key), after.things.get(key)
        if was != is_ and (was and _row(was)) != (is_ and _row(is_)):
            yield key, was, is_


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


def newest_on(views: Views, issue: str) -> Statement | None:
    """The statement on an issue that was made last, by the day."""
    rows = views.rows(
        "SELECT statements.* FROM mentions JOIN statements USING (negotiation) WHERE negotiation = ? AND issue = ?"
        " AND slug = statement AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY day DESC, turn DESC",
        views.negotiation,
        issue,
        views.day,
        views.day,
    )
    return next((one for one in (from_row(Statement, row) for row in rows) if issue in one.issues), None)


def _asks(views: Views) -> Iterator[tuple[Key, Any]]:
    for one in views.asks(everything=True):
        yield ("ask", one.ask.issue, one.ask.asker), one


def _mendings(views: Views) -> Iterator[tuple[Key, Any]]:
    for event in views.log():
        if event.is_upkeep:
            yield ("mended", event.slug, str(event.position)), event


_THINGS: dict[str, Callable[[Views], Iterable[tuple[Key, Any]]]] = {
    "ask": _asks,
    "issue": lambda views: ((("issue", one.slug, ""), one) for one in views.issues()),
    "follow-up": lambda views: (
        (("follow-up", one.follow_up.slug, ""), one) for one in views.follow_ups(everything=True)
    ),
    "meeting": lambda views: ((("meeting", one.meeting.slug, ""), one) for one in views.meetings()),
    "statement": lambda views: ((("statement", one.slug, ""), one) for one in views.statements()),
    "contested": lambda views: ((("contested", one.slug, one.field), one) for one in views.contested()),
    "mended": _mendings,
}


def _row(thing: Any) -> Row:
    """What of a thing can differ: its state as a row, and what the day makes of it, but not the days that tick by."""
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
        self._views, self._name_of, self._names_of = views, views.name_of, views.names_of
        self._titles = {issue.slug: issue.title for issue in views.issues()}

    def difference(self, key: Key, was: Any, is_: Any) -> Difference:
        """What differs of a thing, field by field."""
        old, new = was and _row(was), is_ and _row(is_)
        same = {name for name in old if old[name] == new[name]} if old and new else set()
        before, after = (row and {name: value for name, value in row.items() if name not in same} for row in (old, new))
        return Difference(*key, self.says(key[0], was, is_), self.source(was if is_ is None else is_), before, after)

    def says(self, kind: str, was: Any, is_: Any) -> str:
        """The sentence for a thing that was one way and is another; None where it was not, or is no more."""
        told: dict[str, Callable[[Any, Any], str]] = {
            "ask": self._ask,
            "issue": self._issue,
            "follow-up": self._follow_up,
            "meeting": self._meeting,
            "contested": self._contested,
            "mended": self._mended,
        }
        return told[kind](was, is_) if kind in told else ""

    def source(self, thing: Any) -> str:
        """The source that carries the newest of what a thing rests on."""
        if isinstance(thing, AskOnTheDay):
            newest = thing.ask.last_statement if thing.days_waiting is not None else thing.ask.answer_statement
            held = self._views.history("statement", newest)
            thing = held[-1].state if held and not held[-1].valid_to else None
        elif isinstance(thing, Issue):
            thing = newest_on(self._views, thing.slug)
        elif isinstance(thing, FollowUpOnTheDay | MeetingOnTheDay):
            thing = thing[0]
        elif isinstance(thing, Event):
            return thing.source
        return thing.sources[-1] if thing is not None and thing.sources else ""

    def _ask(self, was: AskOnTheDay | None, is_: AskOnTheDay | None) -> str:
        if is_ is None:
            return ""
        ask, title = is_.ask, self._titles.get(is_.ask.issue, is_.ask.issue)
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

    def _mended(self, was: Event | None, is_: Event | None) -> str:
        return is_.sentence if is_ is not None else ""


def _day(iso: str) -> str:
    return When(iso).describe()
