"""The law of the parts on a server: a role reads what is at or below its level, and answers from nothing else.

The ledgers are drawn; `tests/cli/test_levels.py` has the same law for a clearance within one process.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger, create_ledger
from ledger.base.desks import desk_of
from ledger.integrity import copies, readers
from ledger.log.store import Stored
from tests import laws
from tests.cli.console import Answer, Console
from tests.cli.test_levels import IN_WORDS, LEVELS, MARK, NEAR, QUESTIONS, fill, known, take_identity
from tests.ledger.levels.test_part import leveled, stored, tell
from tests.servers import PostgresServer
from tests.thorough import THOROUGH

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

PART = "SELECT notification_id, originator_id, originator_version, topic, state FROM parley.parts ORDER BY 1"


def database(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def reader(server: PostgresServer, address: str, level: str) -> str:
    """The address for a new person who reads what is at or below a level."""
    name = f"lan_{level}_{database(address)}_x"
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f'CREATE ROLE "{name}" LOGIN IN ROLE "{database(address)}_reads_{level}"')
    return server.address(database(address), name)


@contextmanager
def ledger_with_readers(server: PostgresServer, folder: Path) -> Iterator[tuple[Ledger, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARLEY_DESKS", str(folder))
        address = server.new_database()
        try:
            ledger = create_ledger(address, "the keeper")
            readers.enable(ledger.path)
            yield ledger, address
        finally:
            server.release()


@settings(max_examples=2 * THOROUGH)
@given(story=laws.stories(), chance=st.randoms(use_true_random=False))
def test_a_role_reads_exactly_the_part_at_its_level(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory, story: laws.Story, chance: random.Random
) -> None:
    """What was added to the part with each recording is the part that is made from the whole log at the end."""
    with ledger_with_readers(postgres_server, tmp_path_factory.mktemp("desks")) as (ledger, address):
        tell(ledger, leveled(story, chance), chance)
        copies.forget(ledger.path)
        whole = stored(ledger.path)
        for level in LEVELS[:-1]:
            with psycopg.connect(reader(postgres_server, address, level), autocommit=True) as raw:
                found = [Stored(*row) for row in raw.execute(PART)]
                assert raw.execute("SELECT level, position FROM parley.readers").fetchall() == [(level, len(whole))]
                assert raw.execute("SELECT count(*) FROM parley.leaves").fetchone() == (len(whole),)
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    raw.execute("SELECT 1 FROM parley.stored_events")
            assert found == stored(copies.copy_at(ledger.path, level))


def with_ledger(console: Console, address: str) -> Console:
    """The console with the ledger at an address; `parley init` there makes the roles of readers, too."""
    line = console.line

    def on_server(told: str, **more: str) -> Answer:
        return line("parley init --readers" if told == "parley init" else told, **{"PARLEY_LEDGER": address, **more})

    console.line = on_server  # type: ignore[method-assign]
    return console


@pytest.mark.parametrize(("clearance", "seed"), [(0, 5), (1, 6)])
def test_a_role_is_answered_as_if_nothing_above_its_level_had_ever_been_filed(
    postgres: PostgresServer,
    desks_folder: Path,
    tmp_path: Path,
    set_clock: Callable[[str], None],
    clearance: int,
    seed: int,
) -> None:
    for name in ("whole", "part", "theirs"):
        (tmp_path / name).mkdir()
    address = postgres.new_database()
    whole, part = with_ledger(Console(tmp_path / "whole"), address), Console(tmp_path / "part")
    fill((whole, part), seed, clearance, set_clock)
    set_clock("2026-12-02T12:00:00+00:00")
    slugs = known(part)
    assert len(known(whole)) > len(slugs) + 5
    there = reader(postgres, address, LEVELS[clearance])
    theirs = with_ledger(Console(tmp_path / "theirs"), there)
    with psycopg.connect(there) as raw:
        take_identity(part, raw.execute("SELECT ledger_id FROM parley.readers").fetchone()[0])
    some = random.Random(0).sample(slugs, 4 * min(THOROUGH, 3))
    of_slug = [f"{word} {slug}" for slug in some for word in ("show", "history")]
    for asked in (*(f"{one} --json" for one in (*QUESTIONS, *of_slug)), *IN_WORDS[::2], *NEAR, "log --csv"):
        assert theirs.line(f"parley {asked}") == part.line(f"parley {asked}"), asked
    for path in desk_of(there).parent.rglob("*"):
        assert path.is_dir() or MARK.encode() not in path.read_bytes(), path
