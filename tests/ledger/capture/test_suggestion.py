"""The quotation of a suggestion is shortened to the words that support it."""

from ledger.capture.reading.sentences import Sentence
from ledger.capture.suggestion import MOST_WORDS, cut, suggest_entry


def test_a_long_run_is_cut_at_a_comma() -> None:
    text = "Norway asked Canada to cut its quota for cod, " + "which many towns had asked for " * 6
    start, end = cut(text, 0, len(text))
    assert text[start:end] == "Norway asked Canada to cut its quota for cod"


def test_a_run_without_a_comma_is_cut_at_its_most_words() -> None:
    text = "word " * 100
    start, end = cut(text, 0, len(text))
    assert len(text[start:end].split()) == MOST_WORDS


def test_a_condition_belongs_to_the_words_of_an_offer() -> None:
    offer = "Norway has told Canada that it is ready to give up a third of its quota for cod in the north, "
    condition = "provided that Canada opens its ports to the fleet"
    for text, words in (
        (f"{offer}{condition}, a minister said on Monday", offer + condition),
        (f"{offer}which it had refused in the spring of this year", offer.rstrip(", ")),
    ):
        start, end = cut(text, 0, len(text))
        assert text[start:end] == words


def test_half_of_a_quotation_is_not_cut_off() -> None:
    words = "Norway will invite the fishing towns “within six weeks”"
    text = f"{words}."
    assert cut(text, 0, text.index("weeks")) == cut(text, 0, len(text)) == (0, len(words))
    long = "Norway has asked that Canada open its ports to “" + "the fleet " * 40 + "”"
    start, end = cut(long, 0, len(long))
    assert long[start:end] == "Norway has asked that Canada open its ports to"


def test_marks_at_the_ends_are_left_out_but_not_those_of_abbreviations() -> None:
    for text, words in ((", they met. ", "they met"), ("met in the U.S.", "met in the U.S.")):
        start, end = cut(text, 0, len(text))
        assert text[start:end] == words


def test_places_count_from_the_start_of_the_report() -> None:
    one = suggest_entry("statement", Sentence(2, 100, 120, 1, "Norway said no to it"), (0, 6), {})
    assert (one.start, one.end, one.quote, one.sentence) == (100, 106, "Norway", 2)
    assert one.overlaps(105, 110) and not one.overlaps(106, 110)


def test_a_quotation_is_not_cut_before_its_verb() -> None:
    text = "Dahl, who had led the delegation of the coast for seven years and more, said that the towns would not wait"
    start, end = cut(text, 0, len(text), text.index("said") + 4)
    assert "said that the towns would not wait" in text[start:end]
