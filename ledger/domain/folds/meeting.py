"""The meeting fold: a meeting is announced, in progress, held or called off, with every expectation so far.

The report of a meeting of several days takes effect when the meeting began (in progress) and again when it ended
(held). A meeting that was called off and is announced again is announced.
"""

from collections.abc import Sequence
from itertools import groupby

from ledger.dates import When, covers
from ledger.domain.events import UNKNOWN, MeetingAnnounced, MeetingCalledOff, MeetingReported
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest, Forecast, Meeting, Span, spans


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of (meeting, contests), from the accounts of one meeting in order of occurrence."""
    days = {account.day for account in accounts} | {end for account in accounts if (end := ends(account))}
    return spans((day, _as_of(slug, accounts, settled, day)) for day in sorted(days))


def forecasts(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """The expectations of a meeting, each valid while it was the latest."""
    voiced = [account for account in accounts if isinstance(account.event, MeetingAnnounced)]
    superseded = [account.day for account in voiced[1:]] + [""]
    return [
        Span(_forecast(slug, nth, account), account.day, end)
        for nth, (account, end) in enumerate(zip(voiced, superseded, strict=False), start=1)
    ]


def _forecast(slug: str, nth: int, account: Account) -> Forecast:
    event = account.event
    return Forecast(slug, nth, event.expected, event.on, event.by, event.at, account.source, account.position)


def ends(account: Account) -> str:
    """The day by which the reported event had ended; "" for a meeting without a known end."""
    held = getattr(account.event, "held", UNKNOWN)
    if held.is_duration:
        return held.ends_by.isoformat() if held.ends_by is not None else ""
    return account.day


def _as_of(slug: str, accounts: Sequence[Account], settled: Settled, day: str) -> tuple[Meeting, tuple[object, ...]]:
    known = [account for account in accounts if account.day <= day]
    announced = [account for account in known if isinstance(account.event, MeetingAnnounced)]
    weighed = Weighed("meeting", slug, known, settled)
    expected, contests = _expected(slug, known, settled)
    weighed.contests += contests
    given = next((one for one in reversed(announced) if one.event.expected == expected), None)
    people = _people(known)
    return (
        Meeting(
            slug=slug,
            kind=weighed.of("kind", ""),
            number=weighed.of("number", None),
            status=_status(known, day),
            expected=expected,
            expected_on=given.event.on if given else UNKNOWN,
            expected_by=given.event.by if given else (),
            expected_source=given.source if given else "",
            expectations=len(announced),
            before=weighed.of("before", ""),
            held=weighed.of("held", UNKNOWN),
            place=weighed.of("place", ""),
            format=weighed.of("format", ""),
            parties=weighed.union("parties"),
            people=tuple(people),
            titles=tuple(people.values()),
            issues=weighed.union("issues"),
            reason=weighed.of("reason", ""),
            sources=weighed.sources(),
            inferred=weighed.inferred(),
        ),
        tuple(weighed.contests),
    )


def _expected(slug: str, known: Sequence[Account], settled: Settled) -> tuple[When, list[Contest]]:
    """The expected date and its contest: the latest date, unless an earlier, more precise one is compatible with it.

    "In June", said after "early June", does not replace it, unless early June has passed or the meeting was called off.
    """
    expected, contests, ended = UNKNOWN, list[Contest](), False
    for day, of_day in groupby(known, key=lambda account: account.day):
        accounts = [*of_day]
        voiced = [account for account in accounts if isinstance(account.event, MeetingAnnounced)]
        if voiced:
            weighed = Weighed("meeting", slug, voiced, settled)
            latest = weighed.of("expected", UNKNOWN)
            passed = expected.latest is not None and expected.latest.isoformat() < day
            if ended or passed or latest.edtf == expected.edtf or not (expected and covers(latest, expected)):
                expected, contests, ended = latest, weighed.contests, False
        ended = ended or any(isinstance(account.event, MeetingCalledOff) for account in accounts)
    return expected, contests


def _status(known: Sequence[Account], day: str) -> str:
    reports = [account for account in known if isinstance(account.event, MeetingReported)]
    if reports:
        return "held" if any("" < ends(account) <= day for account in reports) else "in progress"
    return "called off" if isinstance(known[-1].event, MeetingCalledOff) else "announced"


def _people(known: Sequence[Account]) -> dict[str, str]:
    """The participants, each with the title last reported."""
    people: dict[str, str] = {}
    for account in known:
        for attendee in getattr(account.event, "people", ()):
            people[attendee.who] = attendee.title or people.get(attendee.who, "")
    return people
