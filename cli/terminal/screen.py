"""The short form of a long answer, on one screen: its first rows, cut to a line, and the number of those left out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cli.terminal import render
from cli.terminal.layout import GAP, STEP, columns, in_rows, padded, wrapped

LINES = 36  # of a screen
_MARK = re.compile(r" \(((?:[^():]* )?inferred)[:)]")  # with the reason after a colon, or without it


class Row(NamedTuple):
    """A row in short: a text and the entry's slug on one line, and their details on a second one."""

    text: str
    slug: str
    below: str = ""


class Group(NamedTuple):
    """A part of an answer: its heading, "" if it has none, and its rows."""

    heading: str
    rows: Sequence[Row]


def holds(tables: Sequence[tuple[Sequence[Sequence[str]], int]], used: int = 0) -> bool:
    """Whether a screen has room for whole tables, each given as its rows and the number of its wide column."""
    return used + sum(len(in_rows(rows, wide, render.width()).lines) for rows, wide in tables if rows) <= LINES


def show(
    groups: Sequence[Group], full: str = "--full", *, used: int = 0, spaced: bool = True, latest: bool = False
) -> None:
    """Print the rows of each group that a screen holds, `used` lines of which are printed already.

    Each heading says how many rows it shows, of how many. The groups take rows in turn, the first group first; if
    `latest`, the last group. Parts without room for a row are left out. `full` says how to see all rows.
    """
    kept = _kept(groups, LINES - used - 2, 1 + spaced, latest)
    for group, count in zip(groups, kept, strict=True):
        if group.heading and count:
            of = f"{count} of {len(group.rows)}" if count < len(group.rows) else f"{count}"
            (render.heading if spaced else render.title)(f"{group.heading} ({of})")
        for row in group.rows[:count]:
            for line in _lines(row, GAP if group.heading else ""):
                render.write(line)
    more = sum(len(group.rows) for group in groups) - sum(kept)
    render.out()
    render.out(f"{more} more: {full}" if more else f"In full: {full}")


def _kept(groups: Sequence[Group], room: int, heading: int, latest: bool) -> list[int]:
    """The number of rows of each group that the lines hold; the heading of a group takes `heading` lines."""
    kept = [0] * len(groups)
    order = [*range(len(groups))][:: -1 if latest else 1]
    while left := [nth for nth in order if kept[nth] < len(groups[nth].rows)]:
        for nth in left:
            group = groups[nth]
            size = 1 + bool(group.rows[kept[nth]].below) + (heading if group.heading and not kept[nth] else 0)
            if size > room:
                return kept
            kept[nth], room = kept[nth] + 1, room - size
    return kept


def _lines(row: Row, indent: str) -> list[str]:
    room = render.width() - len(indent)
    space = room - columns(row.slug) - len(GAP)
    if space < room // 4:  # a long slug gets a line
        lines = [_cut(row.text, room), padded("", room - columns(row.slug)) + row.slug]
    else:
        lines = [f"{padded(_cut(row.text, space), space)}{GAP}{row.slug}"]
    lines += [f"{STEP}{_cut(row.below, room - len(STEP))}"] * bool(row.below)
    return [f"{indent}{line}" for line in lines]


def _cut(text: str, room: int) -> str:
    """The text, cut after a word or a date if it is too long; a mark as inferred stays."""
    first, *rest = wrapped(text, room)
    if not rest:
        return first
    mark = _MARK.search(text)
    end = f" ({mark[1]})" if mark else ""
    start = text[: mark.start()] if mark else text
    if columns(start + end) <= room:
        return start + end
    return f"{wrapped(start, room - 1 - len(end))[0].rstrip(',;:. ')}…{end}"
