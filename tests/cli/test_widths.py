"""The law of lines: whatever is asked, no line is longer than COLUMNS, and none ends inside a word or a date.

Only a single word that is longer than the line, such as a URL, may stick out. Documents for others to read (`brief`,
`draft`, `export`) have the lines of their format.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from cli.main import GROUPS
from cli.terminal.layout import columns
from ledger import Ledger
from tests import laws
from tests.cli.console import SEEDS, Console
from tests.thorough import THOROUGH

WIDTHS = (80, 100, 120) if THOROUGH > 1 else (80, 120)
ENDLESS = 100_000
# How each question is asked that has more to show than its name alone shows, or that needs an argument.
ASKED = {
    "asks": ("asks", "asks --answered"),
    "follow-ups": ("follow-ups --closed",),
    "deadlines": ("deadlines", "deadlines --passed"),
    "tasks": ("tasks --done",),
    "meetings": ("meetings --all",),
    "positions": ("positions --full",),
    "gaps": ("gaps --full",),
    "replay": ("replay --full",),
    "diff": ("diff 2025-03-31",),
    "search": ("search the", "search round*"),
    "compare": ("compare round-5",),
    "show": ("show round-3",),
    "history": ("history round-3",),
    "serve": (),  # its pages are not lines
    "watch": (),  # it ends when it is stopped
}
# Every question that the program has, so that a new one is asked without being named here.
QUESTIONS = tuple(
    line
    for group in ("See where we stand", "Look back", "Trust the record")
    for name in GROUPS[group]
    if name not in ("checkpoint", "verify", "prove")
    for line in ASKED.get(name, (name,))
)
SHORT = ("positions", "gaps", "replay")  # by default on one screen, where texts are cut after a word
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(rf"\d{{1,2}} {MONTH} \d{{4}}|\d{{1,2}} to \d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d(?:\.\.[\d-]+)?")
EDGES = '();,:.“”"[]'


def words(text: str) -> set[str]:
    return {word.strip(EDGES).lower() for word in text.split()}


def _is_one_screen(console: Console, line: str) -> None:
    console.columns = ENDLESS
    whole = console.line(f"parley {line} --full")
    for width in WIDTHS:
        console.columns = width
        out = console.line(f"parley {line}").out
        for one in out.splitlines():
            longest = max(map(columns, one.split()), default=0)
            assert columns(one) <= width or longest > width - 10, f"{line} at {width}: {one}"
        shown = words(re.sub(r"(?m)^.*: --full.*$| \((?:\d+ of )?\d+\)$|…", "", out))
        assert shown <= words(re.sub(r"(?m) \(\d+\)$", "", whole.out)), f"{line} at {width} breaks a word"


def _keeps_its_lines(console: Console, line: str) -> None:
    console.columns = ENDLESS
    whole = console.line(f"parley {line}")
    assert whole.code in (0, 1), f"{line}: say in ASKED how it is asked: {whole.err}"
    for width in WIDTHS:
        console.columns = width
        answer = console.line(f"parley {line}")
        assert answer.code == whole.code, answer.err
        for one in answer.out.splitlines():
            longest = max(map(columns, one.split()), default=0)
            assert columns(one) <= width or longest > width - 10, f"{line} at {width}: {one}"
        assert words(answer.out) <= words(whole.out), f"{line} at {width} breaks a word"
        dates = Counter(date for one in answer.out.splitlines() for date in DATE.findall(one))
        assert {*dates} == {*DATE.findall(whole.out)}, f"{line} at {width} breaks a date"


@pytest.mark.parametrize("line", QUESTIONS)
def test_every_answer_about_the_worked_example_keeps_its_lines(line: str, recorded: Console) -> None:
    _keeps_its_lines(recorded, line)


@pytest.mark.parametrize("line", SHORT)
def test_every_short_answer_about_the_worked_example_keeps_its_lines(line: str, recorded: Console) -> None:
    _is_one_screen(recorded, line)


def test_every_answer_about_the_example_of_many_parties_keeps_its_lines(tmp_path: Path) -> None:
    console = Console(tmp_path)
    console.line("parley init")
    console.parley("import", *map(str, sorted((SEEDS / "fish-stocks").glob("*.yaml"))))
    for line in ("figures", "table", "text", "deadlines --passed", "tasks --done", "parties", "state", "gaps --full"):
        _keeps_its_lines(console, line)


def test_every_entry_of_the_worked_example_keeps_its_lines(recorded: Console) -> None:
    for entry in Ledger(recorded.folder / "ledger.db").views().labels()[::7]:
        _keeps_its_lines(recorded, f"show {entry.slug}")
        _keeps_its_lines(recorded, f"history {entry.slug}")
    for line in ("show nguyen-hong-dien", "positions --by us --full", "gaps --kind one-sided"):
        _keeps_its_lines(recorded, line)


@pytest.mark.parametrize("line", [*QUESTIONS, "brief --full", "replay --to 2025-05-22 --full", "show round-3"])
def test_no_answer_has_brackets_within_brackets(line: str, recorded: Console) -> None:
    recorded.columns = ENDLESS
    for one in recorded.line(f"parley {line}").out.splitlines():
        assert not re.search(r"\([^()]*\((?!inferred)", re.sub(r"\(inferred: .*", "", one)), one


@settings(max_examples=THOROUGH, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(laws.stories())
def test_every_answer_about_any_ledger_keeps_its_lines(story: laws.Story) -> None:
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        console = Console(Path(ledger.path).parent)
        shown = [f"{command} {one.slug}" for one in ledger.views().labels()[::4] for command in ("show", "history")]
        for line in (*QUESTIONS, *shown):
            _keeps_its_lines(console, line)
        for line in SHORT:
            _is_one_screen(console, line)
