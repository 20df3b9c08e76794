"""Other names of a country: its adjective, and the seat of its government."""

from ledger.capture.reading.countries import called, party_names


def test_a_country_is_known_by_its_adjective_and_the_seat_of_its_government() -> None:
    names, seats = party_names({"vn": ["Viet Nam"], "us": ["USA"]})
    assert (names["Vietnamese"], names["American"], names["Hanoi"]) == ("vn", "us", "vn")
    assert {"Hanoi", "Washington"} <= seats
    assert "Vietnamese" not in seats


def test_a_name_of_record_counts_more_than_the_table() -> None:
    names, _ = party_names({"union": ["European Union"], "paper": ["Brussels"]})
    assert names["Brussels"] == "paper"


def test_a_name_that_two_parties_could_have_means_neither() -> None:
    names, _ = party_names({"south": ["South Korea"], "rok": ["ROK"]})
    assert "Seoul" not in names


def test_what_is_no_country_has_no_other_name() -> None:
    assert called(["Dock Workers' Union"]).names == ()
