"""Drafts beside the ledger: kept, listed, deleted, never overwritten from an older page."""

import stat

import pytest

from ledger import Ledger
from ledger.desk import decisions
from ledger.desk.draft import DeskDraft
from ledger.desk.errors import DraftBroken, DraftChanged, NoSuchDraft
from ledger.desk.store import Drafts, clock
from tests.ledger.desk import drafts


def test_a_draft_is_kept_as_it_was_and_listed(example: Ledger, draft: DeskDraft) -> None:
    store = Drafts(example.path)
    kept = store.add(draft)
    again = Drafts(example.path)
    assert again.read(kept.id) == kept
    assert [one.id for one in again.all("vn-us-trade")] == [kept.id]
    assert again.all("other-talks") == []


def test_the_log_knows_nothing_of_a_draft(example: Ledger, draft: DeskDraft) -> None:
    before = example.head()
    Drafts(example.path).add(draft)
    assert example.head() == before


def test_a_draft_of_an_older_page_is_not_kept(example: Ledger, draft: DeskDraft) -> None:
    store = Drafts(example.path)
    kept = store.add(draft)
    entry = kept.entries[0].id
    newer = store.change(kept.id, kept.number, lambda one: decisions.decide(one, "skip", entry, {}))
    with pytest.raises(DraftChanged) as refused:
        store.change(kept.id, kept.number, lambda one: decisions.decide(one, "accept", entry, {}))
    assert "another window" in str(refused.value)
    assert store.read(kept.id) == newer


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_draft_has_the_permissions_of_the_ledger(example: Ledger, draft: DeskDraft, mode: int) -> None:
    example.path.chmod(mode)
    store = Drafts(example.path)
    kept = store.add(draft)
    store.change(kept.id, kept.number, lambda one: decisions.pass_over(one, 0))
    (path,) = store.folder.glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE(store.folder.stat().st_mode) & 0o077 & ~(mode | (mode & 0o044) >> 2) == 0


def test_a_discarded_draft_is_gone(example: Ledger, draft: DeskDraft) -> None:
    store = Drafts(example.path)
    kept = store.add(draft)
    store.discard(kept.id)
    with pytest.raises(NoSuchDraft):
        store.read(kept.id)
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize("draft_id", ["", "..", "../ledger", "ABCDEF01", "0123456", "0123456789"])
def test_no_other_file_can_be_named(example: Ledger, draft_id: str) -> None:
    store = Drafts(example.path)
    for act in (store.read, store.discard):
        with pytest.raises(NoSuchDraft):
            act(draft_id)
    assert example.path.exists()


def test_a_damaged_draft_is_refused_and_not_listed(example: Ledger, draft: DeskDraft) -> None:
    store = Drafts(example.path)
    kept = store.add(draft)
    (path,) = store.folder.glob("*.json")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DraftBroken):
        store.read(kept.id)
    assert store.all("vn-us-trade") == []


def test_the_drafts_that_are_meant_are_named_and_deleted_with_files_that_cannot_be_read(
    example: Ledger, draft: DeskDraft
) -> None:
    store = Drafts(example.path)
    gone, stays = store.add(draft), store.add(drafts.opened(example, "Another report.\n\nIt says nothing."))
    (store.folder / "00000000.json").write_text("{")
    named = store.named(lambda one: "D1 and D3" in one.text)
    assert sorted(named) == sorted([("00000000.json", "", ""), (gone.id, gone.source["title"], "lan")])
    assert store.read(gone.id) == gone
    assert store.named(lambda one: "D1 and D3" in one.text, delete=True) == named
    assert [path.stem for path in store.folder.glob("*.json")] == [stays.id]


def test_the_time_of_saving_is_told_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock("2026-11-21T12:00:05+00:00").endswith(":05")
    assert clock("") == ""
