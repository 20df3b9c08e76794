"""`parley brief`: what the command adds to the brief, the moments and the parties that are typed."""

from tests.cli.console import Console


def test_the_brief_is_written_for_a_party_and_a_meeting(recorded: Console) -> None:
    answer = recorded.line("parley brief --as-of 2025-05-22 --us vn --for round-3")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("# Viet Nam and United States, reciprocal trade agreement\n")
    assert "for round 3" in answer.out
    assert "## Our unanswered asks" in answer.out


def test_the_brief_says_what_changed_since_a_moment(recorded: Console) -> None:
    assert "## What changed since" not in recorded.line("parley brief --as-of 2025-05-22").out
    assert "## What changed since round-2 (" in recorded.line("parley brief --as-of 2025-06-30 --since round-2").out


def test_a_party_or_a_meeting_that_is_not_known_is_refused(recorded: Console) -> None:
    for line in ("parley brief --us vm", "parley brief --for round-33", "parley brief --since smarch"):
        answer = recorded.line(line)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("parley: ")
