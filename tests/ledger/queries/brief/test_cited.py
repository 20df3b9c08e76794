"""Lines with the numbers of their notes: one for each piece of evidence, none where there is none."""

from ledger import Clocks
from ledger.queries.brief import Run
from ledger.queries.brief.cited import CitedLines
from tests.examples import file

ENTRIES = """
  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift them., on: 2025-05-01,
     quote: lift them}
  - {statement: guessed, by: vn, to: us, act: asked, issues: export-controls, says: Wait., on: 2025-05-02,
     quote: wait, inferred: The report does not say who asked.}
"""


def cited(ledger):
    file(ledger, ENTRIES)
    return CitedLines(ledger.views(Clocks(as_of="2025-05-15")))


def test_lines_that_rest_on_one_entry_share_a_note_and_notes_are_numbered_as_they_are_first_needed(ledger):
    lines = cited(ledger)
    numbers = [lines._line("It says so.", rests_on=slug).note for slug in ("guessed", "asked", "guessed", "")]
    assert numbers == [1, 2, 1, 0]
    assert [note.quotes for note in lines.notes] == [("wait",), ("lift them",)]


def test_a_line_on_an_inferred_entry_is_marked_once_at_its_end(ledger):
    lines = cited(ledger)
    assert lines._line("They wait.", rests_on="guessed").runs == (Run("They wait (inferred)."),)
    assert lines._line("They wait (inferred).", rests_on="guessed").runs == (Run("They wait (inferred)."),)
    assert lines._line("They ask.", rests_on="asked").runs == (Run("They ask."),)


def test_a_sentence_that_ends_in_an_abbreviation_has_one_stop(ledger):
    assert cited(ledger)._line("Answer by 3 p.m..", rests_on="asked").runs == (Run("Answer by 3 p.m."),)


ANNOUNCED = """
  - {announcement: round-3, kind: round, number: 3, expected: 2025-06-03, on: 2025-05-12, quote: on 3 June}
  - {announcement: round-3, kind: round, number: 3, expected: 2025-06, on: 2025-05-14, quote: sometime in June}
"""


def test_an_expected_meeting_is_noted_with_the_words_that_give_its_date(ledger):
    """And not with those of a vaguer date that was given later."""
    file(ledger, ANNOUNCED)
    lines = CitedLines(ledger.views(Clocks(as_of="2025-05-20")))
    assert lines._line("Soon.", rests_on="round-3").note == 1
    assert [note.quotes for note in lines.notes] == [("on 3 June",)]
