"""Access, tested on a running server: only reading, only the views. Who signs in is in test_sign_in.py."""

import re
import sqlite3
from collections.abc import Iterator

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger.web.desk.forms import LARGEST_FORM
from tests.ledger.web import serving

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return serving.worked_example(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> Iterator[httpx.Client]:
    with serving.serving(ledger) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_our_pages_let_nothing_run_or_load_that_is_not_ours(site: httpx.Client) -> None:
    for path in ("/", "/vn-us-trade/timeline", "/vn-us-trade/search?q=market", "/nowhere", "/vn-us-trade.json"):
        headers = site.get(path).headers
        assert headers["content-security-policy"] == STRICT
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"


def test_on_pages_of_datasette_no_script_runs_at_all(site: httpx.Client) -> None:
    for path in ("/raw_tables", "/raw_tables/issues", "/raw_tables?sql=select+1"):
        found = site.get(path)
        assert found.status_code == 200
        assert "script-src" not in found.headers["content-security-policy"]
        assert found.headers["content-security-policy"].startswith("default-src 'none';")


@pytest.mark.parametrize(
    "path",
    [
        "/-/databases", "/-/databases.json", "/-/plugins.json", "/-/versions.json", "/-/settings", "/-/threads.json",
        "/-/actor.json", "/-/metadata.json", "/-/permissions", "/-/allow-debug", "/-/messages", "/-/patterns",
        "/-/auth-token", "/-/logout", "/-/config", "/_internal", "/_internal/databases.json", "/_memory", "/:memory:",
        "/raw_tables.db", "/ledger.db", "/ledger", "/ledger.views.db", "/-/static/../app.py", "/-/static/table.js",
        "/-/static-plugins/parley/x", "/-/parley/..%2fplugin.py", "/-/parley/site.py", "/%2e%2e/etc/passwd",
        "//example.org/", "/vn-us-trade/", "/vn-us-trade/../ledger.db", "/raw_tables/issues/1/2", "/favicon.ico",
        "/-/enter", "/vn-us-trade%2f", "/raw_tables/issues.blob",
    ],
)  # fmt: skip
def test_no_page_tells_of_the_machine_or_of_another_file(site: httpx.Client, path: str, ledger: Ledger) -> None:
    found = site.send(site.build_request("GET", httpx.URL(str(site.base_url)).copy_with(raw_path=path.encode())))
    assert found.status_code == 404
    assert str(ledger.path.parent) not in found.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_pages_are_only_read(site: httpx.Client, method: str) -> None:
    for path in ("/", "/vn-us-trade/issues", "/raw_tables/issues", "/-/enter"):
        assert site.request(method, path).status_code == 405


def test_another_name_than_that_of_this_machine_is_refused(site: httpx.Client) -> None:
    assert site.get("/", headers={"host": "evil.example"}).status_code == 421
    assert site.get("/raw_tables", headers={"host": "evil.example"}).status_code == 421
    port = site.base_url.port
    assert site.get("/", headers={"host": f"localhost:{port}"}).status_code == 200


def test_the_log_is_never_opened_for_writing(site: httpx.Client, ledger: Ledger) -> None:
    with sqlite3.connect(ledger.path) as connection:
        before = connection.execute("SELECT COUNT(*), MAX(rowid) FROM stored_events").fetchone()
    connection.close()
    for path in ("/", "/vn-us-trade/sources", "/vn-us-trade/source/vna-2025-05-22", "/raw_tables"):
        site.get(path)
    with sqlite3.connect(ledger.path) as connection:
        assert connection.execute("SELECT COUNT(*), MAX(rowid) FROM stored_events").fetchone() == before
    connection.close()
    assert not re.search("looks", " ".join(one.name for one in ledger.path.parent.iterdir()))


DESK = "/vn-us-trade/enter"


@pytest.mark.parametrize("path", [DESK, f"{DESK}/0123abcd", "/vn-us-trade/note", "/vn-us-trade/retract/round-2"])
def test_a_form_is_answered_only_with_the_token_of_our_page_under_our_name(
    site: httpx.Client, ledger: Ledger, path: str
) -> None:
    head = ledger.head()
    for headers in ({}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = site.post(path, data={"token": "guessed", "do": "file"}, headers=headers)
        assert answer.status_code == 409 and "did not come from a page" in answer.text
    assert site.post(path, data={}, headers={"host": "evil.example"}).status_code == 421
    assert site.post(path, content=b"x", headers={"content-type": "text/plain"}).status_code == 409
    assert site.put(path).status_code == 405
    assert ledger.head() == head


def test_read_only_pages_answer_no_form_and_do_not_offer_the_desk(ledger: Ledger) -> None:
    with serving.serving(ledger, read_only=True) as address:
        for answer in (httpx.get(address + DESK), httpx.post(address + DESK, data={"report": "x"})):
            assert answer.status_code == 403 and "only show the record" in answer.text
        assert DESK not in httpx.get(address + "/vn-us-trade/meeting/round-2").text
        assert "/retract/" not in httpx.get(address + "/vn-us-trade/meeting/round-2").text


def test_a_form_of_any_size_is_refused(site: httpx.Client) -> None:
    answer = site.post(DESK, content=b"x" * (LARGEST_FORM + 1), headers={"content-type": "text/plain"})
    assert answer.status_code == 413 and "25 MB" in answer.text
