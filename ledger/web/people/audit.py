"""Notes who looked at what, in a file of its own and apart from the record: a line of JSON for each request."""

import json
import os
from pathlib import Path

from ledger.base import now
from ledger.base.files import create_like
from ledger.errors import NotWritable
from ledger.web.people.errors import AuditNotWritable
from ledger.web.people.visitors import Visitor


class Audit:
    """The audit trail in the file at `path`, which takes the permissions of the file `like` when it is created."""

    def __init__(self, path: Path, like: Path) -> None:
        self.path = path
        try:
            if not path.exists():
                create_like(like, path)
            self._append(b"")
        except (OSError, ValueError) as error:
            raise NotWritable(path=path, why=getattr(error, "strerror", None) or error) from None

    def note(self, visitor: Visitor, method: str, address: str) -> None:
        """Note that a visitor asked for a page; refused if it cannot be noted."""
        line = {
            "time": now.now().isoformat(timespec="seconds"),
            "name": visitor.name,
            "level": visitor.level,
            "method": method,
            "address": address,
        }
        try:
            self._append(json.dumps(line, ensure_ascii=True).encode() + b"\n")
        except OSError as error:
            raise AuditNotWritable() from error

    def _append(self, line: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            if os.write(handle, line) != len(line):
                raise OSError(f"{self.path} takes no more")
        finally:
            os.close(handle)
