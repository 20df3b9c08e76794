"""Each line of a page has the reports that support it."""

import json
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.evidence import proofs
from ledger.web.site import Site
from tests.cli.console import Console
from tests.ledger.web.serving import page


def test_every_line_of_the_first_page_carries_its_evidence(site: Site) -> None:
    body = page(site, "/?as-of=2025-05-22")
    lines = body.count('<li class="line">')
    assert lines > 20
    assert body.count('<details class="evidence">') == lines + 1  # and the next round
    assert "Recorded 2026-11-21" in body
    assert "published 22 May 2025" in body


def test_the_reports_of_an_entry_are_those_that_show_prints(site: Site, tmp_path: Path) -> None:
    views = site.ledger.views()
    found = proofs(views, ["round-3", "", "no-such-entry"])
    views.close()
    shown = json.loads(Console(tmp_path).line("parley show round-3 --json").out)
    assert list(found) == ["round-3"]
    assert [one.position for one in found["round-3"]] == [one["position"] for one in shown["events"]]
    words = [quote.words for one in found["round-3"] for quote in one.quotes]
    assert words == [one["words"] for one in shown["evidence"]]


def test_a_date_that_was_corrected_has_lost_the_words_of_its_report(site: Site) -> None:
    site.ledger.correct("round-2", {"held": "2025-05-23"}, "Misread.", everywhere=True)
    views = site.ledger.views()
    [*_, report] = proofs(views, ["round-2"])["round-2"]
    views.close()
    assert (report.happened.edtf, report.happened.phrase) == ("2025-05-23", "")


def test_a_quote_says_from_when_it_was_verified(site: Site, tmp_path: Path) -> None:
    ledger = site.ledger
    filed = {"by": "us", "act": "stated", "says": "Well.", "quote": "went well", "on": "2025-06-01"}
    ledger.append("source", "paper", {"title": "A paper", "published": "2025-06-01"})
    ledger.append("statement", "well", filed, source="paper")
    assert "Unverified: the source’s text is not at hand." in page(site, "/vn-us-trade/statement/well")
    ledger.append("source", "paper", {"text": "It went well."})
    assert "Verified since" in page(site, "/vn-us-trade/statement/well")
    assert "Unverified" in page(site, "/vn-us-trade/statement/well?as-of=2025-12-31")
    assert "went well" in page(site, "/vn-us-trade/search?q=went+well")
