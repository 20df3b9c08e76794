"""A small ledger of talks between three parties, and reports of them in the fewest words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger import Ledger
from ledger.domain.states import Issue
from ledger.views.views import Views
from tests import laws
from tests.laws import NAMES, Fields, Report, Story

DAY = "2025-07-01"


def paper(slug: str, *entries: Fields, published: str = "2025-05-20", **fields: Any) -> Report:
    """The report of one source."""
    return Report({"slug": slug, "title": f"What {slug} reports", "published": published, **fields}, entries)


def said(
    slug: str,
    act: str = "asked",
    on: str = "2025-05-01",
    issues: tuple[str, ...] = ("tariffs",),
    by: str = "us",
    **fields: Any,
) -> Fields:
    """One statement."""
    return {"statement": slug, "by": [by], "act": act, "on": on, "issues": [*issues], "says": "So.", **fields}


ROUND = {"meeting": "round-1", "kind": "round", "held": "2025-05-19/2025-05-22", "place": "Hanoi"}
TASK = {"follow-up": "task-1", "says": "Send the list.", "owners": ["vn"], "due": "2025-06-03", "on": "2025-05-22"}
FIRST = paper("paper-a", said("said-1"), said("said-2", "refused", "2025-05-05", by="vn"), ROUND, TASK)


@contextmanager
def talks() -> Iterator[Ledger]:
    """A ledger with the names and the first report."""
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (FIRST,), ()))
        yield ledger


def file_also(ledger: Ledger, *reports: Report) -> None:
    """File more reports, all of which the rules allow."""
    for report in reports:
        assert laws.file_report(ledger, report) == report


def issue(views: Views, slug: str = "tariffs") -> Issue:
    """Where one issue stands."""
    return next(one for one in views.issues() if one.slug == slug)
