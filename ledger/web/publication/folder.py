"""The folder of a site: it is filled next to its place and then put there, so that nobody ever sees half a site.

Such a folder has a file `parley-site.json`. Only such a folder is replaced, and only if nothing else is in it.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.base.files import contents
from ledger.errors import NotWritable
from ledger.web.publication.errors import NotASite

MARK = "parley-site.json"


@contextmanager
def site_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder to fill, which then takes the place of the site at `path`; if that fails, nothing changes.

    Refused if `path` has something that publishing did not make.
    """
    try:
        place = path.resolve()
        _refuse_others(place)
        with _beside(place, "new") as draft:
            draft.mkdir()
            yield draft
            _put(draft, place)
    except (OSError, ValueError) as error:
        raise NotWritable(path=path, why=getattr(error, "strerror", None) or error) from error


def mark(folder: Path, about: dict[str, object]) -> None:
    """Mark a filled folder as a site, with the names of the files made in it and the facts `about` it."""
    made = sorted([*(one.name for one in folder.iterdir()), MARK])
    (folder / MARK).write_text(json.dumps(about | {"made": made}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _refuse_others(place: Path) -> None:
    """Refuse a file, and a folder in which anything was not made by publishing."""
    if not place.exists():
        return
    made: list[str] = []
    with suppress(OSError, ValueError, TypeError, KeyError):
        made = [str(one) for one in json.loads(contents(place / MARK, 1_000_000))["made"]]
    if others := sorted(one.name for one in place.iterdir() if one.name not in made):
        raise NotASite(path=place, name=others[0])


@contextmanager
def _beside(place: Path, what: str) -> Iterator[Path]:
    """The path of a folder next to `place` that is removed in the end."""
    folder = place.with_name(f".{place.name}.{what}.{os.urandom(4).hex()}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(draft: Path, place: Path) -> None:
    """Put the filled folder in its place; the site before it is put back if that fails."""
    with _beside(place, "old") as old:
        if place.exists():
            place.rename(old)
        try:
            draft.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
