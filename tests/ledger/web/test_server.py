"""The server: the rules of access, and many readers at once."""

import socket
import threading
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger import create_ledger
from ledger.errors import Refusal
from ledger.web import server
from ledger.web.people.people import AccessRole, People
from ledger.web.people.visitors import Visitors
from tests.ledger.web import serving


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "some-machine"])
def test_other_machines_are_let_in_only_where_somebody_can_sign_in(host: str, tmp_path: Path) -> None:
    people = People(create_ledger(tmp_path / "ledger.db").path)
    visitors = Visitors(people)
    for nobody in (None, visitors):
        with pytest.raises(Refusal, match="nobody can yet"):
            server.lock(host, 8001, nobody)
    people.add("lan", AccessRole.RECORDER)
    assert server.lock(host, 8001, visitors).visitors is visitors
    assert server.lock("127.0.0.1", 8001).visitors is None


def test_a_page_does_not_wait_for_its_second_packet() -> None:
    with server.bound("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_fifty_browsers_read_while_a_writer_files(tmp_path: Path) -> None:
    ledger = serving.worked_example(tmp_path)
    wrong: list[str] = []
    paths = ["/", "/vn-us-trade/timeline", "/raw_tables/issues.json", "/vn-us-trade/meeting/round-3", "/-/head.json"]
    with serving.serving(ledger) as address:

        def read(number: int) -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                for turn in range(4):
                    found = client.get(paths[(number + turn) % len(paths)])
                    if found.status_code != 200:
                        wrong.append(found.text)

        readers = [threading.Thread(target=read, args=(number,)) for number in range(50)]
        for reader in readers:
            reader.start()
        for number in range(6):
            ledger.append("issue", f"matter-{number}", {"title": f"Matter {number}"})
        for reader in readers:
            reader.join(60)
        assert wrong == []
        assert "Matter 5" in httpx.get(f"{address}/vn-us-trade/issues").text
