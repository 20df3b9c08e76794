"""Filed text cannot control a terminal or reorder the text around it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.text import as_sentence, few, first_unsafe, in_quotes, listed, one_line, tidy, visible
from ledger.errors import LONGEST_SHOWN, in_short


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x1b[31mred", "U+001B"),
        ("a\x00b", "U+0000"),
        ("a\x7fb", "U+007F"),
        ("a\x9bb", "U+009B"),
        ("a\rb", "U+000D"),
        ("pay \u202e001$", "U+202E"),
        ("\u2066x\u2069", "U+2066"),
        ("a\u2028b", "U+2028"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_character_that_hides_or_reorders_is_named(text, code):
    assert first_unsafe(text) == code


def test_every_character_that_is_made_visible_is_named():
    letters = "".join(map(chr, range(0x3000)))
    for letter in letters:
        assert (first_unsafe(letter) is None) == (visible(letter) == letter)


@given(st.text() | st.text("ab \n\u00a0\u2003\x85"))
def test_law_tidy_text_stays_as_it_is(text):
    typed = text.isprintable() and " ".join(text.split()) == text
    assert tidy(text) == typed
    assert not typed or first_unsafe(text) is None


@pytest.mark.parametrize("text", ["", "Nguyễn Hồng Diên", "שלום\u200f!", "a\tb\nc", "“quote” – 5 %", "😀"])
def test_ordinary_text_is_safe(text):
    assert first_unsafe(text) is None
    assert visible(text) == text


def test_what_is_unsafe_is_shown_as_an_escape():
    assert visible("a\x1b[31m\u202eb\r") == "a\\x1b[31m\\u202eb\\x0d"


def test_one_line_is_one_line():
    assert one_line("  a \n\t b\nc\x1b\r ") == "a b c\\x1b\\x0d"


@pytest.mark.parametrize(("items", "text"), [("", ""), ("A", "A"), ("AB", "A and B"), ("ABC", "A, B and C")])
def test_a_list_is_written_as_a_sentence_has_it(items, text):
    assert listed(items) == text


@given(st.text(st.characters(exclude_categories=())))
def test_law_whatever_is_made_visible_is_safe(text):
    assert first_unsafe(visible(text)) is None
    assert visible(visible(text)) == visible(text)
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("told", ["x" * 9_000, Path("x" * 9_000), ValueError("x" * 9_000)])
def test_of_what_nobody_reads_to_the_end_the_beginning_is_told(told):
    assert in_short(told) == "x" * LONGEST_SHOWN + "…"


def test_many_names_are_counted_and_a_few_are_listed():
    assert few(["Germany", "France"], "members") == "Germany and France"
    assert few(["Germany"] * 27, "members") == "27 members"


def test_a_text_becomes_a_sentence_with_one_full_stop():
    for ended in ("They met.", "“They met.”", "They met… (inferred)", "Did they meet?", "He said “We met.” (us)"):
        assert as_sentence(ended) == ended
    assert as_sentence("They met Ann Lee (ch)") == "They met Ann Lee (ch)."
    assert as_sentence("Called “sturdy”") == "Called “sturdy”."


def test_quotation_marks_within_a_quotation_are_single() -> None:
    assert in_quotes("Bren proposed “two berths”") == "“Bren proposed ‘two berths’”"
    assert in_quotes('a "sea day"', "and more") == "“a ‘sea day’ … and more”"
    assert in_quotes("it doesn’t") == "“it doesn’t”"
