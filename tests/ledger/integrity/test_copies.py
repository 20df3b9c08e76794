"""The copies of a ledger for its levels: where they are, when they are made anew, and what they never have."""

import os
import stat

import pytest

from ledger import open_record
from ledger.errors import Refusal
from ledger.integrity import copies
from ledger.levels.errors import CopyNotWritable, UnknownLevel
from ledger.log import store
from tests.ledger.levels.test_ranks import ASKED, CABLE

SECRET = "the-villa-by-the-lake"


@pytest.fixture
def filed(ledger):
    ledger.append("source", "cable", CABLE)
    ledger.append("statement", SECRET, {**ASKED, "says": SECRET}, source="cable")
    return ledger


def everything_in(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_highest_level_and_none_are_the_ledger_itself(filed):
    assert copies.copy_at(filed.path, "confidential") == filed.path == copies.copy_at(filed.path, "")
    assert not copies.folder_beside(filed.path).exists()
    with pytest.raises(UnknownLevel):
        copies.copy_at(filed.path, "..")


def test_a_copy_has_nothing_of_what_is_above_in_any_file(filed):
    record = open_record(filed.path, "public")
    record.views().close()
    assert record.path.is_relative_to(copies.folder_beside(filed.path))
    assert SECRET.encode() in everything_in(filed.path.parent)
    assert SECRET.encode() not in everything_in(copies.folder_beside(filed.path))


def test_what_is_raised_leaves_the_copy_and_its_views(filed):
    filed.append("party", "lake-party", {"name": "Lake Party"})
    record = open_record(filed.path, "public")
    assert "lake-party" in [one.slug for one in record.views().labels()]
    filed.set_level("lake-party", "internal", "It was a mistake.")
    assert "lake-party" not in [one.slug for one in record.views().labels()]
    assert b"lake-party" not in everything_in(copies.folder_beside(filed.path))


def test_what_is_lowered_enters_the_copy_at_its_place(filed):
    record = open_record(filed.path, "internal")
    filed.append("party", "jp", {"name": "Japan"})
    before = [row.stream for row in store.open_store(record.path).events()]
    filed.set_level("cable", "internal", "It was published.")
    after = [row.stream for row in store.open_store(open_record(filed.path, "internal").path).events()]
    assert [one for one in after if one in before] == before
    assert after.index("vn-us-trade/source/cable") < after.index("vn-us-trade/party/jp")


def test_a_new_event_above_the_level_changes_no_file_but_the_note(filed):
    record = open_record(filed.path, "public")
    record.views().close()
    head = record.head()
    filed.append("task", "brief-him", {"says": "Brief the minister."})
    assert record.head() == head


def test_a_copy_is_the_same_ledger_whenever_it_is_made(filed):
    first = open_record(filed.path, "public").head()
    copies.forget(filed.path)
    assert open_record(filed.path, "public").head()[:2] == first[:2]
    assert first.ledger_id != filed.head().ledger_id


def test_a_copy_that_is_damaged_or_cut_short_is_made_anew(filed):
    record = open_record(filed.path, "public")
    rows = [*store.open_store(record.path).events()]
    record.path.write_bytes(b"not a database")
    filed.append("party", "jp", {"name": "Japan"})
    assert [*store.open_store(open_record(filed.path, "public").path).events()][: len(rows)] == rows


def test_an_erased_event_leaves_every_copy(filed):
    filed.append("statement", "in-the-note", {**ASKED, "says": SECRET}, note="They asked again.")
    open_record(filed.path, "internal").views().close()
    assert SECRET.encode() in everything_in(copies.folder_beside(filed.path))
    filed.erase("in-the-note", "It named a person.")
    assert SECRET.encode() not in everything_in(copies.folder_beside(filed.path))
    views = open_record(filed.path, "internal").views()
    assert views.entry("in-the-note").erased == "It named a person."
    with pytest.raises(Refusal):
        open_record(filed.path, "public").views().entry("in-the-note")
    filed.erase(SECRET, "It named a person.")
    assert SECRET not in [one.slug for one in open_record(filed.path, "internal").views().labels(later=True)]


def test_the_level_of_an_entry_cannot_be_erased(filed):
    filed.set_level("us", "internal", "Not yet.")
    with pytest.raises(Refusal, match="the level of its entry depends on it"):
        filed.erase(filed.head().position, "It says too much.")


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "getuid"), reason="permissions of POSIX")
def test_a_copy_is_as_open_as_the_ledger(filed):
    filed.path.chmod(0o640)
    path = open_record(filed.path, "public").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o007 == 0


def test_a_folder_that_cannot_be_written_is_a_refusal(filed):
    copies.folder_beside(filed.path).write_text("A file is in the way.")
    with pytest.raises(CopyNotWritable, match="The part of this ledger that is public is copied to"):
        copies.copy_at(filed.path, "public")
