"""What the script of the pages reads."""

import json

import pytest

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
from tests.ledger.web.publication.reading import Published


def values(site: Published, name: str) -> list[list[str]]:
    return json.loads((site.folder / "vn-us-trade" / name).read_text("utf-8").partition(" = ")[2].rstrip(";\n"))


def test_the_days_are_those_on_which_something_changed_and_the_newest(site: Published) -> None:
    days = values(site, "days.js")
    assert days[-1] == ["2026-11-21", "21 November 2026"]
    assert ["2025-05-22", "22 May 2025"] in days
    assert days == sorted(days)


def test_an_entry_is_found_by_its_name_its_other_names_and_its_quotes(site: Published) -> None:
    found = {slug: (kind, name, words) for kind, slug, name, words in values(site, "search.js")}
    assert found["nguyen-hong-dien"][:2] == ("person", "Nguyen Hong Dien")
    assert "Nguyễn Hồng Diên" in found["nguyen-hong-dien"][2]
    assert "goodwill and efforts in addressing US concerns" in found["greer-commends-goodwill"][2]
    assert all(len(words) <= 310 for _, _, words in found.values())
