"""The status on a given day: a follow-up may be past due, a meeting unconfirmed, superseded or next, an ask waiting.

States come from events, but a follow-up becomes past due merely because time passes. So the status is not stored: pure
functions compute it from a state and a day when a question is asked.
"""

from ledger.views.status.asks import (
    AskOnTheDay,
    AskStatement,
    Deferral,
    awaited,
    in_full,
    longest_first,
    standing_of,
    standing_of_ask,
    waiting,
)
from ledger.views.status.deadlines import NEAR, DeadlineOnTheDay, by_another, nearest_first, on_the_day
from ledger.views.status.follow_ups import FollowUpOnTheDay, most_urgent_first, outcome, timed, timing_of
from ledger.views.status.meetings import (
    AHEAD,
    EXPECTED,
    UNDER_WAY,
    MeetingOnTheDay,
    NextMeeting,
    expected_after,
    guessed,
    in_words,
    judged,
    last_held,
    last_lapsed,
    next_of_kind,
    superseding,
    surely_last,
    title_of,
    told,
    undated,
    when_expected,
)
from ledger.views.status.people import left_of, posts_of, until_of

__all__ = [
    "AHEAD",
    "EXPECTED",
    "NEAR",
    "UNDER_WAY",
    "AskOnTheDay",
    "AskStatement",
    "DeadlineOnTheDay",
    "Deferral",
    "FollowUpOnTheDay",
    "MeetingOnTheDay",
    "NextMeeting",
    "awaited",
    "by_another",
    "expected_after",
    "guessed",
    "in_full",
    "in_words",
    "judged",
    "last_held",
    "last_lapsed",
    "left_of",
    "longest_first",
    "most_urgent_first",
    "nearest_first",
    "next_of_kind",
    "on_the_day",
    "outcome",
    "posts_of",
    "standing_of",
    "standing_of_ask",
    "superseding",
    "surely_last",
    "timed",
    "timing_of",
    "title_of",
    "told",
    "undated",
    "until_of",
    "waiting",
    "when_expected",
]
