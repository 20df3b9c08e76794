"""Writes the parts of this folder that are made from the program: commands.md, fields.md, the map in design.md.

`make docs` runs it; tests/test_docs.py fails when a page and the program differ.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

from typer.testing import CliRunner

from cli.main import COMMANDS, app
from cli.people import Tokens
from cli.questions.entry import HistoryLine
from cli.questions.state import StateLine
from ledger.dates import When
from ledger.domain import states
from ledger.domain.figures.given import FigureGiven, Measure
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.domain.voices import Membership, Person
from ledger.filing.forms import FORMS
from ledger.integrity.erasure import Gone, Receipt
from ledger.integrity.verify import Compared, Verified
from ledger.projections.story import Step
from ledger.queries import compare, diff, figures, gaps, history, positions, promises, search, texts
from ledger.queries.check import Checked, Finding
from ledger.queries.entry import LinkShown, Shown
from ledger.queries.tasks import TaskOnTheDay
from ledger.views import conditions, parties, rows, status, weight
from ledger.views.state import State
from ledger.views.status import DeadlineOnTheDay
from ledger.views.views import Evidence, Label, LogRow

HERE = Path(__file__).parent
WIDTH = 100
BEGIN_OF_MAP = (
    "<!-- The rest of this page is made from the docstrings of the modules. Change those, then run `make docs`. -->\n"
)

# Each question with the answer it gives in JSON: the type, and whether it is a list of them.
ANSWERS: dict[str, tuple[type[Any], bool]] = {
    "state": (State, False),
    "diff": (diff.Difference, True),
    "next-round": (status.NextMeeting, False),
    "asks": (status.AskOnTheDay, True),
    "issues": (states.Issue, True),
    "follow-ups": (status.FollowUpOnTheDay, True),
    "tasks": (TaskOnTheDay, True),
    "deadlines": (DeadlineOnTheDay, True),
    "meetings": (status.MeetingOnTheDay, True),
    "statements": (states.Statement, True),
    "timeline": (rows.Entry, True),
    "positions": (positions.Position, True),
    "figures": (figures.MeasuredValue, True),
    "table": (positions.PositionTable, False),
    "text": (texts.ConsolidatedText, True),
    "promises": (promises.Promise, True),
    "contested": (weight.WeighedContest, True),
    "gaps": (gaps.Gap, True),
    "compare": (compare.Comparison, False),
    "sources": (states.Source, True),
    "people": (Person, True),
    "parties": (parties.PartyOnTheDay, True),
    "search": (search.Found, True),
    "show": (Shown, False),
    "history": (history.History, False),
    "log": (LogRow, True),
    "check": (Checked, False),
    "replay": (Step, True),
    "verify": (Verified, False),
    "erase": (Receipt, False),
}
_PARTS = (
    DraftText, Provision, texts.ProvisionDifference, WordingGiven,
    FigureGiven, Measure,
    positions.TableRow, positions.TableCell, conditions.ConditionOnTheDay, conditions.ConditionSaid, LinkShown,
    states.Link, Membership, states.Meeting, states.Forecast, states.Ask, status.Deferral, states.FollowUp,
    states.Deadline, states.Task, states.Contest, Label, Evidence, StateLine, history.Slip, history.Turn, history.Stage,
    history.Correction, history.Cause, HistoryLine, Finding, weight.Weight, compare.SideAccount, compare.ComparedItem,
    Compared, Gone,
)  # fmt: skip


def commands() -> str:
    """The page of commands: what `--help` prints of each."""
    lines = ["# Commands", "", "Made from the program by `make docs`. Every command's example runs.", ""]
    for words in [[], *_each_command()]:
        lines += [f"## parley {' '.join(words)}".rstrip(), "", "```", help_of(words).rstrip(), "```", ""]
    return "\n".join(lines)


def fields() -> str:
    """The page of field names in JSON and CSV."""
    lines = [
        "# Fields",
        "",
        "Made from the program by `make docs`. The names of `--json` and `--csv` are those of the tables of the",
        "views, and stay. In JSON a date is an object with `edtf`, `phrase` (the words it was reported in),",
        "`earliest` and `latest` (ISO days, null where unknown or open) and `text` (for people). In CSV and in the",
        "tables it takes four columns: `held`, `held_phrase`, `held_earliest`, `held_latest`. Lists are JSON arrays,",
        "in CSV joined by `; `. With `--all`, every row also has `negotiation`. CSV is UTF-8 and begins with a byte",
        "order mark, for spreadsheets; in Python it is read as `utf-8-sig`.",
        "",
        "CSV also has names and titles for slugs, in columns of its own: `by_names` after `by`, and the same for every",
        "column of parties and people; `issues_titles` after `issues`, and the same for `issue`, `at`, `before` and",
        "`superseded_by`; and `title` after `slug`, if no other column says what the entry is. They are those of the",
        "day, and in the order of the slugs. Sources have only their slugs; `parley sources` lists their titles.",
        "",
        "| command | answers with |",
        "|---|---|",
    ]
    for name, (answer, many) in ANSWERS.items():
        lines.append(f"| `{name}` | {'a list of ' if many else ''}{_link(answer)} |")
    for answer in dict.fromkeys([answer for answer, _ in ANSWERS.values()] + list(_PARTS)):
        lines += ["", f"## {answer.__name__}", "", inspect.getdoc(answer) or "", "", "| field | holds |", "|---|---|"]
        lines += [f"| `{name}` | {_holds(hint)} |" for name, hint in _fields(answer)]
    return "\n".join([*lines, ""])


def design() -> str:
    """The page of the design: what is written by hand, then the map of the modules."""
    page = (HERE / "design.md").read_text("utf-8")
    by_hand, begin, _ = page.partition(BEGIN_OF_MAP)
    return f"{by_hand}{begin}\n{module_map()}"


def module_map() -> str:
    """Every room with its modules, a line each: the first sentence of each docstring."""
    lines = []
    for room in sorted(
        path.parent for folder in ("ledger", "cli") for path in (HERE.parent / folder).rglob("__init__.py")
    ):
        lines += ["", f"### {room.relative_to(HERE.parent).as_posix()}/", "", _first_sentence(room / "__init__.py"), ""]
        lines += [
            f"- `{module.name}`: {_first_sentence(module)}"
            for module in sorted(room.glob("*.py"))
            if module.name != "__init__.py"
        ]
    return "\n".join([*lines, ""])


def _first_sentence(module: Path) -> str:
    told = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    paragraph = " ".join(told.partition("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z`])", paragraph)[0]


def help_of(words: list[str]) -> str:
    """The output of a command's --help, at a fixed width."""
    result = CliRunner().invoke(
        app, [*words, "--help"], prog_name="parley", env={"COLUMNS": str(WIDTH), "TERMINAL_WIDTH": str(WIDTH)}
    )
    return "\n".join(line.rstrip() for line in result.output.splitlines())


def _each_command() -> Iterator[list[str]]:
    for name in COMMANDS:
        yield [name]
        if name == "append":
            yield from (["append", kind] for kind in [*FORMS, "source"])
        if name == "token":
            yield from (["token", each] for each in Tokens.names)


def _fields(answer: type[Any]) -> Iterator[tuple[str, Any]]:
    """The fields, those of a wrapped state merged in as JSON has them."""
    hints = get_type_hints(answer)
    first = next(iter(hints))
    if hasattr(hints[first], "_fields"):
        hints = get_type_hints(hints.pop(first)) | hints
    yield from hints.items()


def _holds(hint: Any) -> str:
    if hint is When:
        return "a date"
    names = {str: "text", int: "number", bool: "true or false", states.Slugs: "list of texts", Any: "the state"}
    if hint in names:
        return names[hint]
    if hasattr(hint, "_fields"):
        return _link(hint)
    inner = getattr(hint, "__args__", (None,))[0]
    if getattr(hint, "__origin__", None) in (list, tuple):
        return f"list of {_link(inner) if hasattr(inner, '_fields') else _MANY.get(inner, 'entries')}"
    return f"{names.get(inner, '') or _link(inner)} or null"


_MANY = {str: "texts", int: "numbers", Any: "entries"}


def _link(answer: Any) -> str:
    return f"[{answer.__name__}](#{answer.__name__.lower()})"


PAGES = {"commands.md": commands, "fields.md": fields, "design.md": design}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (HERE / page).write_text(make(), "utf-8")
