"""Fixtures: a console, empty, with the worked example recorded, or at a desk of a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.base import desks
from tests import prepared
from tests.cli.console import NOON, SEEDS, Answer, Console, at
from tests.servers import PostgresServer, running

RELEASE = (
    "The Ministry said that the delegations met in Hanoi on 21 May and agreed to exchange their drafts by June. "
    + ("Both sides found the talks useful and will meet again before the summer, in a place still to be named. ")
)
FILES = {
    "ministry": ("account-of: vn", "2025-05-21", RELEASE, "held: 2025-05-21"),
    "daily": ("publisher: Daily", "2025-05-22", RELEASE + "Rain is expected.", "held: 2025-05-21"),
    "readout": ("account-of: us", "2025-05-23", "", "held: 2025-05-22"),
}
NAMES = """
negotiation: talks
title: The talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
"""


@pytest.fixture
def console(tmp_path: Path, set_clock: Callable[[str], None]) -> Console:
    """A folder with `seeds/` and no ledger, at noon of 21 November 2026."""
    set_clock(NOON)
    return at(tmp_path)


@pytest.fixture
def recorded(console: Console) -> Console:
    """The same with the worked example recorded in `ledger.db`, and its views up to date."""
    prepared.copied(_record, console.folder)
    return console


def _record(folder: Path) -> None:
    console = Console(folder)
    assert console.line("parley init").code == 0
    assert console.parley("import", *map(str, sorted(SEEDS.glob("vn-us-trade/*.yaml")))).code == 0
    Ledger(folder / "ledger.db").views().close()
    assert not (folder / "ledger.db-wal").exists()


@pytest.fixture
def press(console: Console) -> Console:
    """A release, a paper that prints it, and the other side's readout with another date."""
    console.line("parley init")
    (console.folder / "names.yaml").write_text(NAMES)
    for slug, (field, published, text, held) in FILES.items():
        lines = ["negotiation: talks", "source:", f"  slug: {slug}", f"  title: {slug.title()}", f"  {field}"]
        lines.append(f"  published: {published}")
        if text:
            (console.folder / f"{slug}.txt").write_text(text)
            lines.append(f"  text: {slug}.txt")
        lines += ["entries:", "  - meeting: hanoi", "    kind: meeting", f"    {held}", "    parties: [vn, us]"]
        lines += ["    quote: The Ministry said"] * bool(text)
        task = "exchange-drafts" if slug != "readout" else "name-place"
        lines += [f"  - follow-up: {task}", f"    says: {task}.", "    at: hanoi"]
        lines += ["    quote: agreed to exchange their drafts"] * bool(text)
        (console.folder / f"{slug}.yaml").write_text("\n".join(lines))
    answer = console.line("parley import names.yaml ministry.yaml daily.yaml readout.yaml")
    assert answer.code == 0, answer.err
    return console


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with running(18, "fsync=off") as server:
        yield server


@pytest.fixture
def desk(
    console: Console, own_server: PostgresServer, desks_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Console]:
    """The worked example on a server, which this desk has seen. A test may stop the server."""
    address = own_server.new_database()
    parley = console.parley

    def on_server(*arguments: str, **more: str) -> Answer:
        desks._said.clear()  # each command is a process of its own
        return parley(*arguments, **{"PARLEY_LEDGER": address, **more})

    console.parley = on_server  # type: ignore[method-assign]
    monkeypatch.setattr("ledger.log.postgres.server.AWAY", 0)
    for line in ("parley init", "parley import seeds/vn-us-trade/*.yaml", "parley state"):
        assert console.line(line).code == 0
    yield console
    own_server.start_if_stopped()
    own_server.release()
