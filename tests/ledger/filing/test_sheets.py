"""Sheets: a problem is shown where the value was typed, in a file or in an option."""

import pytest

from ledger.errors import ProblemsFound
from ledger.filing.sheets import Filled, Sheet


def test_a_field_without_a_place_of_its_own_is_where_its_entry_is():
    filled = Filled("meeting", "round-2", {"held": "x", "kind": "round"}, "news.yaml:6", {"held": "news.yaml:8"})
    assert filled.place("held") == "news.yaml:8"
    assert filled.place("kind") == "news.yaml:6"


def test_two_sheets_do_not_share_their_entries():
    one, other = Sheet(), Sheet()
    one.entries.append(Filled("party", "vn", {}, ""))
    assert other.entries == []


def test_a_wrong_value_on_the_command_line_is_named_by_its_option(ledger):
    with pytest.raises(ProblemsFound) as refused:
        ledger.append("meeting", "round-2", {"kind": "round", "held": "2025-02-30"}, note="Told.")
    assert [where for where, _ in refused.value.problems] == ["--held"]
