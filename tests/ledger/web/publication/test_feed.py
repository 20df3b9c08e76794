"""The feed of changes, read by an XML parser."""

from xml.etree import ElementTree

from ledger.web.publication.feed import ChangedDay, atom

ATOM = "{http://www.w3.org/2005/Atom}"
LEDGER = "11111111-2222-3333-4444-555555555555"
DAYS = [
    ChangedDay("2025-05-20", "", ["Viet Nam <asked> & asked \u202eagain."], "talks/on/2025-05-20/changes.html"),
    ChangedDay("2025-05-22", "2025-05-20", ["Round 2 held."], "talks/on/2025-05-22/changes.html"),
]


def read(base: str, days: list[ChangedDay]) -> ElementTree.Element:
    return ElementTree.fromstring(atom("A & B", "talks", LEDGER, days, base, "talks/changes.atom"))


def test_each_day_is_an_entry_and_the_newest_comes_first() -> None:
    feed = read("https://example.org/t/", DAYS)
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == [
        "22 May 2025, since 20 May 2025",
        "20 May 2025",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2025-05-22T00:00:00Z"
    assert [one.get("href") for one in feed.iter(f"{ATOM}link")] == [
        "https://example.org/t/talks/changes.atom",
        "https://example.org/t/talks/index.html",
        "https://example.org/t/talks/on/2025-05-22/changes.html",
        "https://example.org/t/talks/on/2025-05-20/changes.html",
    ]
    content = feed.findall(f"{ATOM}entry/{ATOM}content")[1]
    assert content.get("type") == "html"
    assert "&lt;asked&gt; &amp; asked" in content.text
    assert "\u202e" not in content.text


def test_links_are_relative_without_an_address() -> None:
    assert {one.get("href")[:9] for one in read("", DAYS).iter(f"{ATOM}link")} == {"../talks/"}


def test_every_feed_has_what_the_standard_requires_and_ids_never_change() -> None:
    for days in (DAYS, DAYS[:1], []):
        feed = read("", days)
        assert None not in [
            feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "author/" + ATOM + "name")
        ]
    ids = [{one.text for one in read(base, DAYS).iter(f"{ATOM}id")} for base in ("", "https://example.org/")]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 3
    assert {one.text for one in read("", DAYS[:1]).iter(f"{ATOM}id")} < ids[0]


def test_a_day_on_which_nothing_is_told_has_no_entry() -> None:
    assert [
        *read("", [ChangedDay("2025-05-23", "2025-05-22", [], "talks/on/2025-05-23/changes.html")]).iter(f"{ATOM}entry")
    ] == []
