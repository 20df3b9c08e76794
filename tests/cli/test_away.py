"""While the server is away, questions are answered from what this machine has seen, and nothing is recorded."""

import re
from pathlib import Path

from tests.cli.console import Console

AWAY = "The server cannot be reached, so this is the record as of position 172, recorded 2026-11-21 12:00 UTC.\n"


QUESTIONS = ["state", "asks", "show round-2", "search controls", "log", "use", "gaps", "diff 2025-03-31 2025-05-22"]


def test_questions_are_answered_from_the_views_with_a_line_that_says_so(desk: Console, own_server) -> None:
    before = {question: desk.line(f"parley {question}") for question in QUESTIONS}
    own_server.stop()
    for question in QUESTIONS:
        answer = desk.line(f"parley {question}")
        assert (answer.out, answer.code) == (before[question].out, 0), answer.err
        assert answer.err == AWAY + before[question].err
    own_server.start()
    assert desk.line("parley state") == before["state"]


def test_recording_and_proving_are_refused_in_a_sentence(desk: Console, own_server) -> None:
    own_server.stop()
    for line in ("append party jp --name Japan", "import seeds/vn-us-trade/*.yaml", "retract round-2 --reason x",
                 "erase round-2 --reason x", "verify", "checkpoint", "backup copy.db", "export"):  # fmt: skip
        answer = desk.line(f"parley {line}")
        assert (answer.code, answer.out) == (1, ""), line
        assert re.search("The server of postgresql://.* cannot be reached .*Nothing was recorded", answer.err), line
    own_server.start()
    assert desk.line("parley append party jp --name Japan").out.startswith("Recorded #173")


def test_a_desk_that_has_seen_nothing_is_refused(desk: Console, own_server, tmp_path: Path) -> None:
    own_server.stop()
    answer = desk.line("parley state", PARLEY_DESKS=str(tmp_path / "elsewhere"))
    assert (answer.code, "cannot be reached" in answer.err) == (1, True)
    own_server.start()


def test_after_a_restart_open_ledgers_connect_again(desk: Console, own_server) -> None:
    for how in ("SIGINT", "SIGQUIT"):
        own_server.restart(how)
        assert desk.line("parley state").err == ""
        own_server.restart(how)
        assert desk.line(f"parley append party p-{how.lower()} --name P").code == 0
