"""The commands that list rows of the views."""

import json

from tests.cli.console import Console


def test_each_contested_value_stands_with_its_independent_weight(press: Console) -> None:
    (row,) = json.loads(press.line("parley contested --json").out)
    assert (row["values"], row["weights"]) == (["21 May 2025", "21 May 2025", "22 May 2025"], [1, 1, 1])
    out = " ".join(press.line("parley contested").out.split())
    assert "21 May 2025: 1 independent" in out
    assert "(2 in all)" in out
    assert "said by 1 source" in press.line("parley show hanoi").out
