"""A log that is moved keeps every position, time and byte, so its proofs hold; an interrupted move continues."""

from pathlib import Path

import pytest

from ledger import Ledger, create_ledger
from ledger.base.desks import desk_of
from ledger.integrity import checkpoints, move, proofs
from ledger.integrity.errors import MoveDiffers
from ledger.integrity.verify import Kept, verify
from ledger.log.errors import LedgerNotEmpty, NoLedgerHere
from ledger.log.store import head, opened


@pytest.fixture(params=["file to file", "file to server", "server to file", "server to server"])
def places(request, tmp_path, set_clock):
    """The ledger to be moved, with an erased party in it, and the place to move it to."""
    on_server = request.getfixturevalue("postgres") if "server" in request.param else None
    if on_server:
        request.getfixturevalue("desks_folder")
    start, _, end = request.param.partition(" to ")
    old = desk_of(on_server.new_database()) if start == "server" else tmp_path / "old.db"
    new = desk_of(on_server.new_database()) if end == "server" else tmp_path / "new.db"
    ledger = create_ledger(old, "keeper")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    for nth in range(7):
        ledger.append("party", f"p{nth}", {"name": f"Party {nth}"})
    ledger.erase("p3", "A request.")
    return ledger, new


def rows(path: Path) -> list:
    with opened(path) as store:
        return [*store.events()]


def test_everything_arrives_as_it_was_and_proofs_hold(places):
    ledger, new = places
    kept = proofs.checkpoint(ledger.path)
    checkpoints.keep(ledger.path, kept)
    before, old_head = rows(ledger.path), ledger.head()
    moved = move.move(ledger.path, new)
    assert rows(new) == rows(ledger.path) == before
    assert (moved.events, moved.before) == (9, 0)
    assert head(new)[:2] == old_head[:2]
    found = verify(new, [Kept("kept", kept)])
    assert (found.problems, found.root, found.erased) == ([], moved.root, 1)
    assert [one.matches for one in found.checkpoints] == [True, True]
    proof = proofs.inclusion(new, [2], kept, words=True)
    assert proof == proofs.inclusion(ledger.path, [2], kept, words=True)


def test_the_moved_ledger_goes_on_where_the_old_one_ended(places):
    ledger, new = places
    move.move(ledger.path, new)
    there = Ledger(new, "lan")
    assert [one.position for one in there.append("party", "jp", {"name": "Japan"}).recorded] == [10]
    with there.views() as views:
        assert len(views.labels("party")) >= 6


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_an_interrupted_move_continues_and_doubles_nothing(places, monkeypatch, parts):
    ledger, new = places
    monkeypatch.setattr(move, "PART", 2)

    def interrupt(done):
        if done >= 2 * parts:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.move(ledger.path, new, interrupt)
    assert head(new).position == 2 * parts
    moved = move.move(ledger.path, new)
    assert (moved.events, moved.before) == (9, 2 * parts)
    assert rows(new) == rows(ledger.path)
    assert move.move(ledger.path, new).before == 9


def test_what_was_recorded_in_the_old_place_later_follows(places):
    ledger, new = places
    move.move(ledger.path, new)
    ledger.append("party", "jp", {"name": "Japan"})
    assert move.move(ledger.path, new)[:2] == (10, 9)
    assert rows(new) == rows(ledger.path)


def test_a_place_that_was_written_to_is_refused_and_left_as_it_is(places):
    ledger, new = places
    move.move(ledger.path, new)
    ledger.append("party", "jp", {"name": "Japan"})
    Ledger(new, "lan").append("party", "kr", {"name": "Korea"})
    before = rows(new)
    with pytest.raises(MoveDiffers, match="position 10"):
        move.move(ledger.path, new)
    assert rows(new) == before


def test_another_ledger_is_not_continued(places):
    ledger, new = places
    create_ledger(new, "lan").append("negotiation", "talks", {"title": "The talks"})
    before = rows(new)
    with pytest.raises(LedgerNotEmpty):
        move.move(ledger.path, new)
    assert rows(new) == before


def test_a_ledger_that_is_not_there_is_not_moved(tmp_path):
    with pytest.raises(NoLedgerHere):
        move.move(tmp_path / "old.db", tmp_path / "new.db")
    assert [*tmp_path.iterdir()] == []
