"""The subjects of verbs; each pattern has a counterexample."""

import pytest

from ledger.capture.reading.subjects import in_parentheses, plural_before, subject, with_whom
from tests.ledger.capture.reports import mentions


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("Norway, for its part, rejected it.", "rejected", ["Norway"]),
        ("Norway has so far rejected it.", "rejected", ["Norway"]),
        ("Norway and Canada rejected it.", "rejected", ["Norway", "Canada"]),
        ("Maria Lopez rejected it.", "rejected", ["Maria Lopez"]),
        ("The fleet of Norway sailed and somebody rejected it.", "rejected", []),
        ("As regards cod, it is late.", "regards", []),
        (
            "Norway, which speaks for the group – Iceland, Peru and Canada, rejected it.",
            "rejected",
            ["Norway"],
        ),
    ],
)
def test_the_subject_of_a_verb(text: str, verb: str, words: list[str]) -> None:
    assert [one.words for one in subject(text, mentions(text), text.index(verb))] == words


def test_with_names_the_subject_of_a_participle() -> None:
    text = "The talks ended, with Canada calling it unfair."
    assert [one.words for one in with_whom(text, mentions(text), text.index("calling"))] == ["Canada"]
    assert with_whom("Canada calling", mentions("Canada calling"), 7) == ()


def test_a_base_form_is_finite_after_a_plural() -> None:
    for text, plural in (("Norway and Canada welcome", True), ("Canada welcome", False)):
        assert plural_before(text[: text.index("welcome")], mentions(text), text.index("welcome")) is plural


def test_what_stands_in_parentheses() -> None:
    assert in_parentheses("Norway (which rejected", 15)
    assert not in_parentheses("Norway (a party) rejected", 17)


def test_whom_somebody_met_in_a_relative_clause_does_not_speak() -> None:
    text = "Dahl, who met Tremblay on Sunday, said that cod mattered."
    assert [one.words for one in subject(text, mentions(text), text.index("said"))] == ["Dahl"]
    text = "Norway, which asked for more, and Tremblay said that cod mattered."
    assert [one.words for one in subject(text, mentions(text), text.index("said"))][-1] == "Tremblay"
