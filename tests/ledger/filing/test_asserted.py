"""The answer that an assertion gives: a status, a meeting, or the value of a figure."""

import pytest

from ledger import Clocks
from ledger.errors import ProblemsFound
from tests.examples import NEGOTIATION, file, write
from tests.ledger.filing.test_figures import MEASURES, statement


@pytest.fixture
def talks(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    file(ledger, statement("{chapters-closed: 10 of 20}"), language="en")
    return ledger


def asserted(ledger, value: str, **more: str) -> list[str]:
    fields = {"question": "figure", "about": "Chapters closed", "is": value, **more}
    ledger.append("assertion", "a", fields, negotiation=NEGOTIATION)
    return [one.says for one in ledger.check(Clocks()).problems if one.kind == "assertion"]


def test_a_value_is_asserted_in_any_words_for_it(talks):
    assert asserted(talks, "ten of the 20 chapters") == []


def test_another_value_fails_with_the_one_that_there_is(talks):
    (problem,) = asserted(talks, "11")
    assert "the figure chapters-closed must be 11 of 20 chapters; it is 10 of 20 chapters" in problem


def test_no_value_on_an_earlier_day(talks):
    assert asserted(talks, "none", **{"as-of": "2025-05-01"}) == []


def test_a_value_that_is_no_number_is_refused(talks):
    with pytest.raises(ProblemsFound, match="is not understood"):
        asserted(talks, "most of them")


def test_a_status_is_one_of_its_question(talks):
    with pytest.raises(ProblemsFound, match="settled"):
        talks.append("assertion", "b", {"question": "issue", "about": "rules-of-origin", "is": "setled"},
                     negotiation=NEGOTIATION)  # fmt: skip
