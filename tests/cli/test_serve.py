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
    answer = recorded.line("parley serve --host 192.0.2.1 --token sixteen-letters-or-more")
    assert (answer.code, "Parley cannot listen on port 8001 of 192.0.2.1" in answer.err) == (1, True)


def test_other_machines_are_let_in_only_with_a_token(recorded: Console, nobody_comes: None) -> None:
    answer = recorded.line("parley serve --host 0.0.0.0")
    assert answer.code == 1
    assert "a token of at least 16 characters and give it with --token" in answer.err
    assert recorded.line("parley serve --host 0.0.0.0 --token sixteen-letters-or-more").code == 0


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
