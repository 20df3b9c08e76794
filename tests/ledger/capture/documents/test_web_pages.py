"""Web pages: the article without menus, the metadata, and pages that are refused."""

from datetime import date

import pytest

from ledger.capture.documents import web_pages
from ledger.capture.documents.errors import DocumentHasNoText, DocumentTooLarge
from tests.ledger.capture.documents.files import TEXT, page


def test_the_article_is_taken_without_menus_and_scripts() -> None:
    found = web_pages.read(page(f"<p>{TEXT}</p>" * 3 + "<p>The talks go on in the spring.</p>"), "report.html")
    assert "The talks go on in the spring." in found.text
    assert not {"Sport", "alert"} & {*found.text.replace("(", " ").split()}
    assert (found.title, found.publisher, found.published) == ("Talks resume", "Daily", date(2024, 3, 15))
    assert found.language == "en"


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(DocumentHasNoText, match="script"):
        web_pages.read(b"<!doctype html><html><body><script>load()</script></body></html>", "report.html")


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_pages, "MOST_ELEMENTS", 50)
    with pytest.raises(DocumentTooLarge):
        web_pages.read(page("<p>a</p>" * 100), "report.html")


def test_deeply_nested_markup_ends_in_a_sentence_or_a_text() -> None:
    deep = page("<div>" * 20_000 + TEXT)
    try:
        assert web_pages.read(deep, "report.html").text
    except (DocumentHasNoText, DocumentTooLarge) as refusal:
        assert str(refusal)
