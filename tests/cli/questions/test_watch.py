"""`parley watch` prints each event as it is recorded, from a file and from a server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger import AskableRecord, create_ledger, open_ledger
from tests.cli.console import Console
from tests.servers import PostgresServer


@pytest.fixture(params=["a file", "a server"])
def named(request, console: Console) -> str:
    """The name of a ledger with two parties; the negotiation is its first event."""
    if request.param == "a server":
        request.getfixturevalue("desks_folder")
        name = request.getfixturevalue("postgres").new_database()
    else:
        name = str(console.folder / "ledger.db")
    ledger = create_ledger(name, "secretary")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    for slug in ("us", "vn"):
        ledger.append("party", slug, {"name": slug.upper()})
    return name


def test_what_was_recorded_since_a_position_is_printed(console: Console, named: str) -> None:
    answer = console.parley("watch", "--since", "1", "--most", "2", PARLEY_LEDGER=named)
    assert answer.out.splitlines() == [
        "#2 2026-11-21 12:00 secretary: The party US was named (us)",
        "#3 2026-11-21 12:00 secretary: The party VN was named (vn)",
    ]


def recording(name: str, begun: threading.Event) -> threading.Thread:
    """Somebody who records a party at another desk, once the command waits for it."""

    def record() -> None:
        if begun.wait(60):
            open_ledger(name, "lan").append("party", "jp", {"name": "Japan"})

    other = threading.Thread(target=record)
    other.start()
    return other


def test_what_is_recorded_meanwhile_is_printed(console: Console, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, wait = threading.Event(), AskableRecord.wait

    def waiting(record: AskableRecord, position: int, seconds: float) -> bool:
        begun.set()
        return wait(record, position, seconds)

    monkeypatch.setattr(AskableRecord, "wait", waiting)
    other = recording(named, begun)
    answer = console.parley("watch", "--most", "1", "--json", PARLEY_LEDGER=named)
    other.join()
    assert [json.loads(answer.out)[name] for name in ("position", "recorded_by", "slug")] == [4, "lan", "jp"]


def test_a_server_that_cannot_notify_is_asked_from_time_to_time(
    console: Console, postgres: PostgresServer, desks_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replica refuses to be listened to; here the channel is refused in the same way."""
    from ledger.log.postgres.server import Session

    asked = threading.Event()

    @contextmanager
    def refused(session: Session) -> Iterator[bool]:
        asked.set()
        yield False

    monkeypatch.setattr(Session, "listening", refused)
    name = postgres.new_database()
    create_ledger(name, "secretary").append("negotiation", "talks", {"title": "The talks"})
    other = recording(name, asked)
    answer = console.parley("watch", "--most", "1", "--json", PARLEY_LEDGER=name)
    other.join()
    assert [json.loads(answer.out)[name] for name in ("position", "recorded_by", "slug")] == [2, "lan", "jp"]
    assert asked.is_set()
