"""Files from others are read with care, and a file is written as a draft before it is moved into place."""

import errno
import os

import pytest

from ledger import create_ledger
from ledger.base.errors import AlreadyThere, NoFolder
from ledger.base.files import (
    TooLarge,
    contents,
    inode,
    is_there,
    new_file,
    new_folder,
    new_text,
    remove,
    within,
    written_beside,
)
from ledger.errors import NotWritable
from ledger.integrity import archive, checkpoints
from ledger.integrity.backup import back_up
from ledger.integrity.proofs import checkpoint
from ledger.log.errors import AlreadyALedger


def test_a_regular_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"minutes")
    assert contents(tmp_path / "a", 7) == b"minutes"


def test_a_file_larger_than_it_may_be_is_not_read(tmp_path):
    (tmp_path / "a").write_bytes(b"minutes")
    with pytest.raises(TooLarge) as refused:
        contents(tmp_path / "a", 6)
    assert refused.value.size == 7


def test_a_pipe_that_nobody_writes_to_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="a folder, a pipe or a device"):
        contents(tmp_path / "a")


def test_what_is_not_there_is_said_not_to_be(tmp_path):
    with pytest.raises(FileNotFoundError):
        contents(tmp_path / "a")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_no_file_has_a_name_that_no_file_can_have(tmp_path, name):
    for attempt in (lambda: contents(tmp_path / name), lambda: within(tmp_path.resolve(), name)):
        with pytest.raises(OSError, match="no file can have such a name"):
            attempt()


@pytest.mark.parametrize("name", ["a", "b/../a", "below", "./b/c"])
def test_a_file_in_the_folder_or_below_lies_within(tmp_path, name):
    (tmp_path / "b").mkdir()
    (tmp_path / "below").symlink_to("b/c")
    assert within(tmp_path.resolve(), name).is_relative_to(tmp_path.resolve())


@pytest.mark.parametrize("name", ["..", "../a", "/etc/passwd", "up/a", "out", "b/../../a"])
def test_a_file_elsewhere_or_behind_a_link_does_not(tmp_path, name):
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "out").symlink_to("/etc/passwd")
    assert within(tmp_path.resolve(), name) is None


def test_a_file_keeps_its_identity_under_another_name_and_its_successor_has_another(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.touch()
    before = inode(first)
    first.rename(second)
    first.touch()
    assert inode(second) == before != inode(first)


@pytest.mark.parametrize("name", [":memory:", "a?mode=memory", "a" * 300])
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    with pytest.raises(NotWritable):
        is_there(tmp_path / name)


def test_a_file_is_replaced_only_when_the_new_one_is_complete(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    with written_beside(path) as draft:
        draft.write_text("new")
        assert path.read_text() == "old"
    assert (path.read_text(), [*tmp_path.iterdir()]) == ("new", [path])


@pytest.mark.parametrize("writing", [written_beside, new_file])
def test_nothing_stays_of_a_draft_that_fails(tmp_path, writing):
    with pytest.raises(KeyboardInterrupt), writing(tmp_path / "a") as draft:
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).touch()
        raise KeyboardInterrupt
    assert [*tmp_path.iterdir()] == []


def test_a_new_file_stands_in_its_place_once_it_is_complete(tmp_path):
    with new_text(tmp_path / "a") as stream:
        stream.write("minutes")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_text() == "minutes"
    assert [*tmp_path.iterdir()] == [tmp_path / "a"]


def test_a_new_file_leaves_alone_what_was_there_or_came_meanwhile(tmp_path):
    path, link = tmp_path / "a", tmp_path / "link"
    link.symlink_to("nowhere")
    with pytest.raises(AlreadyThere), new_file(link):
        pass
    with pytest.raises(AlreadyThere), new_file(path) as draft:
        draft.write_text("mine")
        path.write_text("another's")
    assert path.read_text() == "another's"
    with pytest.raises(AlreadyThere), new_text(path):
        pass


def test_a_new_file_needs_a_folder_and_a_disk_that_can_be_written(tmp_path):
    with pytest.raises(NoFolder, match="its folder does not exist"), new_file(tmp_path / "none" / "a"):
        pass
    with pytest.raises(NotWritable, match="No space left"), new_file(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert [*tmp_path.iterdir()] == []


@pytest.fixture(params=["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])
def no_links(request, monkeypatch):
    def refuse(*_):
        number = getattr(errno, request.param)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("no_links")
def test_a_disk_without_hard_links_holds_new_files_too(tmp_path):
    with new_text(tmp_path / "a") as stream:
        stream.write("minutes")
    assert (tmp_path / "a").read_text() == "minutes"
    with pytest.raises(AlreadyThere), new_file(tmp_path / "b") as draft:
        draft.write_text("mine")
        (tmp_path / "b").write_text("another's")
    assert (tmp_path / "b").read_text() == "another's"


@pytest.mark.usefixtures("no_links")
def test_a_ledger_is_created_restored_and_copied_on_a_disk_without_hard_links(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    back_up(ledger.path, tmp_path / "copy.db")
    with new_text(tmp_path / "log.jsonl") as stream:
        archive.export(ledger.path, stream)
    assert archive.restore(tmp_path / "log.jsonl", tmp_path / "again.db") == 1
    with pytest.raises(AlreadyALedger):
        create_ledger(ledger.path)


@pytest.fixture
def synced(monkeypatch):
    """The files and folders that were made to outlast a loss of power."""
    found = set()
    sync = os.fsync

    def watch(handle):
        found.add(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", watch)
    return found


def test_a_new_file_and_a_checkpoint_outlast_a_loss_of_power(tmp_path, synced):
    ledger = create_ledger(tmp_path / "ledger.db")
    synced.clear()
    with new_text(tmp_path / "log.jsonl") as stream:
        archive.export(ledger.path, stream)
    assert synced >= {path.stat().st_ino for path in (tmp_path / "log.jsonl", tmp_path)}
    kept = checkpoints.keep(ledger.path, checkpoint(ledger.path))
    assert synced >= {path.stat().st_ino for path in (kept, kept.parent)}


def test_what_sqlite_left_beside_a_database_goes_with_it(tmp_path):
    for name in ("a", "a-wal", "a-shm", "b"):
        (tmp_path / name).touch()
    remove(tmp_path / "a")
    remove(tmp_path / "a")
    assert [*tmp_path.iterdir()] == [tmp_path / "b"]


def test_a_new_folder_that_cannot_be_filled_is_removed(tmp_path):
    with pytest.raises(NotWritable, match="No space left"), new_folder(tmp_path / "a"):
        (tmp_path / "a" / "half").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not (tmp_path / "a").exists()
