"""Datasette with our pages before its own, over the views alone: a plugin of its hooks, and the settings it is given.

Of Datasette's pages only those of the views' tables are let through (see `gate`): they read a connection that may do
nothing but SELECT, for a limited time.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils.asgi import Response

from ledger.ledger import Ledger
from ledger.views.database import path_beside
from ledger.web.gate import Gate, Lock
from ledger.web.rendering import STATIC, read
from ledger.web.site import ADDRESS, Site

T = TypeVar("T")
TABLES = "raw_tables"  # no slug has an underscore, so no negotiation is in its way
SQL_MILLISECONDS = 1000
LONGEST_VALUE = 5_000_000  # bytes
PRAGMAS = {"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list", "schema_version"}
# The last four make as much as they are told to, however long it takes: no time limit interrupts a function.
REFUSED = {"load_extension", "randomblob", "zeroblob", "printf", "format"}
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}

# Saved queries, each to be changed and run again on the page of the tables.
QUERIES = {
    "where-issues-stand": {
        "title": "Where each issue stood on a day",
        "sql": "SELECT slug, title, status, times_raised FROM issues"
        " WHERE valid_from <= :day AND (valid_to IS NULL OR valid_to > :day) ORDER BY status, slug",
    },
    "asks-waiting": {
        "title": "Asks that wait for an answer, longest first",
        "sql": "SELECT issue, asker, times, waiting_since FROM asks"
        " WHERE valid_to IS NULL AND waiting_since <> '' ORDER BY waiting_since",
    },
    "how-an-issue-got-there": {
        "title": "How an issue came to stand where it does",
        "sql": "SELECT valid_from, valid_to, status, raised_by FROM issues WHERE slug = :issue ORDER BY valid_from",
    },
    "quotations-of-a-source": {
        "title": "What rests on a source, in its words",
        "sql": "SELECT kind, slug, words, verified FROM evidence WHERE source = :source ORDER BY start",
    },
}


class ViewsDatabase(Database):  # type: ignore[misc]
    """The views file, opened anew when another has taken its place: it is disposable."""

    def __init__(self, datasette: Datasette, path: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._mine = threading.local()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        def in_thread() -> T:
            file = Path(self.path).stat().st_ino
            if getattr(self._mine, "file", None) != file:
                self._mine.connection = self.connect()
                self._mine.file = file
                self.ds._prepare_connection(self._mine.connection, self.name)
            return fn(self._mine.connection)

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)

    async def attached_databases(self) -> list[Any]:
        return []


class Tables(Datasette):  # type: ignore[misc]
    """Datasette over the views of one ledger, with our pages."""

    def __init__(self, ledger: Ledger, lock: Lock) -> None:
        self.site = Site(ledger, f"/{TABLES}")
        self.lock = lock
        super().__init__(
            settings={
                "sql_time_limit_ms": SQL_MILLISECONDS,
                "facet_time_limit_ms": 200,
                "max_returned_rows": 1000,
                "allow_download": False,
                "trace_debug": False,
                "template_debug": False,
                "default_cache_ttl": 0,
            },
            metadata={
                "title": "Parley",
                "databases": {TABLES: {"title": "The tables of the record", "queries": QUERIES}},
            },
        )
        with suppress(KeyError):
            self.remove_database("_memory")
        self.site.opening.catch_up()
        self.add_database(ViewsDatabase(self, path_beside(ledger.path)), name=TABLES)


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our pages and files, before Datasette's own routes."""
    if not isinstance(datasette, Tables):
        return []
    site = datasette.site

    async def page(request: Any) -> Response:
        query = {name: request.args[name] for name in request.args}
        path = request.path
        return _sent(await asyncio.to_thread(site.respond, path, query))

    async def head(request: Any) -> Response:
        return _sent(await asyncio.to_thread(site.head))

    async def static(request: Any) -> Response:
        name = request.url_vars["name"]
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(read(name).decode("utf-8"), 200, headers, f"{STATIC[name]}; charset=utf-8")

    names = "|".join(name.replace(".", r"\.") for name in STATIC)
    return [
        (r"^/$", page),
        (r"^/-/head\.json$", head),
        (rf"^/-/parley/(?P<name>{names})$", static),
        (f"^{ADDRESS.pattern}$", page),
    ]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Nobody reaches anything but through the gate."""
    if not isinstance(datasette, Tables):
        return lambda app: app
    return lambda app: Gate(app, datasette.site, datasette.lock, TABLES)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Only reading, of the views alone, in values of a bounded size."""
    if not isinstance(datasette, Tables) or database != TABLES:
        return
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    conn.set_authorizer(_may)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    from ledger.web.rendering import static

    return [static("tables.css")] if isinstance(datasette, Tables) else []


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a statement may do a thing; what would tell of files, or change anything, may not be done."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in PRAGMAS or first == "data_version" else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and (first or "").startswith("pragma_") and (first or "")[7:] not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in REFUSED:
        return sqlite3.SQLITE_DENY
    if (action, first) == (sqlite3.SQLITE_UPDATE, "sqlite_master"):
        return sqlite3.SQLITE_OK  # asked when a full-text table is opened; the file itself is open for reading alone
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


def _sent(response: Any) -> Response:
    return Response(response.body, response.status, {}, response.content_type)


if not pm.has_plugin("parley"):
    import sys

    pm.register(sys.modules[__name__], name="parley")
