"""People whom a text introduces; and names beside a party that are nobody's."""

import pytest

from ledger.capture.reading.mentions import Finder
from tests.ledger.capture.reports import NAMES, drafted


@pytest.mark.parametrize(
    ("text", "name", "party", "post"),
    [
        ("Norway's fisheries minister, Kari Holm, said no.", "Kari Holm", "no", "fisheries minister"),
        ("Kari Holm, the Norwegian minister of fisheries, said no.", "Kari Holm", "no", "minister of fisheries"),
        ("Kari Holm, State Secretary of Norway, said no.", "Kari Holm", "no", "State Secretary"),
        ("The Minister of Trade of Norway, Ms. Kari Holm, said no.", "Kari Holm", "no", "Minister of Trade"),
        ("Minister Kari Holm of Norway said no.", "Kari Holm", "no", "Minister"),
        ("Deputy Minister Kari Holm (Norway) said no.", "Kari Holm", "no", "Deputy Minister"),
        (
            "The Norwegian delegation was headed by the Minister of Fisheries, Kari Holm.",
            "Kari Holm", "no", "Minister of Fisheries",
        ),
        (
            "Norway's team was headed by its chief negotiator, Ambassador Kari Holm, and left.",
            "Kari Holm", "no", "chief negotiator",
        ),
        ("Norway's chief negotiator, Ambassador Kari Holm, said no.", "Kari Holm", "no", "chief negotiator"),
        ("The Norwegian delegation, led by Kari Holm, left.", "Kari Holm", "no", ""),
        ("Kari Holm, who leads the Norwegian delegation, said no.", "Kari Holm", "no", ""),
        ("Norway's Kari Holm said no.", "Kari Holm", "no", ""),
    ],
)  # fmt: skip
def test_somebody_is_introduced(text: str, name: str, party: str, post: str) -> None:
    assert [(one.name, one.party, one.post) for one in Finder(NAMES).introduce(text)] == [(name, party, post)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway's Fisheries Directorate said no.",
        "Canada's North Atlantic fleet left.",
        "Norway's Foreign Ministry rejected it.",
        "Kari Holm, deputy director of the Norwegian Energy Forum, said no.",
        "The Norwegian delegation was headed by a minister.",
        "Norway's team was headed by its chief negotiator, Ambassador.",
        "Kari Holm said no.",
    ],
)
def test_nobody_is_introduced(text: str) -> None:
    assert Finder(NAMES).introduce(text) == []


def test_who_is_introduced_speaks_from_then_on() -> None:
    draft = drafted("The Canadian delegation was headed by the Minister, Anne Roy. Roy rejected the text.")
    assert [one.fields["by"] for one in draft.suggestions] == [["ca/anne-roy"]]


def test_the_head_of_the_other_delegation_is_introduced_too() -> None:
    text = "The delegation of Norway was led by Minister Kari Holm, and Canada's by Ambassador Ana Reis."
    assert "ana-reis" in {one.slug: one.party for one in Finder(NAMES).introduce(text)}


def test_a_name_ends_with_its_paragraph() -> None:
    text = "Talks with Norwegian minister Kari Holm\n\nThe quota was low."
    assert [one.name for one in Finder(NAMES).introduce(text)] == ["Kari Holm"]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Kari Holm, Norway's Minister of Commerce and Industry, met Dahl.", "Minister of Commerce and Industry"),
        ("Norway's Minister of Commerce and Industry Kari Holm met Dahl.", "Minister of Commerce and Industry"),
        ("Kari Holm, Norway's minister of trade and industry, met Dahl.", "minister of trade and industry"),
        ("Kari Holm, Norway's Minister of Trade and a former mayor, met Dahl.", "Minister of Trade"),
        ("Kari Holm, Norway's Minister of Trade, and Dahl met.", "Minister of Trade"),
    ],
)
def test_a_post_is_whole(text: str, post: str) -> None:
    assert [(one.name, one.post) for one in Finder(NAMES).introduce(text)] == [("Kari Holm", post)]


@pytest.mark.parametrize(
    "text",
    [
        "Today the Honourable Kari Holm, Minister of Trade, met Dahl.",
        "Foreign Minister Kari Holm met Dahl.",
        "Dahl met the Minister of Agriculture, Kari Holm.",
    ],
)
def test_a_minister_without_a_party_is_of_the_side_that_publishes(text: str) -> None:
    assert [(one.name, one.party) for one in Finder(NAMES).introduce(text, "no")] == [("Kari Holm", "no")]
    assert Finder(NAMES).introduce(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Japanese Foreign Minister Kari Holm met Dahl.",
        "Foreign Minister Kari Holm of Japan met Dahl.",
        "Secretary Kari Holm met Dahl.",
    ],
)
def test_a_minister_of_another_country_is_not_of_the_side_that_publishes(text: str) -> None:
    assert Finder(NAMES).introduce(text, "no") == []
