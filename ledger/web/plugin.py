"""Datasette over the views, with our pages in front of its pages: a plugin for its hooks, and its settings.

Of Datasette's pages only those of the views' tables are allowed (see `gate`). They use a connection that can only
SELECT, and only for a limited time.
"""

import asyncio
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from datasette import handle_exception as theirs
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils.asgi import Response

from ledger.base.text import in_spreadsheet
from ledger.ledger import Ledger
from ledger.record import AskableRecord
from ledger.views.database import path_beside
from ledger.web.errors import ReadOnly
from ledger.web.people.visitors import HERE as ANYBODY
from ledger.web.rendering import HERE, STATIC, read
from ledger.web.site import ADDRESS, Site

T = TypeVar("T")
for_a_spreadsheet: ContextVar[bool] = ContextVar("for_a_spreadsheet", default=False)  # whether the request asks for CSV
NOTED = HERE / "pages" / "noted"  # the foot of Datasette's pages where it is noted who looks at them
TABLES = "raw_tables"  # slugs contain no underscore, so this cannot be the address of a negotiation
SQL_MILLISECONDS = 1000
LONGEST_VALUE = 5_000_000  # bytes
PRAGMAS = {"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list", "schema_version"}
# The last four can produce output of any size, and SQLite's time limit does not interrupt a function.
REFUSED = {"load_extension", "randomblob", "zeroblob", "printf", "format"}
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}

# Saved queries, which readers can edit and run.
QUERIES = {
    "where-issues-stand": {
        "title": "Where each issue stood on a day",
        "sql": "SELECT slug, title, status, times_raised FROM issues"
        " WHERE valid_from <= :day AND (valid_to IS NULL OR valid_to > :day) ORDER BY status, slug",
    },
    "asks-waiting": {
        "title": "Asks that are waiting for an answer, longest first",
        "sql": "SELECT issue, asker, times, waiting_since FROM asks"
        " WHERE valid_to IS NULL AND waiting_since <> '' ORDER BY waiting_since",
    },
    "how-an-issue-got-there": {
        "title": "How the status of an issue changed",
        "sql": "SELECT valid_from, valid_to, status, raised_by FROM issues WHERE slug = :issue ORDER BY valid_from",
    },
    "quotations-of-a-source": {
        "title": "Quotes from a source, with the entries that rest on them",
        "sql": "SELECT kind, slug, words, verified FROM evidence WHERE source = :source ORDER BY start",
    },
}


class ViewsDatabase(Database):  # type: ignore[misc]
    """The views file, which is disposable: it is reopened if another file has replaced it."""

    def __init__(self, datasette: Datasette, path: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._mine = threading.local()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        in_csv = for_a_spreadsheet.get()

        def in_thread() -> T:
            file = Path(self.path).stat().st_ino
            if getattr(self._mine, "file", None) != file:
                self._mine.connection = self.connect()
                self._mine.file = file
                self.ds._prepare_connection(self._mine.connection, self.name)
                self._mine.as_text = self._mine.connection.text_factory
            self._mine.connection.text_factory = _cell_of_csv if in_csv else self._mine.as_text
            return fn(self._mine.connection)

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)

    async def attached_databases(self) -> list[Any]:
        return []


class Tables(Datasette):  # type: ignore[misc]
    """Datasette over the views of one ledger, with our pages."""

    def __init__(self, ledger: AskableRecord, *, read_only: bool, is_noted: bool = False) -> None:
        writes = isinstance(ledger, Ledger) and not read_only
        self.site = Site(ledger, f"/{TABLES}", None if writes else ReadOnly())
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
            template_dir=str(NOTED) if is_noted else None,
        )
        with suppress(KeyError):
            self.remove_database("_memory")
        self.site.opening.catch_up()
        self.add_database(ViewsDatabase(self, path_beside(ledger.path)), name=TABLES)
        self.answer: Any = self.app()
        self.is_noted = is_noted


class Pages:
    """The pages of a record for each clearance, made when they are first needed.

    With `is_noted`, visitors who look at pages above the most open level are noted.
    """

    def __init__(self, ledger: AskableRecord, *, read_only: bool, is_noted: bool = False) -> None:
        self._ledger = ledger
        self._read_only, self._is_noted = read_only, is_noted
        self._of: dict[str, Tables] = {}
        self._making = threading.Lock()
        self.at("")

    def at(self, level: str) -> Tables:
        """The pages of the part at or below a level; "" is the whole of the served record."""
        with self._making:
            if level not in self._of:
                record = self._ledger.at(level)
                self._of[level] = self._of[""] if level and record is self._ledger else self._tables(record)
            return self._of[level]

    def _tables(self, record: AskableRecord) -> Tables:
        is_noted = self._is_noted and record.level != record.levels()[0]
        return Tables(record, read_only=self._read_only, is_noted=is_noted)


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our pages and files, in front of Datasette's own routes."""
    if not isinstance(datasette, Tables):
        return []
    site = datasette.site

    async def page(request: Any) -> Response:
        query = {name: request.args[name] for name in request.args}
        visitor = request.scope.get("visitor", ANYBODY)
        return _sent(await asyncio.to_thread(site.respond, request.path, query, visitor))

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
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Allow only reading the views, with values of a bounded size."""
    if not isinstance(datasette, Tables) or database != TABLES:
        return
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    conn.set_authorizer(_may)


@hookimpl
def handle_exception(datasette: Datasette, request: Any, exception: Exception) -> Any:
    """Answer a query that the tables cannot answer as a mistake in the address, not as a failure of the server."""
    if not isinstance(datasette, Tables):
        return theirs.handle_exception(datasette, request, exception)
    status = getattr(exception, "status", 500)
    if status == 500 and request.query_string and not isinstance(exception, OSError):
        status = 400
    if status == 500:
        print(f"parley: {exception!r}", file=sys.stderr)
    says = str(exception) or "The tables cannot answer this."
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": says, "status": status}, status=status)
    return _sent(datasette.site.problem(status, says))


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    from ledger.web.rendering import static

    return [static("tables.css")] if isinstance(datasette, Tables) else []


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether SQLite allows a statement an action: only actions that read the views."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in PRAGMAS or first == "data_version" else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and (first or "").startswith("pragma_") and (first or "")[7:] not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in REFUSED:
        return sqlite3.SQLITE_DENY
    if (action, first) == (sqlite3.SQLITE_UPDATE, "sqlite_master"):
        return sqlite3.SQLITE_OK  # needed to open a full-text table; the file is opened for reading only
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


def _cell_of_csv(value: bytes) -> str:
    return in_spreadsheet(value.decode("utf-8", "replace"))


def _sent(response: Any) -> Response:
    return Response(response.body, response.status, {}, response.content_type)


if not pm.has_plugin("parley"):
    pm.unregister(theirs)  # it prints the values of all variables for each refused query
    pm.register(sys.modules[__name__], name="parley")
