"""Every answer of the command line has a page: each command that asks is compared with the pages, or says why not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.main import GROUPS
from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import PAGES, Site
from tests.ledger.web.serving import page, text_of

# Where the answer of a command is, if its page has another address; "" is the front page.
ELSEWHERE = {
    "state": "",
    "next-round": "",
    "positions": "table",
    "text": "texts",
    "parties": "people",
    "compare": "accounts",
    "diff": "changes",
    "show": "meeting/round-2",
    "history": "meeting/round-2",
    "watch": "log",  # every page offers what is recorded meanwhile
    "calendar": "calendar.ics",
    "handover": "brief",  # the same content, in the order of a brief
}
# What has no page, with the reason.
WITHOUT = {
    "serve": "it shows the pages",
    "replay": "it folds every entry again with each of its events, which takes minutes on a long record",
    "workbook": "each list is a file for a spreadsheet",
    "interchange": "a file for another program",
    "bundle": "a file for an archive",
    "publish": "the pages themselves",
    "publish-log": "a ledger of its own",
    "checkpoint": "a file to keep elsewhere",
    "verify": "it reads the whole log",
    "prove": "a file for somebody without Parley",
}
ASKING = [
    name for group in ("See where we stand", "Look back", "Hand on", "Trust the record") for name in GROUPS[group]
]  # fmt: skip


@pytest.mark.parametrize("command", ASKING)
def test_every_command_that_asks_has_a_page_or_a_reason(site: Site, command: str) -> None:
    if command in WITHOUT:
        assert command not in PAGES
        return
    there = ELSEWHERE.get(command, command)
    assert command == there or command not in PAGES
    found = site.respond(f"/vn-us-trade/{there}".rstrip("/"), {})
    assert found.status == 200


WORDS = ("title", "name", "says", "place", "sentence")


def words_of(answer: Any) -> set[str]:
    """The titles, names and words of entries anywhere in an answer."""
    if isinstance(answer, dict):
        own = {value for key, value in answer.items() if key in WORDS and isinstance(value, str) and value}
        return own | {word for value in answer.values() for word in words_of(value)}
    return {word for value in answer for word in words_of(value)} if isinstance(answer, list) else set()


@pytest.mark.parametrize(
    "command",
    [
        "issues",
        "people",
        "parties",
        "sources",
        "follow-ups",
        "asks",
        "statements",
        "meetings",
        "promises",
        "gaps",
        "log",
    ],
)
def test_the_page_shows_the_entries_of_the_answer(site: Site, tmp_path: Path, command: str) -> None:
    told = json.loads(Console(tmp_path).line(f"parley {command} --as-of 2025-05-22 --json").out)
    shown = text_of(page(site, f"/vn-us-trade/{ELSEWHERE.get(command, command)}?as-of=2025-05-22&all=everything"))
    wanted = {one.strip() for word in words_of(told) for one in re.split(r'["“”]', word) if one.strip()}
    assert wanted
    assert {one for one in wanted if one not in shown} == set()
