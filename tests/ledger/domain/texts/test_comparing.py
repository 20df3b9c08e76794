"""Two wordings are compared word by word; a bracket with its proposers is one word."""

from hypothesis import given

from ledger.domain.texts.brackets import written
from ledger.domain.texts.comparing import WordRun, compared, marked_up, read_marks
from tests.ledger.domain.texts.strategies import wordings


def test_removed_and_added_words_are_marked():
    found = marked_up(compared("We [shall](au, nz) go.", "We shall go now."))
    assert found == "We {-[shall](au, nz)-} {+shall+} {-go.-} {+go now.+}" or found == (
        "We {-[shall](au, nz) go.-} {+shall go now.+}"
    )


@given(wordings, wordings)
def test_a_comparison_has_all_words_of_both(one, other):
    pieces = compared(written(one), written(other))
    old = " ".join(piece.words for piece in pieces if piece.what != "added")
    new = " ".join(piece.words for piece in pieces if piece.what != "removed")
    assert (old.split(), new.split()) == (written(one).split(), written(other).split())


@given(wordings)
def test_a_wording_does_not_differ_from_itself(wording):
    assert {piece.what for piece in compared(written(wording), written(wording))} <= {"same"}


@given(wordings, wordings)
def test_marks_are_read_as_they_were_written(one, other):
    pieces = compared(written(one), written(other))
    found = [run for run in read_marks(marked_up(pieces)) if run.words.strip()]
    assert [(run.what, run.words.strip()) for run in found] == [(piece.what, piece.words) for piece in pieces]


def test_a_mark_that_is_cut_short_is_read_to_its_end():
    assert read_marks("Now {-shall") == [WordRun("same", "Now "), WordRun("removed", "shall")]
    assert read_marks("No mark.") == [WordRun("same", "No mark.")]
