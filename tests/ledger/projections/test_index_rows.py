"""The rows that are not states: names, events, quotations, and words for searching."""

import pytest

from ledger import Clocks
from tests.laws import NEGOTIATION, Projection
from tests.talks import file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        file_also(ledger, paper("paper-b", said("said-3", by="us/ann-lee", says="Zölle müssen weg.", quote=["weg"])))
        yield ledger


def query(ledger, sql, clocks=None):
    views = Projection(ledger).replay(clocks) if clocks else Projection(ledger).rebuild()
    return [tuple(row.values()) for row in views.db.query(sql)]


def test_every_event_has_a_row(ledger):
    positions = [row[0] for row in query(ledger, "SELECT position FROM log ORDER BY rowid")]
    assert positions == list(range(1, ledger.head().position + 1))


def test_a_sentence_is_stored_again_only_when_a_correction_changed_it(ledger):
    def sentences():
        return query(ledger, "SELECT as_it_stands FROM log WHERE slug = 'said-1' AND event = 'StatementReported'")

    assert sentences() == [(None,)]
    ledger.correct("said-1", {"says": "Otherwise."}, "Misheard.", negotiation=NEGOTIATION)
    [(as_it_stands,)] = sentences()
    assert "Otherwise." in as_it_stands


def test_a_retracted_entry_says_why_and_its_events_no_longer_stand(ledger):
    ledger.retract("said-1", "Never said.", negotiation=NEGOTIATION)
    assert query(ledger, "SELECT retracted FROM entries WHERE slug = 'said-1'") == [("Never said.",)]
    stands = query(ledger, "SELECT stands, takes_effect FROM log WHERE slug = 'said-1'")
    assert stands == [(0, ""), (0, "")]
    assert query(ledger, "SELECT COUNT(*) FROM search WHERE slug = 'said-1'") == [(0,)]


def test_words_are_found_in_any_spelling_and_kept_as_written(ledger):
    found = query(ledger, "SELECT slug, passages FROM search WHERE search MATCH 'folded: zolle'")
    assert [slug for slug, _ in found] == ["said-3"]
    assert "Zölle müssen weg." in found[0][1]


def test_a_statement_is_found_by_the_person_who_made_it(ledger):
    assert query(ledger, "SELECT slug FROM search WHERE search MATCH 'tags: \"ann lee\"' AND kind = 'statement'") == [
        ("said-3",)
    ]


def test_words_that_were_corrected_are_not_found(ledger):
    ledger.correct("said-3", {"says": "Nothing."}, "Misheard.", negotiation=NEGOTIATION)
    assert query(ledger, "SELECT slug FROM search WHERE search MATCH 'folded: zolle'") == []


def test_a_quotation_has_a_row_for_each_report_that_stands(ledger):
    assert query(ledger, "SELECT slug, words, verified FROM evidence") == [("said-3", "weg", 0)]
    ledger.retract("said-3", "Never said.", negotiation=NEGOTIATION)
    assert query(ledger, "SELECT slug FROM evidence") == []


def test_as_of_a_day_later_events_have_no_row(ledger):
    slugs = query(ledger, "SELECT slug FROM log WHERE kind = 'statement'", Clocks(as_of="2025-05-03"))
    assert {slug for (slug,) in slugs} == {"said-1", "said-3"}
