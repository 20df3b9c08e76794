"""Ledgers that many tests begin with: a process makes each of them once, and copies its files for every test."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from ledger.base import now


def copied(make: Callable[[Path], object], folder: Path) -> None:
    """Put into a folder what `make` puts into an empty one at this time of the clock, which stands still in tests.

    Views know their ledger's file, so the first question compares the copied ones with the log, which is soon done.
    """
    shutil.copytree(_made(make, now.now()), folder, dirs_exist_ok=True)


@cache
def _made(make: Callable[[Path], object], moment: datetime) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make(folder)
    return folder
