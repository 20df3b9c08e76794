"""A typed slug, name or alias finds its entry, or is refused with suggestions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import SeveralEntriesMeant, UnknownEntry
from ledger.domain.names import Names

PEOPLE = {
    "nguyen-hong-dien": ["Nguyễn Hồng Diên", "Minister Dien"],
    "jamieson-greer": ["Jamieson Greer"],
    "dien-the-younger": ["Nguyen Hong Dien"],
}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("jamieson-greer", "jamieson-greer"),
        ("Jamieson Greer", "jamieson-greer"),
        ("JAMIESON  GREER", "jamieson-greer"),
        ("minister dien", "nguyen-hong-dien"),
        ("Miníster Diên", "nguyen-hong-dien"),
    ],
)
def test_an_entry_is_found_by_slug_name_and_alias_in_any_spelling(typed, slug):
    assert Names(PEOPLE).slug_of("person", typed) == slug


def test_a_name_that_two_entries_bear_asks_for_the_slug():
    with pytest.raises(SeveralEntriesMeant) as refused:
        Names(PEOPLE).slug_of("person", "NGUYEN HONG DIEN")
    assert str(refused.value) == (
        "'NGUYEN HONG DIEN' may mean dien-the-younger or nguyen-hong-dien. Give the slug of the person."
    )


REFUSED = [
    (PEOPLE, "jameson-greer", "There is no person 'jameson-greer'. Did you mean jamieson-greer?"),
    (PEOPLE, "Ministr Dien", "There is no person 'Ministr Dien'. Did you mean nguyen-hong-dien?"),
    (PEOPLE, "zzz", "There is no person 'zzz'. Known: dien-the-younger, jamieson-greer, nguyen-hong-dien."),
    (
        {},
        "Marc Knapper",
        "There is no person 'Marc Knapper': none is named yet. Add one: `parley append person marc-knapper --name …`",
    ),
]


@pytest.mark.parametrize(("entries", "typed", "sentence"), REFUSED)
def test_what_names_no_entry_is_refused_with_what_may_be_meant(entries, typed, sentence):
    with pytest.raises(UnknownEntry) as refused:
        Names(entries).slug_of("person", typed)
    assert str(refused.value) == sentence


def test_entries_that_are_not_named_have_no_command_to_name_them():
    with pytest.raises(UnknownEntry, match=r"follow-up 'teams': none is recorded yet\.$"):
        Names({}).slug_of("follow-up", "teams")


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), st.lists(st.text(min_size=1), max_size=2)))
def test_every_entry_is_found_by_its_slug_whatever_others_are_called(entries):
    assert [Names(entries).slug_of("party", slug) for slug in entries] == [*entries]
