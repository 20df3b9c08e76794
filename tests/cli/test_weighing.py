"""How sources weigh, as a person reads it: `show`, `contested`, `gaps` and `compare` of a small press review."""

import csv
import io
import json

import pytest

from tests.cli.console import Console

RELEASE = (
    "The Ministry said that the delegations met in Hanoi on 21 May and agreed to exchange their drafts by June. "
    + ("Both sides found the talks useful and will meet again before the summer, in a place still to be named. ")
)
FILES = {
    "ministry": ("account-of: vn", "2025-05-21", RELEASE, "held: 2025-05-21"),
    "daily": ("publisher: Daily", "2025-05-22", RELEASE + "Rain is expected.", "held: 2025-05-21"),
    "readout": ("account-of: us", "2025-05-23", "", "held: 2025-05-22"),
}
NAMES = """
negotiation: talks
title: The talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
"""


@pytest.fixture
def press(console: Console) -> Console:
    """A release, a paper that prints it, and the other side's readout with another date."""
    console.line("parley init")
    (console.folder / "names.yaml").write_text(NAMES)
    for slug, (field, published, text, held) in FILES.items():
        lines = ["negotiation: talks", "source:", f"  slug: {slug}", f"  title: {slug.title()}", f"  {field}"]
        lines.append(f"  published: {published}")
        if text:
            (console.folder / f"{slug}.txt").write_text(text)
            lines.append(f"  text: {slug}.txt")
        lines += ["entries:", "  - meeting: hanoi", "    kind: meeting", f"    {held}", "    parties: [vn, us]"]
        lines += ["    quote: The Ministry said"] * bool(text)
        task = "exchange-drafts" if slug != "readout" else "name-place"
        lines += [f"  - follow-up: {task}", f"    says: {task}.", "    at: hanoi"]
        lines += ["    quote: agreed to exchange their drafts"] * bool(text)
        (console.folder / f"{slug}.yaml").write_text("\n".join(lines))
    answer = console.line("parley import names.yaml ministry.yaml daily.yaml readout.yaml")
    assert answer.code == 0, answer.err
    return console


def test_show_says_how_many_independent_sources_carry_an_entry(press: Console) -> None:
    assert "\ncarried by 2 independent sources (3 in all)\n" in press.line("parley show hanoi").out
    assert "\ncarried by 1 independent source (2 in all)\n" in press.line("parley show exchange-drafts").out
    assert "\ncarried by 1 source\n" in press.line("parley show name-place").out
    assert "carried by" not in press.line("parley show us").out
    assert json.loads(press.line("parley show hanoi --json").out)["weight"] == {"independent": 2, "sources": 3}


def test_show_weighs_what_was_published_by_a_day(press: Console) -> None:
    assert "carried by 1 source\n" in press.line("parley show hanoi --reported-by 2025-05-21").out
    assert "carried by 1 independent source (2 in all)" in press.line("parley show hanoi --reported-by 2025-05-22").out


def test_show_of_a_source_names_the_copies_of_its_text(press: Console) -> None:
    assert "Copies of its text\n  Ministry  ministry\n" in press.line("parley show daily").out
    assert "Copies" not in press.line("parley show readout").out
    assert json.loads(press.line("parley show ministry --json").out)["copies"] == ["daily"]


def test_each_contested_value_stands_with_its_independent_weight(press: Console) -> None:
    (row,) = json.loads(press.line("parley contested --json").out)
    assert (row["values"], row["weights"]) == (["21 May 2025", "21 May 2025", "22 May 2025"], [1, 1, 1])
    out = " ".join(press.line("parley contested").out.split())
    assert "21 May 2025: 1 independent" in out
    assert "(2 in all)" in out
    assert "said by 1 source" in press.line("parley show hanoi").out


def test_a_release_that_two_outlets_print_is_one_sides_account_only(press: Console) -> None:
    rows = list(csv.DictReader(io.StringIO(press.line("parley gaps --kind one-sided --csv").out)))
    assert [(row["kind"], row["slug"]) for row in rows] == [
        ("one-sided", "exchange-drafts"),
        ("one-sided", "name-place"),
    ]
    assert rows[0]["says"] == "Viet Nam only: exchange-drafts."


def test_gaps_are_grouped_with_counts_and_each_line_ends_in_the_slug(press: Console) -> None:
    out = press.line("parley gaps").out.splitlines()
    assert "On one side's account only (2)" in out
    assert "  United States only: name-place.  name-place" in out
    assert [line.split()[-1] for line in out if line.startswith("  ")] == [
        "exchange-drafts", "name-place", "exchange-drafts", "name-place", "readout"
    ]  # fmt: skip


def test_where_nothing_is_lacking_that_is_said(press: Console) -> None:
    assert press.line("parley gaps --kind quiet").out.endswith("Nothing.\n")


def test_a_long_list_of_gaps_is_cut_on_the_page_and_whole_on_request(recorded: Console) -> None:
    page = recorded.line("parley gaps").out
    assert "  and 124 more: parley gaps --kind unverified\n" in page
    whole = json.loads(recorded.line("parley gaps --kind unverified --json").out)
    lines = recorded.line("parley gaps --kind unverified").out
    assert len(whole) == 136
    assert f"Quotations not found in a text ({len(whole)})" in lines
    assert "more:" not in lines
    assert (
        len([one for one in json.loads(recorded.line("parley gaps --json").out) if one["kind"] == "unverified"]) == 136
    )


def test_two_sides_accounts_of_a_meeting_are_laid_side_by_side(press: Console) -> None:
    out = press.line("parley compare hanoi").out
    assert "Of the sides only Viet Nam tells (1)\n  follow-up  exchange-drafts.    exchange-drafts\n" in out
    assert "Of the sides only United States tells (1)" in out
    assert "Viet Nam       1 independent source (2 in all)  daily, ministry" in out
    found = json.loads(press.line("parley compare hanoi --json").out)
    assert [(one["slug"], one["told_by"]) for one in found["told"]] == [
        ("name-place", "only us"),
        ("exchange-drafts", "only vn"),
    ]
    assert found["missing"] == []


def test_a_meeting_at_which_nothing_is_recorded_says_so(press: Console) -> None:
    assert "Nothing that was said or agreed there" in press.line("parley compare hanoi --as-of 2025-05-01").out
