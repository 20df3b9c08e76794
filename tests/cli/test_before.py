"""The law of meetings before others: wherever a coming meeting is told, so is what it comes before and depends on."""

import re

import pytest

from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-05-03}
entries:
  - {follow-up: ratify, says: Ratify the text., owners: vn, on: 2026-05-01, due: 2026-09-30}
  - {announcement: round-3, kind: round, number: 3, expected: 2026-09, on: 2026-05-01}
  - {announcement: call-7, kind: call, number: 7, expected: 2026-08, before: round-3, on: 2026-05, depends-on: ratify}
"""


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(TALKS)
    console.columns = 1000
    return console


@pytest.mark.parametrize(
    "line",
    ["state", "next-round", "next-round --kind call", "meetings", "brief --full", "handover",
     "diff 2026-01-01 2026-05-31", "gaps --as-of 2026-09-02"],
)  # fmt: skip
def test_every_answer_with_its_date_has_the_meeting_before_which_it_is(talks: Console, line: str) -> None:
    dated = line.startswith("diff") or "--as-of" in line
    shown = talks.line(f"parley {line}" + ("" if dated else " --as-of 2026-05-31")).out
    told = [one for one in re.split("## The story|Last entries", shown)[0].splitlines() if re.search("(?i)call 7", one)]
    assert told
    assert [one for one in told if "August 2026, before round 3" not in one] == []
    if line.startswith(("state", "next-round", "meetings", "brief", "handover")):
        assert re.search("(?i)depends on: Ratify the text", shown)


def test_every_page_with_its_date_has_the_meeting_before_which_it_is(talks: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    site = Site(Ledger(talks.folder / "ledger.db"), "/raw_tables")
    for path in ("", "/meetings", "/meeting/call-7", "/brief"):
        shown = " ".join(re.sub("<[^>]+>", " ", page(site, f"/talks{path}?as-of=2026-05-31")).split())
        assert re.search("August 2026 ?, before round 3", shown), path
        assert re.search("(?i)depends on:? ?:? Ratify the text", shown), path
