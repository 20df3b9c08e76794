"""The deadline fold: a deadline is open until somebody reports that it was met, missed or lifted.

A later report with another date moves it. One that is set again on a day after its end is open again.
"""

from collections.abc import Sequence
from itertools import groupby

from ledger.dates import surely_after
from ledger.domain.events import UNKNOWN, DeadlineEnded, DeadlineSet
from ledger.domain.folds import forecast
from ledger.domain.folds.merging import Folded, Weighed, latest, within
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Deadline


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The deadline with its contests, as spans, from its accounts in order of occurrence."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, accounts, settled, day)) for day in days)


def _as_of(slug: str, accounts: Sequence[Account], settled: Settled, day: str) -> Folded | None:
    known = [account for account in accounts if account.day <= day]
    given = [account for account in known if isinstance(account.event, DeadlineSet)]
    if not given:
        return None
    weighed = Weighed("deadline", slug, known, settled)
    due, contests = forecast.latest("deadline", slug, known, settled)
    weighed.contests += contests
    by_day = [weighed.among([*of_day]) for _, of_day in groupby(given, key=lambda account: account.day)]
    setting = (forecast.giving(due, given) or given[-1]).event
    ended = [account for account in known if isinstance(account.event, DeadlineEnded)]
    ending = weighed.among(
        [one for one in ended if not any(surely_after(earlier.event.on, one.event.on) for earlier in given)]
    )
    return Folded(
        Deadline(
            slug=slug,
            says=latest(by_day, "says", ""),
            due=due,
            basis=latest(by_day, "basis", ""),
            owners=latest(by_day, "owners", ()),
            issues=weighed.union("issues"),
            set_on=setting.on,
            set_by=setting.by,
            at=setting.at,
            dates=len(given),
            status=ending.of("outcome", "") or "open",
            ended_on=ending.of("on", UNKNOWN, told_as="ended_on"),
            ended_by=ending.of("by", (), told_as="ended_by"),
            sources=weighed.sources(),
            inferred=weighed.inferred(),
            within=within(due, given),
            reported_by=setting.reported_by,
        ),
        tuple(weighed.contests),
    )
