"""The page of the draft texts: brackets with who proposes them, and the history of each provision."""

import json
import re

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page

PROVISIONS = {
    "5.1": "The Parties [shall](us) [<b>should</b> [not]](vn) go.",
    "6": {"words": "The end.", "heading": "End"},
}


@pytest.fixture
def tabled(site: Site) -> Site:
    fields = {"version": "1", "title": "The agreement", "by": "us", "on": "2025-05-22", "provisions": PROVISIONS}
    site.ledger.append("text", "agreement", fields, note="Read out.")
    wording = {"provision": "6", "status": "agreed", "words": "The end.", "by": ["us", "vn"], "on": "2025-05-24"}
    site.ledger.append("wording", "agreement", wording, note="Told by phone.")
    return site


def test_a_bracket_has_its_proposers_after_it_and_filed_text_is_escaped(tabled: Site) -> None:
    body = page(tabled, "/vn-us-trade/texts")
    assert 'class="bracket of-0">[shall]<span class="by">(<bdi>United States</bdi>)</span>' in body
    assert '[&lt;b&gt;should&lt;/b&gt; <span class="bracket">[not]</span>]' in body
    assert "Article 6: <bdi>End</bdi>" in body
    assert "<summary>History" in body


def test_the_page_of_an_earlier_day_has_nothing_of_a_later_one(tabled: Site) -> None:
    [text] = json.loads(page(tabled, "/vn-us-trade/texts.json?as-of=2025-05-23"))["texts"]
    assert [one["status"] for one in text["provisions"]] == ["bracketed", "clean"]
    assert "No draft text is on record" in page(tabled, "/vn-us-trade/texts?as-of=2025-05-21")


def test_the_history_of_a_provision_is_in_order(tabled: Site) -> None:
    [text] = json.loads(page(tabled, "/vn-us-trade/texts.json"))["texts"]
    assert [one["status"] for one in text["provisions"][1]["history"]] == ["tabled", "agreed"]


def test_texts_are_listed_with_their_brackets_sorted_and_narrowed(tabled: Site) -> None:
    clean = {"version": "1", "title": "A letter", "by": "vn", "on": "2025-05-20", "provisions": {"1": "We shall go."}}
    tabled.ledger.append("text", "letter", clean, note="Handed over.")
    rows = page(tabled, "/vn-us-trade/texts?sort=-brackets").partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.index("The agreement") < rows.index("A letter")
    assert '<a href="#agreement">' in rows
    narrowed = page(tabled, "/vn-us-trade/texts?party=vn")
    assert 'id="letter"' in narrowed and 'id="agreement"' not in narrowed
    assert "We shall go." in narrowed and "The end." not in narrowed
    assert page(tabled, "/vn-us-trade/texts.csv?party=vn").count("\n") == 2


def test_changed_words_of_a_provision_are_shown_as_removed_and_added(tabled: Site) -> None:
    fields = {
        "version": "2",
        "by": "us",
        "on": "2025-06-02",
        "provisions": {**PROVISIONS, "5.1": "The Parties may go."},
    }
    tabled.ledger.append("text", "agreement", fields, note="Read out again.")
    body = page(tabled, "/vn-us-trade/changes?from=2025-05-30&to=2025-06-10")
    assert re.search(r"<del>(?:(?!</del>).)*&lt;b&gt;should&lt;/b&gt;", body)
    assert re.search(r"<ins>(?:(?!</ins>).)*may", body)
    assert "{-" not in body and "{+" not in body
