"""The meeting fold: a meeting is announced, in progress, held or called off, with every expectation so far.

The report of a meeting of several days takes effect when the meeting began (in progress) and again when it ended
(held). A meeting that was called off and is announced again is announced.
"""

from collections.abc import Sequence

from ledger.domain.events import UNKNOWN, MeetingAnnounced, MeetingCalledOff, MeetingReported
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account
from ledger.domain.states import Forecast, Meeting, Span, spans


def fold(slug: str, accounts: Sequence[Account], settled: dict[str, int]) -> list[Span]:
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


def _as_of(
    slug: str, accounts: Sequence[Account], settled: dict[str, int], day: str
) -> tuple[Meeting, tuple[object, ...]]:
    known = [account for account in accounts if account.day <= day]
    announced = [account for account in known if isinstance(account.event, MeetingAnnounced)]
    weighed = Weighed("meeting", slug, known, settled)
    latest = [account for account in announced if account.day == announced[-1].day]
    announcement = weighed.among(latest)
    people = _people(known)
    return (
        Meeting(
            slug=slug,
            kind=weighed.of("kind", ""),
            number=weighed.of("number", None),
            status=_status(known, day),
            expected=announcement.of("expected", UNKNOWN),
            expected_on=announcement.of("on", UNKNOWN, told_as="expected_on"),
            expected_by=latest[-1].event.by if latest else (),
            expected_source=latest[-1].source if latest else "",
            expectations=len(announced),
            held=weighed.of("held", UNKNOWN),
            place=weighed.of("place", ""),
            format=weighed.of("format", ""),
            parties=weighed.union("parties"),
            people=tuple(people),
            titles=tuple(people.values()),
            issues=weighed.union("issues"),
            reason=weighed.of("reason", ""),
            sources=weighed.sources(),
        ),
        tuple(weighed.contests),
    )


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
