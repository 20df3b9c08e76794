"""Output: how wide it is, and how sources are counted."""

import pytest

from cli.terminal import render
from cli.terminal.render import Column, Listing

TABLE = (Column("Date", str), Column("What", lambda _: "word " * 60, wide=True), Column("Slug", lambda _: "slug"))


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_a_table_is_as_wide_as_columns_says(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    Listing(["2025-05-22"], TABLE, "None.")()
    lines = capsys.readouterr().out.splitlines()
    assert columns - 5 < max(map(len, lines)) <= columns


def test_a_row_in_a_pipe_of_unknown_width_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    Listing(["2025-05-22", "2025-05-23"], TABLE, "None.")()
    assert len(capsys.readouterr().out.splitlines()) == 3
    render.out("word " * 60)
    assert 75 < max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_a_number_of_sources_says_how_many_are_independent() -> None:
    assert render.witnesses(1, 1) == "1 source"
    assert render.witnesses(2, 2) == "2 independent sources"
    assert render.witnesses(1, 3) == "1 independent source (3 in all)"
