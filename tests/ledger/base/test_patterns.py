"""A pattern is compiled only for a text with the words that it needs, and matches what `re` matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.patterns import Pattern, cased, compiled, words_needed

WORDS = st.sampled_from(["said", "agreed", "put off", "honou?r", "the", r"\w+", "(?:no|not)", "[Tt]alks", r"\x27tis"])
TIMES = st.sampled_from(["", "", "?", "*", "+", "{0,2}", "{1,2}?", "++"])


def groups(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    alternatives = st.lists(inside, min_size=1, max_size=3).map("|".join)
    opening = st.sampled_from(["(?:", "(?P<it>", "(?i:", "(?=", "(?!"])
    return st.builds("{}{})".format, opening, alternatives)


PARTS = st.recursive(WORDS.map("(?:{})".format), groups, max_leaves=4)
SOURCES = st.lists(st.builds("{}{}".format, PARTS, TIMES), min_size=1, max_size=3).map(r"\s*".join)
TEXTS = st.lists(st.sampled_from("Said AGREED put off honor honour the not no talks 'tis".split()), max_size=5)  # noqa: SIM905


@given(SOURCES, TEXTS.map(" ".join), st.integers(0, 3), st.sampled_from([re.IGNORECASE, 0]))
def test_a_pattern_matches_what_the_regular_expression_matches(source: str, text: str, start: int, flags: int) -> None:
    try:
        plain = re.compile(source, flags)
    except re.error:
        return
    for ask in ("search", "match", "fullmatch"):
        told, found = getattr(plain, ask)(text, start), getattr(Pattern(source, flags), ask)(text, start)
        assert (told and told.span()) == (found and found.span()), ask
    assert [one.span() for one in plain.finditer(text)] == [one.span() for one in Pattern(source, flags).finditer(text)]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"\b(?:said|says)\b.{0,9}(?:that|if) ", [("said", "says")]),
        (r"Norway (?:would|will) not", [("norway ",), ("would", "will"), (" not",)]),
        (r"colou?r|grey", [("colo", "grey")]),
        (r"(?:very )?(?:good)*\s+day", [("day",)]),
        (r"(?<!ask )(?!not)if", []),
        (r"deal(?= was signed)", [("deal",), (" was signed",)]),
        (r"[abc]def|\d+", []),
    ],
)  # fmt: skip
def test_the_words_without_which_a_pattern_cannot_match(source: str, needed: list[tuple[str, ...]]) -> None:
    assert words_needed(source) == needed


def test_a_pattern_is_compiled_when_a_text_first_has_its_words() -> None:
    broken = Pattern(r"(?:talks|round)\s+(", 0)
    assert broken.search("Norway spoke.") is None
    assert broken.search("Talks: Norway spoke.", 6) is None
    with pytest.raises(re.error):
        broken.search("The talks ended.")


def test_without_its_words_a_pattern_finds_and_changes_nothing() -> None:
    assert compiled("talks").findall("Norway spoke.") == []
    assert [*compiled("talks").finditer("Norway spoke.")] == []
    assert compiled("talks").sub("round", "Norway spoke.") == "Norway spoke."


def test_case_counts_only_where_it_is_asked_for() -> None:
    assert compiled("talks").findall("Talks on talks") == ["Talks", "talks"]
    assert cased("talks").findall("Talks on talks") == ["talks"]
    assert compiled("talks").sub("round", "Talks on talks") == "round on round"
