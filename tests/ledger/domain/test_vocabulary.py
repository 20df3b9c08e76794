"""The closed lists of words."""

import re

import pytest

from ledger.base.errors import UnknownWord
from ledger.domain.vocabulary import (
    ACTS,
    FORMATS,
    ISSUE_STATUSES,
    MEANT,
    MEETING_KINDS,
    OUTCOMES,
    QUESTIONS,
    RETRACTION_CAUSES,
    SERIES,
    SOURCE_KINDS,
    Role,
    known,
    plain,
)
from ledger.filing.forms import FORMS

ROLES = {
    Role.RAISES: {"asked", "proposed"},
    Role.OBJECTS: {"objected"},
    Role.ANSWERS: {"accepted-in-part", "conditioned", "deferred", "refused", "responded"},
    Role.CONSIDERS: {"considering"},
    Role.ACCEPTS: {"accepted"},
    Role.AGREES_IN_PRINCIPLE: {"agreed-in-principle"},
    Role.NARROWS: {"narrowed"},
    Role.SETTLES: {"settled"},
    Role.KEEPS_OPEN: {"unresolved"},
    Role.WITHDRAWS: {"withdrew"},
    Role.SPEAKS: {"warned", "promised", "reported-done", "denied", "stated", "welcomed", "criticised"},
}
# The categories of the PLOVER manual, draft 0.8, and the modes that it has for those that Parley uses.
CATEGORIES = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
MODES = {"ACCUSE": ("disapprove",), "CONSULT": ("phone",), "AGREE": ("hypothetical",)}
# Of the CAMEO codebook, the codes for statements, appeals, intents, consulting, praise, yielding, and verbal conflict.
CODES = [
    "010", "012", "014", "016", "019", "020", "030", "040", "041", "042", "046", "051", "080", "110", "111", "120",
    "130",
]  # fmt: skip


def test_every_act_has_the_role_the_design_gives_it():
    assert {role: {act for act, meaning in ACTS.items() if meaning.role is role} for role in Role} == ROLES


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_a_verb_and_tags_of_the_codebooks(act):
    assert ACTS[act].verb
    assert ACTS[act].plover in ("", *CATEGORIES)
    assert ACTS[act].mode in ("", *MODES.get(ACTS[act].plover, ()))
    assert ACTS[act].cameo in CODES


@pytest.mark.parametrize("kind", MEETING_KINDS)
def test_every_kind_of_meeting_has_tags_of_the_codebooks(kind):
    assert (MEETING_KINDS[kind].plover, MEETING_KINDS[kind].cameo[:2]) == ("CONSULT", "04")
    assert MEETING_KINDS[kind].cameo in CODES


def test_the_words_are_written_as_they_are_typed():
    for words in (ACTS, MEETING_KINDS, FORMATS, OUTCOMES, SOURCE_KINDS, RETRACTION_CAUSES, FORMS, QUESTIONS):
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", word) for word in words)


def test_only_kinds_of_meeting_form_a_series():
    assert set(SERIES) <= set(MEETING_KINDS)


def test_a_word_near_in_meaning_is_suggested():
    with pytest.raises(UnknownWord, match=r"Did you mean responded\?"):
        known("act", "Answered", ACTS)
    with pytest.raises(UnknownWord, match=r"Did you mean refused\?"):
        known("act", "rejected", ACTS)
    with pytest.raises(UnknownWord) as refused:
        known("act", "replied-in-full", ACTS)
    assert "refused?" not in str(refused.value)


def test_each_word_near_in_meaning_leads_to_a_word_of_a_list():
    lists = (ACTS, MEETING_KINDS, FORMATS, OUTCOMES, SOURCE_KINDS, ISSUE_STATUSES, RETRACTION_CAUSES)
    for typed, meant in MEANT.items():
        assert any(meant in words and typed not in words for words in lists), typed


def test_a_word_is_read_without_its_hyphens():
    assert plain("accepted-in-part") == "accepted in part"
