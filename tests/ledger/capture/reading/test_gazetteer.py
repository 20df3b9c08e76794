"""The gazetteer has the names in the record; a person without a party is mentioned without one."""

from ledger.capture.reading.gazetteer import Gazetteer, KnownPerson
from ledger.capture.reading.mentions import Finder


def test_a_person_of_no_party_of_record_speaks_for_none() -> None:
    names = Gazetteer({"no": ["Norway"]}, {"ann-lee": KnownPerson(["Ann Lee"], "")}, {})
    (one,) = Finder(names).find("Ann Lee arrived.")
    assert one.voices == ("/ann-lee",)


def test_names_that_are_empty_match_nothing() -> None:
    assert Finder(Gazetteer({"no": [""]}, {}, {})).find("Nobody came to the harbour.") == []
