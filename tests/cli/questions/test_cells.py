"""The cells of lists: no date is sharper than its report, and the only request is not called the last."""

import pytest

from cli.questions import cells
from ledger.dates import When
from tests.talks import file_also, issue, paper, said, talks


@pytest.mark.parametrize(
    ("when", "cell"),
    [
        (When(), ""),
        (When("2025-05-22"), "2025-05-22"),
        (When("2025-05-22", "Thursday"), "2025-05-22"),
        (When("[..2025-06-03]", "before June 4"), '"before June 4" (on or before 3 June 2025)'),
    ],
)
def test_a_date_is_an_exact_day_or_words(when: When, cell: str) -> None:
    assert cells.date_cell(when) == cell
    assert cells.date_cell(when, limit=True) == cell.replace("on or before", "by")


def test_the_latest_day_on_which_an_issue_was_raised_is_the_last_one_by_its_date() -> None:
    with talks() as ledger:
        assert cells.raised(issue(ledger.views())) == "2025-05-01"
        file_also(ledger, paper("paper-b", said("said-3", on="2025-06-02"), published="2025-06-03"))
        assert cells.raised(issue(ledger.views())) == "last 2025-06-02"
