"""Reads files that SQLite may have open in the same process, without releasing SQLite's locks.

On POSIX systems, closing any descriptor of a file releases every lock of the process on that file (fcntl(2)), also the
locks of SQLite's connections. Another process then believes that it is the last user of the database, and deletes the
write-ahead log of a connection that is still writing to it. So a descriptor of a file with an open connection stays
open until the last of these connections is closed.
"""

import errno
import os
import sqlite3
import stat
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

Inode = tuple[int, int]

FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not block

_mutex = threading.Lock()
_connections: Counter[Inode] = Counter()  # open connections by file
_kept: dict[Inode, list[int]] = {}  # descriptors to use again, and to close after the file's last connection


class DatabaseConnection(sqlite3.Connection):
    """A connection to a database file; while it is open, no descriptor of the file is closed."""

    def __init__(self, database: Path, **options: Any) -> None:
        self._of: list[Inode] = []
        self._count(database)
        try:
            super().__init__(database, **options)
            self._count(database)  # it may have been created or replaced meanwhile
        except BaseException:
            self._release()
            raise

    def close(self) -> None:
        super().close()
        self._release()

    def _count(self, path: Path) -> None:
        with suppress(OSError):
            found = path.stat()
            self._of.append((found.st_dev, found.st_ino))
            with _mutex:
                _connections[self._of[-1]] += 1

    def _release(self) -> None:
        with _mutex:
            while self._of:
                of = self._of.pop()
                _connections[of] -= 1
                if not _connections[of]:
                    del _connections[of]
                    for descriptor in _kept.pop(of, ()):
                        os.close(descriptor)


@contextmanager
def reading(path: Path) -> Iterator[FileIO]:
    """Open the regular file at `path` to read its bytes; OSError, with a reason to show, if there is none."""
    descriptor = _kept_of(path)
    if descriptor is None:
        descriptor = os.open(path, FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is a folder, a pipe or a device, and not a file")
        with FileIO(descriptor, closefd=False) as file:
            yield file
    finally:
        _close(descriptor)


def _kept_of(path: Path) -> int | None:
    """A descriptor of the file at `path` that was kept, at its start."""
    if not _kept:
        return None
    found = path.stat()
    with _mutex:
        kept = _kept.get((found.st_dev, found.st_ino))
        if not kept:
            return None
        descriptor = kept.pop()
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _close(descriptor: int) -> None:
    found = os.fstat(descriptor)
    of = found.st_dev, found.st_ino
    with _mutex:
        if of in _connections:
            _kept.setdefault(of, []).append(descriptor)
        else:
            os.close(descriptor)
