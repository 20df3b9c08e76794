"""Correcting and retracting on the command line."""

from tests.cli.console import Console


def test_a_change_without_an_equals_sign_is_refused(recorded: Console) -> None:
    answer = recorded.parley("correct", "round-2", "held", "--reason", "Why.")
    assert (answer.code, answer.err) == (
        1,
        "parley: 'held' is not a change. Write FIELD=VALUE, such as held=2025-05-22.\n",
    )


def test_a_field_that_is_repeated_gets_several_values(recorded: Console) -> None:
    line = "parley correct greer-more-exchanges issues=technical-dialogue issues=tariffs --reason Both. --dry-run"
    out = " ".join(recorded.line(line).out.split())
    assert "issues was technical-dialogue, is technical-dialogue, tariffs" in out
    assert recorded.parley("log", "--csv").out.count("\n") == 173
