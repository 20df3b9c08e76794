"""The page of the brief is the brief of the command line, and each of its lines leads to a passage."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def told(folder: Path, line: str) -> Any:
    return json.loads(Console(folder).line(f"parley {line} --json").out)


ASKED = "as-of=2025-05-22&us=vn&since=2025-03-31"


def test_the_brief_is_that_of_the_command_line(site: Site, tmp_path: Path) -> None:
    found = json.loads(page(site, f"/vn-us-trade/brief.json?{ASKED}"))
    written = told(tmp_path, "brief --as-of 2025-05-22 --us vn --since 2025-03-31")
    assert {name: found[name] for name in written} == written
    short = text_of(page(site, f"/vn-us-trade/brief?{ASKED}"))
    whole = text_of(page(site, f"/vn-us-trade/brief?{ASKED}&full=yes"))
    assert re.search(r"Our unanswered asks [1-8] of 9; all of it", short)
    assert "of 9" not in whole
    printed = Console(tmp_path).line("parley brief --as-of 2025-05-22 --us vn --since 2025-03-31").out
    for heading in re.findall(r"^## ([^(\n]+?)(?: \(.*)?$", printed, re.MULTILINE):
        assert heading in short


def test_every_line_has_a_source_that_opens_on_the_passage(site: Site) -> None:
    body = page(site, f"/vn-us-trade/brief?{ASKED}&full=yes")
    numbers = {*re.findall(r'class="note" href="#note-(\d+)"', body)}
    assert len(numbers) > 10
    for number in numbers:
        note = re.search(rf'<li id="note-{number}">.*?</li>', body, re.DOTALL)[0]
        there, _, passage = html.unescape(re.search(r'href="([^"]+)"', note)[1]).partition("#")
        assert page(site, there).count(f'id="{passage}"') == 1


def test_what_is_not_there_is_refused_in_a_sentence(site: Site) -> None:
    for asked, says in (({"us": "nobody"}, "There is no party"), ({"for": "round-9"}, "no meeting")):
        found = site.respond("/vn-us-trade/brief", asked)
        assert found.status == 404 and says in html.unescape(found.body)
    assert "is not understood" in html.unescape(site.respond("/vn-us-trade/brief", {"since": "never ever"}).body)


def test_the_brief_names_entries_by_their_titles(fish: Site) -> None:
    body = page(fish, "/fish-stocks/brief?full=yes")
    assert "<code>" not in body.partition("<main")[2]
    assert "/fish-stocks/follow-up/" in body or "/fish-stocks/meeting/" in body
