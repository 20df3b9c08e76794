"""The people who may sign in, with their roles and the hashes of their tokens: a file next to the ledger.

A token is shown once and stored as a hash of scrypt. Its first part is public and random, and finds the person without
a hash; so only somebody who knows that part can make this machine compute one. The file has the ledger's permissions.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from ledger.base import now
from ledger.base.files import companion, contents, replaced_file
from ledger.base.names import nearest
from ledger.base.text import tidy
from ledger.views.database import folder_locked
from ledger.web.people.errors import (
    BadExpiry,
    BadName,
    ExpiryPassed,
    HasToken,
    LevelForReaders,
    NoSuchPerson,
    PeopleDamaged,
    UnknownRole,
)

LARGEST = 10_000_000  # bytes of the list
LONGEST_NAME = 100  # characters
LONGEST_TOKEN = 200
NEVER = "never"
_TOKEN = re.compile(r"parley_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_DAYS = re.compile(r"([1-9]\d{0,4})d")
_COST, _BLOCK, _LANES = 2**14, 8, 1  # of scrypt: 16 MB and some 50 ms


class AccessRole(StrEnum):
    """A person's rights: to read up to a clearance, also to record, or also to keep (levels, erasures, tokens)."""

    READER = "reader"
    RECORDER = "recorder"
    KEEPER = "keeper"

    @property
    def records(self) -> bool:
        return self is not AccessRole.READER

    @property
    def keeps(self) -> bool:
        return self is AccessRole.KEEPER


class Admitted(msgspec.Struct, frozen=True):
    """Somebody who may sign in.

    level: the clearance of a reader; "" is the whole record. key, hash: the public part of the token and the hash of
    the rest; "" if only a proxy says who this is. added, expires: days in UTC; `expires` is the last day, "" for none.
    """

    name: str
    role: AccessRole
    level: str = ""
    key: str = ""
    hash: str = ""
    added: str = ""
    expires: str = ""

    @property
    def has_expired(self) -> bool:
        return bool(self.expires) and now.utc_today().isoformat() > self.expires


class _Stored(msgspec.Struct):
    people: list[Admitted]
    form: int = 1


class People:
    """The people who may sign in to the pages of one ledger."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self.path = companion(ledger, "people.json")
        self._read: tuple[tuple[int, ...], list[Admitted]] = ((), [])
        self._proved: dict[bytes, tuple[str, str]] = {}

    def all(self) -> list[Admitted]:
        """Everybody on the list, in the order of adding; also those whose token has expired."""
        try:
            found = self.path.stat()
            state = (found.st_ino, found.st_size, found.st_mtime_ns)
            if state != self._read[0]:
                self._read = state, msgspec.json.decode(contents(self.path, LARGEST), type=_Stored).people
        except FileNotFoundError:
            return []
        except (OSError, msgspec.DecodeError):
            raise PeopleDamaged(path=self.path) from None
        return self._read[1]

    def named(self, name: str) -> Admitted | None:
        """The person with this name who may sign in today."""
        name = unicodedata.normalize("NFC", name)
        return next((one for one in self.all() if one.name == name and not one.has_expired), None)

    def by_token(self, token: str) -> Admitted | None:
        """The person to whom a token was given and who may sign in today; None if it is not a valid token."""
        parts = _TOKEN.fullmatch(token) if len(token) <= LONGEST_TOKEN else None
        found = next((one for one in self.all() if parts and one.key == parts[1]), None)
        if parts is None or found is None or found.has_expired:
            return None
        seen = hashlib.sha256(token.encode()).digest()  # in memory only: a program sends its token with each request
        if self._proved.get(seen) != (found.key, found.hash):
            if not _matches(found.hash, parts[2]):
                return None
            while len(self._proved) >= 256:
                self._proved.pop(next(iter(self._proved)))
            self._proved[seen] = (found.key, found.hash)
        return found

    def add(self, name: str, role: AccessRole, *, level: str = "", expires: str = "", by_proxy: bool = False) -> str:
        """Add a person and return the token, which is stored nowhere; "" for one whom only a proxy names."""
        name = unicodedata.normalize("NFC", name)
        if not name or not tidy(name) or len(name) > LONGEST_NAME:
            raise BadName(most=LONGEST_NAME)
        if level and role is not AccessRole.READER:
            raise LevelForReaders(role=role.value, name=name)
        key, secret = ("", "") if by_proxy else (secrets.token_hex(8), secrets.token_urlsafe(32))
        added = now.utc_today().isoformat()
        new = Admitted(name, role, level, key, _hashed(secret) if secret else "", added, expires)
        with folder_locked(self.path, alone=True):
            others = [one for one in self.all() if one.name != name or not one.has_expired]
            for one in others:
                if one.name == name:
                    raise HasToken(name=name, role=one.role.value)
            self._write([*others, new])
        return f"parley_{key}_{secret}" if secret else ""

    def revoke(self, name: str) -> Admitted:
        """Remove a person, whose token and sessions are not valid from now on."""
        name = unicodedata.normalize("NFC", name)
        with folder_locked(self.path, alone=True):
            everybody = self.all()
            found = next((one for one in everybody if one.name == name), None)
            if found is None:
                names = [one.name for one in everybody]
                raise NoSuchPerson.near("person", name, nearest(name, names), names)
            self._write([one for one in everybody if one is not found])
        return found

    def _write(self, people: list[Admitted]) -> None:
        with replaced_file(self.path, like=self._ledger) as draft:
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(_Stored(people)), indent=1) + b"\n")


def role_of(typed: str) -> AccessRole:
    """The role with this name."""
    if typed not in [*AccessRole]:
        raise UnknownRole.near("role", typed, nearest(typed, [*AccessRole]), [*AccessRole])
    return AccessRole(typed)


def last_day(typed: str) -> str:
    """The last day of a token (ISO, in UTC): after some days (`90d`), on a day, or "" for never."""
    today = now.utc_today()
    if typed == NEVER:
        return ""
    try:
        days = _DAYS.fullmatch(typed)
        if days is None and not re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
            raise BadExpiry(typed=typed)
        day = today + timedelta(days=int(days[1])) if days else date.fromisoformat(typed)
    except (ValueError, OverflowError):
        raise BadExpiry(typed=typed) from None
    if day < today:
        raise ExpiryPassed(day=day.isoformat(), today=today.isoformat())
    return day.isoformat()


def _hashed(secret: str) -> str:
    salt = secrets.token_bytes(16)
    return f"scrypt:{_COST}:{_BLOCK}:{_LANES}:{salt.hex()}:{_scrypt(secret, salt, _COST, _BLOCK, _LANES).hex()}"


def _matches(hashed: str, secret: str) -> bool:
    try:
        _, cost, block, lanes, salt, digest = hashed.split(":")
        found = _scrypt(secret, bytes.fromhex(salt), int(cost), int(block), int(lanes))
        return hmac.compare_digest(found, bytes.fromhex(digest))
    except ValueError:  # a hash that Parley did not write opens nothing
        return False


def _scrypt(secret: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=64 * 1024 * 1024, dklen=32)
