"""With a bloc, its members: the same rows as those of the option of the command."""

import json
from pathlib import Path

import pytest

from ledger import Ledger
from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, query, text_of

TALKS = """
negotiation: talks
title: Talks
parties: [eu, us]
entries:
  - {party: eu, name: European Union}
  - {party: us, name: United States}
  - {party: de, name: Germany}
  - {issue: levy, title: Levy}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-06-01}
entries:
  - {role: de, as: member, of: eu}
  - {statement: by-eu, by: eu, act: asked, issues: levy, says: Halve it., on: 2026-05-02}
  - {statement: by-de, by: de, act: asked, issues: levy, says: Drop it., on: 2026-05-03}
  - {statement: by-us, by: us, act: refused, issues: levy, says: "No.", on: 2026-05-04}
"""


@pytest.fixture
def console(tmp_path: Path) -> Console:
    (tmp_path / "blocs").mkdir()
    found = Console(tmp_path / "blocs")
    found.line("parley init")
    (found.folder / "talks.yaml").write_text(TALKS, "utf-8")
    filed = found.line("parley import talks.yaml")
    assert filed.code == 0, filed.err
    return found


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("party=eu", "parley statements --by eu"),
        ("party=eu&members=yes", "parley statements --by eu --with-members"),
        ("party=us&members=yes", "parley statements --by us --with-members"),
    ],
)
def test_a_bloc_is_asked_for_with_or_without_its_members(console: Console, asked: str, line: str) -> None:
    site = Site(Ledger(console.folder / "ledger.db"), "/raw_tables")
    found = json.loads(page(site, f"/talks/statements.json?{asked}"))["rows"]
    told = json.loads(console.line(f"{line} --json").out)
    assert [one["slug"] for one in found] == [one["slug"] for one in told] != []
    shown = text_of(page(site, f"/talks/statements?{asked}"))
    assert "With a bloc, also its members" in shown
    assert ("with the members of a bloc" in shown) == ("members" in asked)


def test_the_choice_is_offered_only_where_there_is_a_bloc_and_its_value_is_checked(
    site: Site, console: Console
) -> None:
    without_blocs, site = site, Site(Ledger(console.folder / "ledger.db"), "/raw_tables")
    refused = site.respond("/talks/statements", query("party=eu&members=perhaps"))
    assert refused.status == 404 and "Known: yes" in refused.body
    assert "With a bloc" in page(site, "/talks/statements")
    assert "With a bloc" not in page(without_blocs, "/vn-us-trade/statements")


def test_the_log_shows_what_changed_the_record_alone(console: Console) -> None:
    console.line('parley correct by-eu "says=Halve the levy." --reason "As it was said."')
    site = Site(Ledger(console.folder / "ledger.db"), "/raw_tables")
    rows = json.loads(page(site, "/talks/log.json?changes=yes"))["rows"]
    assert [(one["event"], one["slug"]) for one in rows] == [("EntryCorrected", "by-eu")]
