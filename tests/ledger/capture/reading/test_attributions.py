"""Who said a whole sentence: named after it, within it or before it; a verb of the sentence itself names nobody."""

import pytest

from ledger.capture.reading.attributions import attribution, to_the_press
from tests.ledger.capture.reports import ENGLISH, mentions, suggested


def test_an_attribution_stands_at_the_end_or_in_the_middle() -> None:
    at_the_end = "The quota is too low, Dahl said."
    told = attribution(at_the_end, mentions(at_the_end), ENGLISH)
    assert told is not None and at_the_end[told.start : told.end] == "The quota is too low"
    assert told.subject[0].words == "Dahl"
    assert attribution("The quota is low.", [], ENGLISH) is None


@pytest.mark.parametrize(
    "text",
    [
        "The quota is too low, Dahl told reporters in Oslo.",
        "The quota is too low, Dahl said after the meeting.",
        "The quota is too low, Dahl said in a speech on Monday.",
        "The quota is too low, Dahl said on Monday, but Canada disagreed.",
        "The quota is too low, according to Dahl.",
    ],
)
def test_words_about_the_place_or_the_day_may_follow_an_attribution(text: str) -> None:
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and text[told.start : told.end] == "The quota is too low"
    assert [one.words for one in told.subject] == ["Dahl"]


def test_another_clause_may_follow_an_attribution() -> None:
    text = "The quota is too low, Dahl said on Monday, but Canada disagreed."
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and text[told.rest :] == "but Canada disagreed."


@pytest.mark.parametrize(
    "text",
    [
        "Canada criticised the quota, which Dahl announced on Monday, as too low.",
        "After the vote, Dahl told Canada that it was too low.",
        "After the vote, Dahl said in March the quota would fall.",
    ],
)
def test_a_clause_of_the_sentence_itself_is_no_attribution(text: str) -> None:
    assert attribution(text, mentions(text), ENGLISH) is None


def test_what_is_according_to_somebody_is_attributed_to_them() -> None:
    text = "According to Dahl, the quota is too low."
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and text[told.start : told.end] == "the quota is too low"
    assert [one.words for one in told.subject] == ["Dahl"]
    for text in ("According to the plan of Norway for cod, it ends.", "According to Reuters, it ends."):
        assert attribution(text, mentions(text), ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The quota is too low, Dahl said Thursday.", "The quota is too low"),
        ("The quota is too low, Dahl said late on Thursday.", "The quota is too low"),
        ("The quota is too low, the Norwegian statement read.", "The quota is too low"),
        ("The quota is too low, Dahl was quoted as saying.", "The quota is too low"),
    ],
)
def test_a_bare_weekday_or_a_text_ends_an_attribution(text: str, said: str) -> None:
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and text[told.start : told.end] == said


def test_what_a_speaker_said_of_itself_is_no_attribution_after_it() -> None:
    text = "Ingrid Dahl, a spokeswoman for trade, said it regretted the delay."
    assert attribution(text, mentions(text), ENGLISH) is None


def test_a_word_before_a_verb_is_not_what_was_said() -> None:
    text = "Today, the Norwegian side concluded."
    assert attribution(text, mentions(text), ENGLISH) is None


def test_a_name_with_its_post_may_follow_the_verb() -> None:
    text = "Canada is ready to cut the quota, said Paul Tremblay, Chief Negotiator for Canada."
    found = attribution(text, mentions(text), ENGLISH)
    assert found and found.subject[0].words == "Paul Tremblay"


def test_the_name_of_a_country_or_of_a_newspaper_is_no_verb_and_no_speaker() -> None:
    for text in (
        "Norway proposed a truce, supported by the United States, to ease the way to a text.",
        "Norway proposed a truce, Canada Times reported.",
        "Norway signed an agreement, according to which the coast is divided.",
    ):
        assert attribution(text, mentions(text), ENGLISH) is None


def test_a_text_that_somebody_has_seen_is_not_the_word_of_whoever_saw_it() -> None:
    for text in (
        "Canada will raise its offer, according to documents seen by Norway.",
        "According to a memo obtained by Norway, Canada will raise its offer.",
        "According to leaked papers from Norway, Canada will raise its offer.",
    ):
        found = attribution(text, mentions(text), ENGLISH)
        assert found and [one.kind for one in found.subject] == ["unnamed"], text
    text = "Canada will raise its offer, according to Norway."
    found = attribution(text, mentions(text), ENGLISH)
    assert found and found.subject[0].words == "Norway"


def test_words_to_the_press_are_told_from_words_to_the_other_side() -> None:
    for text in (
        "Speaking to the press, Dahl rejected it.",
        "In remarks to journalists, Dahl rejected it.",
        "Dahl told waiting reporters that it was unfair.",
        "Dahl told Dagbladet that it was unfair.",
    ):
        assert to_the_press(text, mentions(text)), text
    for text in ("In remarks to the delegation, Dahl rejected it.", "Dahl told Canada that the press was unfair."):
        assert not to_the_press(text, mentions(text)), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“The quotas were never discussed,” the agency quoted Dahl as saying.", "Dahl"),
        ("The daily reported, citing a Canadian source, that talks on cod had failed.", "a Canadian source"),
        ("The daily reported, citing its own figures, that talks on cod had failed.", ""),
    ],
)
def test_whom_a_newspaper_quotes_or_cites_is_the_speaker(text: str, said: str) -> None:
    found = attribution(text, mentions(text), ENGLISH)
    assert (found.subject[0].words if found else "") == said


@pytest.mark.parametrize("verb", ["repeated", "countered", "complained", "demanded", "promised", "protested on Monday"])
def test_a_verb_that_names_an_act_may_attribute_the_words_before_it(verb: str) -> None:
    text = f"Canada must open its ports, Dahl {verb}."
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and text[told.start : told.end] == "Canada must open its ports"
    (one,) = suggested(text, "statement")
    assert one.quote == "Canada must open its ports"


def test_an_act_without_words_before_it_is_a_statement_itself() -> None:
    (one,) = suggested("Canada protested against the closure of the ports.", "statement")
    assert (one.fields["by"], one.acts[0]) == (["ca"], "objected")


def test_the_speaker_stands_before_an_apposition() -> None:
    text = "The quota is too low, Ingrid Dahl, an adviser to the Norwegian prime minister, told the Daily."
    told = attribution(text, mentions(text), ENGLISH)
    assert told is not None and [one.words for one in told.subject] == ["Ingrid Dahl"]
    assert text[told.start : told.end] == "The quota is too low"
