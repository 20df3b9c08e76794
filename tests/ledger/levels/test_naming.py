import pytest

from ledger import create_ledger
from ledger.levels.errors import BadLevels
from ledger.levels.naming import levels_named


def test_the_default_is_the_most_open_level_unless_another_is_given():
    assert levels_named(["open", "shut"], "")[1].level == "open"
    assert levels_named([], "internal")[1].levels == ("public", "internal", "confidential")


@pytest.mark.parametrize(
    ("names", "default", "why"),
    [
        (["only"], "", "only are not"),
        (["open", "open"], "", "open, open are not"),
        (["open", "Top Secret"], "", "'Top Secret' is not a slug"),
        (["open", "../shut"], "", "is not a slug"),
        (["open", "shut"], "ajar", "the default 'ajar' is not one of them"),
    ],
)
def test_levels_that_cannot_be_are_refused_and_no_ledger_is_made(tmp_path, names, default, why):
    with pytest.raises(BadLevels, match=why):
        create_ledger(tmp_path / "ledger.db", levels=names, default_level=default)
    assert [*tmp_path.iterdir()] == []
