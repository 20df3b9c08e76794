"""The law of one statement: words that ask on several issues are never shown as if they were several requests.

An ask is one party's request on one issue, so one sentence may make several. Wherever its words are shown as an ask,
the other issues are named; and a number of asks says in how many statements they were made.
"""

import json
import re
from pathlib import Path

import pytest

from tests.cli.console import Console

TALKS = """\
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
  - {issue: dams, title: Dams}
  - {issue: ferries, title: Ferries}
  - {issue: bridges, title: Bridges}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-06-01}
entries:
  - {statement: both, by: vn, to: us, act: proposed, issues: [dams, ferries], says: Zebra., on: 2026-05-01}
  - {statement: alone, by: vn, to: us, act: asked, issues: bridges, says: Otter., on: 2026-05-02}
"""
LATER = """\
negotiation: talks
source: {slug: wire, title: Wire, published: 2026-07-01}
entries:
  - {statement: answer, by: us, to: vn, act: %s, issues: %s, says: Heron., on: 2026-06-20}
"""
ELSEWHERE = {"Dams": "the same words also on Ferries", "Ferries": "the same words also on Dams"}
PAGES = ("", "/asks", "/issue/dams")


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(TALKS)
    console.columns = 1000
    return console


def _alike(text: str) -> str:
    return " ".join(text.split()).replace("The same", "the same")


@pytest.mark.parametrize("line", ["asks", "asks --answered", "state", "brief --full", "handover"])
def test_an_ask_names_the_other_issues_of_the_same_words(talks: Console, line: str) -> None:
    told = [_alike(one) for one in talks.line(f"parley {line}").out.splitlines()]
    asks = [one for one in told if "Zebra" in one and "proposed" not in one]  # the others tell that it was said
    assert len(asks) == 2
    for one in asks:
        title = next(title for title in ELSEWHERE if re.search(rf"\b{title}\b.*Zebra", one))
        assert ELSEWHERE[title] in one
    assert not any("same words" in one for one in told if "Otter" in one)


@pytest.mark.parametrize("slug", ["dams", "ferries"])
def test_the_asks_of_an_issue_name_the_others(talks: Console, slug: str) -> None:
    assert ELSEWHERE[slug.title()] in _alike(talks.line(f"parley show {slug}").out)
    assert "same words" not in talks.line("parley show bridges").out


def test_json_has_the_other_issues_and_state_the_number_of_statements(talks: Console) -> None:
    asks = {one["title"]: one["also_on"] for one in json.loads(talks.line("parley asks --json").out)}
    assert asks == {"Dams": ["Ferries"], "Ferries": ["Dams"], "Bridges": []}
    assert "Asked and not answered (3, made in 2 statements)" in talks.line("parley state").out


def test_an_issue_that_was_answered_since_is_told_with_its_answer_and_not_as_waiting(talks: Console) -> None:
    talks.record(LATER % ("accepted", "ferries"))
    told = _alike(talks.line("parley asks").out)
    assert "(answered of the same request: Ferries: accepted)" in told and "same words" not in told
    assert "Asked and not answered (2)" in talks.line("parley state").out


def test_one_statement_deferred_on_two_issues_is_counted_once(talks: Console) -> None:
    talks.record(LATER % ("deferred", "[dams, ferries]"))
    told = _alike(talks.line("parley state").out)
    assert "Deferred (2, made in 1 statement)" in told and all(one in told for one in ELSEWHERE.values())
    assert all(one in _alike(talks.line("parley brief --full").out) for one in ELSEWHERE.values())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_so_too(talks: Console, path: str) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    body = page(Site(Ledger(Path(talks.folder / "ledger.db")), "/raw_tables"), f"/talks{path}?as-of=2026-06-10")
    told = _alike(re.sub("<[^>]+>", " ", body))
    assert told.count("same words") == {"": 4, "/asks": 2, "/issue/dams": 1}[path], told
    assert ("3 , made in 2 statements" in told.replace("3,", "3 ,")) == (path == "")
    assert ("Words that ask on several issues" in told) == (path == "/asks")
