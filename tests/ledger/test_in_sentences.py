"""A party may have a form of its name for sentences, "the Sea States": from the entry file to every sentence."""

import json

import pytest

from ledger import Ledger
from ledger.export.as_json import in_json
from ledger.queries import entry
from ledger.queries.diff import diff
from ledger.queries.gaps import gaps
from tests.examples import as_of, file

NAMED = """
  - party: sea
    name: Sea States
    in-sentences: the Sea States
  - party: isle
    name: Isle
  - issue: fish
    title: Fish
  - statement: sea-asks
    by: sea
    to: isle
    act: asked
    issues: fish
    on: 2025-05-20
    says: Share the catch.
    quote: share the catch
  - statement: isle-asks
    by: isle
    to: sea
    act: asked
    issues: fish
    on: 2025-05-21
    says: Share the fuel.
    quote: share the fuel
"""


@pytest.fixture
def named(ledger: Ledger) -> Ledger:
    file(ledger, NAMED)
    return ledger


def said(ledger: Ledger) -> list[str]:
    return [one.sentence for one in ledger.views().timeline()]


def test_sentences_name_a_party_by_its_form_with_a_capital_where_they_begin_with_it(named: Ledger):
    assert said(named) == ["The Sea States asked Isle: Share the catch.", "Isle asked the Sea States: Share the fuel."]


def test_what_was_recorded_is_told_so_when_it_is_recorded(named: Ledger):
    fields = {"by": "sea", "to": "isle", "act": "asked", "issues": "fish", "says": "Share the fuel."}
    filed = named.append("statement", "sea-asks-again", fields, note="By phone.")
    assert filed.sentences[-1] == "The Sea States asked Isle: Share the fuel."


def test_other_sentences_use_it_too(named: Ledger):
    before, after = named.views(as_of("2025-05-01")), named.views(as_of("2025-06-01"))
    assert [one.says for one in diff(before, after, ("ask",))] == [
        "Isle asked the Sea States on 21 May 2025: Fish: Share the fuel",
        "The Sea States asked Isle on 20 May 2025: Fish: Share the catch",
    ]
    assert [one.says for one in gaps(after, kind="unanswered")] == [
        "Fish: the Sea States asked Isle; no answer on record since 20 May 2025",
        "Fish: Isle asked the Sea States; no answer on record since 21 May 2025",
    ]


def test_a_name_by_itself_stays_the_name(named: Ledger):
    views = named.views()
    assert [views.name_of(party) for party in ("sea", "isle")] == ["Sea States", "Isle"]
    assert [views.in_sentence(party) for party in ("sea", "isle", "nobody")] == ["the Sea States", "Isle", "nobody"]


def test_it_is_shown_and_in_json(named: Ledger):
    shown = json.loads(in_json(entry.show(named.views(), "sea")))
    assert (shown["state"]["name"], shown["state"]["in_sentences"]) == ("Sea States", "the Sea States")


def test_it_can_be_corrected_which_changes_every_sentence(named: Ledger):
    named.correct("sea", {"in-sentences": "the States of the Sea"}, "their own usage")
    assert said(named)[0] == "The States of the Sea asked Isle: Share the catch."
