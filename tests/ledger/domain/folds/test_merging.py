"""Several reports of one entry: the values shown and the contested fields."""

from itertools import permutations

import pytest

from ledger.domain.folds.merging import Weighed
from tests.examples import held, known, on, quoted, said

AGREEING_DATES = [
    ("2025-05", "2025-05-22", "2025-05-22"),
    ("[2025-05-21,2025-05-22]", "2025-05-22", "2025-05-22"),
    ("2025-05-19/2025-05-22", "2025-05", "2025-05-19/2025-05-22"),
    ("2025-05-20~", "2025-05-22", "2025-05-22"),
    ("", "2025-05-22", "2025-05-22"),
]
AGREEING_PLACES = [
    ("Washington", "Washington, D.C.", "Washington, D.C."),
    ("Ha Noi", "Hà Nội", "Hà Nội"),
    ("", "Geneva", "Geneva"),
]
AGREEING_VOICES = [
    (("us",), ("us/jamieson-greer",), ("us/jamieson-greer",)),
    (("vn",), ("vn", "us"), ("vn", "us")),
    (("vn", "us"), ("us/jamieson-greer", "vn"), ("us/jamieson-greer", "vn")),
]


def voiced(by: tuple[str, ...], **more):
    return said("asked", " ".join(by), **more)


def weighed(name: str, *events, empty=None, settled=None):
    """The value shown for a field, and the contests there are."""
    found = Weighed("meeting", "round-2", known(*events, ustr="2025-05-23", wto="2025-05-24"), settled or {})
    return found.of(name, empty), found.contests


@pytest.mark.parametrize(("first", "second", "shown"), AGREEING_DATES)
def test_compatible_dates_show_the_more_precise_in_either_order(first, second, shown):
    for one, other in permutations((first, second)):
        value, contests = weighed("held", held(one), held(other, source="ustr"), empty=on(""))
        assert (value, contests) == (on(shown), [])


@pytest.mark.parametrize(("first", "second", "shown"), AGREEING_PLACES)
def test_places_that_are_one_place_show_the_fuller_name(first, second, shown):
    value, contests = weighed("place", held(place=first), held(place=second, source="ustr"), empty="")
    assert (value, contests) == (shown, [])


@pytest.mark.parametrize(("first", "second", "shown"), AGREEING_VOICES)
def test_a_party_and_its_person_are_one_voice(first, second, shown):
    for one, other in permutations((first, second)):
        value, contests = weighed("by", voiced(one), voiced(other, source="ustr"), empty=())
        assert (set(value), contests) == (set(shown), [])


def test_two_persons_of_one_party_are_contested():
    value, contests = weighed("by", voiced(("us/greer",)), voiced(("us/lutnick",), source="ustr"), empty=())
    assert value == ("us/lutnick",)
    assert contests[0].values == ("us/greer", "us/lutnick")


def test_a_contest_shows_every_value_with_its_source_position_and_words():
    reports = (
        held("2025-05-22", quotes=quoted("on May 22")),
        held("2025-05-21", source="ustr", quotes=quoted("May 21", "Wednesday")),
        held("2025-05-22", source="wto"),
    )
    value, (contest,) = weighed("held", *reports, empty=on(""))
    assert value == on("2025-05-22")
    assert (contest.kind, contest.slug, contest.field) == ("meeting", "round-2", "held")
    assert contest.values == ("22 May 2025", "21 May 2025", "22 May 2025")
    assert contest.sources == ("vna", "ustr", "wto")
    assert contest.positions == ("1", "2", "3")
    assert contest.quotes == ("on May 22", "May 21 … Wednesday", "")


def test_the_latest_published_is_preferred_whatever_the_order_of_filing():
    reports = [held("2025-05-20"), held("2025-05-21", source="ustr"), held("2025-05-22", source="wto")]
    for filed in permutations(reports):
        value, _ = weighed("held", *filed, empty=on(""))
        assert value == on("2025-05-22")


def test_three_dates_that_agree_only_two_by_two_are_contested():
    reports = (held("2025-05"), held("2025-05-21", source="ustr"), held("2025-05-22", source="wto"))
    assert len(weighed("held", *reports, empty=on(""))[1]) == 1


def test_what_nobody_reported_is_empty():
    assert weighed("place", held(), empty="") == ("", [])
    assert weighed("number", held(number=None)) == (None, [])


def test_another_number_or_kind_is_contested():
    assert weighed("number", held(number=2), held(number=3, source="ustr"))[1][0].values == ("2", "3")
    assert weighed("kind", held(), held(kind="call", source="ustr"), empty="")[1][0].values == ("round", "call")


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("Buy 50 aircraft.", "Buy 90 aircraft.", False),
        ("Buy 50 aircraft.", "Buy aircraft.", True),
        ("A tariff of 46 per cent.", "46% on all goods, 10% on cars.", True),
        ("A tariff of 46 per cent.", "A tariff of 20 per cent.", False),
        ("Buy 1,000 tonnes.", "Buy 1000 tonnes by 2030.", True),
        ("Reply by 22 May.", "Reply by June 10, 2025.", True),
        ("Lower the tariffs.", "Not before the autumn.", True),
    ],
)
def test_two_paraphrases_are_contested_only_if_their_figures_differ(first, second, agree):
    story = said("asked", "vn", says=first), said("asked", "vn", says=second, source="ustr")
    value, contests = weighed("says", *story)
    assert value == second
    assert [one.values for one in contests] == ([] if agree else [(first, second)])
