"""The sessions of people who have signed in, in the memory of the server: a restart ends them all.

The id of a session is random, made only when somebody signs in, and stored only as its hash. A session ends when it is
idle, after a fixed time, when its person signs out, and when their entry in the list of people changes.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import NamedTuple

from ledger.web.people.people import Admitted, People

IDLE = 2 * 60 * 60  # seconds without a request of a person
LONGEST = 12 * 60 * 60  # seconds altogether
MOST = 1_000  # sessions; then the one that was idle longest ends


class OpenSession(NamedTuple):
    """A session: who signed in, the token that each form of their pages contains, its beginning and last request."""

    person: Admitted
    forms: str
    began: float
    seen: float


class Sessions:
    """The open sessions."""

    def __init__(self, people: People, clock: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._clock = clock
        self._open: dict[str, OpenSession] = {}

    def begin(self, person: Admitted) -> str:
        """Open a session and return its id."""
        while len(self._open) >= MOST:
            self._open.pop(min(self._open, key=lambda one: self._open[one].seen))
        name, at = secrets.token_urlsafe(32), self._clock()
        self._open[_hash(name)] = OpenSession(person, secrets.token_urlsafe(24), at, at)
        return name

    def of(self, name: str, *, used: bool = True) -> OpenSession | None:
        """The open session with an id; without `used`, the request does not count as one of a person."""
        key = _hash(name)
        found = self._open.get(key)
        if found is None:
            return None
        at = self._clock()
        idle, old = at - found.seen > IDLE, at - found.began > LONGEST
        if idle or old or self._people.named(found.person.name) != found.person:
            del self._open[key]
            return None
        if used:
            self._open[key] = found = found._replace(seen=at)
        return found

    def end(self, name: str) -> None:
        """End a session, if it is open."""
        self._open.pop(_hash(name), None)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
