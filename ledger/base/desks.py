"""Ledgers on a server: their addresses, and the desk that a machine has for each of them.

A ledger on a server is named by its address, such as `postgresql://host/database` or `service=talks`. Everything that
this machine stores for it (the views, the cached replays, the choice of a negotiation, checkpoints, drafts) is in a
folder of its own, its desk, next to a small file with the address. The path of that file is the path of the ledger
here: other modules need not know that the log is elsewhere.

A password in an address stays in the memory of this process. It is never written or shown.
"""

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ledger.base.errors import AmbiguousAddress, NotADesk
from ledger.base.files import contents
from ledger.base.hashing import sha256
from ledger.errors import NotWritable

VARIABLE = "PARLEY_DESKS"  # the environment variable that names the folder of the desks
NAME = "ledger.desk"
LONGEST = 10_000  # bytes of an address

_URL = r"(?a)(postgres(?:ql)?://)(?:([^/?#]*)@)?([^@?#]*)((?:\?[^#]*)?)"
_SECRET = r"(?:ssl)?password\s*=\s*"  # noqa: S105 (the name of a setting)
_IN_QUERY = rf"(?<=[?&]){_SECRET}[^&]*&?"
_IN_SETTINGS = rf"(?s)\s*\b{_SECRET}(?:'(?:[^'\\]|\\.)*'|(?:[^\s\\]|\\.)*)"

_said: set[str] = set()
_given: dict[Path, str] = {}  # the address of each ledger that this process named, with its password


def _nothing(sentence: str) -> None:
    """Print nothing: the default of the library."""


warn: Callable[[str], None] = _nothing  # the command line sets it to print the sentence


def say(sentence: str) -> None:
    """Tell the user about the connection to a server; the same sentence only once."""
    if sentence not in _said:
        _said.add(sentence)
        warn(sentence)


def is_address(named: str) -> bool:
    """Whether a ledger's name is an address on a server, not a path."""
    return named.startswith(("postgresql://", "postgres://", "service="))


def shown(address: str) -> str:
    """The address without its password; refused if it is unclear which part that is."""
    if address.startswith("service="):
        return re.sub(_IN_SETTINGS, "", address)
    found = re.fullmatch(_URL, address)
    if found is None or "@" in (found[2] or ""):
        raise AmbiguousAddress()
    start, credentials, place, query = found.groups()
    user = f"{credentials.partition(':')[0]}@" if credentials else ""
    return f"{start}{user}{place}{re.sub(_IN_QUERY, '', query).rstrip('?&')}"


def desk_of(address: str) -> Path:
    """The path, on this machine, of the ledger at an address. Nothing is created yet."""
    name = shown(address)
    place = name.partition("?")[0].rstrip("/")
    label = re.sub(r"[^a-z0-9]+", "-", re.split(r"[/=]", place)[-1].lower()).strip("-")[:40] or "ledger"
    path = _home() / f"{label}-{sha256(name.encode()).hex()[:12]}" / NAME
    _given[path] = address
    return path


def address_of(path: Path) -> str:
    """The address of the ledger whose path here is `path`; without its password, unless this process was given it."""
    if path in _given:
        return _given[path]
    try:
        address = contents(path, LONGEST).decode().strip()
    except (OSError, UnicodeDecodeError):
        address = ""
    if not is_address(address) or desk_of(address) != path:  # a file from elsewhere must not choose the server
        raise NotADesk(path=path)
    return address


@lru_cache(maxsize=64)  # each append asks twice
def is_desk(path: Path) -> bool:
    """Whether the ledger with this path here is on a server."""
    return path.suffix == Path(NAME).suffix


def name_of(path: Path) -> str:
    """The name of a ledger in sentences: its path, or its address without the password."""
    return shown(address_of(path)) if is_desk(path) else str(path)


def set_up(path: Path) -> None:
    """Create the desk of a ledger, which only its user may read, unless it is there."""
    if path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        try:
            os.write(handle, f"{shown(address_of(path))}\n".encode())
        finally:
            os.close(handle)
    except OSError as error:
        why = f"{error.strerror}; {VARIABLE} can name another folder"
        raise NotWritable(path=path.parent, why=why) from error


def _home() -> Path:
    """The folder of the desks."""
    if named := os.environ.get(VARIABLE, "").strip():
        return Path(named).absolute()
    state = os.environ.get("XDG_STATE_HOME", "").strip()
    return (Path(state) if state else Path.home() / ".local" / "state") / "parley"
