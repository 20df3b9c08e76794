"""The state of a negotiation on a day says "open" of a matter only as surely as the dates of its reports allow."""

import pytest

from ledger import create_ledger
from ledger.views.status import standing_of, standing_of_ask
from tests import examples
from tests.examples import as_of

FIRST = """
  - statement: vn-asks
    by: vn
    to: us
    act: asked
    issues: export-controls
    on: 2025-03-04
    quote: asked for licences
  - statement: us-answers
    by: us
    to: vn
    act: {act}
    issues: export-controls
    on: 2025-03-05
    quote: will come back to them
"""
AGAIN = """
  - statement: vn-asks-again
    by: vn
    to: us
    act: asked
    issues: export-controls
    {on}
    quote: has asked for licences
"""


@pytest.fixture
def told(tmp_path):
    """The status of the issue and of the ask after an answer, and a request reported later with some date."""

    def tell(act: str, on: str) -> tuple[str, ...]:
        ledger = create_ledger(tmp_path / "ledger.db")
        ledger.import_files([examples.write(ledger, examples.WHO, "who.yaml")])
        examples.file(ledger, FIRST.format(act=act).lstrip("\n"), slug="first", published="2025-03-06")
        examples.file(ledger, AGAIN.format(on=on).lstrip("\n"), slug="later", published="2025-04-10")
        views = ledger.views(as_of("2025-04-15"))
        (issue,) = (one for one in views.issues() if one.slug == "export-controls")
        (one,) = views.state().asks
        return standing_of(issue), standing_of_ask(one.ask), one.waited, one.last

    return tell


@pytest.mark.parametrize("on", ["on: unknown", "on: since March 2025", 'on: "[..2025-04-01]"'])
@pytest.mark.parametrize(("act", "status"), [("deferred", "deferred"), ("refused", "answered"), ("accepted", "agreed")])
def test_what_may_have_been_asked_before_the_answer_is_open_unless_it_was(told, act, status, on):
    issue, ask, waited, last = told(act, on)
    assert last == ""  # the request is told alone, with its own day
    assert issue == ask == f"open, unless {status}"
    assert waited.startswith("at least ") and waited.endswith(f" days, unless {status}")


def test_what_was_certainly_asked_after_the_answer_is_open(told):
    assert told("deferred", "on: 2025-04-02") == ("open", "open", "13 days", "")
