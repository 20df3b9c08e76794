"""Half-open connections never block the pages."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger.web import connections
from tests.ledger.web import serving

ROOT = Path(__file__).parents[3]
HEAD = b"GET /-/head.json HTTP/1.1\r\nhost: "


@pytest.fixture
def address(tmp_path: Path, set_clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(connections, "SECONDS", 1)
    monkeypatch.setattr(connections, "MOST_FROM_ONE", 8)
    with serving.serving(serving.worked_example(tmp_path)) as address:
        yield address


def opened(address: str, sent: bytes = b"") -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    found = socket.create_connection((host, int(port)), timeout=20)
    found.sendall(sent)
    return found


def test_readers_are_served_however_many_connections_are_half_open(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        for number in range(200):
            stack.enter_context(opened(address, HEAD if number % 2 else b""))
            if number % 40 == 0:
                assert httpx.get(f"{address}/-/head.json", timeout=20).json() == {"position": 172}
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        HEAD,
        b"POST /-/enter HTTP/1.1\r\nhost: HOST\r\ncontent-length: 40\r\n\r\ntoken=",
        b"GET /-/head.json HTTP/1.1\r\nhost: HOST\r\n\r\nGET /-/head.json HTTP/1.1\r\n",
    ],
)
def test_a_request_that_does_not_arrive_in_time_is_ended(address: str, sent: bytes) -> None:
    begun = time.monotonic()
    with opened(address, sent.replace(b"HOST", address.removeprefix("http://").encode())) as half:
        try:
            while half.recv(65536):
                pass
        except ConnectionResetError:
            pass
    assert time.monotonic() - begun < 15


def test_a_connection_that_asks_in_time_stays_open(address: str) -> None:
    with httpx.Client(base_url=address, timeout=20) as client:
        for _ in range(5):
            assert client.get("/-/head.json").status_code == 200
            time.sleep(0.4)


SLOW = """
import asyncio
from ledger.web.server import address, bound, server

async def slow(scope, receive, send):
    if scope["type"] == "http":
        await asyncio.sleep(20)

listening = bound("127.0.0.1", 0)
print(address("127.0.0.1", listening.getsockname()[1]), flush=True)
slow.stop = slow.keep_warm = lambda: None
server(slow).run(sockets=[listening])
"""


def test_a_server_that_stops_while_connections_must_wait_says_so_once(tmp_path: Path) -> None:
    with (
        (tmp_path / "err").open("w+") as err,
        subprocess.Popen(
            ["sh", "-c", f"ulimit -n 64; exec \"{sys.executable}\" -c '{SLOW}'"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
        ) as running,
        ExitStack() as stack,
    ):
        stack.callback(running.terminate)
        address = running.stdout.readline().strip().rstrip("/")
        while "must wait" not in (tmp_path / "err").read_text():
            stack.enter_context(opened(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"))
        running.terminate()
        running.wait(timeout=20)
    warned = (tmp_path / "err").read_text()
    assert warned.count("must wait") == 1
    assert "Invalid file descriptor" not in warned


@pytest.mark.parametrize(("files", "half_open", "warnings"), [(256, 500, 0), (64, 250, 1)])
def test_a_server_that_may_open_few_files_serves_on_while_hundreds_of_connections_are_half_open(
    tmp_path: Path, files: int, half_open: int, warnings: int
) -> None:
    ledger = serving.worked_example(tmp_path)
    patient = "from ledger.web import connections; connections.SECONDS = 60"  # none of them is ended meanwhile
    code = f"import sys; {patient}; from cli.script import main; sys.exit(main())"
    serve = f'ulimit -n {files}; exec "{sys.executable}" -c "{code}" serve --port 0 --ledger "{ledger.path}"'
    with (
        (tmp_path / "err").open("wb") as err,
        subprocess.Popen(["sh", "-c", serve], cwd=ROOT, stdout=subprocess.PIPE, stderr=err, text=True) as running,
        ExitStack() as stack,
    ):
        stack.callback(running.terminate)
        address = running.stdout.readline().split()[4].rstrip("/")
        for _ in range(half_open):
            stack.enter_context(opened(address, HEAD))
        assert httpx.get(f"{address}/-/head.json", timeout=50).json() == {"position": 172}
    warned = (tmp_path / "err").read_text()
    assert len(warned) < 1000
    assert warned.count("New connections must wait (Too many open files)") <= warnings
    assert "Traceback" not in warned
