"""The seeds that are mutated: the worked example, the phrases of docs/dates.md, the examples of docs/commands.md."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

from ledger.filing import parsing
from ledger.filing.forms import FORMS
from tests.fuzzing.mutators import Pairs

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds" / "vn-us-trade").rglob("*.yaml"))


@cache
def phrases() -> list[str]:
    """Every date and phrase of docs/dates.md: of its list, of its tables, in its prose."""
    page = (ROOT / "docs" / "dates.md").read_text("utf-8")
    listed = re.findall(r"^    (\S+)  ", page, re.MULTILINE)
    rows = [cell.strip(" `") for row in re.findall(r"^\| (.*) \|$", page, re.MULTILINE) for cell in row.split("|")]
    prose = [said for line in page.splitlines() if not line.startswith("|") for said in re.split(r"[;:,.]", line)]
    return [*listed, *rows, *(said.strip() for said in prose if said.strip())]


@cache
def command_lines() -> list[list[str]]:
    """Every example of docs/commands.md, cut as a shell cuts it; but for `serve`, which does not end by itself."""
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    blocks = re.findall(r"^  (parley (?:.+\n)(?:  \S.*\n)*)", page, re.MULTILINE)
    lines = [shlex.split(" ".join(block.split()))[1:] for block in blocks]
    return [line for line in lines if line[:1] != ["serve"]]


@cache
def options() -> list[str]:
    """Every option that the page of commands names."""
    return sorted(set(re.findall(r"--[a-z-]+", (ROOT / "docs" / "commands.md").read_text("utf-8"))))


@cache
def sheets() -> list[tuple[Pairs, list[Pairs]]]:
    """Of each document of the worked example its head and its entries, as trees."""
    found = []
    for path in SEEDS:
        for document in parsing.parse(path):
            assert isinstance(document, parsing.Document)
            tree = _tree(document.value)
            entries = dict(tree).get("entries", [])
            found.append((Pairs([pair for pair in tree if pair[0] != "entries"]), entries))
    return found


@cache
def entries() -> list[Pairs]:
    """Every entry of the worked example, with one of each kind that it has none of."""
    found = [entry for _, of_sheet in sheets() for entry in of_sheet]
    return found + [Pairs([(kind, "x"), *((name, "x") for name in form.fields)]) for kind, form in FORMS.items()]


@cache
def passages() -> list[str]:
    """Texts made of the quotations of each source."""
    return ["\n\n".join(_quotes(of_sheet)) for _, of_sheet in sheets() if _quotes(of_sheet)]


def _quotes(of_sheet: list[Pairs]) -> list[str]:
    given = [value for entry in of_sheet for key, value in entry if key == "quote"]
    return [words for value in given for words in (value if isinstance(value, list) else [value])]


def _tree(value: Any) -> Any:
    if isinstance(value, dict):
        return Pairs([(key, _tree(item)) for key, item in value.items()])
    if isinstance(value, list):
        return [_tree(item) for item in value]
    return value
