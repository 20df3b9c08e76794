"""`parley serve`: its output, and its refusals before it listens."""

import builtins
import socket
from typing import Any

import pytest

from tests.cli.console import Console


def test_it_tells_where_the_record_is(recorded: Console, nobody_comes: None) -> None:
    answer = recorded.line("parley serve")
    assert answer.code == 0
    assert answer.out.startswith("The record is at http://127.0.0.1:")


def test_a_port_that_is_taken_is_refused(recorded: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = recorded.line(f"parley serve --port {port}")
    assert answer.code == 1
    assert answer.err == (
        f"parley: Parley cannot listen on port {port} of 127.0.0.1: Address already in use."
        " Choose another port with --port.\n"
    )


def test_a_host_that_is_not_of_this_machine_is_refused(recorded: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    recorded.line("parley token add lan --role recorder")
    answer = recorded.line("parley serve --host 192.0.2.1")
    assert (answer.code, "Parley cannot listen on port 8001 of 192.0.2.1" in answer.err) == (1, True)


def test_other_machines_are_let_in_only_once_somebody_can_sign_in(recorded: Console, nobody_comes: None) -> None:
    for options in ("--host 0.0.0.0", "--sign-in", "--proxy-from 10.0.0.5"):
        answer = recorded.line(f"parley serve {options}")
        assert (answer.code, answer.err.count("\n")) == (1, 1)
        assert "nobody can yet. Name who may: `parley token add NAME --role recorder`" in answer.err
    recorded.line("parley token add lan --role recorder")
    assert recorded.line("parley serve --sign-in").err == ""
    answer = recorded.line("parley serve --host 0.0.0.0")
    assert answer.code == 0
    assert "These pages use plain HTTP: whoever can listen" in answer.err
    assert recorded.line("parley serve --host 0.0.0.0 --proxy-from 10.0.0.5").err == ""


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--proxy-header X-Remote-User", "Anybody can send the header X-Remote-User. Name the address of the only"),
        ("--proxy-header Cookie --proxy-from 10.0.0.5", "'Cookie' is not the name of a header that a proxy can set"),
        ("--proxy-header 'X Y' --proxy-from 10.0.0.5", "'X Y' is not the name of a header"),
        ("--proxy-header X-User --proxy-from the-proxy", "'the-proxy' is not the address of a proxy"),
        ("--proxy-from 0.0.0.0/0", "0.0.0.0/0 would trust every machine"),
        ("--audit trail.jsonl", "Nobody signs in to these pages, so nobody's name could be noted. Add --sign-in"),
        ("--sign-in --audit nowhere/trail.jsonl", "nowhere/trail.jsonl cannot be written: No such file or directory"),
    ],
)
def test_bad_options_are_one_sentence(recorded: Console, nobody_comes: None, options: str, says: str) -> None:
    recorded.line("parley token add lan --role recorder")
    answer = recorded.line(f"parley serve {options}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert says in answer.err


def test_where_there_is_no_ledger_nothing_is_served(console: Console, nobody_comes: None) -> None:
    answer = console.line("parley serve")
    assert answer.code == 1
    assert "There is no ledger at ledger.db" in answer.err


def test_without_the_extra_it_says_how_to_install_it(recorded: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "ledger.web" and rest[2:3] == (("server",),):
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    answer = recorded.line("parley serve")
    assert answer.code == 1
    assert answer.err == (
        "parley: `parley serve` needs uvicorn, which is not installed. "
        "In a checkout of Parley, run: pip install '.[web]'\n"
    )
