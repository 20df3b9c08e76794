"""The gazetteer has the names in the record; a person without a party is mentioned without one."""

from ledger.capture.reading.gazetteer import Gazetteer, KnownPerson, short_names
from ledger.capture.reading.mentions import Finder


def test_a_person_of_no_party_of_record_speaks_for_none() -> None:
    names = Gazetteer({"no": ["Norway"]}, {"ann-lee": KnownPerson(["Ann Lee"], "")}, {})
    (one,) = Finder(names).find("Ann Lee arrived.")
    assert one.voices == ("/ann-lee",)


def test_names_that_are_empty_match_nothing() -> None:
    assert Finder(Gazetteer({"no": [""]}, {}, {})).find("Nobody came to the harbour.") == []


def test_a_party_has_a_short_name_if_no_other_name_ends_so() -> None:
    parties = {"sea": ("Seafarers' union",), "line": ("Northern Shipping Company", "the line")}
    assert short_names(parties, ()) == {
        "the union": "sea", "the Company": "line", "the company": "line",
    }  # fmt: skip
    assert short_names({**parties, "dock": ("Dockers' union",)}, ()).get("the union") is None
    assert short_names({"eu": ("European Union",)}, ()) == {"the Union": "eu"}


def test_the_government_is_clear_only_with_one_country() -> None:
    parties = {"no": ("Norwegian government",), "front": ("Northern Front",)}
    assert short_names(parties, ["no"])["the government"] == "no"
    assert "the government" not in short_names(parties, ["no", "ca"])
