"""The mentions in a sentence, and the people whom a text introduces with a title."""

import pytest

from ledger.capture.reading.mentions import Finder
from tests.ledger.capture.reports import NAMES, mentions


@pytest.mark.parametrize(
    ("text", "kind", "voices"),
    [
        ("Norway asked for more.", "party", ("no",)),
        ("The Norwegian side asked for more.", "party", ("no",)),
        ("Oslo asked for more.", "party", ("no",)),
        ("Minister Dahl asked for more.", "person", ("no/ingrid-dahl",)),
        ("The two sides asked for more.", "both", ()),
        ("The minister asked for more.", "post", ()),
        ("A senior official asked for more.", "unnamed", ()),
        ("She asked for more.", "pronoun", ()),
    ],
)
def test_somebody_is_named(text: str, kind: str, voices: tuple[str, ...]) -> None:
    (one,) = mentions(text)
    assert (one.kind, one.voices) == (kind, voices)
    assert text[one.start : one.end].endswith(one.words)


def test_a_capital_named_as_a_place_is_no_government() -> None:
    assert mentions("Talks were held in Oslo.") == []


def test_a_name_is_found_without_its_diacritics_and_by_its_last_word() -> None:
    finder = Finder(NAMES._replace(people={"bjorn": NAMES.people["ingrid-dahl"]._replace(names=["Bjørn Håland"])}))
    assert [one.voices for one in finder.find("Håland spoke after Haland.")] == [("no/bjorn",), ("no/bjorn",)]


@pytest.mark.parametrize(
    ("name", "surname", "text"),
    [("Anne Roy", "Roy", "Roy spoke."), ("Wang Yi", "Wang", "Wang spoke."), ("Cho Tae-yul", "Cho", "Then Cho spoke.")],
)
def test_a_person_of_record_is_found_by_the_surname(name: str, surname: str, text: str) -> None:
    finder = Finder(NAMES._replace(people={"x": NAMES.people["ingrid-dahl"]._replace(names=[name])}))
    assert [one.words for one in finder.find(text)] == [surname]


def test_a_surname_that_is_a_common_word_is_not_looked_for_alone() -> None:
    finder = Finder(NAMES._replace(people={"x": NAMES.people["ingrid-dahl"]._replace(names=["Theresa May"])}))
    assert finder.find("May was cold.") == []


def test_a_person_is_introduced_by_post_and_party() -> None:
    (one,) = Finder(NAMES).introduce("He met Canadian Fisheries Minister Anne Roy in Oslo.")
    assert (one.slug, one.name, one.party, one.post) == ("anne-roy", "Anne Roy", "ca", "Fisheries Minister")
    assert one.quote == "Canadian Fisheries Minister Anne Roy"


def test_nobody_is_introduced_who_is_of_record_or_has_no_post() -> None:
    text = "Norwegian Minister Ingrid Dahl met Canadian Anne Roy."
    assert Finder(NAMES).introduce(text) == []


def test_a_party_in_a_person_s_apposition_is_not_named_besides() -> None:
    for text in ("Norway's ambassador, Ingrid Dahl, said no.", "Ingrid Dahl, the Norwegian envoy, said no."):
        assert [one.voices for one in mentions(text)] == [("no/ingrid-dahl",)]
    text = "Norway left, and Paul Tremblay said no."
    assert [one.voices for one in mentions(text)] == [("no",), ("ca/paul-tremblay",)]


def test_somebody_of_a_post_without_a_name_speaks_for_the_party() -> None:
    (one,) = mentions("Norway's delegate said no.")
    assert (one.words, one.voices) == ("Norway's delegate", ("no",))


def test_a_sea_is_no_party() -> None:
    assert mentions("Fish of the Norwegian Sea.") == []


def test_a_heading_names_parties_and_not_places() -> None:
    finder = Finder(NAMES)
    assert finder.parties_named("CANADA-NORWAY TALKS IN OSLO") == ("ca", "no")
    assert finder.parties_named("Talks in Oslo") == ()


def test_a_party_is_found_in_capitals() -> None:
    assert [one.voices for one in mentions("NORWAY asked for more.")] == [("no",)]


def test_a_person_is_known_by_the_given_name_alone_but_not_with_another_surname() -> None:
    assert [one.voices for one in mentions("Ingrid said no.")] == [("no/ingrid-dahl",)]
    assert mentions("Ingrid Holm said no.") == []


def test_a_title_begins_after_the_clause_before() -> None:
    (first, second) = mentions("Norway proposed a Forum, and Minister Paul Tremblay said no.")
    assert (first.words, second.post) == ("Norway", "Minister")


def test_a_side_is_found_in_capitals_and_so_are_heads_of_state() -> None:
    assert [one.voices for one in mentions("The Norwegian Side said no.")] == [("no",)]
    assert [one.kind for one in mentions("The Heads of State said no.")] == ["both"]


def test_its_delegation_is_of_whom_was_spoken_of_and_officials_of_a_party_speak_for_it() -> None:
    found = {one.words: one.kind for one in mentions("Its delegation left, and Canadian officials say so.")}
    assert (found["Its delegation"], found["Canadian officials"]) == ("own", "party")


def test_the_party_of_one_person_is_not_in_the_title_of_the_next() -> None:
    found = mentions("Norway (NO) Minister Dahl, Ambassador Tremblay, and others met.")
    assert [one.voices for one in found if one.kind == "person"] == [("no/ingrid-dahl",), ("ca/paul-tremblay",)]
