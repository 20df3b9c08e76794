"""Reading files that may come from others: regular files of a reasonable size, and nothing that could block.

A pipe or a device may never end, or wait for ever. It is recognised once it is open, so that nothing can be put in the
place of a file in between.
"""

import errno
import os
import stat
from pathlib import Path


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
