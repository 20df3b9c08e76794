"""The `parley` command: its help, and its handling of errors."""

import pytest

from cli.main import COMMANDS, GROUPS
from tests.cli.console import Console


def test_without_a_command_help_lists_every_command_in_its_group(console: Console) -> None:
    for answer in (console.parley(), console.parley("--help")):
        text = answer.out + answer.err
        assert [line[:-1] for line in text.splitlines() if line[:-1] in GROUPS] == list(GROUPS)
        assert all(f"\n  {name} " in text for name in COMMANDS)


def test_help_says_what_each_command_does_in_a_whole_sentence(console: Console) -> None:
    lines = console.parley("--help").out.partition("\nBegin:\n")[2].splitlines()
    assert not any(line.endswith("...") for line in lines)
    sentences = " ".join(line.strip() for line in lines if line.startswith(" "))
    assert sentences.count(". ") + sentences.count("? ") + 1 == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_how_it_is_used_with_an_example(command: str, console: Console) -> None:
    text = console.parley(command, "--help").out
    assert text.startswith(f"Usage: parley {command}")
    assert f"\n  parley {command}" in text or command == "append"


def test_a_command_that_does_not_exist_is_wrong_usage(console: Console) -> None:
    answer = console.parley("stat")
    assert (answer.code, answer.out) == (2, "")
    assert "No such command 'stat'" in answer.err


def test_a_refusal_is_one_sentence_on_standard_error(console: Console) -> None:
    answer = console.parley("state")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("parley: ")
    assert "Traceback" not in answer.err


def test_the_version_is_shown(console: Console) -> None:
    assert console.parley("--version").out.startswith("parley 0.")
