"""A published site: its pages, links and bytes."""

import json
import re
import socket
from itertools import pairwise
from pathlib import Path

import pytest

from ledger import AskableRecord, create_ledger
from ledger.errors import Refusal
from tests.ledger.web.publication.reading import Published, dead_links, files

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
from ledger.web.publication.publish import publish
from ledger.web.site import Site
from tests.ledger.web.serving import text_of


def test_no_link_of_any_page_is_dead(site: Published) -> None:
    assert dead_links(site.folder) == []


def test_what_holds_a_form_that_needs_a_server_is_left_out_with_it(site: Published) -> None:
    folded = [
        file for file, data in files(site.folder).items() if b'class="filters"' in data and file.endswith(".html")
    ]
    assert folded == []


def test_nothing_on_the_site_names_the_machine(site: Published) -> None:
    names = (str(site.record.path.parent), "127.0.0.1", "localhost", socket.gethostname(), "file://")
    found = [(file, name) for file, data in files(site.folder).items() for name in names if name.encode() in data]
    assert found == []


def test_the_same_record_gives_the_same_bytes(site: Published, tmp_path: Path, noon: None) -> None:
    publish(AskableRecord(site.record.path), tmp_path / "again")
    assert files(tmp_path / "again") == files(site.folder)


def test_every_entry_of_the_record_has_a_page(site: Published) -> None:
    every = files(site.folder)
    with site.record.views(negotiation="vn-us-trade") as views:
        entries = [one for one in views.labels() if one.kind not in ("negotiation", "task")]
    assert entries
    assert [one.slug for one in entries if f"vn-us-trade/{one.kind}/{one.slug}.html" not in every] == []


@pytest.mark.parametrize("page", ["", "table", "meetings", "meeting/round-3", "statement/greer-commends-goodwill"])
def test_a_page_says_what_the_served_page_says(site: Published, page: str, noon: None) -> None:
    served = Site(site.record, "").respond(f"/vn-us-trade{page and '/'}{page}", {"all": "everything"}).body
    written = (site.folder / "vn-us-trade" / f"{page or 'index'}.html").read_text("utf-8")
    main = re.compile(r"<main.*?</main>", re.DOTALL)
    of_a_server = r"(?s)<p class=\"(?:writing|flip|files)\".*?</p>|<details class=\"filters\".*?</details>"
    kept = [re.sub(of_a_server, "", main.search(one)[0]) for one in (served, written)]
    assert text_of(kept[0]).split() == text_of(kept[1]).split()


def test_the_page_of_an_earlier_day_is_that_of_the_day(site: Published) -> None:
    text = text_of((site.folder / "vn-us-trade/on/2025-05-22/index.html").read_text("utf-8"))
    assert "Where we stand on 22 May 2025" in text
    assert "Links to entries and to other pages lead to them as of 21 November 2026." in text


def test_the_pages_of_a_day_compare_it_with_the_day_of_change_before(site: Published) -> None:
    days = site.said.plans[1].days
    before, day = next(pair for pair in pairwise(days) if pair[1] == "2025-05-22")
    text = (site.folder / f"vn-us-trade/on/{day}/changes.html").read_text("utf-8")
    with site.record.views(negotiation="vn-us-trade") as views:
        from ledger.queries.diff import diff
        from ledger.web.front import TOLD

        told = [one.says for one in diff(views.at(before), views.at(day), TOLD)]
    assert told
    assert len(re.findall(r'<li class="line">', text)) == len(told)


def test_what_is_above_the_level_is_nowhere(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text(
        "{negotiation: talks, title: The talks, parties: [aa], entries: [{party: aa, name: Aland},"
        " {issue: money, title: Money}]}"
    )
    (tmp_path / "cable.yaml").write_text(
        "{negotiation: talks, source: {slug: cable, kind: document, title: A cable, published: 2025-05-20,"
        " level: confidential}, entries: [{statement: secret, by: aa, act: asked, issues: money, on: 2025-05-20,"
        " says: Pay zwanzig, quote: zwanzig}]}"
    )
    ledger = create_ledger(tmp_path / "ledger.db", "keeper")
    ledger.import_files([tmp_path / "names.yaml", tmp_path / "cable.yaml"])
    publish(AskableRecord(ledger.path, level="public"), tmp_path / "site")
    every = files(tmp_path / "site")
    assert [name for name, data in every.items() if b"zwanzig" in data or b"cable" in data or "secret" in name] == []
    publish(AskableRecord(ledger.path, level="confidential"), tmp_path / "site")
    assert b"zwanzig" in files(tmp_path / "site")["talks/statement/secret.html"]


def test_only_quotes_of_a_text_are_published_unless_the_text_is_wanted(site: Published, tmp_path: Path) -> None:
    rest, quoted = b"at last.", b"appointed"
    every = files(site.folder)
    assert [name for name, data in every.items() if rest in data and b"in full at last" in data] == []
    page = every["hostile/source/the-source.html"]
    assert quoted in page
    assert b"Its text is not published here, only the quotations from it." in page
    publish(site.record, tmp_path / "whole", ["hostile"], texts=True)
    assert rest in files(tmp_path / "whole")["hostile/source/the-source.html"]
    assert dead_links(tmp_path / "whole") == []


def test_lists_are_published_as_json_and_entries_if_wanted(site: Published, tmp_path: Path, noon: None) -> None:
    served = Site(site.record, "").respond("/hostile/issues.json", {}).body
    assert json.loads((site.folder / "hostile/issues.json").read_text("utf-8")) == json.loads(served)
    assert not (site.folder / "hostile/issue/money.json").exists()
    publish(site.record, tmp_path / "whole", ["hostile"], every_json=True)
    assert json.loads((tmp_path / "whole/hostile/issue/money.json").read_text("utf-8"))["slug"] == "money"
    assert dead_links(tmp_path / "whole") == []


def test_only_as_many_days_have_pages_as_are_wanted_and_the_page_says_how_many_have_none(
    site: Published, tmp_path: Path
) -> None:
    few = publish(site.record, tmp_path / "few", ["vn-us-trade"], most_days=2).plans[0]
    every = site.said.plans[1]
    assert few.days == every.days[-2:]
    assert few.left_out == len(every.days) - 2
    assert [one.name for one in sorted((tmp_path / "few/vn-us-trade/on").iterdir())] == few.days
    text = text_of((tmp_path / "few/vn-us-trade/index.html").read_text("utf-8"))
    assert f"Something changed on {few.left_out} earlier days" in text
    assert dead_links(tmp_path / "few") == []


def test_hostile_text_is_text_everywhere(site: Published) -> None:
    for name, data in files(site.folder).items():
        if name.endswith((".html", ".atom", ".svg")):
            assert b"<script>document" not in data, name
            assert "\u202e".encode() not in data, name


@pytest.mark.parametrize("base", ["ftp://example.org", "example.org", "https://", "https://a b/", "https://x/?q", '"'])
def test_an_address_that_no_site_can_have_is_refused(site: Published, tmp_path: Path, base: str) -> None:
    with pytest.raises(Refusal, match="is not the address of a site"):
        publish(site.record, tmp_path / "site", base_url=base)
    assert not (tmp_path / "site").exists()


def test_a_negotiation_that_is_not_there_is_refused(site: Published, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="vn-us-trad"):
        publish(site.record, tmp_path / "site", ["vn-us-trad"])
    assert [*tmp_path.iterdir()] == []
