"""Dates that lie ahead and may move: the expectations of a meeting, and the dates of a deadline.

The latest date counts. Dates of one day that cannot all be true are contested.
"""

from collections.abc import Sequence
from itertools import groupby

from ledger.dates import When, as_limit, covers
from ledger.domain.events import UNKNOWN, DeadlineEnded, DeadlineSet, Event, MeetingAnnounced, MeetingCalledOff
from ledger.domain.folds.merging import Weighed
from ledger.domain.kinds import Span
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest, Forecast

# The events that give such a date, each with the name of its field.
DATE_OF: dict[type[Event], str] = {MeetingAnnounced: "expected", DeadlineSet: "due"}
ENDS = (MeetingCalledOff, DeadlineEnded)


def forecasts(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """Every date of a meeting or deadline, each valid while it was the latest."""
    voiced = [account for account in accounts if type(account.event) in DATE_OF]
    superseded = [account.day for account in voiced[1:]] + [""]
    return [
        Span(_forecast(slug, nth, account), account.day, end)
        for nth, (account, end) in enumerate(zip(voiced, superseded, strict=False), start=1)
    ]


def _forecast(slug: str, nth: int, account: Account) -> Forecast:
    event = account.event
    return Forecast(slug, nth, _date(event), event.on, event.by, event.at, account.source, account.position)


def latest(kind: str, slug: str, known: Sequence[Account], settled: Settled) -> tuple[When, list[Contest]]:
    """The date and its contest: the latest date, unless an earlier, more precise one is compatible with it.

    "In June" after "early June" does not replace it, unless early June has passed, the meeting was called off or the
    deadline ended. A deadline "by 14 April" does replace an earlier one of 10 March.
    """
    date, contests, ended = UNKNOWN, list[Contest](), False
    for day, of_day in groupby(known, key=lambda account: account.day):
        accounts = [*of_day]
        voiced = [account for account in accounts if type(account.event) in DATE_OF]
        if voiced:
            weighed = Weighed(kind, slug, voiced, settled)
            newest = weighed.of(DATE_OF[type(voiced[0].event)], UNKNOWN)
            passed = date.latest is not None and date.latest.isoformat() < day
            of_deadline = isinstance(voiced[0].event, DeadlineSet)
            wider = covers(as_limit(newest), as_limit(date)) if of_deadline else covers(newest, date)
            if ended or passed or newest.edtf == date.edtf or not (date and wider):
                date, contests, ended = newest, weighed.contests, False
        ended = ended or any(isinstance(account.event, ENDS) for account in accounts)
    return date, contests


def giving(date: When, accounts: Sequence[Account]) -> Account | None:
    """The last account that gives this date; None if there is none."""
    return next((one for one in reversed(accounts) if type(one.event) in DATE_OF and _date(one.event) == date), None)


def _date(event: Event) -> When:
    when: When = getattr(event, DATE_OF[type(event)])
    return when
