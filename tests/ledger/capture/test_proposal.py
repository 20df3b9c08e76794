"""A negotiation proposed from a report: the parties that meet or speak in it, and no others."""

import pytest

from ledger.capture.proposal import in_sentences, propose, unknown_names
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.thread import Report
from tests.ledger.capture.reports import PUBLISHED

TEXT = (
    "Norway and the United States held talks in Geneva on March 12. Oslo rejected the text. The US side asked for time."
    " Cod from Iceland is sold in France."
)


def test_the_parties_are_those_that_meet_or_speak() -> None:
    opening, draft = propose(Report(TEXT, "Talks on cod", "", PUBLISHED))
    assert (opening.slug, list(opening.parties)) == ("norway-united-states", ["norway", "united-states"])
    assert [one.fields.get("by") for one in draft.suggestions[1:]] == [["norway"], ["united-states"]]


def test_a_capital_speaks_for_its_country_and_is_no_party_of_its_own() -> None:
    text = (
        "Norway rejected the text. Oslo has asked for time. Oslo had asked before. Canada’s envoy said Oslo had agreed."
    )
    assert list(propose(Report(text, "", "", PUBLISHED))[0].parties) == ["norway", "canada"]


def test_a_report_without_countries_has_no_parties() -> None:
    opening, draft = propose(Report("The sea is cold.", "", "", PUBLISHED), "sea")
    assert (opening.slug, opening.parties, draft.suggestions) == ("sea", {}, [])


def test_a_name_takes_its_article_in_sentences() -> None:
    assert (in_sentences("United States"), in_sentences("Norway")) == ("the United States", "")


def test_names_that_act_and_are_not_of_record_are_listed() -> None:
    text = (
        "Lormark rejected the text. Vessia's ambassador, Ada Venn, said so. Norway agreed. On Monday it rained. "
        "Lormark said no. The lake is deep."
    )
    found = unknown_names(Report(text), Gazetteer({"no": ("Norway",)}, {}, {}))
    assert found[0] == "Lormark" and "Vessia" in found
    assert not {"Norway", "On Monday", "Monday", "The"} & {*found}


UNION = (
    "The Metalworkers’ Union rejected the latest pay offer from Orlen Steel on Thursday. The union's lead negotiator, "
    "Tomas Hruska, said the offer was an insult. Orlen Steel said it had improved its offer twice. The company's head "
    "of personnel, Jana Mala, urged the union to return to the table. Peter Novak disagreed. Novak left."
)


def test_unions_and_companies_that_act_are_parties_too_but_no_people() -> None:
    opening, draft = propose(Report(UNION, "", "", PUBLISHED))
    assert list(opening.parties) == ["metalworkers-union", "orlen-steel"]
    assert [(one.name, one.party) for one in draft.people] == [
        ("Tomas Hruska", "metalworkers-union"),
        ("Jana Mala", "orlen-steel"),
    ]


def test_a_name_with_initials_has_them_as_its_slug() -> None:
    text = "The National Federation of Dockers (NFD) rejected the offer. Norway agreed. The NFD asked for time."
    assert list(propose(Report(text, "", "", PUBLISHED))[0].parties) == ["norway", "nfd"]


def test_what_only_stands_in_the_text_is_no_party() -> None:
    text = "Norway rejected the offer. The Harbour Union was founded in 1920. The Sea is cold."
    assert list(propose(Report(text, "", "", PUBLISHED))[0].parties) == ["norway"]


@pytest.mark.parametrize("name", ["Hugo de la Torre", "Anna van der Meer", "Rui dos Santos", "Omar bin Saleh"])
def test_a_name_with_small_words_is_a_person_and_no_party(name: str) -> None:
    short = name.partition(" ")[2]
    again = f"{short[0].upper()}{short[1:]}"
    text = (
        f"Norway's chief negotiator {name} told the press that the text was fair. Canada rejected it. "
        f"{again} said that Norway would wait. {again} urged Canada to sign."
    )
    opening, draft = propose(Report(text, "", "", PUBLISHED))
    assert list(opening.parties) == ["norway", "canada"]
    assert [one.name for one in draft.people] == [name]
    speakers = [one.fields["by"] for one in draft.suggestions if one.kind == "statement"]
    person = f"norway/{draft.people[0].slug}"
    assert speakers == [[person], ["canada"], [person], [person]]


def test_who_meets_between_whom_is_a_party_and_an_agreement_is_none() -> None:
    text = (
        "Talks between the Coastal Teachers Union and provincial government broke off on Monday. Union says it will "
        "strike. “We are disappointed,” union president Ada Holm said in the statement. The Harbour Peace Agreement "
        "(HPA) was signed in 2001."
    )
    opening, draft = propose(Report(text, "", "", PUBLISHED))
    assert list(opening.parties) == ["coastal-teachers-union", "provincial-government"]
    assert [(one.name, one.party) for one in draft.people] == [("Ada Holm", "coastal-teachers-union")]


def test_mediators_are_proposed_as_such_and_places_not_at_all() -> None:
    text = (
        "Norway and Canada held talks in Oslo on March 12. Mediators of the United Nations said that they had been "
        "useful. The United Nations suggested that a round be held in May in or outside Iceland."
    )
    opening, _ = propose(Report(text, "", "", PUBLISHED))
    assert opening.sides == ("norway", "canada") and "iceland" not in opening.parties
    assert opening.mediators <= {"united-nations"}
