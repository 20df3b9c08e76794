"""Verification finds every change that anybody makes to a log, and nothing in a log that nobody has touched."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ledger import Ledger, open_ledger
from ledger.integrity import checkpoints
from ledger.integrity.proofs import checkpoint
from ledger.integrity.verify import Kept, verify
from ledger.log.errors import AcknowledgedChanged, DamagedLedger
from ledger.log.sqlite.store import SqliteStore
from ledger.views import checksum
from ledger.views.database import path_beside
from tests.crashes.flips import flipped


def tamper(path: Path, statement: str, *values: object) -> None:
    """Change the log without its guards."""
    with closing(sqlite3.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, values)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


@pytest.fixture
def known(ledger: Ledger) -> Kept:
    """A checkpoint of the ledger that somebody keeps elsewhere."""
    return Kept("elsewhere", checkpoint(ledger.path))


def test_an_untouched_log_has_no_problem_as_it_grows(ledger: Ledger, known: Kept) -> None:
    for number in range(5):
        ledger.append("party", f"p{number}", {"name": f"P{number}"}, negotiation="vn-us-trade")
        ledger.views().close()
        checkpoints.keep(ledger.path, checkpoint(ledger.path))
        found = verify(ledger.path, [known])
        assert found.problems == []
        assert len(found.checkpoints) == number + 2
        assert found.seen == found.events == ledger.head().position


def test_a_broken_checkpoint_among_those_stored_is_named_and_the_others_are_compared(ledger: Ledger) -> None:
    path = checkpoints.keep(ledger.path, checkpoint(ledger.path))
    path.with_name("000000001-broken.checkpoint").write_bytes(b"\xff broken")
    found = verify(ledger.path)
    assert found.problems == []
    assert [one.matches for one in found.checkpoints] == [True]
    assert any("000000001-broken.checkpoint is not a checkpoint" in note for note in found.notes)


def test_each_erased_event_is_counted_and_is_no_problem(ledger: Ledger, known: Kept) -> None:
    for count, slug in enumerate(("eu", "rules-of-origin", "vn"), 1):
        ledger.erase(slug, "By order.")
        found = verify(ledger.path, [known])
        assert (found.problems, found.erased) == ([], count)


CHANGES: dict[str, str] = {
    "a letter": "UPDATE stored_events SET state = CAST(replace(state, 'e', 'E') AS BLOB) WHERE rowid = ?",
    "the type": "UPDATE stored_events SET topic = 'SourceRegistered.1' WHERE rowid = ?",
    "the stream": "UPDATE stored_events SET originator_id = 'vn-us-trade/party/other' WHERE rowid = ?",
    "the version": "UPDATE stored_events SET originator_version = 9 WHERE rowid = ?",
    "deletion": "DELETE FROM stored_events WHERE rowid = ?",
    "an erasure that nobody recorded": "UPDATE stored_events SET state ="
    " CAST('{\"erased\":\"' || printf('%064d', 7) || '\"}' AS BLOB) WHERE rowid = ?",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_event_is_found(ledger: Ledger, known: Kept, change: str) -> None:
    whole = ledger.path.read_bytes()
    for position in range(1, known.checkpoint.size + 1):
        tamper(ledger.path, CHANGES[change], position)
        found = verify(ledger.path, [known])
        assert found.problems, position
        assert not found.checkpoints[-1].matches
        ledger.path.write_bytes(whole)
    assert verify(ledger.path, [known]).problems == []


@pytest.mark.parametrize("column", ["topic", "originator_id"])
def test_bytes_in_place_of_text_are_named(ledger: Ledger, column: str) -> None:
    tamper(ledger.path, f"UPDATE stored_events SET {column} = CAST({column} AS BLOB) WHERE rowid = 2")
    with pytest.raises(DamagedLedger, match="position 2 has a value of the wrong type"):
        verify(ledger.path)


def test_the_first_position_that_differs_is_named_where_the_views_know_it(ledger: Ledger, known: Kept) -> None:
    ledger.views().close()
    tamper(ledger.path, CHANGES["a letter"], 3)
    assert any("position 3 has changed" in problem for problem in verify(ledger.path, [known]).problems)


def spoil(path: Path) -> None:
    path.write_bytes(b"spoilt" * 1000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [spoil, empty, Path.unlink])
def test_damaged_views_are_not_compared(ledger: Ledger, damage: Callable[[Path], None]) -> None:
    ledger.views().close()
    damage(ledger.path.with_name("ledger.views.db"))
    found = verify(ledger.path)
    assert (found.seen, found.problems) == (0, [])


def test_a_flipped_bit_in_the_views_is_noted(ledger: Ledger) -> None:
    ledger.views().close()
    assert not any("views" in note for note in verify(ledger.path).notes)
    flipped(ledger.path.with_name("ledger.views.db"), Random(1))
    found = verify(ledger.path)
    assert "The views are damaged. The next question rebuilds them." in found.notes
    assert found.problems == []


def test_views_too_large_for_a_checksum_are_noted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksum, "LARGEST", 4096)
    ledger.views().close()
    assert any(note.startswith("The views are too large for a checksum") for note in verify(ledger.path).notes)


def test_a_changed_event_is_noticed_without_views_and_without_a_checkpoint(ledger: Ledger) -> None:
    path_beside(ledger.path).unlink()
    tamper(ledger.path, "UPDATE stored_events SET state = replace(state, 'Greer', 'Creer')")
    (problem,) = verify(ledger.path).problems
    assert "The log is not as it was acknowledged" in problem
    with pytest.raises(AcknowledgedChanged, match="one of its first 8 events has changed"):
        ledger.views()
    ledger.rebuild(accept=True)
    assert verify(ledger.path).problems == []


def test_what_others_file_and_ask_during_verification_is_no_problem(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.views().close()
    look = SqliteStore.damage

    def look_while_another_appends(store: SqliteStore) -> list[str]:
        store.position()  # the snapshot begins here
        other = open_ledger(ledger.path)
        other.append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade")
        other.views().close()
        checkpoints.keep(ledger.path, checkpoint(ledger.path))
        return look(store)

    monkeypatch.setattr(SqliteStore, "damage", look_while_another_appends)
    assert verify(ledger.path).problems == []
