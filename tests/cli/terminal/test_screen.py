"""One screen of a long answer: rows taken in turn, cut after a word, with the number of those left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.terminal import screen
from cli.terminal.screen import Group, Row


@pytest.fixture(autouse=True)
def _eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def parts(*sizes: int, text: str = "text") -> list[Group]:
    return [
        Group(f"Part {nth}", [Row(text, f"slug-{nth}-{row}") for row in range(size)]) for nth, size in enumerate(sizes)
    ]


def test_what_fits_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(parts(2, 1))
    out = capsys.readouterr().out
    assert re.findall(r"slug-\d-\d", out) == ["slug-0-0", "slug-0-1", "slug-1-0"]
    assert "Part 0 (2)\n" in out
    assert out.endswith("\nIn full: --full\n")


@pytest.mark.parametrize("spaced", [True, False])
@pytest.mark.parametrize("latest", [True, False])
@given(sizes=st.lists(st.integers(1, 60), max_size=40))
def test_no_screen_is_too_long_and_the_numbers_add_up(sizes, spaced, latest) -> None:
    printed: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout.write", printed.append)
        screen.show(parts(*sizes), spaced=spaced, latest=latest)
    lines = "".join(printed).splitlines()
    shown = sum(line.startswith("  text") for line in lines)
    assert len(lines) <= screen.LINES
    for line in lines:
        if cut := re.fullmatch(r"Part (\d+) \((\d+)(?: of (\d+))?\)", line):
            nth = int(cut[1])
            assert sum(f"slug-{nth}-" in one for one in lines) == int(cut[2])
            assert int(cut[3] or cut[2]) == sizes[nth]
    left = sum(sizes) - shown
    assert lines[-1] == (f"{left} more: --full" if left else "In full: --full")


def test_of_many_parts_the_last_ones_are_shown_if_the_latest_matter(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(parts(*[1] * 50), spaced=False, latest=True)
    out = capsys.readouterr().out
    assert "slug-49-0" in out and "slug-0-0" not in out
    assert re.findall(r"Part (\d+)", out) == [*map(str, range(33, 50))]


def test_a_long_text_is_cut_after_a_word_and_keeps_its_slug(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show([Group("", [Row("On 22 May 2025, " + "the delegations met " * 9, "round-2", "Below " * 40)])])
    first, below, *_ = capsys.readouterr().out.splitlines()
    assert len(first) == 80 and first.endswith("  round-2")
    assert first.startswith("On 22 May 2025, the delegations met ") and "…" in first
    assert below.startswith("    Below ") and below.endswith("Below…") and len(below) <= 80


@pytest.mark.parametrize("remark", ["(inferred)", "(inferred: The text calls it a hope; taken as a request)"])
def test_what_is_inferred_is_marked_so_however_short_it_is_cut(remark, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("Hopes that " + "both sides agree " * 6, "Hopes for an agreement as soon as possible."):
        screen.show([Group("", [Row(f"{text} {remark}", "a-slug", "")])])
        first = capsys.readouterr().out.splitlines()[0]
        assert first.startswith("Hopes ") and first.removesuffix("a-slug").rstrip().endswith("(inferred)")
        assert len(first) == 80
