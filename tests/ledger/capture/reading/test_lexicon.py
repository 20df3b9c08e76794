"""The table of reporting words: its forms are right, and every row can be used."""

import re

import pytest

from ledger.capture.reading.lexicon import lexicon
from ledger.domain.vocabulary import ACTS, MEETING_KINDS

ENGLISH = lexicon("en")


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("urged", "urge"), ("denies", "deny"), ("planned", "plan"), ("signalled", "signal"), ("signaled", "signal"),
        ("withdrew", "withdraw"), ("stresses", "stress"), ("said", "say"),
    ],
)  # fmt: skip
def test_forms_of_a_verb_lead_to_its_base(form: str, base: str) -> None:
    assert ENGLISH.base_of[form] == base


def test_every_act_and_kind_of_the_table_is_one_of_the_record() -> None:
    rows = [*(frame for frames in ENGLISH.frames.values() for frame in frames), *ENGLISH.content, *ENGLISH.quoted]
    rows += [noun for nouns in ENGLISH.nouns.values() for noun in nouns]
    assert {act for row in rows for act in row.acts} <= {*ACTS}
    assert {*ENGLISH.meetings.kinds} <= {*MEETING_KINDS}


def test_every_pattern_of_the_table_can_be_compiled() -> None:
    patterns = [frame.after for frames in ENGLISH.frames.values() for frame in frames]
    patterns += [row.says for row in (*ENGLISH.content, *ENGLISH.quoted)]
    patterns += [words for nouns in ENGLISH.nouns.values() for noun in nouns for words in (noun.before, noun.after)]
    patterns += [*ENGLISH.meetings.held, *ENGLISH.meetings.expected, *ENGLISH.meetings.called_off, ENGLISH.standing]
    for pattern in patterns:
        re.compile(pattern)


def test_a_language_without_a_table_is_read_by_the_english_one() -> None:
    assert lexicon("xx") == ENGLISH


def test_verbs_are_found_with_their_places() -> None:
    text = "Norway urged restraint."
    assert [text[start:end] for start, end in ENGLISH.verbs(text)] == ["urged"]


def test_verbs_that_double_their_last_letter_and_irregular_ones_have_their_forms() -> None:
    forms = {"concurred": "concur", "began": "begin", "threw": "throw", "read": "read", "hit": "hit"}
    assert {form: ENGLISH.base_of.get(form) for form in forms} == forms


def test_an_ing_form_keeps_a_double_e_and_turns_ie_into_y() -> None:
    base_of = lexicon("en").base_of
    assert (base_of["agreeing"], base_of["tying"]) == ("agree", "tie")
    assert "agreing" not in base_of
