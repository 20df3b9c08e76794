"""Checks the quotations of entry files against the texts of their sources, without a ledger."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ledger.domain.quotations import FrozenText
from ledger.errors import ProblemsFound, Refusal
from ledger.filing import entry_files
from ledger.filing.errors import QuoteNotFound
from ledger.filing.sheets import Filled, Problem


class CheckedQuotes(NamedTuple):
    """The check of a source's quotations: how many were found, and which were not (all, if the text is missing)."""

    source: str
    at_hand: bool
    found: int
    missing: list[tuple[str, Refusal]]


def check(paths: Iterable[Path], texts: Path | None) -> list[CheckedQuotes]:
    """Look up every quotation of the files. Raises a refusal if a file cannot be read."""
    problems: list[Problem] = []
    results = []
    for path in paths:
        file = entry_files.read(path, texts)
        problems += file.problems
        for _, sheet in file.sheets:
            if sheet.source is None:
                continue
            text = FrozenText(sheet.text) if sheet.text else None
            found, missing = 0, list[tuple[str, Refusal]]()
            for filled in sheet.entries:
                for quote in _quotes(filled):
                    if text is not None and text.find(quote) is not None:
                        found += 1
                    else:
                        near = text.nearest(quote) if text else ""
                        missing.append((filled.place("quote"), QuoteNotFound.near(quote, near)))
            results.append(CheckedQuotes(sheet.source.slug, text is not None, found, missing))
    if problems:
        raise ProblemsFound(problems)
    return results


def _quotes(filled: Filled) -> list[str]:
    quotes = filled.fields.get("quote", [])
    return [quotes] if isinstance(quotes, str) else [str(quote) for quote in quotes]
