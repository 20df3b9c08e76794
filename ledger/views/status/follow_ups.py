"""The status of a follow-up or a task on a day: due, past due, possibly past due."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ledger.base.text import listed, marked
from ledger.dates import When, due_in_words, reported, surely_late, surely_over
from ledger.domain.states import FollowUp, Slugs, Task
from ledger.views.status.deadlines import by_another


class EndedPart(NamedTuple):
    """The part of a follow-up that one owner had: how and when it ended, if a report says, and who said so."""

    owner: str
    outcome: str
    on: When
    by: Slugs
    source: str


class OtherEnd(NamedTuple):
    """The end of a follow-up in a report that differs from the one shown: its date, and the voices that said so."""

    outcome: str
    on: When
    by: Slugs


class FollowUpOnTheDay(NamedTuple):
    """A follow-up with its timing, and the facts that it lacks.

    timing: past due (its latest possible day has passed, and no report says that it was done), possibly past due (only
    its earliest has, or its end is a convention, as that of "early June"), due, open (its date has only a start), no
    date, standing, replaced (by the entry `replaced_by`, by its name `replacement`), or its outcome, also done late.
    lacks: owner, date. `ended`: the parts of an open one that ended, in words: `done 2025-06-03 for Viet Nam`.
    `ended_by`: according to whom it ended, also in the reports that differ: `, according to Viet Nam; lapsed on 10
    June 2025, according to the United States`. `account`: who told of the agreement, or the side whose account
    alone reports it: `as told by Viet Nam`. `alone`: only the other side says that it ended, so it stays among the
    open ones. `late`: it was done late. `ended_on`: when it ended, some day up to that of the report if no report
    gives the day; unknown while it is open.
    """

    follow_up: FollowUp
    timing: str
    lacks: tuple[str, ...]
    replaced_by: str = ""
    ended: str = ""
    ended_by: str = ""
    account: str = ""
    alone: bool = False
    late: bool = False
    ended_on: When = When()
    replacement: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still stands: it was not replaced, and at most parties that need not do it say that it ended."""
        return (self.alone or not self.follow_up.is_closed) and not self.replaced_by

    @property
    def parts(self) -> list[EndedPart]:
        """The parts of it that ended."""
        one = self.follow_up
        by = (tuple(voices.split()) for voices in one.parts_by)
        return [*map(EndedPart, one.ended_for, one.ended_as, map(When, one.ended_on), by, one.parts_in)]

    @property
    def other_ends(self) -> list[OtherEnd]:
        """Its ends in the reports that differ from the one shown."""
        return ends_in(self.follow_up.other_ends)

    @property
    def every_owner(self) -> Slugs:
        """The owners, with those whose part ended."""
        return tuple(dict.fromkeys((*self.follow_up.ended_for, *self.follow_up.owners)))

    @property
    def told(self) -> str:
        """The task with the parts of it that ended, whether it was only promised and whose account it is.

        It is marked if something in it is inferred.
        """
        return self._told(self.follow_up.says)

    @property
    def clause(self) -> str:
        """The same, to be followed by other words: without a full stop."""
        return self._told(self.follow_up.says.rstrip("."))

    @property
    def bare_clause(self) -> str:
        """The same, for a sentence that says in its own words that it was agreed or promised."""
        return self._told(self.follow_up.says.rstrip("."), how="agreed")

    def _told(self, says: str, how: str = "") -> str:
        promised = "promised" if (how or self.follow_up.told_as) == "promised" else ""
        besides = "; ".join(filter(None, (", ".join(filter(None, (promised, self.account))), self.ended)))
        return marked(f"{says.rstrip('.')} ({besides})" if besides else says, self.follow_up.inferred)

    @property
    def left(self) -> str:
        """The timing as people read it: `due`, `done late`, `replaced by new-plan`."""
        one = self.follow_up
        timing = one.status if one.is_closed else self.timing
        return outcome(timing, one.closed_on, one.due, self.replacement or self.replaced_by, self.other_ends)


def standing_in_words(one: FollowUpOnTheDay) -> str:
    """How a follow-up stands: `in force, due 5 June 2025`; `done late on 5 June 2025, according to Ukraine`."""
    if one.is_open and not one.alone:
        timing = {"no date": "no due date", "due": due_in_words(one.follow_up.due)}.get(one.timing, one.timing)
        return f"{'in force' if one.follow_up.told_as == 'agreed' else 'open'}, {timing}"
    return f"{one.left} {one.ended_on.clause() if one.ended_on else ''}".rstrip() + one.ended_by


def ends_in(texts: Iterable[str]) -> list[OtherEnd]:
    """The ends in texts such as `lapsed 2025-06-10 us`."""
    ends = (text.split() for text in texts)
    return [OtherEnd(how, When("" if on == "-" else on), tuple(by)) for how, on, *by in ends]


def outcome(timing: str, closed_on: When, due: When, replaced_by: str = "", others: Sequence[OtherEnd] = ()) -> str:
    """How a follow-up stands or ended, as people read it: `done late` if it was surely done after it was due.

    It is contested if others report another outcome, or that it was done in time.
    """
    late = _late(timing, closed_on, due, others)
    told = "done late" if timing == "done" and all(late) else by_another(timing, replaced_by)
    differs = any(one.outcome != timing for one in others) or len({*late}) > 1
    return f"{told} (contested)" if differs else told


def also_ended(ends: Iterable[OtherEnd], name_of: Callable[[str], str]) -> str:
    """`; lapsed on 10 June 2025, according to the United States`: the ends in the reports that differ."""
    return "".join(
        f"; {one.outcome}{f' {one.on.clause()}' if one.on else ''}{by_voices(one.by, name_of)}" for one in ends
    )


def by_voices(voices: Iterable[str], name_of: Callable[[str], str]) -> str:
    """`, according to Viet Nam and Canada`; "" if there are none."""
    names = listed(map(name_of, voices))
    return f", according to {names}" if names else ""


def timed(
    follow_up: FollowUp,
    day: str,
    replaced_by: str = "",
    name_of: Callable[[str], str] = str,
    side: str = "",
    ended_by: Slugs = (),
    ended_until: str = "",
) -> FollowUpOnTheDay:
    """The follow-up with its timing on the day; one that is open, or standing, may have been replaced.

    `side` is the party whose account alone reports the agreement; somebody who told of it counts before it. `ended_by`
    are those who say that it ended, if its owners do not and no source does so as nobody's account. It had ended by
    the day (ISO) `ended_until`.
    """
    if replaced_by and not follow_up.is_closed:
        found = FollowUpOnTheDay(follow_up, "replaced", (), replaced_by)
    else:
        lacks = [] if follow_up.owners else ["owner"]
        if not follow_up.due and follow_up.status == "open":
            lacks.append("date")
        late = _is_late(follow_up)
        timing = f"{timing_of(follow_up, day)}{' late' if late else ''}"
        found = FollowUpOnTheDay(follow_up, timing, tuple(lacks), late=late)
    teller = follow_up.reported_by or side
    if teller and follow_up.owners != (follow_up.reported_by,):  # else its only owner told of it
        found = found._replace(account=f"as told by {name_of(teller)}")
    if follow_up.is_closed:
        told_by = by_voices(follow_up.closed_by or ended_by, name_of) + (" alone" if ended_by else "")
        told_by += also_ended(found.other_ends, name_of)
        ended_on = reported(follow_up.closed_on, ended_until)
        return found._replace(ended_by=told_by, alone=bool(ended_by), ended_on=ended_on)
    return found._replace(ended="; ".join(_part(one, follow_up.agreed_in, name_of) for one in found.parts))


def _part(one: EndedPart, agreed_in: Slugs, name_of: Callable[[str], str]) -> str:
    """How an owner's part ended, and according to whom; in which source, if that does not report the agreement."""
    ended = f"{' '.join(filter(None, (one.outcome, one.on.brief())))} for {name_of(one.owner)}"
    return f"{ended}{by_voices(one.by, name_of)}{f', in {one.source}' if one.source not in ('', *agreed_in) else ''}"


def _is_late(one: FollowUp) -> bool:
    """Whether all reports say that it was done after it was due."""
    return one.status == "done" and all(_late(one.status, one.closed_on, one.due, ends_in(one.other_ends)))


def _late(outcome: str, closed_on: When, due: When, others: Iterable[OtherEnd]) -> list[bool]:
    """By each report of this outcome, whether it surely came after the due date."""
    return [surely_late(on, due) for on in (closed_on, *(one.on for one in others if one.outcome == outcome))]


def timing_of(one: FollowUp | Task, day: str) -> str:
    """Whether it is past due (no report says that it was done), possibly past due, due, undated; else its status."""
    if one.status != "open":
        return one.status
    due, today = one.due, date.fromisoformat(day)
    if not due:
        return "no date"
    if due.latest is None:
        return "open"  # "soon" has no end: never due
    if due.latest < today:
        return "past due" if surely_over(due, today) else "possibly past due"
    # A date without a first day ("before 1 August"), or within some days, can be met until its last day.
    begun = due.earliest is not None and due.earliest < today and not one.within
    return "possibly past due" if begun else "due"


_URGENCY = ("past due", "possibly past due", "due", "open", "no date", "standing")


def most_urgent_first(follow_ups: Iterable[FollowUpOnTheDay]) -> list[FollowUpOnTheDay]:
    """The follow-ups, with those past due first, by due date, and the closed ones last."""

    def urgency(one: FollowUpOnTheDay) -> tuple[int, str, str]:
        rank = _URGENCY.index(one.timing) if one.timing in _URGENCY else len(_URGENCY)
        latest = one.follow_up.due.latest
        return rank, latest.isoformat() if latest else "9999", one.follow_up.slug

    return sorted(follow_ups, key=urgency)
