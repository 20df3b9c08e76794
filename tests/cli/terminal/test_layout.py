"""Text in lines of a given width: nothing is lost, nothing is broken inside."""

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from cli.terminal.layout import columns, in_rows, wrapped
from ledger.base.text import one_line

WORDS = st.sampled_from(
    ("a", "Viet Nam", "12 to 14 November 2025", "2025-05-19..22", "21 May 2025", "May 2025", "market-economy-status",
     "Nguyễn Hồng Diên", "https://example.org/a/long/address/of/a/page", "\t", "\x1b", "\u202e", "貿易協定",
     "(due June 9)")
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
ROWS = st.lists(st.tuples(*[TEXTS] * 4), min_size=1, max_size=5)
WIDTHS = st.integers(20, 130)
DATES = re.compile(r"\d{1,2}(?: to \d{1,2})? (?:May|November) 2025|May 2025|June 9|2025-05-19..22")


def words(texts: list[str]) -> Counter[str]:
    """The words of texts; ideograms, which a line may end between, count one by one."""
    return Counter(word for text in texts for word in re.findall(r"[貿易協定]|[^\s貿易協定]+", text))


def longest(text: str) -> int:
    """The columns of the longest word or date of a text."""
    parts = [*DATES.findall(text), *DATES.sub(" ", text).split()]
    return max(map(columns, parts), default=0)


@given(TEXTS, WIDTHS)
def test_a_wrapped_text_keeps_every_word_and_date_within_the_width(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert words(lines) == words([one_line(text)])
    assert Counter(date for line in lines for date in DATES.findall(line)) == Counter(DATES.findall(one_line(text)))
    assert all(columns(line) <= max(room, longest(line) + 2) for line in lines)


@given(ROWS, st.integers(0, 3), WIDTHS)
@example([("a", "b", "c", "d")], 3, 20)
def test_rows_keep_every_word_and_date_within_the_width(rows: list[tuple[str, ...]], wide: int, room: int) -> None:
    lines = in_rows(rows, wide, room).lines
    texts = [one_line(cell) for row in rows for cell in row]
    told = Counter({word.rstrip(";"): count for word, count in words(lines).items()})
    assert {*told} - {""} == {*words(texts)}
    assert {date for line in lines for date in DATES.findall(line)} >= {
        date for one in texts for date in DATES.findall(one)
    }
    assert all(columns(line) <= max(room, longest(line) + 6) for line in lines)


def test_columns_have_headings_and_begin_in_one_place() -> None:
    found = in_rows(
        [("2025-05-22", "One thing.", "one"), ("2025-05", "Another.", "two")], 1, 80, ("When", "What", "Slug")
    )
    assert found.headings == ["When        What        Slug"]
    assert found.lines == ["2025-05-22  One thing.  one", "2025-05     Another.    two"]


def test_a_column_without_content_is_left_out() -> None:
    assert in_rows([("a", "", "b")], 0, 80, ("A", "None", "B")) == (["A  B"], ["a  b"])


def test_rows_without_room_for_their_columns_are_stacked() -> None:
    row = ("2025-05-22", "Viet Nam", "It said that " * 5, "Hanoi", "", "slug-of-the-entry")
    found = in_rows([row], 2, 50, ("When", "Who", "What", "Place", "Held", "Slug"))
    assert found.headings == []
    assert found.lines == [
        "2025-05-22  Viet Nam",
        "    It said that It said that It said that It said",
        "    that It said that",
        "    place Hanoi                  slug-of-the-entry",
    ]


def test_a_short_row_without_room_for_its_other_columns_has_its_text_on_the_first_line() -> None:
    row = ("2025-05-22", "It said so.", "a place with a long name", "slug-of-the-entry")
    assert in_rows([row], 1, 50, ("When", "What", "Place", "Slug")).lines == [
        "2025-05-22  It said so.",
        "    place a place with a long name",
        "                                 slug-of-the-entry",
    ]


def test_without_a_limit_each_row_is_one_line() -> None:
    rows = [("2025", "word " * 50, "one"), ("2025-05-22", "A word.", "two")]
    assert in_rows(rows, 1, None).lines[1] == f"2025-05-22  {'A word.':60}  two"
    assert len(in_rows(rows, 1, None).lines) == 2
