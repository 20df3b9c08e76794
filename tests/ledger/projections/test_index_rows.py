"""The rows that are not states: names, events, quotations, and words for searching."""

import pytest

from ledger import Clocks
from ledger.views.rows import LABEL
from tests.laws import NEGOTIATION, Projection
from tests.talks import file_also, paper, said, talks

FOUND = "FROM search JOIN reports ON position = search.rowid WHERE search MATCH"


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
    assert query(ledger, "SELECT COUNT(*) FROM reports WHERE slug = 'said-1'") == [(0,)]


def test_the_words_of_a_statement_are_not_stored_again_as_its_label(ledger):
    assert query(ledger, "SELECT label FROM entries WHERE slug = 'said-3'") == [(None,)]
    assert query(ledger, f"SELECT {LABEL} FROM entries WHERE slug = 'said-3'") == [("Zölle müssen weg.",)]


def test_a_retracted_statement_and_one_reported_in_other_words_keep_their_label(ledger):
    file_also(ledger, paper("paper-c", said("said-3", by="us/ann-lee", says="Die Zölle müssen weg.")))
    ledger.retract("said-1", "Never said.", negotiation=NEGOTIATION)
    views = Projection(ledger).rebuild().asked("2025-05-03")
    assert (views.entry("said-1").label, views.entry("said-3").label) == ("So.", "Die Zölle müssen weg.")
    then = Projection(ledger).replay(Clocks(as_of="2025-05-03")).asked("2025-05-03")
    assert then.entry("said-3").label == "Die Zölle müssen weg."


def test_words_are_found_in_any_spelling_and_kept_as_written(ledger):
    found = query(ledger, f"SELECT slug, passages {FOUND} 'folded: zolle'")
    assert [slug for slug, _ in found] == ["said-3"]
    assert "Zölle müssen weg." in found[0][1]


def test_a_statement_is_found_by_the_person_who_made_it(ledger):
    found = query(ledger, f"SELECT slug {FOUND} 'tags: \"ann lee\"' AND kind = 'statement'")
    assert found == [("said-3",)]


def test_words_that_were_corrected_are_not_found(ledger):
    ledger.correct("said-3", {"says": "Nothing."}, "Misheard.", negotiation=NEGOTIATION)
    assert query(ledger, f"SELECT slug {FOUND} 'folded: zolle'") == []


def test_a_quotation_has_a_row_for_each_report_that_stands(ledger):
    assert query(ledger, "SELECT slug, words, verified FROM evidence") == [("said-3", "weg", 0)]
    ledger.retract("said-3", "Never said.", negotiation=NEGOTIATION)
    assert query(ledger, "SELECT slug FROM evidence") == []


def test_as_of_a_day_later_events_have_no_row(ledger):
    slugs = query(ledger, "SELECT slug FROM log WHERE kind = 'statement'", Clocks(as_of="2025-05-03"))
    assert {slug for (slug,) in slugs} == {"said-1", "said-3"}
