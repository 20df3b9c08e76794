"""Cuts frozen texts into the passages that full-text search finds and shows."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.base.names import fold_words
from ledger.base.typography import on_one_line
from ledger.domain.events import Stream
from ledger.domain.reports import Account

LONGEST = 600  # characters
MOST = 1_000_000  # passages of one text: more than the largest text has
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCES = re.compile(r"[.!?](?=\s)|[\u3002\uff01\uff1f]")


def passages_of(stream: Stream, known: Sequence[Account]) -> list[tuple[Any, ...]]:
    """The rows of the passages of a source's text, from the day on which both are on record."""
    account = next((one for one in known if getattr(one.event, "text", "")), None)
    if account is None:
        return []
    return [
        (account.position * MOST + nth, stream.negotiation, stream.slug, account.day, start, words)
        for nth, (start, words) in enumerate(cut(account.event.text))
    ]


def in_full_text(row: Sequence[Any]) -> tuple[Any, ...]:
    """The row of a passage in the full text."""
    return row[0], fold_words(row[-1])


def cut(text: str) -> Iterator[tuple[int, str]]:
    """The passages of a text, each with its place: paragraphs; long ones are cut after a sentence or a word."""
    at = 0
    for gap in [*_PARAGRAPHS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        while end - at > LONGEST:
            last = _end(text[at : at + LONGEST])
            yield from _passage(text, at, at + last)
            at += last
        yield from _passage(text, at, end)
        at = gap.end() if gap else end


def _end(window: str) -> int:
    """Where a passage ends: after the last sentence in the second half of the window, else before its last word."""
    ends = [one.end() for one in _SENTENCES.finditer(window, len(window) // 2)]
    return (ends or [window.rfind(" ", 1) + 1 or window.rfind("\n", 1) + 1 or len(window)])[-1]


def _passage(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if words := on_one_line(text[start:end]):
        yield start, words
