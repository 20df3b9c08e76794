"""An erasure leaves no trace, even if others ask or are killed meanwhile."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from ledger import Clocks, Ledger, open_ledger
from ledger.base.files import companion
from ledger.desk.store import Drafts
from ledger.integrity import erasure
from ledger.integrity.errors import NotCleaned
from ledger.integrity.verify import verify
from ledger.projections import replays
from tests.examples import file
from tests.ledger.desk.test_draft import SMALL

WORDS = "the list that nobody may see"
TASK = "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-02, quote: the list that nobody may see}\n"


def holding(folder: Path) -> list[str]:
    """The files below a folder that hold the words."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml"]
    return [path.name for path in found if WORDS.encode() in path.read_bytes()]


def test_a_replay_begun_before_an_erasure_is_not_kept_after_it(ledger: Ledger, tmp_path: Path, monkeypatch) -> None:
    file(ledger, TASK)
    head = ledger.head().position
    fill = replays.written_beside

    def erase_meanwhile(*given, **named):
        monkeypatch.setattr(replays, "written_beside", fill)
        manager = fill(*given, **named)
        draft = manager.__enter__()

        class Stopped:
            def __enter__(self):
                return draft

            def __exit__(self, *error):
                open_ledger(ledger.path).erase("list", "It must not be kept.")
                return manager.__exit__(*error)

        return Stopped()

    monkeypatch.setattr(replays, "written_beside", erase_meanwhile)
    ledger.views(Clocks(recorded_by=head)).close()
    assert holding(tmp_path) == []
    assert WORDS not in str(ledger.views(Clocks(recorded_by=head)).evidence("list"))
    assert verify(ledger.path).problems == []


def test_what_killed_processes_left_goes_too(ledger: Ledger, tmp_path: Path) -> None:
    file(ledger, TASK)
    ledger.views(Clocks(recorded_by=ledger.head().position - 1)).close()
    (replay,) = companion(ledger.path, "replays").glob("*.db")
    left = [
        replay.with_name(f".{replay.name}.0123abcd"),
        tmp_path / ".copy.db.0123abcd",
        tmp_path / ".copy.db.0123abcd-wal",
        tmp_path / ".new.db.89abcdef",
    ]
    for draft in left:
        shutil.copyfile(ledger.path, draft)
    ledger.erase("list", "It must not be kept.")
    assert holding(tmp_path) == []


def test_an_erasure_that_could_not_be_cleaned_up_says_that_it_is_of_record(ledger: Ledger, monkeypatch) -> None:
    file(ledger, TASK)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(erasure.replays, "forget", full)
        with pytest.raises(NotCleaned, match=r"has been erased, and the erasure is recorded.*No space left on device"):
            ledger.erase("list", "It must not be kept.")
    assert ledger.erase("list", "It must not be kept.").recorded == 0  # the same command again finishes the work
    assert verify(ledger.path).problems == []


def test_the_receipt_names_the_note_that_keeps_its_words(ledger: Ledger) -> None:
    filed = ledger.append(
        "statement", "heard", {"by": "us", "act": "stated", "says": "No."}, negotiation="vn-us-trade", note="Heard it."
    )
    (note,) = (one.stream.slug for one in filed.recorded if one.stream.kind == "source")
    assert ledger.erase("heard", "A slip.").notes == (note,)


def test_drafts_of_the_source_are_deleted_and_others_are_named(ledger: Ledger, tmp_path: Path) -> None:
    file(ledger, TASK)
    with ledger.views() as views:
        (source,) = {one.source for one in views.log("list")}
    kept = Drafts(ledger.path)
    entry = replace(SMALL.entries[0], fields={"quote": WORDS})
    gone = kept.add(replace(SMALL, negotiation="vn-us-trade", slug=source, of_record=True, entries=[entry]))
    mention = kept.add(replace(SMALL, text=f"They agreed on {WORDS}, at last.", source={"title": "Another report"}))
    other = kept.add(replace(SMALL, slug=source))  # a source of other talks that has the same slug
    planned = erasure_of(ledger, dry_run=True)
    assert [one.id for one in planned.drafts] == [gone.id]
    assert kept.read(gone.id) == gone
    receipt = erasure_of(ledger)
    assert receipt.drafts == planned.drafts
    assert receipt.mentions == [(mention.id, "Another report", "lan")]
    assert {one.id for one in kept.all("talks")} == {mention.id, other.id}
    assert holding(tmp_path) == [f"{mention.id}.json"]


def test_drafts_of_an_erased_text_are_deleted_in_every_negotiation(ledger: Ledger, tmp_path: Path) -> None:
    text = f"They agreed on {WORDS}."
    fields = {"title": "A leak", "publisher": "Daily", "published": "2025-05-02", "text": text}
    ledger.append("source", "leak", fields, negotiation="vn-us-trade")
    kept = Drafts(ledger.path)
    gone = kept.add(replace(SMALL, text=text))
    assert [one.id for one in ledger.erase("leak", "It must not be kept.").drafts] == [gone.id]
    assert holding(tmp_path) == []


def erasure_of(ledger: Ledger, *, dry_run: bool = False) -> erasure.Receipt:
    return ledger.erase("list", "It must not be kept.", dry_run=dry_run)
