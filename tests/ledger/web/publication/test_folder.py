"""The folder of a site is there whole or not at all, and nothing else is ever overwritten."""

import errno
from pathlib import Path

import pytest

from ledger.errors import NotWritable
from ledger.web.publication.errors import NotASite
from ledger.web.publication.folder import MARK, mark, site_folder


def fill(place: Path, name: str, text: str = "new") -> None:
    with site_folder(place) as folder:
        (folder / name).write_text(text)
        mark(folder, {})


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_new_and_an_empty_folder_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "new", tmp_path / "empty"):
        fill(place, "index.html")
        assert names(place) == ["index.html", MARK]
    assert names(tmp_path) == ["empty", "new"]


def test_a_site_is_renewed_without_what_it_had(tmp_path: Path) -> None:
    fill(tmp_path / "site", "old.html")
    fill(tmp_path / "site", "new.html")
    assert names(tmp_path / "site") == ["new.html", MARK]
    assert names(tmp_path) == ["site"]


def test_a_folder_with_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    fill(tmp_path / "site", "index.html", "old")
    (tmp_path / "site" / "CNAME").write_text("example.org")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    for place, other in ((tmp_path / "site", "CNAME"), (tmp_path / "mine", "thesis.txt")):
        with pytest.raises(NotASite, match=other):
            fill(place, "index.html")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert names(tmp_path / "mine") == ["thesis.txt"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"made": 1}', "\x00"])
def test_a_mark_that_says_nothing_allows_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / MARK).write_text(content)
    with pytest.raises(NotASite):
        fill(tmp_path, "index.html")


def test_a_file_and_a_place_without_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file", tmp_path / "no" / "site", tmp_path / "\0"):
        with pytest.raises(NotWritable):
            fill(place, "index.html")
    assert (tmp_path / "file").read_text() == "mine"
    assert names(tmp_path) == ["file"]


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "site", "index.html", "old")
    with pytest.raises(NotWritable, match="No space left"), site_folder(tmp_path / "site") as folder:
        (folder / "index.html").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert names(tmp_path) == ["site"]


def test_a_link_leads_to_the_folder_that_is_renewed(tmp_path: Path) -> None:
    fill(tmp_path / "site", "old.html")
    (tmp_path / "link").symlink_to("site")
    fill(tmp_path / "link", "new.html")
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "site") == ["new.html", MARK]
