"""Datasette's tables: read only, only the views, for a limited time."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from tests.ledger.web import serving


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return serving.worked_example(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> Iterator[httpx.Client]:
    with serving.serving(ledger) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def sql(site: httpx.Client, statement: str) -> httpx.Response:
    return site.get("/raw_tables.json", params={"sql": statement})


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
        assert client.get("/-/head.json").json() == {"position": 173}


def test_datasette_takes_no_template_of_ours_for_one_of_its_own() -> None:
    from ledger.web.rendering import HERE

    assert [name for name in ("templates", "static") if (HERE / name).exists()] == []  # it looks there from Python 3.12


def test_csv_of_the_tables_has_no_cell_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    ledger = serving.worked_example(tmp_path)
    ledger.append("issue", "formula", {"title": "=HYPERLINK(1)", "about": "-2+3"})
    with serving.serving(ledger) as address, httpx.Client(base_url=address) as client:
        for path in ("/raw_tables/issues.csv?slug=formula", "/raw_tables/issues.csv?slug=formula&_stream=on"):
            [row] = csv.DictReader(io.StringIO(client.get(path).text))
            assert (row["slug"], row["title"], row["about"]) == ("formula", "'=HYPERLINK(1)", "'-2+3")
        asked = client.get("/raw_tables.csv", params={"sql": "select '@x' as text, -1 as number"}).text
        assert asked.splitlines() == ["text,number", "'@x,-1"]
        in_json = client.get("/raw_tables/issues.json?slug=formula&_shape=array").json()
        assert in_json[0]["title"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize("asked", ["_sort=nope", "_where=1;drop", "_through={}", '_through={"table":1}', "_next=x"])
def test_a_question_that_the_tables_cannot_answer_is_the_visitors_mistake(
    site: httpx.Client, asked: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = site.get(f"/raw_tables/issues{form}?{asked}")
    assert found.status_code == (200 if asked == "_next=x" else 400)
    assert "Traceback" not in "".join(capsys.readouterr())
