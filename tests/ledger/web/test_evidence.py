"""Each line of a page has the reports that support it."""

import html
import json
import re
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.evidence import anchor, proofs
from ledger.web.site import Site
from tests.cli.console import Console
from tests.ledger.web.serving import page, text_of


def test_every_line_of_the_first_page_carries_its_evidence(site: Site) -> None:
    body = page(site, "/?as-of=2025-05-22")
    lines = body.count('<li class="line">')
    assert lines >= 20
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


def record(site: Site, address: str) -> str:
    """The words of a page up to its footer, which explains the two signs."""
    return text_of(page(site, address).partition("<footer")[0])


def test_a_quote_says_from_when_it_was_verified(site: Site, tmp_path: Path) -> None:
    ledger = site.ledger
    filed = {"by": "us", "act": "stated", "says": "Well.", "quote": "went well", "on": "2025-06-01"}
    ledger.append("source", "paper", {"title": "A paper", "published": "2025-06-01"})
    ledger.append("statement", "well", filed, source="paper")
    assert "? Not verified : this passage" in record(site, "/vn-us-trade/statement/well")
    ledger.append("source", "paper", {"text": "It went well."})
    assert "✓ Verified : this passage in the source since 21 November 2026" in record(
        site, "/vn-us-trade/statement/well"
    )
    assert "? Not verified" in record(site, "/vn-us-trade/statement/well?as-of=2025-12-31")
    assert "went well" in page(site, "/vn-us-trade/search?q=went+well")


def test_a_line_leads_to_the_passage_it_rests_on(site: Site) -> None:
    ledger = site.ledger
    ledger.append(
        "source", "paper", {"title": "A paper", "published": "2025-06-01", "text": "It is long. It went well."}
    )
    filed = {"by": "us", "act": "asked", "says": "Well.", "quote": "went well", "on": "2025-06-01", "issues": "tariffs"}
    ledger.append("statement", "well", filed, source="paper")
    ledger.append("statement", "again", {**filed, "act": "stated", "says": "Once more."}, source="paper")
    body = page(site, "/vn-us-trade?all=everything")
    cited = {html.unescape(one) for one in re.findall(r'class="cite" href="([^"]+)"', body)}
    assert len(cited) > 5
    for address in cited:
        there, _, passage = address.partition("#")
        assert page(site, there).count(f'id="{passage}"') == 1, address
    frozen = page(site, "/vn-us-trade/source/paper")
    assert f'<mark>went well<span class="passage" id="{anchor("went well")}"></span>' in frozen
    assert "✓ the words are in the source’s frozen text. ? They could not be verified" in text_of(body)
