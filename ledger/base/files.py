"""Reading files that may come from others: regular files of a reasonable size, and nothing that could block.

A pipe or a device may never end, or wait for ever. It is recognised once it is open, so that nothing can be put in the
place of a file in between.
"""

import errno
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ledger.base.errors import AlreadyThere
from ledger.errors import NotWritable


class TooLarge(OSError):
    """The file has more bytes than it may; `size` says how many."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most // 1_000_000} MB")
        self.size = size


def contents(path: Path, most: int | None = None) -> bytes:
    """The bytes of a regular file; OSError, with a reason that can be shown, where there is none or it is too large."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError as error:
        raise OSError(errno.EINVAL, "no file can have such a name") from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is a folder, a pipe or a device, and not a file")
        if most is not None and found.st_size > most:
            raise TooLarge(found.st_size, most)
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def within(folder: Path, named: str) -> Path | None:
    """The file so named in a resolved folder or below it, links followed; None where that lies outside of it.

    OSError where no file can be named so.
    """
    try:
        path = (folder / named).resolve()
        return path if path.is_relative_to(folder) else None
    except (ValueError, RuntimeError) as error:  # a zero byte or half a surrogate pair; links in a circle
        raise OSError(errno.EINVAL, "no file can have such a name") from error


def inode(path: Path) -> tuple[int, int]:
    """Which file is at `path`, whatever it is called."""
    found = path.stat()
    return found.st_dev, found.st_ino


def is_there(path: Path) -> bool:
    """Whether anything is at `path`; refused where nothing can be named so."""
    if any(words in str(path.absolute()) for words in (":memory:", "mode=memory")):
        raise NotWritable(path=path, why="such a name is taken for a database in memory")
    try:
        return path.exists()
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror) from error


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Where to write what shall stand at `path`; refused when something stands there, before or in the end."""
    if is_there(path) or path.is_symlink():
        raise AlreadyThere(path=path)
    if not path.parent.is_dir():
        raise NotWritable(path=path, why="its folder does not exist")
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield draft
        _to_disk(draft)
        os.link(draft, path)
        _to_disk(path.parent)
    except FileExistsError:
        raise AlreadyThere(path=path) from None
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror or str(error)) from error
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm"), Path(f"{draft}-journal")):
            left.unlink(missing_ok=True)


@contextmanager
def new_text(path: Path) -> Iterator[TextIO]:
    """A new text file to write to; one that is there is left alone, and half of one is none."""
    try:
        stream = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise AlreadyThere(path=path) from None
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror or error) from error
    try:
        with stream:
            yield stream
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotWritable(path=path, why=error.strerror or error) from error
        raise


def _to_disk(path: Path) -> None:
    """Let what was written outlast a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
