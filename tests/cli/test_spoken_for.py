"""What a person says on behalf of a bloc is shown as said for it, wherever the person is named as the speaker."""

from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks
parties: [iran, powers]
source: {slug: release, title: Release, published: 2026-04-06}
entries:
  - {party: eu, name: European Union}
  - {party: iran, name: Iran}
  - {party: powers, name: E3+3, in-sentences: the E3+3}
  - {person: ashton, name: Ann Ashton, party: eu}
  - {issue: programme, title: Programme}
  - {statement: apart, by: eu/ashton, for: powers, act: unresolved, issues: programme, says: Far apart., on: 2026-04-06}
"""
QUESTIONS = (
    "statements", "statements --by powers", "timeline", "show powers", "show ashton", "replay --full", "handover",
)  # fmt: skip


def test_who_speaks_for_a_bloc_is_named_with_it(console: Console) -> None:
    console.columns = 200
    console.record(TALKS)
    for line in QUESTIONS:
        answer = console.line(f"parley {line}").out
        assert "Ann Ashton (eu), for the E3+3" in answer, f"{line}\n{answer}"
    assert "unresolved, according to the E3+3" in console.line("parley brief").out
