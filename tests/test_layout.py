"""The structure of the program: allowed imports, the imports of a question, and the requirements of every event."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.domain import events
from ledger.log.mapper import TYPES

ROOT = Path(__file__).parents[1]

# Each room, from the ground floor up, and the rooms that it may import. A room is a folder of modules; `face` is the
# package `ledger` itself, what other programs import.
WALLS = {
    "ledger.base": "errors",
    "ledger.dates": "errors",
    "ledger.dates.english": "errors dates",
    "ledger.dates.vietnamese": "errors dates dates.english",
    "ledger.domain.figures": "errors base dates",
    "ledger.domain.texts": "errors dates",
    "ledger.domain": "errors base dates domain.figures domain.texts",
    "ledger.domain.folds": "errors base dates domain.figures domain.texts domain",
    "ledger.domain.folds.issues": "errors domain domain.folds",
    "ledger.log": "errors base dates domain",
    "ledger.log.sqlite": "errors base log",
    "ledger.log.postgres": "errors base log",
    "ledger.views.status": "errors base dates domain",
    "ledger.views": "errors base dates domain.figures domain views.status",
    "ledger.views.asking": "errors base dates domain views",
    "ledger.levels": "errors base dates domain log",
    "ledger.filing": "errors base dates domain.figures domain.texts domain domain.folds log levels",
    "ledger.filing.spreadsheets": "errors base domain filing",
    "ledger.capture.reading": "errors base dates",
    "ledger.capture": "errors base dates domain.figures capture.reading capture.layout capture.meetings capture.said",
    "ledger.capture.layout": "errors base dates capture.reading capture capture.said",
    "ledger.capture.said": "errors base dates capture.reading capture",
    "ledger.capture.meetings": "errors base dates capture.reading capture",
    "ledger.capture.documents": "errors base dates",
    "ledger.projections": "errors base dates domain domain.folds domain.folds.issues log views",
    "ledger.queries": "errors base dates domain.figures domain.texts domain views views.status",
    "ledger.queries.diff": "errors base dates domain.figures domain.texts domain views views.status queries",
    "ledger.queries.brief": "errors base dates domain views views.status queries queries.diff",
    "ledger.integrity": "errors base dates domain log levels filing projections views desk",
    "ledger.export": "errors base dates domain.texts domain views views.status queries queries.brief",
    "ledger.desk": "errors base dates domain views filing capture capture.reading capture.documents",
    "ledger.web.people": "errors base views",
    "ledger.web": "errors base dates domain.figures domain.texts domain views views.status views.asking queries "
    "queries.diff export web.people record ledger web.answers web.desk web.drawings web.listing",
    "ledger.web.answers": "errors base dates domain views views.status queries queries.brief queries.diff web",
    "ledger.web.listing": "errors base dates domain domain.texts views views.status queries export web",
    "ledger.web.drawings": "errors base dates domain.figures domain views queries web",
    "ledger.web.desk": "errors base dates domain views queries queries.diff integrity desk web.people record ledger "
    "web",
    "ledger.web.publication": "errors base dates domain views export record web",
}
TOP = {
    "ledger.errors": "base",
    "ledger.record": "errors base dates domain log filing projections views views.asking queries integrity",
    "ledger.ledger": "errors base domain log levels filing views integrity record",
    "ledger": "errors base ledger record domain",
    "cli.terminal": "errors base domain views views.asking export face",
    "cli.questions": "errors base dates domain.texts domain views views.status queries queries.diff export face "
    "terminal",
    "cli": "errors base dates domain filing filing.spreadsheets views views.asking queries queries.brief queries.diff "
    "integrity export web web.publication face capture capture.reading capture.documents desk web.people terminal "
    "questions",
}
INNER = {"face": "ledger", "terminal": "cli.terminal", "questions": "cli.questions"}
SOURCES = sorted(path for folder in ("ledger", "cli") for path in (ROOT / folder).rglob("*.py"))

# Who else's library is imported, and by whom alone.
OUTSIDE = {
    "eventsourcing": ("ledger/log/",),
    "psycopg": ("ledger/log/postgres/",),
    "sqlite_utils": ("ledger/projections/",),
    "ruamel": ("ledger/filing/parsing.py",),
    "msgspec": ("ledger/",),
    "sentencex": ("ledger/capture/reading/sentences.py",),
    "trafilatura": ("ledger/capture/documents/web_pages.py",),
    "lxml": ("ledger/capture/documents/web_pages.py",),
    "pypdf": ("ledger/capture/documents/pdf.py",),
    "docx": ("ledger/capture/documents/word.py", "ledger/export/word.py", "ledger/export/brief_word.py"),
    "icalendar": ("ledger/export/calendar.py",),
    "xlsxwriter": ("ledger/export/as_xlsx.py",),
    "openpyxl": ("ledger/filing/spreadsheets/rows.py",),
    "typst": ("ledger/export/brief_pdf.py",),
    "typer": ("cli/",),
    "click": ("cli/",),
    "rich": (),  # typer requires it; nothing here imports it
    "cryptography": ("ledger/integrity/signatures.py",),
    "datasette": ("ledger/web/plugin.py",),
    "jinja2": ("ledger/web/rendering.py",),
    "uvicorn": ("ledger/web/server.py", "ledger/web/connections.py"),
}

LONGEST = 400  # lines: one room's worth, none that needs a table of contents
LONGER: dict[str, str] = {"ledger/domain/events.py": "it is the glossary of events, and reads from top to bottom"}


def module(path):
    """The dotted name of a source file; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name):
    """The room that a module is in: its folder, or itself where it stands by itself."""
    return name if name in TOP or (ROOT / name.replace(".", "/")).is_dir() else name.rpartition(".")[0]


class Source(NamedTuple):
    """What a file has: its docstring, the modules that it imports at its top or inside a function, its classes' names.

    `asked` are the attributes that may ask the machine for the time.
    """

    docstring: str | None
    imports: list[str]
    classes: list[str]
    asked: set[str]


@cache  # reading all files takes seconds
def source(path):
    tree = ast.parse(path.read_text())
    found = Source(ast.get_docstring(tree), [], [], set())
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.imports.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.imports.append(inner if is_module(inner) else node.module)
        elif isinstance(node, ast.ClassDef):
            found.classes.append(node.name)
        elif isinstance(node, ast.Attribute) and node.attr in ("now", "today", "time"):
            found.asked.add(ast.unparse(node))
    return found


def is_module(name):
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or path.is_dir()


def holes():
    for path in SOURCES:
        here = room(module(path))
        allowed = {here, *(INNER.get(name, f"ledger.{name}") for name in (WALLS | TOP)[here].split())}
        for other in source(path).imports:
            if other.partition(".")[0] in ("ledger", "cli", "tests", "seeds") and room(other) not in allowed:
                yield here, room(other)


def test_no_modules_import_one_another_in_a_circle():
    within = {path: {*source(path).imports} - {module(path)} for path in SOURCES}
    TopologicalSorter({module(path): others for path, others in within.items()}).prepare()  # refuses a circle


def test_no_room_imports_what_its_walls_do_not_allow():
    assert {*holes()} == set()


def test_the_house_has_few_floors_and_few_ways_between_its_parts():
    """A part is a room with the rooms inside it, and stands one floor above the highest part that it imports."""

    def part(name):
        return ".".join(name.split(".")[: 2 if name.startswith("ledger") else 1])

    ways = {(part(room(module(path))), part(room(other))) for path in SOURCES for other in source(path).imports}
    ways = {(here, other) for here, other in ways if here != other and other.partition(".")[0] in ("ledger", "cli")}
    below = {here: {other for from_here, other in ways if from_here == here} for here, _ in ways}
    floors = {}
    for name in TopologicalSorter(below).static_order():  # refuses a circle
        floors[name] = 1 + max((floors[other] for other in below.get(name, ())), default=0)
    assert max(floors.values()) <= 12
    assert len(ways) <= 110


@pytest.mark.parametrize("library", OUTSIDE)
def test_a_library_is_imported_only_where_it_is_used(library):
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(name.partition(".")[0] == library for name in source(path).imports)
    }
    assert [path for path in found if not path.startswith(OUTSIDE[library])] == []


def test_nothing_asks_the_machine_for_the_time_but_the_clock():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if source(path).asked & {"datetime.now", "date.today", "time.time"}
    }
    assert asking == {"ledger/base/now.py"}


QUESTION = """
import sys
from ledger import Clocks, open_ledger
import ledger.views.views, ledger.queries.search, ledger.queries.history, ledger.queries.promises
views = open_ledger(sys.argv[1]).views(Clocks(as_of="2025-07-01"))
assert ledger.queries.search.search(views, "talks") and views.asks() == [] and views.issues() == [] and views.state()
views.close()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_question_of_views_that_are_up_to_date_pays_for_no_library(tmp_path):
    from ledger import create_ledger

    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    ledger.views().close()
    asked = [sys.executable, "-c", QUESTION, str(ledger.path)]
    loaded = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert "sqlite3" in loaded
    assert {*loaded} & {*OUTSIDE, "edtf", "hypothesis"} == set()


COMMAND = """
import sys
from cli.main import run
path, sys.argv = sys.argv[1], ["parley", *sys.argv[2:], "--ledger", sys.argv[1]]
run()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("command", ["state", "next-round", "asks", "follow-ups", "issues"])
def test_a_command_that_asks_pays_for_the_command_line_alone(tmp_path, command):
    from ledger import create_ledger

    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    ledger.views().close()
    asked = [sys.executable, "-c", COMMAND, str(ledger.path), command]
    loaded = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()[-1].split()
    assert "typer" in loaded
    assert {*loaded} & {*OUTSIDE, "edtf", "hypothesis"} <= {"typer", "click"}


FILING = """
import sys
from cli.main import run
sys.argv = ["parley", "append", "issue", "tariffs", "--title", "Tariffs", "--ledger", sys.argv[1]]
run()
print(*sys.modules)
"""


def test_an_append_loads_neither_the_read_side_nor_the_folds(tmp_path):
    from ledger import create_ledger

    create_ledger(tmp_path / "ledger.db").append("negotiation", "talks", {"title": "The talks"})
    filed = [sys.executable, "-c", FILING, str(tmp_path / "ledger.db")]
    loaded = subprocess.run(filed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()[-1].split()
    assert "ledger.filing.prepare" in loaded
    assert not {*loaded} & {"ledger.views.views", "ledger.projections.opening", "ledger.domain.folds", "_hashlib"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_has_one_rooms_worth(path):
    name, lines = path.relative_to(ROOT).as_posix(), len(path.read_text().splitlines())
    assert lines <= LONGEST or name in LONGER, f"{name} has {lines} lines: divide it, or give its reason in LONGER"


def test_every_exception_to_a_rooms_worth_is_still_needed():
    assert [name for name in LONGER if len((ROOT / name).read_text().splitlines()) <= LONGEST] == []


def classes():
    """Where each class is defined, by its name."""
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for name in source(path).classes:
            found.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    return found


# Names that two classes still share. Whoever renames one deletes it here.
SHARED = {
    "Changed",
    "Event",
    "Span",
}


def test_no_two_classes_share_a_name():
    shared = {name: places for name, places in classes().items() if len(places) > 1}
    assert {name: places for name, places in shared.items() if name not in SHARED} == {}


MOST = 14  # modules of a room, without its refusals


def modules_of_rooms():
    """The modules of each room, without its face and its refusals."""
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        if path.name not in ("__init__.py", "errors.py"):
            found.setdefault(path.parent.relative_to(ROOT).as_posix(), []).append(path.stem)
    return found


def test_no_room_is_crowded():
    crowded = {name: modules for name, modules in modules_of_rooms().items() if len(modules) > MOST}
    assert crowded == {}


def test_no_module_is_named_for_nothing():
    for name, modules in modules_of_rooms().items():
        assert {*modules} & {"util", "utils", "common", "misc", "helpers"} == set(), name


# Modules that have no test file of their own, each with the reason.
UNTESTED = {
    "ledger/base/collector.py": "tests/cli/terminal/test_question.py and the benchmarks see what it saves",
}
# Modules whose test file is still to be written, or to be named for them. Whoever writes one deletes its line.
TO_BE_TESTED: set[str] = set()


def test_every_module_has_a_test_file_of_its_name():
    modules = [f"{folder}/{name}.py" for folder, names in modules_of_rooms().items() for name in names]
    untested = {one for one in modules if not (ROOT / "tests" / one).with_name(f"test_{Path(one).name}").exists()}
    assert untested - TO_BE_TESTED - {*UNTESTED} == set()
    assert {*UNTESTED} <= untested, "a module of UNTESTED is gone or has a test now: delete its line"


def test_every_module_promises_something():
    for path in SOURCES:
        assert source(path).docstring, f"{path.relative_to(ROOT)} has no docstring"


def descendants(cls):
    return [one for sub in cls.__subclasses__() for one in (sub, *descendants(sub))]


@pytest.mark.parametrize("event", descendants(events.Event), ids=lambda event: event.__name__)
def test_every_event_has_a_stream_a_stored_name_and_a_specimen(event):
    assert event in events.STREAM_KIND
    assert event.__doc__
    ((name, version),) = [(name, version) for name, (cls, version) in TYPES.items() if cls is event]
    assert (ROOT / "tests" / "stored" / f"{name}.{version}.json").exists()
