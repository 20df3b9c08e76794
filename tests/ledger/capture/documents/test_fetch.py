"""Fetching by http and https only, within limits, from a local server."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from ledger.capture.documents import fetch as module
from ledger.capture.documents.errors import DocumentTooLarge, PageNotFetched
from ledger.capture.documents.fetch import fetch


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers = {"/away": (302, {"Location": "file:///etc/passwd"}), "/gone": (404, {})}.get(
            self.path, (200, {})
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"The talks resume." * (1 if self.path != "/huge" else 1_000))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched(served: str) -> None:
    assert fetch(f"{served}/report") == b"The talks resume."


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "report.txt", "javascript:1", "http://"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(PageNotFetched, match="http"):
        fetch(url)


def test_a_redirect_to_another_scheme_is_refused(served: str) -> None:
    with pytest.raises(PageNotFetched):
        fetch(f"{served}/away")


def test_a_page_that_is_not_there_is_refused(served: str) -> None:
    with pytest.raises(PageNotFetched, match="404"):
        fetch(f"{served}/gone")


def test_a_huge_page_is_refused(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 1_000)
    with pytest.raises(DocumentTooLarge):
        fetch(f"{served}/huge")


def test_nobody_there_is_a_sentence() -> None:
    with pytest.raises(PageNotFetched, match="not fetched"):
        fetch("http://127.0.0.1:9/")
