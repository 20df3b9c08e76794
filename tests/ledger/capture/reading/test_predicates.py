"""Reporting verbs with their subjects; a verb inside a reported clause does not count."""

import pytest

from ledger.capture.reading.predicates import predicates, quoted
from tests.ledger.capture.reports import ENGLISH, mentions


def found(text: str) -> list[tuple[str, str]]:
    """The verbs, each with the words of its subject."""
    return [
        (one.base, ", ".join(who.words for who in one.subject)) for one in predicates(text, mentions(text), ENGLISH)
    ]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Norway urged restraint.", [("urge", "Norway")]),
        ("Dahl, for her part, urged restraint.", [("urge", "Dahl")]),
        ("Norway urged restraint and welcomed the text.", [("urge", "Norway"), ("welcome", "")]),
        ("Norway and Canada urged restraint.", [("urge", "Norway, Canada")]),
        ("The text was rejected by Norway.", [("reject", "Norway")]),
        ("Norway is urging restraint.", [("urge", "Norway")]),
        ("Norway yesterday urged restraint.", [("urge", "Norway")]),
        ("Norway has repeatedly urged restraint.", [("urge", "Norway")]),
        ("The text was rejected.", []),
        ("Norway said that Canada had urged restraint.", [("say", "Norway")]),
        ("A report by Norway urged restraint.", []),
        ("The demands of Norway are old.", []),
    ],
)
def test_a_verb_is_found_with_its_subject(text: str, verbs: list[tuple[str, str]]) -> None:
    assert found(text) == verbs


def test_words_in_quotation_marks_hold_no_verb_of_the_report() -> None:
    text = "“Norway urged restraint,” nobody heard."
    assert found(text) == []
    assert [text[start:end] for start, end in quoted(text)] == ["Norway urged restraint,"]


@pytest.mark.parametrize(
    ("text", "modal", "negated"),
    [("Norway may accept it.", "may", False), ("Norway will not accept it.", "will", True)],
)
def test_what_is_only_possible_and_what_is_denied_is_marked(text: str, modal: str, negated: bool) -> None:
    (one,) = predicates(text, mentions(text), ENGLISH)
    assert (one.modal, one.negated) == (modal, negated)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Canada tabled a text, which Norway rejected.", ["table", "reject"]),
        ("Canada tabled a text, which Norway wrote in 1990.", ["table"]),
        ("Norway's minister, Ingrid Dahl, rejected the text.", ["reject"]),
        ("Ingrid Dahl, the Norwegian envoy, rejected the text.", ["reject"]),
        ("Norway and Canada, both members of the group, rejected the text.", ["reject"]),
        ("Both sides further agreed to meet.", ["agree"]),
        ("Both sides discussed a further request.", ["discuss"]),
        ("NORWAY, supported by others, rejected the text.", ["reject"]),
        ("Norway rejected the text, expressed through a resolution.", ["reject"]),
    ],
)
def test_a_verb_has_its_subject_through_what_stands_between(text: str, verbs: list[str]) -> None:
    assert [one.base for one in predicates(text, mentions(text), ENGLISH)] == verbs


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Norway, which had earlier on Monday offered talks, said that it was ready.", ["offer", "say"]),
        ("Norway, which borders on the sea, said that it was ready.", ["say"]),
        ("Canada objected when Norway asked for a pause.", ["object", "ask"]),
        ("Canada objected when Norway said that it was late.", ["object"]),
        ("Canada objected after Norway had rejected the text.", ["object", "reject"]),
        ("Canada objected after Norway had joined the union.", ["object"]),
        ("Canada welcomed the bank, which is recognised only by Norway.", ["welcome"]),
        ("Canada welcomed a text, which was rejected by Norway.", ["welcome", "reject"]),
        ("Norway's envoy in nuclear talks asked for a pause.", ["ask"]),
        ("Norway, who sent Dahl – a lawyer from Oslo – asked for a pause.", ["ask"]),
        ("Norway's office asked for a pause.", ["ask"]),
    ],
)
def test_a_clause_within_another_tells_an_act_but_no_background(text: str, verbs: list[str]) -> None:
    assert [base for base, _ in found(text)] == verbs


def test_a_noun_that_looks_like_a_verb_is_none() -> None:
    assert found("Norway talks about fish are slow, and conditions with Canada are poor.") == []
    assert found("Norway talked about fish.") == [("talk", "Norway")]


def test_quotations_have_several_marks_and_may_begin_a_sentence_earlier() -> None:
    for text, inside in (
        ("”We will go,” he said.", ["We will go,"]),
        ("He said ‘we don’t agree’ and left.", ["we don’t agree"]),
        ("He took the ministers’ text and the envoys’ list.", []),
        ("It will not do,” he said.", ["It will not do,"]),
        ('It will not do," he said.', ["It will not do,"]),
        ('It will not do, he said of the "plan for the bank".', ["plan for the bank"]),
    ):
        assert [text[start:end] for start, end in quoted(text)] == inside
