"""The issues of a brief: each with its status and the last word on it, also where nothing was asked."""

from ledger import Clocks, Ledger
from ledger.queries.brief.writer import brief
from tests.examples import file

REPROACH = "  - {statement: reproach, by: vn, act: criticised, issues: export-controls, says: It undermined the talks.,"
ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: rules-of-origin, says: Share them., on: 2025-05-01,"
    " quote: share them}\n"
)


def issues(ledger: Ledger) -> list[str]:
    found = brief(ledger.views(Clocks(as_of="2025-06-30")))
    lines = next(one.lines for one in found.sections if one.title == "Issues")
    return ["".join(run.words for run in line.runs) for line in lines]


def test_an_issue_that_is_disputed_and_not_asked_about_is_told_with_its_last_word(ledger: Ledger) -> None:
    file(ledger, f"{REPROACH} on: 2025-05-02, quote: undermined}}\n{ASKED}")
    assert issues(ledger) == [
        "Export controls on advanced technology: noted."
        " Last word: Viet Nam criticised on 2 May 2025: It undermined the talks.",
        "Open, with the last word among the unanswered asks (1): Rules of origin.",
    ]


def test_a_word_that_no_date_makes_the_last_is_among_the_last(ledger: Ledger) -> None:
    other = REPROACH.replace("reproach", "reply").replace("by: vn", "by: us")
    file(ledger, f"{REPROACH} on: 2025-05-02, quote: undermined}}\n{other} quote: undermined it}}\n")
    first, named = issues(ledger)
    assert "noted. Among the last words: United States criticised on or before 22 May 2025: " in first
    assert named == "Named, without a statement on it (1): Rules of origin."
