"""Passages: a text cut where a reader would cut it, with every word in one of them, at its place."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.base.typography import on_one_line
from ledger.projections.passages import LONGEST, cut

SENTENCE = "The two sides agreed to meet again before the summer. "
TEXTS = st.text(st.sampled_from("ab.?! \n\u3002\u5173\u7a0e\u0e20\u0e31"), max_size=3_000)


@given(TEXTS)
def test_every_letter_is_in_one_passage_at_its_place(text):
    found = list(cut(text))
    assert "".join("".join(words.split()) for _, words in found) == "".join(text.split())
    for start, words in found:
        assert 0 < len(words) <= LONGEST
        assert on_one_line(text[start:]).startswith(words)


def test_a_paragraph_is_a_passage():
    found = list(cut("Title\n\nThe first\nline.\n \nThe second."))
    assert found == [(0, "Title"), (7, "The first line."), (25, "The second.")]


def test_a_long_paragraph_is_cut_after_a_sentence():
    found = [words for _, words in cut(SENTENCE * 40)]
    assert len(found) > 2
    assert all(words.rstrip().endswith("summer.") for words in found)


def test_a_text_without_spaces_is_cut_too():
    assert [len(words) for _, words in cut("\u5173" * (LONGEST + 1))] == [LONGEST, 1]
