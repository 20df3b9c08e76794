"""The weight of reports: copies of one text count once."""

from ledger.domain.copies import Family
from ledger.domain.states import Contest
from ledger.views.weight import Weight, copies_of, sides, weighed, weight

KNOWN = {"a": Family("a", "a", "vn"), "b": Family("b", "a", ""), "c": Family("c", "c", "us")}


def test_copies_weigh_as_one():
    assert weight(["a", "b", "c", "c", ""], KNOWN) == Weight(independent=2, sources=3)
    assert weight([], KNOWN) == Weight(0, 0)
    assert weight(["new", "a"], KNOWN) == Weight(2, 2)
    assert sides(["a", "b", "new"], KNOWN) == {"vn", ""}
    assert (copies_of("a", KNOWN), copies_of("c", KNOWN), copies_of("new", KNOWN)) == ({"b"}, set(), set())


def test_each_contested_value_weighs_what_its_own_sources_weigh():
    values, sources = ("21 May", "22 May", "21 May", "22 May"), ("a", "a", "b", "c")
    contest = Contest("meeting", "round-2", "held", "22 May", values, sources, (), ())
    assert weighed([contest], KNOWN)[0].weights == (1, 2, 1, 2)
