"""A new file is written beside its place and linked to it when it is whole: it is there complete or not at all."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ledger.base.errors import AlreadyThere
from ledger.errors import NotWritable
from ledger.log.sqlite.file import is_there


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
