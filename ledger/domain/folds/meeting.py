"""The meeting fold: a meeting is announced or expected, in progress, held or called off, with every expectation.

The report of a meeting of several days takes effect when the meeting began (in progress), when it may have ended (in
progress or over) and when it had ended (held); a day counts to its end. Its figures count from when it ended. Once a
meeting is called off, earlier reports of it no longer count.
"""

from collections.abc import Sequence
from typing import Any

from ledger.dates import When, hull
from ledger.domain.events import UNKNOWN, MeetingAnnounced, MeetingCalledOff, MeetingReported
from ledger.domain.folds import forecast
from ledger.domain.folds.figures import given
from ledger.domain.folds.links import linked
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Meeting
from ledger.domain.vocabulary import ANNOUNCED, FORETOLD, OFF


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The meeting with its contests and figures, as spans, from its accounts in order of occurrence."""
    days = {account.day for account in accounts}
    days |= {end for account in accounts for end in (ends(account), _may_end(account)) if end > account.day}
    return spans((day, _as_of(slug, accounts, settled, day)) for day in sorted(days))


def ends(account: Account) -> str:
    """The day by which the reported event had ended; "" for a meeting without a known end."""
    held = getattr(account.event, "held", UNKNOWN)
    if held.is_duration:
        return held.ends_by.isoformat() if held.ends_by is not None else ""
    return account.day


def _may_end(account: Account) -> str:
    """The first day on which the reported event can have ended; the day from which it counts if it is on some day."""
    held = getattr(account.event, "held", UNKNOWN)
    first = held.ends[0] if held.is_duration else None
    return max(account.day, first.isoformat()) if first is not None else account.day


def _counts(account: Account) -> str:
    """The day from which the figures of a report count: that of its end, or of its start if no end is known."""
    return ends(account) or account.day


def _as_of(slug: str, accounts: Sequence[Account], settled: Settled, day: str) -> Folded:
    known = [account for account in accounts if account.day <= day]
    announced = [account for account in known if isinstance(account.event, MeetingAnnounced)]
    weighed = Weighed("meeting", slug, known, settled)
    expected, contests = forecast.latest("meeting", slug, known, settled)
    weighed.contests += contests
    latest = forecast.giving(expected, announced)
    people = _people(known)
    weighed.union("people")  # whose titles are merged above, to note which accounts name them
    weighed.rests_on("expected", [latest] if latest else [])
    told = [account for account in known if _counts(account) <= day]
    figures = weighed.among(told).of("figures", ())
    told_on = min((_counts(account) for account in told if getattr(account.event, "figures", ())), default=day)
    held, sources = weighed.of("held", UNKNOWN), weighed.sources()
    since = weighed.among(_since_called_off(known))
    dates = [when for one in known if (when := getattr(one.event, "held", UNKNOWN))]
    differ = any(one.field == "held" for one in weighed.contests)
    status = _status(known, day, dates if differ else [held])
    links, reports = linked(slug, announced), _of_status(known, status)
    teller = _teller(reports, held or expected)
    weighed.rests_on("status", reports)
    return Folded(
        Meeting(
            slug=slug,
            kind=weighed.of("kind", ""),
            number=weighed.of("number", None),
            status=status,
            expected=expected,
            expected_on=latest.event.on if latest else UNKNOWN,
            expected_by=latest.event.by if latest else (),
            expected_source=latest.source if latest else "",
            expectations=len(announced),
            before=weighed.of("before", ""),
            held=held,
            place=since.of("place", ""),
            format=since.of("format", ""),
            parties=weighed.union("parties"),
            people=tuple(people),
            titles=tuple(title for title, _ in people.values()),
            named_in=tuple(source for _, source in people.values()),
            issues=weighed.union("issues"),
            reason=_reason(weighed, reports, status, teller, latest),
            sources=sources,
            figures=tuple(map(str, figures)),
            links=tuple(map(str, links)),
            inferred=weighed.inferred(),
            told_as=_told_as(known),
            inferred_in=weighed.inferred_in(),
            status_in=_sources(reports, held or expected),
            held_within=hull(dates) if differ else UNKNOWN,
            reported_by=teller,
            told_when=_told_when(known, expected),
        ),
        tuple(weighed.contests),
        given(f"meeting/{slug}", figures, told, on=held, day=told_on),
        links,
    )


def _status(known: Sequence[Account], day: str, dates: Sequence[When]) -> str:
    """The status on a day of a meeting that was held on these dates, if a report says that it was held.

    Where reports differ on its dates, it had ended when it had according to all of them.
    """
    reports = [account for account in known if isinstance(account.event, MeetingReported)]
    if reports and all(held.is_duration for held in dates):
        ended = [("" if end is None else end.isoformat()) for held in dates for end in held.ends]
        if all("" < last <= day for last in ended[1::2]):
            return "held"
        return "in progress or over" if any("" < first <= day for first in ended[::2]) else "in progress"
    every = all if len(dates) > 1 else any
    if reports and every("" < ends(account) <= day for account in reports):
        return "held"
    if reports:
        return "in progress or over" if any(_may_end(account) <= day for account in reports) else "in progress"
    if isinstance(known[-1].event, MeetingCalledOff):
        return OFF[known[-1].event.told_as]
    return "announced" if _told_as(known) in ANNOUNCED else "expected"


def _reason(weighed: Weighed, reports: Sequence[Account], status: str, teller: str, latest: Account | None) -> str:
    """Why these reports say it was called off or, while it is expected, why it is on another date than before.

    `teller` is the voice that told of its status.
    """
    if status in OFF.values():
        return weighed.among(reports).every("reason", teller)
    return latest.event.reason if latest and status in ("announced", "expected") else ""


def _since_called_off(known: Sequence[Account]) -> Sequence[Account]:
    """The accounts since the meeting was last called off, if any announces or reports it again; else all of them."""
    off = [nth for nth, account in enumerate(known, 1) if isinstance(account.event, MeetingCalledOff)]
    return known[off[-1] :] or known if off else known


def _told_as(known: Sequence[Account]) -> str:
    """The most definite report of the meeting since it was last called off: agreed, announced or expected."""
    told = {account.event.told_as for account in _foretelling(known)}
    return next((word for word in FORETOLD if word in told), "")


def _foretelling(known: Sequence[Account]) -> list[Account]:
    """The announcements of the meeting since it was last called off."""
    off = [nth for nth, account in enumerate(known, 1) if isinstance(account.event, MeetingCalledOff)]
    return [account for account in known[max(off, default=0) :] if isinstance(account.event, MeetingAnnounced)]


def _told_when(known: Sequence[Account], expected: When) -> str:
    """What the last report that announced the meeting says of its date: `for June 2026, in daily`.

    It is "" if one of those that give the date has the same word, and if none is more than an expectation.
    """
    word, foretelling = _told_as(known), _foretelling(known)
    announcing = [account for account in foretelling if account.event.told_as == word]
    if word not in ANNOUNCED or any(_date(account.event).edtf == expected.edtf for account in announcing):
        return ""
    date = _date(announcing[-1].event)
    return f"{f'for {date.describe(limit=True)}' if date else 'without a date'}, in {announcing[-1].source}"


def _of_status(known: Sequence[Account], status: str) -> list[Account]:
    """The accounts that give a meeting its status: those of it, or of its end, or else the announcements of it."""
    since = [account for account in known if isinstance(account.event, MeetingAnnounced)]
    if status not in OFF.values():
        return [account for account in known if isinstance(account.event, MeetingReported)] or since
    off = [account for account in known if isinstance(account.event, MeetingCalledOff)]
    return [account for account in off if not since or account.order > since[-1].order] or off


def _sources(reports: Sequence[Account], date: When) -> tuple[str, ...]:
    """The sources of these accounts; at the end one that gives the date, or else the one published last."""
    last = sorted(reports, key=lambda one: (date in (_date(one.event), UNKNOWN), one.order[1:]))
    return tuple(dict.fromkeys(one.source for one in reversed(last)))[::-1]


def _teller(reports: Sequence[Account], date: When) -> str:
    """The last voice that told of the meeting with this date; "" if a source tells of it itself."""
    telling = [one for one in reports if _date(one.event) == date] or reports
    voices = [one.event.reported_by for one in telling]
    return voices[-1] if all(voices) else ""


def _date(event: Any) -> When:
    when: When = getattr(event, "held", UNKNOWN) or getattr(event, "expected", UNKNOWN)
    return when


def _people(known: Sequence[Account]) -> dict[str, tuple[str, str]]:
    """The participants, each with the title last reported and its source; without a title, the last to name them."""
    people: dict[str, tuple[str, str]] = {}
    for account in known:
        for attendee in getattr(account.event, "people", ()):
            if attendee.title or not people.get(attendee.who, ("", ""))[0]:
                people[attendee.who] = attendee.title, account.source
    return people
