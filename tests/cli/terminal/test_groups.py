"""Commands that do not exist are refused with those near in spelling or meaning."""

import pytest

from cli.main import COMMANDS, MEANT
from tests.cli.console import Console


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("statments", "statements"), ("folow-ups", "follow-ups"), ("nextround", "next-round"), ("status", "state"),
        ("find", "search"), ("undo", "retract"), ("add", "append"), ("append stament", "statement"),
    ],
)  # fmt: skip
def test_a_mistyped_command_gets_the_nearest(typed: str, near: str, console: Console) -> None:
    answer = console.line(f"parley {typed}")
    assert (answer.code, answer.out) == (2, "")
    assert f"No such command '{typed.rsplit(maxsplit=1)[-1]}'. Did you mean {near}" in answer.err


def test_a_command_that_is_near_to_none_gets_the_help(console: Console) -> None:
    assert "`parley --help` lists the commands." in console.line("parley qqq").err


def test_what_people_type_for_a_command_is_not_a_command_and_leads_to_one() -> None:
    assert not {*MEANT} & {*COMMANDS}
    assert {*MEANT.values()} <= {*COMMANDS, "--help"}
