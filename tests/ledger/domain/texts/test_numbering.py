"""A text is divided into its provisions by their numbers."""

import pytest

from ledger.domain.texts.numbering import Numbered, article_of, divided, lines_of, number_of, place_of
from ledger.errors import Refusal

TEXT = """AGREEMENT ON FISH
Version 2 of 3 March

Preamble
Recalling the sea,

Article 1 – Scope
This Agreement applies to:
(a) cod;
(b) herring
in all its forms.

ARTICLE 2. Access
1. The Parties [shall](au) open.
[2. Each Party pays.]
2.3 The fee [is](br) [may be] small:
(h) cash;
(i) gold;
(ii) of any kind.
Annex A
1. A list
"""


def test_articles_paragraphs_and_points_have_their_numbers():
    assert divided(TEXT) == [
        Numbered("Preamble.1", "Recalling the sea,", "Preamble"),
        Numbered("1", "This Agreement applies to:", "Scope"),
        Numbered("1(a)", "cod;"),
        Numbered("1(b)", "herring in all its forms."),
        Numbered("2.1", "The Parties [shall](au) open.", "Access"),
        Numbered("2.2", "[Each Party pays.]"),
        Numbered("2.3", "The fee [is](br) [may be] small:"),
        Numbered("2.3(h)", "cash;"),
        Numbered("2.3(i)", "gold;"),
        Numbered("2.3(i)(ii)", "of any kind."),
        Numbered("Annex A.1", "A list"),
    ]


def test_lines_that_are_written_are_read_again():
    lines = [line for both in lines_of(divided(TEXT)) for line in both]
    assert divided("\n".join(lines)) == divided(TEXT)


def test_an_article_without_words_is_kept_if_it_has_no_paragraphs():
    assert divided("Article 1 – Reserved\nArticle 2\nWords.") == [
        Numbered("1", "", "Reserved"),
        Numbered("2", "Words."),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Article 5\n2. We [shall go\n3. Then.", "Article 5, paragraph 2: the bracket before “shall go” never closes."),
        ("Article 5\n2. We shall]\n", "Article 5, paragraph 2: the bracket that closes after “We shall” never opens."),
        ("5.2 Once.\n5.2 Twice.", "Article 5, paragraph 2 occurs twice in the text."),
        ("Only words.", "The text has no numbered provision."),
        ("Article 1\n", "Article 1 has no words."),
    ],
)
def test_a_text_that_cannot_be_divided_is_refused_with_the_place(text, sentence):
    with pytest.raises(Refusal) as refused:
        divided(text)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "number", "place"),
    [
        ("5", "5", "Article 5"),
        ("Article 5.2 (A)", "5.2(a)", "Article 5, paragraph 2(a)"),
        ("annex b", "Annex B", "Annex B"),
        ("preamble.2", "Preamble.2", "Preamble, paragraph 2"),
    ],
)
def test_a_number_is_read_in_its_usual_form(typed, number, place):
    assert (number_of(typed), place_of(number)) == (number, place)


def test_what_is_no_number_is_refused():
    with pytest.raises(Refusal, match="'the first' is not the number of a provision"):
        number_of("the first")


def test_the_article_of_a_point():
    assert [article_of(one) for one in ("5", "5.2(a)", "1(b)", "Annex A.1")] == ["5", "5", "1", "Annex A"]
