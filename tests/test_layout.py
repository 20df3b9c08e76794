"""The shape of the program: who may import what, what a question pays for, and what every event must have."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import events
from ledger.mapper import TYPES

ROOT = Path(__file__).parents[1]

# From the bottom up; a module imports only what stands before it, or beside it on the same line.
LAYERS = (
    "ledger.clock ledger.plain_text ledger.plain_files ledger.garbage",
    "ledger.errors",
    "ledger.names ledger.phrases",
    "ledger.dates ledger.vocabulary ledger.evidence",
    "ledger.events",
    "ledger.states",
    "ledger.changes",
    "ledger.weighing",
    "ledger.upcasting ledger.stores ledger.merkle ledger.memory",
    "ledger.commitments ledger.views_file",
    "ledger.mapper",
    "ledger.log",
    "ledger.kept",
    "ledger.folds",
    "ledger.rules ledger.sentences",
    "ledger.known",
    "ledger.readers",
    "ledger.forms",
    "ledger.matching",
    "ledger.filing",
    "ledger.mending ledger.entry_files",
    "ledger.quoting",
    "ledger.tables ledger.projection",
    "ledger.attesting ledger.folding ledger.conversations",
    "ledger.workers",
    "ledger.projector",
    "ledger.replaying",
    "ledger.on_the_day ledger.rows",
    "ledger.views",
    "ledger.checkpoints",
    "ledger.signing ledger.proving",
    "ledger.verifying",
    "ledger.log_files ledger.backups ledger.joining",
    "ledger.replays ledger.searching ledger.promises ledger.gaps ledger.comparing",
    "ledger.histories ledger.showing ledger.answers",
    "ledger.checking ledger.erasing",
    "ledger.ledger ledger.differences",
    "ledger.moments ledger.export",
    "ledger.web",
    "ledger",
    "cli",
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer.split()}
SOURCES = sorted(path for folder in ("ledger", "cli") for path in (ROOT / folder).rglob("*.py"))

# Who else's library is imported, and by whom alone.
OUTSIDE = {
    "eventsourcing": ("ledger/mapper.py", "ledger/log.py", "ledger/stores/"),
    "sqlite_utils": ("ledger/tables.py", "ledger/attesting.py", "ledger/projector.py"),
    "ruamel": ("ledger/entry_files.py",),
    "msgspec": ("ledger/",),
    "typer": ("cli/",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "cryptography": ("ledger/signing.py",),
    "datasette": ("ledger/web/plugin.py",),
    "jinja2": ("ledger/web/rendering.py",),
    "uvicorn": ("ledger/web/server.py",),
}

LONGEST = 400  # lines: one room's worth, none that needs a table of contents
LONGER = {"ledger/errors.py": "a list of sentences, each under its name; nothing in it has to be followed"}  # why


def module(path):
    """The dotted name of a source file; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer(name):
    """The name under which a module stands in the layers: its own, or that of the package it is in."""
    while name not in RANK:
        name, dot, _ = name.rpartition(".")
        if not dot:
            return None
    return name


def imported(path):
    """Every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if is_module(inner) else node.module


def is_module(name):
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or path.is_dir()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_downward(path):
    name = module(path)
    assert name in RANK or layer(name) != "ledger", f"say in LAYERS where {name} stands"
    for other in imported(path):
        if other.partition(".")[0] in ("ledger", "cli", "tests", "seeds"):
            assert layer(other) is not None, f"{name} imports {other}"
            beside = layer(other) == layer(name) or RANK[layer(other)] < RANK[layer(name)]
            assert beside, f"{name} imports {other}, which stands above it"


@pytest.mark.parametrize("library", OUTSIDE)
def test_a_library_is_imported_only_where_it_is_used(library):
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(name.partition(".")[0] == library for name in imported(path))
    }
    assert [path for path in found if not path.startswith(OUTSIDE[library])] == []


def test_nothing_asks_the_machine_for_the_time_but_the_clock():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("datetime.now", "date.today", "time.time")
    }
    assert asking == {"ledger/clock.py"}


QUESTION = """
import sys
from ledger import Clocks, open_ledger
import ledger.views, ledger.searching, ledger.histories, ledger.promises
views = open_ledger(sys.argv[1]).views(Clocks(as_of="2025-07-01"))
assert ledger.searching.search(views, "talks") and views.asks() == [] and views.issues() == [] and views.state()
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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_has_one_rooms_worth(path):
    name, lines = path.relative_to(ROOT).as_posix(), len(path.read_text().splitlines())
    assert lines <= LONGEST or name in LONGER, f"{name} has {lines} lines: divide it, or give its reason in LONGER"


def test_every_exception_to_a_rooms_worth_is_still_needed():
    assert [name for name in LONGER if len((ROOT / name).read_text().splitlines()) <= LONGEST] == []


def test_every_module_promises_something():
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        assert not tree.body or ast.get_docstring(tree), f"{path.relative_to(ROOT)} has no docstring"


def descendants(cls):
    return [one for sub in cls.__subclasses__() for one in (sub, *descendants(sub))]


@pytest.mark.parametrize("event", descendants(events.Event), ids=lambda event: event.__name__)
def test_every_event_has_a_stream_a_stored_name_and_a_specimen(event):
    assert event in events.STREAM_KIND
    assert event.__doc__
    ((name, version),) = [(name, version) for name, (cls, version) in TYPES.items() if cls is event]
    assert (ROOT / "tests" / "stored" / f"{name}.{version}.json").exists()
