"""The commands for questions that are more than a list: search, gaps, compare, check."""

import json
import re

import pytest

from tests.cli.console import SEEDS, Console
from tests.examples import ON_TARIFFS

ASSERTIONS = "seeds/vn-us-trade/checks/assertions.yaml"
LATE = """
negotiation: vn-us-trade
source:
  slug: late-paper
  title: Third round put off
  published: 2025-05-23
entries:
  - announcement: round-3
    kind: round
    number: 3
    by: us
    on: 2025-05-22
    expected: late June
    quote: towards the end of June
"""


@pytest.fixture
def asserted(recorded: Console) -> Console:
    """The worked example with its assertions."""
    assert recorded.parley("import", ASSERTIONS).out == "Recorded 9 events in vn-us-trade: 9 assertions.\n"
    return recorded


@pytest.mark.parametrize("typed", ['"', "*", "(", "NEAR(a b)", "folded:x OR y", "a AND NOT b", "'; DROP TABLE search"])
def test_nothing_typed_is_a_query_language(typed: str, recorded: Console) -> None:
    answer = recorded.parley("search", "--", typed)
    assert answer.code in (0, 1)
    assert answer.out or answer.err.startswith("parley: There is no word in ")
    assert "fts5" not in answer.out + answer.err


def test_an_empty_search_is_refused_in_a_sentence(recorded: Console) -> None:
    answer = recorded.parley("search", "")
    assert answer.code == 1
    assert answer.err.startswith("parley: There is no word in '' to search for.")


def test_words_that_the_shell_kept_together_are_a_phrase(recorded: Console) -> None:
    together = json.loads(recorded.parley("search", "market economy", "--json").out)
    apart = json.loads(recorded.parley("search", "economy", "market", "--json").out)
    assert 0 < len(together) <= len(apart)
    assert json.loads(recorded.parley("search", "economy market", "--json").out) == []


def test_the_best_hits_are_shown_first_and_all_are_counted_in_every_format(recorded: Console) -> None:
    count = len(json.loads(recorded.line("parley search market --json").out))
    for how in ("", "--json", "--csv"):
        answer = recorded.line(f"parley search market --most 2 {how}")
        assert (answer.err if how else answer.out).endswith(f"… and {count - 2} more.\n")
    assert recorded.line("parley search market --kind nonsense").code == 1


def test_a_release_that_two_outlets_print_is_one_sides_account_only(press: Console) -> None:
    rows = press.line("parley gaps --kind one-sided --csv").rows
    assert [(row["kind"], row["slug"]) for row in rows] == [
        ("one-sided", "exchange-drafts"),
        ("one-sided", "name-place"),
    ]
    assert rows[0]["says"] == "Viet Nam only: exchange-drafts."


def test_gaps_are_grouped_with_counts_and_each_line_ends_in_the_slug(press: Console) -> None:
    out = press.line("parley gaps").out.splitlines()
    assert "Reported by one side only (2)" in out
    assert "  United States only: name-place.  name-place" in out
    assert [line.split()[-1] for line in out if line.startswith("  ")] == [
        "exchange-drafts", "name-place", "exchange-drafts", "name-place", "readout"
    ]  # fmt: skip


def test_where_nothing_is_lacking_that_is_said(press: Console) -> None:
    assert press.line("parley gaps --kind quiet").out.endswith("No gap of this kind was found in the record.\n")


def test_a_long_list_of_gaps_is_one_screen_that_says_of_how_many_and_whole_on_request(recorded: Console) -> None:
    recorded.columns = 80
    gaps = json.loads(recorded.line("parley gaps --json").out)
    page = recorded.line("parley gaps").out.splitlines()
    assert 24 <= len(page) <= 40
    assert "Quotations and figures not found in a text (2 of 146)" in page
    shown = [line for line in page if line.startswith("  ")]
    assert page[-1] == f"{len(gaps) - len(shown)} more: --full, or --kind KIND for one kind"
    assert {line.split()[-1] for line in shown} < {one["slug"] for one in gaps}
    for line in ("parley gaps --kind unverified", "parley gaps --full"):
        whole = recorded.line(line).out
        assert "Quotations and figures not found in a text (146)" in whole
        assert "more:" not in whole
    assert sum(int(one) for one in re.findall(r"^\S.*? \((\d+)\)$", whole, re.MULTILINE)) == len(gaps)
    assert len(recorded.line("parley gaps --csv").rows) == len(gaps)


def test_two_sides_accounts_of_a_meeting_are_laid_side_by_side(press: Console) -> None:
    out = press.line("parley compare hanoi").out
    assert "Of the sides, reported only by Viet Nam (1)\n  follow-up  exchange-drafts.  exchange-drafts\n" in out
    assert "Of the sides, reported only by United States (1)" in out
    assert "Viet Nam       1 independent source (2 in all)  daily, ministry" in out
    found = json.loads(press.line("parley compare hanoi --json").out)
    assert [(one["slug"], one["accounts"]) for one in found["told"]] == [
        ("name-place", "only us"),
        ("exchange-drafts", "only vn"),
    ]
    assert found["missing"] == []


def test_a_meeting_at_which_nothing_is_recorded_says_so(recorded: Console) -> None:
    assert "No statement or follow-up of this meeting" in recorded.line("parley compare round-3").out


def test_a_meeting_is_not_compared_before_it_is_known(press: Console) -> None:
    refused = press.line("parley compare hanoi --as-of 2025-05-01")
    assert (refused.code, "hanoi is known only from 21 May 2025" in refused.err) == (1, True)


def test_a_sentence_says_what_was_looked_at_when_nothing_is_wrong(asserted: Console) -> None:
    answer = asserted.parley("check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "No problem found in 9 assertions, 181 events, 146 quotes (146 unverified: the text is not at hand).\n"
    )


def test_a_late_entry_that_changes_a_settled_answer_fails_the_check_until_it_is_corrected(asserted: Console) -> None:
    (asserted.folder / "late.yaml").write_text(LATE)
    assert asserted.parley("import", "late.yaml").code == 0
    assert asserted.parley("check").code == 1
    [problem] = json.loads(asserted.parley("check", "--json").out)["problems"]
    told = problem["says"]
    assert 'must be round-3, expected "early June" (between 1 and 10 June 2025)' in told
    assert 'it is round-3, expected "late June" (between 21 and 30 June 2025)' in told
    assert "(by late-paper)" in told
    assert "Recorded since: #183 MeetingAnnounced round-3 from late-paper." in told
    assert asserted.line('parley correct round-3 expected="early June" --position 183 --reason "Misread."').code == 0
    assert asserted.parley("check").code == 0


def test_the_assertion_may_be_what_is_corrected(asserted: Console) -> None:
    (asserted.folder / "late.yaml").write_text(LATE)
    asserted.parley("import", "late.yaml")
    mend = 'parley correct third-round-in-early-june expected="late June" --reason "The report is right."'
    assert asserted.line(mend).code == 0
    assert asserted.parley("check").code == 0
    assert asserted.parley("check", "--recorded-by", "181").code == 0
    assert asserted.parley("check", "--recorded-by", "183").code == 1


def test_problems_come_as_json_and_csv_with_exit_code_1(asserted: Console) -> None:
    asserted.line('parley append assertion wrong --question next-round --as-of 2025-05-22 --is "none"')
    in_json, in_csv = asserted.parley("check", "--json"), asserted.parley("check", "--csv")
    assert (in_json.code, in_csv.code) == (1, 1)
    answer = json.loads(in_json.out)
    assert [(one["kind"], one["slug"], one["position"]) for one in answer["problems"]] == [("assertion", "wrong", 182)]
    assert answer["assertions"] == 10
    [row] = in_csv.rows
    assert row["says"] == answer["problems"][0]["says"]
    assert row["says"].startswith("As of 22 May 2025 the next round must be none; it is round-3 (by vna-2025-05-22).")


def test_without_an_assertion_the_worked_example_has_no_problem(recorded: Console) -> None:
    assert recorded.parley("check").out.startswith("No problem found in 0 assertions, 172 events, ")


def test_an_assertion_names_what_is_of_record(asserted: Console) -> None:
    answer = asserted.line("parley append assertion a --question issue --about tarifs --is oppen")
    assert answer.code == 1
    assert "--about: There is no issue 'tarifs'. Did you mean tariffs?" in answer.err
    assert "--is: 'oppen' is not a known answer. Did you mean open?" in answer.err


def test_an_assertion_is_shown_with_what_became_of_it(asserted: Console) -> None:
    asserted.line('parley retract no-next-round-now --reason "A sixth is announced."')
    answer = asserted.parley("show", "no-next-round-now")
    assert "RETRACTED: A sixth is announced." in answer.out
    assert "AnswerAsserted: Whenever it is checked, the next round must be none" in answer.out
    assert json.loads(asserted.parley("show", "third-round-overtaken", "--json").out)["state"] is None


def test_the_example_of_the_page_on_projections_holds(recorded: Console) -> None:
    page = (SEEDS.parent / "docs" / "projections.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    (recorded.folder / "example.yaml").write_text(example[1])
    assert recorded.parley("import", "example.yaml").out == "Recorded 2 events in vn-us-trade: 2 assertions.\n"
    assert recorded.parley("check").code == 0


def test_an_assertion_is_nothing_that_happened(asserted: Console) -> None:
    assert "must be" not in asserted.parley("timeline").out
    assert "must be" not in asserted.parley("replay", "--to", "2026-11-21").out
    assert "must be" not in asserted.parley("state").out


LONG_AGO = (
    ON_TARIFFS
    + """\
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2025-05-20}
entries:
  - {statement: first, by: us, to: vn, act: asked, issues: tariffs, says: Lower them., on: 2025-05-01}
---
negotiation: talks
source: {slug: leaflet, title: Leaflet, published: unknown}
entries:
  - {statement: second, by: us, act: stated, issues: tariffs, says: They are high.}
"""
)


def test_a_report_without_a_date_does_not_hide_that_an_issue_was_last_mentioned_long_ago(console: Console) -> None:
    console.columns = 200
    console.record(LONG_AGO)
    told = " ".join(console.line("parley gaps --kind quiet").out.split())
    assert "Tariffs: open, last mentioned on or before 1 May 2025; a report without a date mentions it too" in told
