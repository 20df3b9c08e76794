"""Refusals: their base classes, and those of every room. A refusal's docstring is the sentence that the user reads.

A refusal says what is wrong, where, and what to do. When one is raised, nothing is written: the caller's transaction is
rolled back, and the command line prints the sentence and exits with code 1.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Self


class Refusal(Exception):
    """Parley refuses this."""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The class docstring on one line, with the details filled in; a very long detail is cut short."""
        template = " ".join((type(self).__doc__ or "").split())
        return template.format(**{name: in_short(value) for name, value in self.details.items()}).strip()


class RefusedNear(Refusal):
    """The typed word is not known."""

    @classmethod
    def near(cls, what: str, typed: str, nearest: Sequence[str], known: Iterable[str] = ()) -> Self:
        """The refusal with a suggestion: the nearest words, else the known ones."""
        return cls(what=what.replace("-", " "), typed=typed, hint=suggestion(nearest, known))


def suggestion(nearest: Sequence[str], known: Iterable[str] = ()) -> str:
    """`Did you mean …?` with the nearest words, else the first twelve known ones."""
    if nearest:
        return f"Did you mean {' or '.join(nearest)}?"
    listed = list(known)
    if not listed:
        return "None is recorded yet."
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""
    return f"Known: {', '.join(listed[:12])}{more}."


class NotWritable(Refusal):
    """{path} cannot be written: {why}. Nothing was written. Free some space or fix the permissions, then try again."""


class ExtraNeeded(Refusal):
    """{what} needs a library that is not installed. In a checkout of Parley, run: pip install '.[{extra}]'"""


class ProblemsFound(Refusal):
    """Several problems prevent filing."""

    def __init__(self, problems: Sequence[tuple[str, Refusal]]) -> None:
        self.problems = sorted(problems, key=lambda problem: _place(problem[0]))
        super().__init__()

    def sentence(self) -> str:
        lines = [f"{where}: {refusal}" if where else str(refusal) for where, refusal in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"… and {len(self.problems) - MOST_SHOWN} more problems.")
        if len(self.problems) > 1:
            lines.append(f"{len(self.problems)} problems; nothing was written.")
        return "\n".join(lines)


MOST_SHOWN = 50


def _place(where: str) -> tuple[str, int]:
    """The sort key of a place: file and line of `talks.yaml:12`; other places have line 0."""
    file, colon, line = where.rpartition(":")
    return (file, int(line)) if colon and line.isdecimal() else ("", 0)


LONGEST_SHOWN = 500  # characters, about the length of the longest quotation


def in_short(value: Any) -> Any:
    """A detail for a sentence: a long text is cut short."""
    shown = str(value) if isinstance(value, PurePath | Exception) else value
    return f"{shown[:LONGEST_SHOWN]}…" if isinstance(shown, str) and len(shown) > LONGEST_SHOWN else value
