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
    """Every date of a meeting or deadline, each valid while it was the latest.

    A date that a report names only as given up (`instead_of`) comes before the one in its place.
    """
    found: list[tuple[str, Forecast]] = []
    for account in _in_order(accounts):
        event, before = account.event, _given_up(account)
        if before and before.edtf not in {one.expected.edtf for _, one in found}:
            of_that = UNKNOWN, (), "", account.source, account.position, "", event.reported_by
            found.append((account.day, Forecast(slug, 0, before, *of_that)))
        of_it = event.on, event.by, event.at, account.source, account.position, getattr(event, "reason", "")
        teller = event.reported_by if event.by != (event.reported_by,) else ""  # who told of it, besides saying it
        found.append((account.day, Forecast(slug, 0, _date(event), *of_it, teller)))
    ends = [day for day, _ in found[1:]] + [""]
    return [
        Span(one._replace(nth=nth), day, end)
        for nth, ((day, one), end) in enumerate(zip(found, ends, strict=False), start=1)
    ]


def _in_order(accounts: Sequence[Account]) -> list[Account]:
    """The accounts that give a date, without those whose date was given up by then, by their source or on their day."""
    voiced = [account for account in accounts if type(account.event) in DATE_OF]
    gone: dict[tuple[str, str], str] = {}
    for one in voiced:
        if before := _given_up(one):
            for of in (one.day, one.source):
                gone.setdefault((of, before.edtf), one.day)
    if not gone:
        return voiced
    return [
        one
        for one in voiced
        if not any(gone.get((of, _date(one.event).edtf), "9999") <= one.day for of in (one.day, one.source))
    ]


def _superseded(accounts: Sequence[Account]) -> set[int]:
    """The versions of the accounts without a day that one of the same source, said on the day they count, supersedes.

    What a report says without a day was said by the day on which it was published; so it is the earlier date.
    """
    said_then = {(one.source, one.day) for one in accounts if one.event.on and one.event.on.edtf == one.day}
    return {one.version for one in accounts if not one.event.on and (one.source, one.day) in said_then}


def _given_up(account: Account) -> When:
    """The earlier date that a report says was given up; unknown if there is none."""
    when: When = getattr(account.event, "instead_of", UNKNOWN)
    return when


def latest(kind: str, slug: str, known: Sequence[Account], settled: Settled) -> tuple[When, list[Contest]]:
    """The date and its contest: the latest date, unless an earlier, more precise one is compatible with it.

    "In June" after "early June" does not replace it, unless early June has passed, the meeting was called off or the
    deadline ended. A deadline "by 14 April" does replace an earlier one of 10 March, and a date replaces one that its
    report says was given up. A report that says nothing of the date withdraws no words, such as "at a later date".
    """
    date, contests, ended = UNKNOWN, list[Contest](), False
    in_order = _in_order(known)
    counting = {account.version for account in in_order} - _superseded(in_order)
    for day, of_day in groupby(known, key=lambda account: account.day):
        accounts = [*of_day]
        voiced = [account for account in accounts if account.version in counting]
        gone = {_given_up(one).edtf for one in voiced} - {""}
        if voiced:
            weighed = Weighed(kind, slug, voiced, settled)
            newest = weighed.of(DATE_OF[type(voiced[0].event)], UNKNOWN)
            passed = date.latest is not None and date.latest.isoformat() < day
            of_deadline = isinstance(voiced[0].event, DeadlineSet)
            wider = covers(as_limit(newest), as_limit(date)) if of_deadline else covers(newest, date)
            silent = newest == UNKNOWN and date.edtf not in gone
            other = newest.edtf == date.edtf or date.edtf in gone or not (date and wider)
            if ended or passed or (other and not silent):
                date, contests, ended = newest, weighed.contests, False
        ended = ended or any(isinstance(account.event, ENDS) for account in accounts)
    return date, contests


def giving(date: When, accounts: Sequence[Account]) -> Account | None:
    """The last account that gives this date; None if there is none."""
    return next((one for one in reversed(accounts) if type(one.event) in DATE_OF and _date(one.event) == date), None)


def _date(event: Event) -> When:
    when: When = getattr(event, DATE_OF[type(event)])
    return when
