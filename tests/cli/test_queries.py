"""Looking back: the words as they are written, the columns of a conversation, and safety from what is typed."""

import json

import pytest

from tests.cli.console import Console


@pytest.mark.parametrize("typed", ['"', "*", "(", "NEAR(a b)", "folded:x OR y", "a AND NOT b", "'; DROP TABLE search"])
def test_nothing_typed_is_a_query_language(typed: str, recorded: Console) -> None:
    answer = recorded.parley("search", "--", typed)
    assert answer.code in (0, 1)
    assert answer.out or answer.err.startswith("parley: There is no word to search for in ")
    assert "fts5" not in answer.out + answer.err


def test_an_empty_search_is_refused_in_a_sentence(recorded: Console) -> None:
    answer = recorded.parley("search", "")
    assert answer.code == 1
    assert answer.err.startswith("parley: There is no word to search for in ''.")


def test_words_that_the_shell_kept_together_are_a_phrase(recorded: Console) -> None:
    together = json.loads(recorded.parley("search", "market economy", "--json").out)
    apart = json.loads(recorded.parley("search", "economy", "market", "--json").out)
    assert 0 < len(together) <= len(apart)
    assert json.loads(recorded.parley("search", "economy market", "--json").out) == []


def test_the_best_hits_are_shown_first_and_the_rest_counted(recorded: Console) -> None:
    answer = recorded.line("parley search market --most 2")
    assert len(answer.out.splitlines()) >= 4
    assert answer.out.splitlines()[-1].endswith(" more.")
    assert recorded.line("parley search market --kind nonsense").code == 1


def test_many_parties_are_listed_by_name_where_columns_have_no_room(recorded: Console) -> None:
    for slug in ("jp", "kr"):
        recorded.parley("append", "party", slug, "--name", slug.upper())
        fields = ["--by", slug, "--act", "asked", "--issues", "tariffs", "--on", "2025-06-01", "--says", "So."]
        recorded.parley("append", "statement", f"{slug}-asks", *fields, "--note", "On the phone.")
    said = recorded.line("parley history tariffs").out
    assert "KR       " in said and "ASKED So." in said
    assert len(said.partition("Said\n")[2].splitlines()[0].split("  ")) > 2
