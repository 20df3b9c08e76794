"""The command palette finds pages and entries by name, alias and words, as of the moment of the address."""

import json
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page


def found(site: Site, typed: str, clocks: str = "") -> list[Any]:
    return json.loads(page(site, f"/vn-us-trade/palette.json?q={typed}{clocks}"))["matches"]


def test_pages_and_entries_are_found_by_the_beginning_of_their_names(site: Site) -> None:
    assert found(site, "prom")[0]["label"] == "Promises"
    assert found(site, "round 2")[0]["address"] == "/vn-us-trade/meeting/round-2"
    assert found(site, "gre")[0] == {
        "kind": "Person",
        "label": "Jamieson Greer",
        "address": "/vn-us-trade/person/jamieson-greer",
    }
    assert found(site, "GREER jam")[0]["label"] == "Jamieson Greer"


def test_an_entry_is_found_by_its_alias_its_slug_and_its_words(site: Site) -> None:
    site.ledger.append("issue", "rules", {"title": "Rules of origin", "aliases": ["provenance"]})
    assert found(site, "provenance")[0]["label"] == "Rules of origin"
    assert found(site, "rules")[0]["label"] == "Rules of origin"
    words = found(site, "preliminary positive")
    assert {one["kind"] for one in words} == {"Statement"}
    assert found(site, "nothing of the kind") == []


def test_what_was_not_known_on_the_day_is_not_found(site: Site) -> None:
    assert found(site, "round 5") != []
    assert [
        one
        for one in found(site, "round 5", "&as-of=2025-05-22")
        if one["address"].startswith("/vn-us-trade/meeting/round-5")
    ] == []
    first = found(site, "round 2", "&as-of=2025-05-22")[0]
    assert first["address"] == "/vn-us-trade/meeting/round-2?as-of=2025-05-22"


def test_it_offers_the_pages_before_anything_is_typed_and_never_too_much(site: Site) -> None:
    assert [one["kind"] for one in found(site, "")] == ["Page"] * 12
    assert len(found(site, "a")) <= 12
    assert site.respond("/vn-us-trade/palette", {}).status == 404
