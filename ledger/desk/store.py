"""Stores drafts next to the ledger and apart from the log: one file each in `ledger.drafts/`.

The files have the ledger's permissions. A draft is on the disk before its save is acknowledged. A draft that another
window has changed is not overwritten.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from ledger.base import now
from ledger.base.files import companion, contents, drafts_in, replace_durably, written_beside
from ledger.desk.draft import DeskDraft
from ledger.desk.errors import DraftBroken, DraftChanged, NoSuchDraft
from ledger.errors import NotWritable
from ledger.views.database import folder_locked

LARGEST = 50_000_000  # bytes of a draft
_ID = re.compile(r"[0-9a-f]{8}")


class DraftNamed(NamedTuple):
    """The id, title and keeper of a draft. For a file that cannot be read, the id is its name and the rest is empty."""

    id: str
    title: str
    keeper: str


class Drafts:
    """The drafts of one ledger."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self.folder = companion(ledger, "drafts")

    def all(self, negotiation: str) -> list[DeskDraft]:
        """The drafts of a negotiation, the last saved first, without damaged files."""
        found = []
        for path in self.folder.glob("*.json") if self.folder.is_dir() else ():
            try:
                found.append(self.read(path.stem))
            except (NoSuchDraft, DraftBroken):
                continue
        mine = [one for one in found if one.negotiation == negotiation]
        return sorted(mine, key=lambda one: one.saved_at, reverse=True)

    def read(self, draft: str) -> DeskDraft:
        """A draft by its id."""
        if not _ID.fullmatch(draft):
            raise NoSuchDraft(draft=draft)
        try:
            return _DECODER.decode(contents(self._path(draft), LARGEST))
        except FileNotFoundError:
            raise NoSuchDraft(draft=draft) from None
        except (OSError, msgspec.DecodeError):
            raise DraftBroken(draft=draft) from None

    def add(self, draft: DeskDraft) -> DeskDraft:
        """Store a new draft under a new id."""
        with self.locked():
            return self._write(msgspec.structs.replace(draft, id=os.urandom(4).hex()))

    def change(self, draft: str, number: int, change: Callable[[DeskDraft], DeskDraft]) -> DeskDraft:
        """Change and store a draft; refused if its number is no longer the one that the page knows."""
        with self.locked():
            before = self.read(draft)
            if before.number != number:
                raise DraftChanged(at=clock(before.saved_at))
            after = change(before)
            return before if after == before else self._write(after)

    def discard(self, draft: str) -> None:
        """Delete a draft."""
        if not _ID.fullmatch(draft):
            raise NoSuchDraft(draft=draft)
        self._path(draft).unlink(missing_ok=True)

    def named(self, is_meant: Callable[[DeskDraft], bool], *, delete: bool = False) -> list[DraftNamed]:
        """List the drafts, of any negotiation, for which `is_meant` is true; with `delete`, also delete them.

        A file that cannot be read is included, because it may contain anything.
        """
        if not self.folder.is_dir():
            return []
        found = []
        with self.locked():
            for path in sorted((*self.folder.glob("*.json"), *drafts_in(self.folder))):
                try:
                    draft = _DECODER.decode(contents(path, LARGEST))
                except (OSError, msgspec.DecodeError):
                    found.append(DraftNamed(path.name, "", ""))
                else:
                    if not is_meant(draft):
                        continue
                    found.append(DraftNamed(draft.id, draft.source.get("title", draft.slug), draft.keeper))
                if delete:
                    path.unlink(missing_ok=True)
        return found

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the drafts: meanwhile no other desk of this ledger changes or files one."""
        try:
            mode = stat.S_IMODE(self._ledger.stat().st_mode) & 0o666 | 0o600
            self.folder.mkdir(mode=mode | (mode & 0o444) >> 2, exist_ok=True)
        except OSError as error:
            raise NotWritable(path=self.folder, why=error.strerror) from error
        with folder_locked(self.folder / "any", alone=True):
            yield

    def _write(self, draft: DeskDraft) -> DeskDraft:
        saved = msgspec.structs.replace(draft, number=draft.number + 1, saved_at=now.now().isoformat())
        path = self._path(draft.id)
        try:
            with written_beside(path, replace_durably, like=self._ledger) as written:
                written.write_bytes(msgspec.json.encode(saved))
        except OSError as error:
            raise NotWritable(path=path, why=error.strerror or str(error)) from error
        return saved

    def _path(self, draft: str) -> Path:
        return self.folder / f"{draft}.json"


def clock(saved_at: str) -> str:
    """The time of day, in the user's time zone, at which a draft was saved: `14:02:11`."""
    return f"{datetime.fromisoformat(saved_at).astimezone():%H:%M:%S}" if saved_at else ""


_DECODER = msgspec.json.Decoder(DeskDraft)
