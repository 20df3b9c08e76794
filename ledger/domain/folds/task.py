"""The task fold: a task of the keeper's own side is open until the keeper says that it was done."""

from collections.abc import Sequence

from ledger.domain.events import UNKNOWN, TaskDone, TaskNoted
from ledger.domain.folds.merging import within
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Task


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a task, from its accounts in order of occurrence; the last account that notes it counts."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, [one for one in accounts if one.day <= day])) for day in days)


def _as_of(slug: str, known: Sequence[Account]) -> Task | None:
    noting = [account for account in known if isinstance(account.event, TaskNoted)]
    done = [account.event for account in known if isinstance(account.event, TaskDone)]
    if not noting:
        return None
    task = noting[-1].event
    status, on = ("done", done[-1].on) if done else ("open", UNKNOWN)
    return Task(slug, task.says, task.assignee, task.due, task.waits_on, status, on, within(task.due, noting[-1:]))
