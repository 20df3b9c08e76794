"""`parley publish`: what is said and refused, and at which level a site is made unless it is said."""

from pathlib import Path

import pytest

from tests.cli.console import Console

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
pytest.importorskip("icalendar", reason="the extra `office` is not installed")


def words(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_site_is_made_renewed_and_told_with_its_size(recorded: Console) -> None:
    for _ in range(2):
        answer = recorded.line("parley publish site/ --as-of 2025-05-22 --days 3")
        assert answer.code == 0, answer.err
        assert answer.out.startswith("Published ")
        assert " pages as of 22 May 2025 (" in answer.out
        assert answer.err.startswith("Without pages of their own: ")
        assert "earlier days on which vn-us-trade changed (see --days)." in answer.err
    assert (recorded.folder / "site/vn-us-trade/index.html").is_file()


def test_another_folder_is_refused(recorded: Console) -> None:
    answer = recorded.line("parley publish .")
    assert (answer.code, answer.out) == (1, "")
    assert "already contains something that `parley publish` did not make" in answer.err
    assert not (recorded.folder / "index.html").exists()
    assert recorded.line("parley verify").code == 0


def test_what_is_internal_is_published_only_if_that_is_said(recorded: Console) -> None:
    task = 'parley append task tell-lan --says "Tell Lan of the zwanzig"'
    said = "--by vn --act stated --issues tariffs --says siebzig"
    note = f'parley append statement we-think {said} --note "A note."'
    for line in (task, note):
        assert recorded.line(line).code == 0, recorded.line(line).err
    assert recorded.parley("publish", "site", PARLEY_LEVEL="confidential").code == 0
    assert "siebzig" not in words(recorded.folder / "site")
    assert recorded.line("parley publish site --level internal").code == 0
    assert "siebzig" in words(recorded.folder / "site")
    assert "zwanzig" not in words(recorded.folder / "site"), "own tasks are never published"


def test_a_ledger_with_its_own_levels_is_published_at_the_most_open_one(console: Console) -> None:
    assert console.line("parley init --levels open,desk --default-level open").code == 0
    assert console.line("parley append negotiation talks --title Talks").code == 0
    assert console.line("parley publish site").code == 0
    assert "Talks" in words(console.folder / "site")
    refused = console.line("parley publish site --level public")
    assert refused.code == 1
    assert "open, desk" in refused.err


def test_links_in_feeds_begin_with_the_address_of_the_site(recorded: Console) -> None:
    assert recorded.line("parley publish site --base-url https://example.org/talks").code == 0
    feed = (recorded.folder / "site/vn-us-trade/changes.atom").read_text("utf-8")
    assert 'href="https://example.org/talks/vn-us-trade/changes.atom"' in feed
