"""Careful reading of files that others wrote, and atomic writing of files that others may be reading.

A file from elsewhere is read only if it is a regular file of a bounded size, because a pipe or a
device could block or fill the memory. This is checked after opening, so nobody can exchange the file between the check
and the reading. A file is written as a draft in the same folder and then moved, so nobody ever sees half of it, even if
the writing is interrupted.
"""

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ledger.base.descriptors import reading
from ledger.base.errors import AlreadyThere, LeftBeside, NoFolder
from ledger.errors import NotWritable

BESIDE = ("-wal", "-shm", "-journal")  # the files that SQLite writes next to a database
_DRAFT = re.compile(r"\..+\.(?:[0-9a-f]{8}|[a-z0-9_]{8})(?:-wal|-shm|-journal)?")
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)  # the errors of a disk without hard links


class TooLarge(OSError):
    """The file has more bytes than the limit; `size` is their number."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most // 1_000_000} MB")
        self.size = size


def contents(path: Path, most: int | None = None) -> bytes:
    """The bytes of a regular file; OSError, with a reason to show, if there is none or it is too large."""
    try:
        with reading(path) as file:
            size = os.fstat(file.fileno()).st_size
            if most is not None and size > most:
                raise TooLarge(size, most)
            return file.read()
    except ValueError as error:
        raise OSError(errno.EINVAL, "no file can have such a name") from error


def within(folder: Path, named: str) -> Path | None:
    """The path of a file named relative to a resolved folder, with links followed; None if it is outside the folder.

    OSError if no file can have such a name.
    """
    try:
        path = (folder / named).resolve()
        return path if path.is_relative_to(folder) else None
    except (ValueError, RuntimeError) as error:  # a zero byte or half a surrogate pair; a circle of links
        raise OSError(errno.EINVAL, "no file can have such a name") from error


def inode(path: Path) -> tuple[int, int]:
    """The identity of the file at `path`, which a rename does not change."""
    found = path.stat()
    return found.st_dev, found.st_ino


def is_there(path: Path) -> bool:
    """Whether anything exists at `path`; refused if it cannot be the name of a file."""
    if any(words in str(path.absolute()) for words in (":memory:", "mode=memory")):
        raise NotWritable(path=path, why="SQLite would open a database in memory for such a name")
    try:
        return path.exists()
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror) from error


def companion(ledger: Path, what: str) -> Path:
    """The path of a companion file: `ledger.views.db` for `ledger.db`, `ledger.bak.views.db` for `ledger.bak`.

    If `ledger` is a link, the companions are next to the linked file, so that a file has only one set of them.
    """
    real = ledger.resolve() if ledger.is_symlink() else ledger
    return real.with_name(f"{real.stem if real.suffix == '.db' else real.name}.{what}")


def drafts_in(folder: Path) -> list[Path]:
    """The drafts in a folder, of running and killed processes, with the files that SQLite wrote next to them."""
    found = [path for path in folder.glob(".*") if _DRAFT.fullmatch(path.name)]
    inside = [path for draft in found if draft.is_dir() for path in draft.rglob("*") if path.is_file()]
    return [*(path for path in found if path.is_file()), *inside]


@contextmanager
def written_beside(
    path: Path, place: Callable[[Path, Path], object] = os.replace, like: Path | None = None
) -> Iterator[Path]:
    """Yield a draft next to `path` to write to, then move it into place; if that fails, the draft is removed.

    `place(draft, path)` moves the draft; by default it replaces an existing file. With `like`, the file has the
    permissions of that file from the first byte on, whatever the umask.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        if like is not None:
            create_like(like, draft)
        yield draft
        place(draft, path)
    finally:
        remove(draft)


@contextmanager
def new_file(path: Path, like: Path | None = None) -> Iterator[Path]:
    """Yield a draft of a new file; refused if `path` exists, at the start or at the end.

    It is also refused if a write-ahead log or a journal of an earlier database is next to it. After the block, the file
    survives a loss of power. It takes the permissions of the file `like`.
    """
    if is_there(path) or path.is_symlink():
        raise AlreadyThere(path=path)
    if not path.parent.is_dir():
        raise NoFolder(path=path, folder=path.parent)
    try:
        _refuse_leftovers(path)
        with written_beside(path, _place_new, like) as draft:
            yield draft
    except FileExistsError:
        raise AlreadyThere(path=path) from None
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror or str(error)) from error


@contextmanager
def new_text(path: Path, like: Path | None = None) -> Iterator[TextIO]:
    """Yield the stream of a new text file; refused in the same cases as `new_file`."""
    with new_file(path, like) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def replaced_file(path: Path, like: Path | None = None) -> Iterator[Path]:
    """Yield a draft of a file that replaces the one at `path`, if any; readers see it whole or not at all."""
    try:
        with written_beside(path, replace_durably, like) as draft:
            yield draft
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror or str(error)) from error


@contextmanager
def new_folder(path: Path) -> Iterator[None]:
    """Make a folder to fill in this block; refused if `path` exists, and removed if the block fails."""
    try:
        path.mkdir()
    except FileExistsError:
        raise AlreadyThere(path=path) from None
    except (OSError, ValueError) as error:
        raise NotWritable(path=path, why=getattr(error, "strerror", None) or error) from error
    try:
        yield
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, OSError):
            raise NotWritable(path=path, why=error.strerror or error) from error
        raise


def replace_durably(draft: Path, path: Path) -> None:
    """Move a draft into place so that it survives a loss of power."""
    _to_disk(draft)
    draft.replace(path)
    _to_disk(path.parent)


def remove(path: Path) -> None:
    """Remove a file and SQLite's own files next to it, if they exist."""
    for part in (path, *(Path(f"{path}{suffix}") for suffix in BESIDE)):
        part.unlink(missing_ok=True)


def _place_new(draft: Path, path: Path) -> None:
    """Move a draft into place unless something is already there."""
    _to_disk(draft)
    _refuse_leftovers(path)
    try:
        os.link(draft, path)
        draft.unlink()  # immediately, because a ledger with two names is refused
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        path.touch(exist_ok=False)  # no hard links on this disk: an empty file reserves the place for the draft
        draft.replace(path)
    _to_disk(path.parent)


def _refuse_leftovers(path: Path) -> None:
    left = [name for suffix in BESIDE if (name := Path(f"{path}{suffix}")).exists()]
    if left:
        raise LeftBeside(path=path, names=" and ".join(one.name for one in left))


def create_like(like: Path, path: Path) -> None:
    """Create an empty file with the permissions of another file; its owner may always write."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.fchmod(handle, stat.S_IMODE(like.stat().st_mode) & 0o666 | 0o600)
    finally:
        os.close(handle)


def _to_disk(path: Path) -> None:
    """Flush a file or folder to the disk, so that it survives a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
