"""Fetches a web page, by http or https only, with a limit on its size and on the time."""

import time
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from ledger.capture.documents.document import LARGEST_FILE
from ledger.capture.documents.errors import DocumentTooLarge, PageNotFetched

SECONDS = 30.0
_AT_ONCE = 65_536  # bytes
_AGENT = "Parley (drafting from a report)"


class _SameSchemes(HTTPRedirectHandler):
    """Follows redirects, but only to http and https."""

    max_redirections = 5

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise PageNotFetched(url=req.full_url, why=f"it redirects to {newurl}, which is not http or https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, seconds: float = SECONDS) -> bytes:
    """The bytes at an address. Raises a refusal if they cannot be fetched within the limits."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PageNotFetched(url=url, why="only addresses that begin with http:// or https:// are fetched")
    ends = time.monotonic() + seconds
    opener: OpenerDirector = build_opener(_SameSchemes())
    try:
        with opener.open(Request(url, headers={"User-Agent": _AGENT}), timeout=seconds) as answer:  # noqa: S310
            content = b""
            while piece := answer.read1(_AT_ONCE):
                content += piece
                if len(content) > LARGEST_FILE:
                    raise DocumentTooLarge(name=url, why=f"it is larger than {LARGEST_FILE // 1_000_000} MB")
                if time.monotonic() > ends:
                    raise PageNotFetched(url=url, why=f"it took longer than {seconds:.0f} seconds")
            return content
    except HTTPError as error:
        raise PageNotFetched(url=url, why=f"the server answered {error.code} {error.reason}") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise PageNotFetched(url=url, why=getattr(error, "reason", None) or error) from error
