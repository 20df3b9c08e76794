"""Links of a site: the file of each address, and what becomes of a link to none."""

import pytest

from ledger.web.publication.links import Links

FILES = {
    "index.html", "parley.css", "talks/index.html", "talks/index.json", "talks/issues.html", "talks/timeline.svg",
    "talks/meeting/round-2.html", "talks/on/2025-05-22/index.html", "talks/timeline/2025.html", "talks/changes.atom",
    "talks/timeline.html", "talks/search.html",
}  # fmt: skip
LINKS = Links(FILES, "2025-06-01")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/talks", "talks/index.html"),
        ("/talks.json?as-of=2025-06-01", "talks/index.json"),
        ("/talks?as-of=2025-06-01", "talks/index.html"),
        ("/talks?as-of=2025-05-22", "talks/on/2025-05-22/index.html"),
        ("/talks?as-of=2025-05-23", "talks/index.html"),
        ("/talks/issues?as-of=2025-05-22&amp;recorded-by=7", "talks/issues.html"),
        ("/talks/issues?party=vn", ""),
        ("/talks/meeting/round-2?as-of=2025-05-22", "talks/meeting/round-2.html"),
        ("/talks/meeting/round-3", ""),
        ("/talks/timeline?from=2025-01-01&amp;to=2025-12-31", "talks/timeline/2025.html"),
        ("/talks/timeline?from=2025-03-01&amp;to=2025-03-31", "talks/timeline/2025.html"),
        ("/talks/timeline?from=2024-01-01&amp;to=2025-12-31", ""),
        ("/talks/timeline.svg?as-of=2025-06-01", "talks/timeline.svg"),
        ("/talks/changes.atom", "talks/changes.atom"),
        ("/-/parley/parley.css?0123456789ab", "parley.css"),
        ("/-/parley/parley.js?0123456789ab", ""),
        ("/others", ""),
    ],
)
def test_each_address_has_its_file_or_none(address: str, file: str) -> None:
    assert LINKS.file(address) == file


def test_links_become_relative_and_keep_their_anchors() -> None:
    page = '<a class="x" href="/talks/meeting/round-2?as-of=2025-06-01#q-1">R</a> <a href="#here">H</a> href="'
    assert LINKS.rewritten(page, "talks/on/2025-05-22/index.html") == (
        '<a class="x" href="../../meeting/round-2.html#q-1">R</a> <a href="#here">H</a> href="'
    )


def test_what_has_no_file_is_not_a_link() -> None:
    page = (
        '<link rel="alternate" href="/talks/issues.json">\n<a href="/talks/task/x">T</a> <a href="https://e.org/">E</a>'
    )
    assert LINKS.rewritten(page, "index.html") == '<a>T</a> <a href="https://e.org/">E</a>'


def test_forms_that_need_a_server_are_left_out() -> None:
    form = '<form class="range" action="/talks/issues">\n<input name="a">\n</form>\n'
    search = '<form action="/talks/search" data-offline><input name="q"></form>'
    assert LINKS.rewritten(form + search, "talks/index.html") == search.replace("/talks/search", "search.html")
