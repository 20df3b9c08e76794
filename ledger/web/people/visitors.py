"""Identifies visitors to the pages: by a session, by the token of a program, or by the header of a trusted proxy."""

import hmac
import secrets
from threading import Lock
from typing import NamedTuple

from ledger.web.people.errors import NotListed, WrongToken
from ledger.web.people.guesses import Guesses
from ledger.web.people.people import AccessRole, Admitted, People
from ledger.web.people.proxy import Headers, Proxy
from ledger.web.people.sessions import Sessions

COOKIE, ENCRYPTED = "parley", "__Host-parley"  # a browser takes the second only by TLS, and only from this host itself


class Visitor(NamedTuple):
    """A visitor to the pages. On this machine nobody needs to sign in: the name is "", and everything is allowed.

    level: up to which the visitor may read, "" for the whole record. forms: the token that a form must have. signs_out:
    whether a session can be ended here. is_noted: whether the visitor's look at a page is noted.
    """

    name: str = ""
    role: AccessRole = AccessRole.KEEPER
    level: str = ""
    forms: str = ""
    signs_out: bool = False
    is_noted: bool = False


HERE = Visitor()


class Visitors:
    """Everybody who may sign in. Requests are checked one after another, so hashes cannot fill the memory."""

    def __init__(self, people: People, proxy: Proxy = Proxy()) -> None:  # noqa: B008 (a tuple, which nothing changes)
        self.people = people
        self.proxy = proxy
        self.sessions = Sessions(people)
        self._guesses = Guesses()
        self._secret = secrets.token_bytes(32)
        self._turn = Lock()

    def visitor(self, headers: Headers, peer: str, *, used: bool = True) -> Visitor | None:
        """The visitor who asks; None if nobody has signed in. Refused if a token is wrong or the proxy's name unknown.

        Without `used`, the request is not from a person, and leaves a session idle.
        """
        with self._turn:
            if name := self.proxy.name(headers, peer):
                person = self.people.named(name)
                if person is None:
                    raise NotListed(name=name)
                return self._visitor(person, f"proxy {name}")
            scheme, _, token = "".join(headers.get("authorization", ())[:1]).partition(" ")
            if scheme.lower() == "bearer":
                person = self._by_token(token.strip(), self.proxy.client(headers, peer))
                return self._visitor(person, f"token {person.key}")
            session = self.sessions.of(self._cookie(headers, peer), used=used)
            if session is None:
                return None
            return self._visitor(session.person, "")._replace(forms=session.forms, signs_out=True)

    def sign_in(self, token: str, headers: Headers, peer: str) -> str:
        """Open a session, always with a new id, and return the cookie."""
        with self._turn:
            person = self._by_token(token.strip(), self.proxy.client(headers, peer))
            self.sessions.end(self._cookie(headers, peer))
            return self._set(self.sessions.begin(person), headers, peer)

    def sign_out(self, headers: Headers, peer: str) -> str:
        """End the session and return the cookie that deletes its own."""
        with self._turn:
            self.sessions.end(self._cookie(headers, peer))
            return f"{self._set('', headers, peer)}; Max-Age=0"

    def _by_token(self, token: str, address: str) -> Admitted:
        self._guesses.refuse_if_too_many(address)
        found = self.people.by_token(token)
        if found is None:
            self._guesses.wrong(address)
            raise WrongToken()
        return found

    def _visitor(self, person: Admitted, way: str) -> Visitor:
        forms = hmac.new(self._secret, way.encode(), "sha256").hexdigest()
        return Visitor(person.name, person.role, person.level, forms)

    def _cookie(self, headers: Headers, peer: str) -> str:
        """The session's id in the cookies of a request; "" if there is none."""
        wanted = ENCRYPTED if self.proxy.is_encrypted(headers, peer) else COOKIE
        for part in ";".join(headers.get("cookie", ())).split(";"):
            name, _, value = part.strip().partition("=")
            if name == wanted:
                return value
        return ""

    def _set(self, value: str, headers: Headers, peer: str) -> str:
        encrypted = self.proxy.is_encrypted(headers, peer)
        name = ENCRYPTED if encrypted else COOKIE
        return f"{name}={value}; HttpOnly; SameSite=Lax; Path=/{'; Secure' if encrypted else ''}"
