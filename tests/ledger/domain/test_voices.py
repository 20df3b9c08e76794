"""Voices: a party, or a party and a person."""

import pytest

from ledger.domain.voices import Memberships, RoleHeld, among, participants, parties, with_names

NAMES = {"us": "the United States", "us/jamieson-greer": "Jamieson Greer (us)"}


def test_the_parties_of_voices_come_each_once_in_order():
    assert parties(["us/jamieson-greer", "vn", "us"]) == ("us", "vn")
    assert parties([]) == ()
    assert parties(["unattributed", "us"]) == ("us",)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("us", True), ("jamieson-greer", True), ("us/jamieson-greer", True), ("vn", False), ("greer", False)],
)
def test_a_party_is_among_the_voices_of_its_people(wanted, found):
    assert among(wanted, ["eu", "us/jamieson-greer"]) is found
    assert among(("vn", wanted), ["eu", "us/jamieson-greer"]) is found


def test_voices_in_braces_are_named_and_nothing_else_is():
    told = "Greer: {us/jamieson-greer} asked {us}, says us {not a voice}"
    assert with_names(told, NAMES.get) == "Greer: Jamieson Greer (us) asked the United States, says us {not a voice}"


def test_a_name_that_begins_a_sentence_gets_a_capital():
    assert with_names("{us} asked {us}: the list.", NAMES.get) == "The United States asked the United States: the list."
    assert with_names("done, according to {us}", NAMES.get) == "done, according to the United States"
    assert with_names("", NAMES.get) == ""


HELD = Memberships(
    [
        RoleHeld("de", "member", "eu", "1958-01-01", ""),
        RoleHeld("uk", "member", "eu", "1973-01-01", "2020-02-01"),
        RoleHeld("eu", "member", "friends", "2022-01-01", ""),
        RoleHeld("friends", "member", "eu", "2022-01-01", ""),  # a circle, as a merge may bring it
        RoleHeld("fao", "observer", "", "0001-01-01", ""),
        RoleHeld("no", "observer", "", "2024-01-01", "2025-01-01"),
        RoleHeld("no", "party", "", "2025-01-01", ""),
        RoleHeld("pe", "chair", "", "0001-01-01", ""),
        RoleHeld("pe", "party", "", "0001-01-01", ""),
    ]
)


def test_the_members_of_a_bloc_are_those_of_the_day_with_their_own_members():
    assert HELD.members("eu", "2019-12-31") == ("de", "uk")
    assert HELD.members("friends", "2023-01-01") == ("eu", "de")
    assert HELD.members("de", "2023-01-01") == ()
    assert Memberships().members("eu", "2023-01-01") == ()


def test_a_party_is_who_is_recorded_as_one_and_who_is_recorded_as_nothing_else():
    assert [HELD.is_party(one, "2024-06-01") for one in ("pe", "no", "fao", "us")] == [True, False, False, True]
    assert HELD.is_party("no", "2025-01-01")
    assert HELD.is_party("no", "2023-01-01")  # nothing was recorded of it then
    assert not Memberships([RoleHeld("no", "party", "", "2023-01-01", "2024-01-01")]).is_party("no", "2024-01-01")


def test_the_parties_of_a_day_are_those_opened_with_else_all_but_the_members_of_another():
    every = ("de", "eu", "fao", "no", "pe", "uk", "us")
    assert HELD.parties((), every, "2021-06-01") == ("eu", "no", "pe", "uk", "us")
    assert HELD.parties((), every, "2024-06-01") == ("eu", "pe", "uk", "us")
    assert HELD.parties((), every, "2019-06-01") == ("eu", "no", "pe", "us")
    assert HELD.parties(("us", "eu", "de", "fao"), every, "2025-06-01") == ("us", "eu", "de", "no", "pe")
    assert Memberships().parties((), every, "2025-06-01") == every


def test_blocs_that_are_members_of_one_another_are_parties_all_the_same():
    circle = Memberships(
        [RoleHeld("a", "member", "b", "2020-01-01", ""), RoleHeld("b", "member", "a", "2020-01-01", "")]
    )
    assert (circle.members("a", "2021-01-01"), circle.members("b", "2021-01-01")) == (("b",), ("a",))
    assert circle.parties((), ("a", "b", "c"), "2021-01-01") == ("a", "b", "c")


def test_a_party_that_only_mediates_or_chairs_speaks_in_that_role_while_it_has_it():
    roles = (
        ("ch", "mediator", "2023-01-01", "2025-01-01"),
        ("ch", "chair", "2024-01-01", ""),
        ("vn", "chair", "2023-01-01", ""),
        ("vn", "party", "2023-01-01", ""),
    )
    held = Memberships(RoleHeld(party, role, "", first, over) for party, role, first, over in roles)
    days = ("2022-12-31", "2023-01-01", "2024-01-01", "2025-01-01")
    assert [held.speaks_as("ch", day) for day in days] == ["", "mediator", "mediator and chair", "chair"]
    assert [held.speaks_as(party, "2024-01-01") for party in ("vn", "us")] == ["", ""]


@pytest.mark.parametrize(
    ("of", "people", "named"),
    [
        (("vn", "us"), ("vn/dien",), ["vn/dien", "us"]),
        (("iran", "e3-3"), ("eu/ashton", "iran/jalili"), ["iran", "e3-3"]),  # who speaks for a bloc is of another party
        ((), ("eu/ashton",), ["eu/ashton"]),
        (("eu",), ("au/farrell",), ["au/farrell", "eu"]),  # the report names the other side by its minister
    ],
)
def test_a_meeting_is_named_by_its_people_unless_one_of_them_is_of_none_of_its_parties(of, people, named):
    assert participants(of, people) == named
