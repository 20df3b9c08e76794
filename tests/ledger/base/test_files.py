"""Files from others are read when they are regular and not too large; where a link leads decides where they lie."""

import os

import pytest

from ledger.base.files import TooLarge, contents, within


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
