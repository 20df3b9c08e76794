import pytest

from ledger import create_ledger
from ledger.levels.errors import UnknownLevel
from ledger.levels.scheme import USUAL, Levels, levels_of
from ledger.log import store


def test_a_ledger_that_names_no_levels_has_the_three_usual_ones(ledger):
    with store.opened(ledger.path) as log:
        assert levels_of(log) == USUAL == Levels(("public", "internal", "confidential"), "public")


def test_a_ledger_keeps_the_levels_that_it_named(tmp_path):
    made = create_ledger(tmp_path / "desk.db", levels=["open", "desk", "minister"], default_level="desk")
    with store.opened(made.path) as log:
        assert levels_of(log) == Levels(("open", "desk", "minister"), "desk")
    assert made.negotiations() == []
    made.append("negotiation", "talks", {"title": "The talks"})
    assert made.negotiations() == ["talks"]
    assert made.views().title() == "The talks"


def test_a_level_that_the_ledger_does_not_have_ranks_highest_and_none_lowest():
    assert [USUAL.rank(name) for name in ("", "public", "internal", "confidential", "cosmic")] == [0, 0, 1, 2, 2]
    with pytest.raises(UnknownLevel, match="Its levels, the most open first: public, internal, confidential"):
        USUAL.known("cosmic")


@pytest.mark.parametrize(
    ("levels", "entry", "own"),
    [(USUAL, 0, 1), (USUAL._replace(default="confidential"), 2, 2), (Levels(("a", "b"), "b"), 1, 1)],
)
def test_own_work_has_the_second_level_unless_everything_has_a_higher_one(levels, entry, own):
    assert levels.default_rank(own=False) == entry
    assert levels.default_rank(own=True) == own
