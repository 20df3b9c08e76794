"""The status of a negotiation on a day, as one value."""

from typing import NamedTuple

from ledger.domain.states import Contest, Issue
from ledger.views.conditions import ConditionOnTheDay
from ledger.views.rows import Entry
from ledger.views.status import AskOnTheDay, DeadlineOnTheDay, Deferral, FollowUpOnTheDay, MeetingOnTheDay, NextMeeting


class State(NamedTuple):
    """The status of the negotiation on a day, for one page.

    `entries` is the number of all entries by the day, and `undated` the number of those without a date. Those among
    `last_entries` come after the others.
    """

    negotiation: str
    title: str
    notice: str
    day: str
    deadlines: list[DeadlineOnTheDay]
    next_round: NextMeeting
    other_meetings: list[MeetingOnTheDay]
    unresolved: list[Issue]
    asks: list[AskOnTheDay]
    deferred: list[Deferral]
    conditions: list[ConditionOnTheDay]
    follow_ups: list[FollowUpOnTheDay]
    contested: list[Contest]
    last_entries: list[Entry]
    entries: int
    undated: int
