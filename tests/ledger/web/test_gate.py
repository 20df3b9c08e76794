"""Who and what gets in, asked of a running server: only reading, only the views, only whoever has the token."""

import re
import socket
import sqlite3
import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger.errors import Refusal
from ledger.web import server
from tests.ledger.web import serving

TOKEN = "sixteen-letters-or-more"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
pytestmark = pytest.mark.xdist_group("gate")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return serving.worked_example(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> Iterator[httpx.Client]:
    with serving.serving(ledger) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def locked(ledger: Ledger) -> Iterator[str]:
    with serving.serving(ledger, TOKEN, host="0.0.0.0") as address:
        yield address


def sql(site: httpx.Client, statement: str) -> httpx.Response:
    return site.get("/raw_tables.json", params={"sql": statement})


def test_our_pages_let_nothing_run_or_load_that_is_not_ours(site: httpx.Client) -> None:
    for path in ("/", "/vn-us-trade/timeline", "/vn-us-trade/search?q=market", "/nowhere", "/vn-us-trade.json"):
        headers = site.get(path).headers
        assert headers["content-security-policy"] == STRICT
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"


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


def test_datasette_takes_no_template_of_ours_for_one_of_its_own() -> None:
    from ledger.web.rendering import HERE

    assert [name for name in ("templates", "static") if (HERE / name).exists()] == []  # it looks there from Python 3.12


def test_raw_tables_come_with_facets_csv_json_and_saved_queries(site: httpx.Client) -> None:
    assert "market-economy-status" in site.get("/raw_tables/asks.csv").text
    facets = site.get("/raw_tables/issues.json?_facet=status").json()["facet_results"]
    assert facets["status"]["results"]
    assert "where-issues-stand" in site.get("/raw_tables").text
    rows = site.get("/raw_tables/where-issues-stand.json?day=2025-05-22&_shape=array").json()
    assert {"slug": "technical-dialogue", "status": "agreed"}.items() <= next(
        row for row in rows if row["slug"] == "technical-dialogue"
    ).items()
    assert sql(site, "select count(*) from search where search match 'market'").json()["rows"][0][0] > 5


@pytest.mark.parametrize(
    "statement",
    [
        "select * from pragma_database_list",
        "select file from pragma_database_list()",
        "select * from pragma_function_list",
        "attach '/etc/passwd' as x",
        "select load_extension('x')",
        "select hex(zeroblob(1000000000))",
        "select replace(hex(randomblob(1000000)), 'A', 'AAAAAAAA')",
        "select printf('%.*c', 900000000, 'x')",
        "select format('%900000000d', 1)",
        "update issues set title = 'x'",
        "delete from issues",
        "with x as (select 1) delete from issues",
        "with x as (select 1) update sqlite_master set name = 'x'",
        "pragma writable_schema = on",
        "vacuum into '/tmp/copy.db'",
        "select 1; select 2",
        "select * from stored_events",
        "create table x (y)",
        "insert into issues (slug) values ('x')",
    ],
)
def test_sql_reads_the_views_and_does_nothing_else(site: httpx.Client, statement: str) -> None:
    found = sql(site, statement)
    assert found.status_code == 400
    assert found.json()["ok"] is False


def test_sql_that_takes_long_is_stopped(site: httpx.Client) -> None:
    found = sql(site, "with recursive x(i) as (select 1 union all select i + 1 from x) select count(*) from x")
    assert found.status_code == 400
    assert "too long" in found.text


def test_tables_show_what_was_filed_a_moment_ago_and_survive_a_new_views_file(tmp_path: Path) -> None:
    ledger = serving.worked_example(tmp_path)
    with serving.serving(ledger) as address, httpx.Client(base_url=address) as client:
        count = "select count(*) from issues where slug = 'new-matter'"
        assert sql(client, count).json()["rows"] == [[0]]
        ledger.append("issue", "new-matter", {"title": "New matter"})
        assert sql(client, count).json()["rows"] == [[1]]
        for part in tmp_path.glob("ledger.views.db*"):
            part.unlink()
        assert sql(client, count).json()["rows"] == [[1]]
        assert client.get("/-/head.json").json() == {"position": 165}


def test_without_the_token_nothing_is_told(locked: str) -> None:
    for path in (
        "/",
        "/vn-us-trade",
        "/vn-us-trade.json",
        "/-/head.json",
        "/raw_tables",
        "/raw_tables/issues.csv",
        "/x",
    ):
        found = httpx.get(locked + path)
        assert found.status_code == 401
        assert "Viet Nam" not in found.text
        assert "Token" in found.text


def test_the_token_opens_the_pages_by_a_cookie_that_scripts_and_other_sites_do_not_get(locked: str) -> None:
    found = httpx.post(f"{locked}/-/enter", data={"token": TOKEN})
    assert found.status_code == 303
    assert found.headers["location"] == "/"
    cookie = SimpleCookie(found.headers["set-cookie"])["parley"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert TOKEN not in cookie.value
    assert httpx.get(locked, headers={"cookie": f"parley={cookie.value}"}).status_code == 200
    assert httpx.get(f"{locked}/raw_tables", headers={"cookie": f"parley={cookie.value}"}).status_code == 200
    assert httpx.get(locked, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "é", "x" * 10_000])
def test_a_wrong_token_opens_nothing(locked: str, token: str) -> None:
    found = httpx.post(f"{locked}/-/enter", data={"token": token})
    assert found.status_code == 403
    assert "set-cookie" not in found.headers
    assert "That is not the token" in found.text
    assert (
        httpx.get(locked, headers={"cookie": f"parley={token[:50].encode('ascii', 'ignore').decode()}"}).status_code
        == 401
    )
    assert httpx.get(locked, headers={"cookie": 'parley="\\x; ;;='}).status_code == 401


def test_whoever_comes_from_elsewhere_finds_the_page_asked_for(locked: str) -> None:
    found = httpx.get(f"{locked}/vn-us-trade/issues?as-of=2025-05-22")
    assert 'href="/vn-us-trade/issues?as-of=2025-05-22"' in found.text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "some-machine"])
def test_other_machines_are_not_let_in_without_a_token(host: str) -> None:
    for token in ("", "short"):
        with pytest.raises(Refusal, match="a token of at least 16"):
            server.lock(host, 8001, token)
    assert server.lock(host, 8001, TOKEN).token == TOKEN
    assert server.lock("127.0.0.1", 8001, "").token == ""


def test_a_page_does_not_wait_for_its_second_packet() -> None:
    with server.bound("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_fifty_browsers_read_while_a_writer_files(tmp_path: Path) -> None:
    ledger = serving.worked_example(tmp_path)
    wrong: list[str] = []
    paths = ["/", "/vn-us-trade/timeline", "/raw_tables/issues.json", "/vn-us-trade/meeting/round-3", "/-/head.json"]
    with serving.serving(ledger) as address:

        def read(number: int) -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                for turn in range(4):
                    found = client.get(paths[(number + turn) % len(paths)])
                    if found.status_code != 200:
                        wrong.append(found.text)

        readers = [threading.Thread(target=read, args=(number,)) for number in range(50)]
        for reader in readers:
            reader.start()
        for number in range(6):
            ledger.append("issue", f"matter-{number}", {"title": f"Matter {number}"})
        for reader in readers:
            reader.join(60)
        assert wrong == []
        assert "Matter 5" in httpx.get(f"{address}/vn-us-trade/issues").text


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
