"""`parley token`: people are named, listed and revoked; each refusal is one sentence, and writes nothing."""

import pytest

from tests.cli.console import Console


def test_a_token_is_printed_once_and_alone_on_standard_output(recorded: Console) -> None:
    answer = recorded.line("parley token add lan --role recorder --expires 90d")
    assert answer.code == 0
    assert answer.out.startswith("parley_") and answer.out.count("\n") == 1
    assert answer.err == "lan may sign in as a recorder, until 2027-02-19. The token is shown only now:\n"
    listed = recorded.line("parley token list").out
    assert answer.out.strip() not in listed and answer.out.strip().split("_")[1] not in listed


def test_the_list_says_who_may_what_and_until_when(recorded: Console) -> None:
    assert "Nobody may sign in." in recorded.line("parley token list").out
    recorded.line("parley token add press --role reader --level public --expires 1d")
    recorded.line("parley token add lan --role recorder --expires never")
    answer = recorded.line("parley token add minh --role keeper --by-proxy --expires 2027-01-31")
    assert answer.out == "minh may sign in as a keeper, until 2027-01-31, when the proxy says who it is.\n"
    rows = [line.split("  ") for line in recorded.line("parley token list").out.splitlines()]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows] == [
        ["press", "reader up to public", "token", "added 2026-11-21", "until 2026-11-22"],
        ["lan", "recorder", "token", "added 2026-11-21", "no end"],
        ["minh", "keeper", "by the proxy", "added 2026-11-21", "until 2027-01-31"],
    ]


def test_a_revoked_person_is_gone(recorded: Console) -> None:
    recorded.line("parley token add lan --role recorder")
    assert recorded.line("parley token revoke lan").out == "lan may not sign in any more.\n"
    answer = recorded.line("parley token revoke lan")
    assert (answer.code, answer.err) == (1, "parley: No person 'lan' may sign in. None is recorded yet.\n")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("lan --role king", "There is no role 'king'. Known: reader, recorder, keeper."),
        (
            "lan --role reader",
            "Say up to which level lan may read: --level with one of public, internal, confidential.",
        ),
        ("lan --role reader --level secret", "This ledger has no level 'secret'."),
        ("lan --role recorder --level public", "A recorder sees the whole record, because filing an entry reveals"),
        ("lan --role recorder --expires soon", "'soon' is not the end of a token. Give a number of days such as 90d"),
        ("lan --role recorder --expires 2020-01-01", "A token until 2020-01-01 would never be valid"),
        ("'  ' --role recorder", "A name is one line of at most 100 characters"),
        ("minh --role reader --level public", "minh may already sign in, as a recorder."),
    ],
)
def test_what_is_wrong_is_one_sentence_and_names_nobody(recorded: Console, typed: str, says: str) -> None:
    recorded.line("parley token add minh --role recorder")
    before = recorded.line("parley token list").out
    answer = recorded.line(f"parley token add {typed}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert says in answer.err
    assert recorded.line("parley token list").out == before


@pytest.mark.parametrize("typed", ["add lan --role recorder", "list", "revoke lan"])
def test_without_a_ledger_nobody_is_named(console: Console, typed: str) -> None:
    answer = console.line(f"parley token {typed}")
    assert answer.code == 1 and "There is no ledger at ledger.db" in answer.err
    assert [*console.folder.glob("*people*")] == []


@pytest.mark.parametrize("typed", ["add lan --role recorder", "list", "revoke lan"])
def test_a_list_that_cannot_be_read_is_left_as_it_is(recorded: Console, typed: str) -> None:
    (recorded.folder / "ledger.people.json").write_text("{")
    answer = recorded.line(f"parley token {typed}")
    assert answer.code == 1 and "is not a list of people that Parley wrote" in answer.err
    assert (recorded.folder / "ledger.people.json").read_text() == "{"


def test_a_mistyped_command_gets_a_suggestion(recorded: Console) -> None:
    answer = recorded.line("parley token revok lan")
    assert answer.code == 2 and "Did you mean revoke?" in answer.err
