"""Voices: a party, or a party and a person."""

import pytest

from ledger.domain.voices import among, parties, with_names

NAMES = {"us": "the United States", "us/jamieson-greer": "Jamieson Greer (us)"}


def test_the_parties_of_voices_come_each_once_in_order():
    assert parties(["us/jamieson-greer", "vn", "us"]) == ("us", "vn")
    assert parties([]) == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("us", True), ("jamieson-greer", True), ("us/jamieson-greer", True), ("vn", False), ("greer", False)],
)
def test_a_party_is_among_the_voices_of_its_people(wanted, found):
    assert among(wanted, ["eu", "us/jamieson-greer"]) is found


def test_voices_in_braces_are_named_and_nothing_else_is():
    told = "Greer: {us/jamieson-greer} asked {us}, says us {not a voice}"
    assert with_names(told, NAMES.get) == "Greer: Jamieson Greer (us) asked the United States, says us {not a voice}"


def test_a_name_that_begins_a_sentence_gets_a_capital():
    assert with_names("{us} asked {us}: the list.", NAMES.get) == "The United States asked the United States: the list."
    assert with_names("done, according to {us}", NAMES.get) == "done, according to the United States"
    assert with_names("", NAMES.get) == ""
