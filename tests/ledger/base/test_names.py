"""A name is the same name in any spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.names import LONGEST_SLUG, WORD, fold, fold_each, fold_words, is_slug, nearest, slugify


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Nguyễn Hồng Diên", "nguyen hong dien"),
        ("NGUYEN  HONG\tDIEN", "nguyen hong dien"),
        ("Đà Nẵng", "da nang"),
        ("Đặng", "dang"),
        ("Åse Øvergård", "ase overgard"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Þór Æsir", "thor aesir"),
        ("ﬁne № 5", "fine no 5"),
        ("İstanbul", "istanbul"),
        ("nego\u00adtiation", "negotiation"),
        ("習近平", "習近平"),
    ],
)
def test_case_and_diacritics_are_folded_away(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Nguyễn Hồng Diên", "nguyen-hong-dien"),
        ("Round 2: Washington, D.C.", "round-2-washington-d-c"),
        ("  -- ", ""),
        ("習近平", ""),
        ("a" * 100, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_a_slug_is_made_from_a_title(title, slug):
    assert slugify(title) == slug


@pytest.mark.parametrize("text", ["", "-", "a-", "-a", "a--b", "A", "a b", "a_b", "đ", "a/b", "a\n", "a" * 81, "٢"])
def test_this_is_no_slug(text):
    assert not is_slug(text)


@pytest.mark.parametrize("text", ["a", "2", "round-2", "dien-greer-2025-05-22", "a" * 80])
def test_this_is_a_slug(text):
    assert is_slug(text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("export-control", "export-controls"),
        ("Exprot Controls", "export-controls"),
        ("origin", "rules-of-origin"),
        ("nguyễn-hồng-diễn", "nguyen-hong-dien"),
    ],
)
def test_the_nearest_name_is_found_by_likeness_or_by_part(typed, found):
    known = ["rules-of-origin", "export-controls", "nguyen-hong-dien"]
    assert nearest(typed, known)[0] == found


def test_nothing_is_near_to_what_is_like_nothing():
    assert nearest("zzz", ["round-2", "round-3"]) == []
    assert nearest("", ["round-2"]) == []


def test_a_name_is_near_if_one_of_its_words_is():
    assert nearest("greeer", ["us", "jamieson-greer", "round-3"]) == ["jamieson-greer"]


def test_a_word_that_only_shares_letters_is_not_near():
    assert nearest("responded", ["refused", "asked"]) == []


def test_at_most_three_are_suggested():
    assert len(nearest("round", [f"round-{n}" for n in range(9)])) == 3


@given(st.text())
def test_law_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x1EFF)), st.sampled_from([str.upper, str.lower, str.title]))
def test_law_case_makes_no_difference(text, cased):
    assert fold(cased(text)) == fold(text)


@given(st.text(max_size=300))
def test_law_a_slug_made_of_anything_is_a_slug_or_empty(text):
    slug = slugify(text)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug
    assert len(slug) <= LONGEST_SLUG


@given(st.text())
def test_law_a_text_folds_as_its_letters_do(text):
    assert " ".join("".join(fold_each(text)).split()) == fold(text)


def test_each_letter_of_a_script_without_spaces_is_a_word():
    assert fold_words("Lift 关税 now").split() == ["lift", "关", "税", "now"]
    assert fold_words("Nguyễn Hồng") == "nguyen hong"
    assert WORD.findall(fold("5月22日 rise")) == ["5", "月", "22", "日", "rise"]
