"""Reads submitted forms: their values and files; refuses a form that does not come from one of our own pages."""

import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from ledger.base.text import first_unsafe
from ledger.web.errors import FormBroken, NotFromHere

LARGEST_FORM = 25_000_000  # bytes, with a file in it
MOST_VALUES = 500
FIELD = "f-"  # begins the name of an entry's field in a form
_NAME = re.compile(r'\bname="([^"]*)"')
_FILE = re.compile(r'\bfilename="([^"]*)"')


class SentForm(NamedTuple):
    """The values of a form, and its files: their names and contents."""

    values: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]] = {}

    def text(self, name: str) -> str:
        """A value; "" if the form has none."""
        return self.values.get(name, "")

    def line(self, name: str) -> str:
        """A value on one line, without characters that cannot be seen."""
        value = " ".join(self.text(name).split())
        return "" if first_unsafe(value) else value

    def fields(self) -> dict[str, str]:
        """The values of an entry's fields, by the fields' names."""
        return {name.removeprefix(FIELD): text for name, text in self.values.items() if name.startswith(FIELD)}

    def number(self, name: str) -> int:
        """A whole number; -1 if the form has none."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1


def read(content_type: str, body: bytes) -> SentForm:
    """The form in a request's body; refused if it is not one."""
    kind, _, parameters = content_type.partition(";")
    if kind.strip() == "application/x-www-form-urlencoded":
        try:
            return SentForm(dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_VALUES)))
        except ValueError:
            raise FormBroken() from None
    boundary = re.search(r'boundary="?([^";]{1,200})"?', parameters)
    if kind.strip() != "multipart/form-data" or boundary is None:
        raise FormBroken()
    return _parts(body, b"--" + boundary[1].encode())


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Whether a form was sent from a page of this server, as far as the browser tells.

    Over TLS and on this machine a browser sends the site of a form (`Sec-Fetch-Site`), otherwise only its origin.
    """
    site, origin = headers.get("sec-fetch-site", ""), headers.get("origin", "")
    from_here = not origin or urlsplit(origin).netloc.lower() == headers.get("host", "-").lower()
    return site in ("same-origin", "none") if site else from_here


def check_origin(headers: Mapping[str, str], form: SentForm, token: str) -> None:
    """Refuse a form that did not come from a page of this server that the same person had."""
    if not is_from_here(headers):
        raise NotFromHere()
    if not hmac.compare_digest(form.text("token").encode(), token.encode()):
        raise NotFromHere()


def _parts(body: bytes, boundary: bytes) -> SentForm:
    values: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    pieces = (b"\r\n" + body).split(b"\r\n" + boundary)
    if len(pieces) > MOST_VALUES:
        raise FormBroken()
    for piece in pieces[1:]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = head.decode("utf-8", "replace")
        name, file = _NAME.search(told), _FILE.search(told)
        if name is None:
            continue
        if file is None:
            try:
                values[name[1]] = content.decode()
            except UnicodeDecodeError:
                raise FormBroken() from None
        elif file[1]:
            files[name[1]] = (file[1], content)
    return SentForm(values, files)
