"""The pages in docs/ and the README agree with the program."""

import re
import sqlite3
from pathlib import Path

import pytest

from docs import build
from tests.cli.console import NOON, Console, at

ROOT = Path(__file__).parents[1]
ARGUED = {
    "search": "search market",
    "history": "history round-3",
    "erase": "erase greer-commends-goodwill --reason Once. --dry-run",
}


@pytest.fixture
def tour(tmp_path: Path, set_clock) -> Console:
    set_clock(NOON)
    (tmp_path / "build").mkdir()
    return at(tmp_path)


@pytest.mark.parametrize("page", build.PAGES)
def test_the_page_is_what_make_docs_writes(page: str) -> None:
    written, made = (ROOT / "docs" / page).read_text("utf-8"), build.PAGES[page]()
    assert written == made, f"docs/{page} differs from the program: run `make docs`"


def test_every_command_of_the_readme_runs(tour: Console, nobody_comes: None) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("parley ")]
    assert len(lines) > 15
    for line in lines:
        answer = tour.line(f"{line} --ledger build/tour.db")
        assert answer.code == 0, f"{line}\n{answer.err}"
        assert answer.out


def test_the_python_of_the_readme_runs(
    tour: Console, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tour.line("parley init --ledger build/tour.db")
    tour.line("parley import seeds/vn-us-trade/*.yaml --ledger build/tour.db")
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tour.folder)
    exec(code[1], {})
    assert "70 market-economy-status 1" in capsys.readouterr().out


def test_the_queries_of_the_page_on_tables_run(tour: Console) -> None:
    tour.line("parley init")
    tour.line("parley import seeds/vn-us-trade/*.yaml")
    tour.line("parley state")
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "tables.md").read_text("utf-8"), re.DOTALL)
    assert len(queries) == 4
    views = sqlite3.connect(tour.folder / "ledger.views.db")
    assert all(views.execute(query).fetchall() for query in queries)
    views.close()


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "seeds" / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)  # code has no links
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert target.startswith("http") or (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_file_that_contributors_are_told_to_change_exists() -> None:
    named = re.findall(r"`((?:ledger|cli|tests|docs)/[^` ]*)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_promise_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "promises.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and "tests/" in line]
    assert len(rows) > 12
    for row in rows:
        for path in re.findall(r"`(tests/[^`]+)`", row):
            assert (ROOT / path).exists(), path


def test_the_field_names_of_the_page_are_those_of_json(tour: Console) -> None:
    import json

    tour.line("parley init")
    tour.line("parley import seeds/vn-us-trade/*.yaml")
    tour.line("parley append deadline answer --says Answer. --due 2025-06-30 --note Told.")
    tour.line('parley append text pact --version 1 --provisions "1. We [go](vn)." --note Told.')
    tour.line("parley append task draft --says Draft.")
    tour.line("parley append measure quota --title Quota --unit tonnes")
    tour.line('parley append statement so --by vn --act stated --says "So." --figures "quota = 20" --note "A call."')
    page = build.fields()
    for command, (answer, many) in build.ANSWERS.items():
        others = {
            "show": "show round-3",
            "replay": "replay --to 2025-05-22",
            "diff": "diff 2025-03-31",
            "compare": "compare round-5",
            "deadlines": "deadlines --passed",
        }
        line = {**others, **ARGUED}.get(command, command)
        found = json.loads(tour.line(f"parley {line} --json").out)
        section = page.partition(f"\n## {answer.__name__}\n")[2].partition("\n## ")[0]
        documented = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert list(found[0] if many else found) == documented, command
