"""The worked example: its events, and the answers that follow from them."""

from pathlib import Path

import pytest

from ledger import Clocks, Ledger, create_ledger
from ledger.filing.check_quotes import check

EXAMPLE = Path(__file__).parents[1] / "seeds" / "vn-us-trade"
SEEDS = sorted(EXAMPLE.glob("*.yaml"))
TEXTS = Path(__file__).parents[2] / "shared" / "sources"


@pytest.fixture
def ledger(tmp_path: Path, set_clock) -> Ledger:
    set_clock("2026-11-21T12:00:00+00:00")
    found = create_ledger(tmp_path / "ledger.db")
    found.import_files(SEEDS)
    return found


def test_market_economy_status_was_asked_three_times_and_never_answered(ledger: Ledger) -> None:
    found = [one for one in ledger.views().asks(by="vn") if one.ask.issue == "market-economy-status"]
    assert [(one.ask.times, one.ask.waiting_since, one.ask.last_answer, one.requests) for one in found] == [
        (1, "2025-03-13", "", 2),  # that technical teams go on discussing it
        (2, "2025-05-22", "", 2),  # that it be recognised; asked again in November
    ]
    statements = [one.slug for one in ledger.views().statements(issue="market-economy-status")]
    assert "helberg-welcomes-proposals" in statements  # a welcome is no answer


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-03-31", None), ("2025-05-22", "round-3"), ("2025-06-20", "round-3"), ("2026-11-21", None)],
)
def test_the_next_round_is_the_one_announced_until_a_later_one_was_held(
    day: str, expected: str | None, ledger: Ledger
) -> None:
    found = ledger.views(Clocks(as_of=day)).next_meeting()
    assert (found.expected.meeting.slug if found.expected else None) == expected


def test_early_june_keeps_its_words_and_its_bounds(ledger: Ledger) -> None:
    found = ledger.views(Clocks(as_of="2025-05-22")).next_meeting().expected
    assert found.meeting.expected.describe() == '"early June" (between 1 and 10 June 2025)'


def test_the_caption_and_the_text_disagree_and_both_are_shown(ledger: Ledger) -> None:
    [found] = ledger.views().contested()
    assert (found.slug, found.field) == ("dien-greer-2025-05-22", "held")
    assert ["21 May 2025" in found.values[0], '"On the final day of talks"' in found.values[1]] == [True, True]
    assert "22 May 2025" in found.preferred


def test_the_talk_in_malaysia_has_no_date(ledger: Ledger) -> None:
    [found] = [one for one in ledger.views().meetings() if one.meeting.place == "Malaysia"]
    assert not found.meeting.held


def test_helbergs_promise_has_an_owner_and_no_date(ledger: Ledger) -> None:
    [found] = ledger.views().follow_ups(owner="jacob-helberg")
    assert (found.timing, found.lacks) == ("no date", ("date",))


def test_narrowed_is_said_by_both_sides(ledger: Ledger) -> None:
    [found] = [one for one in ledger.views().issues() if one.slug == "remaining-issues"]
    assert (found.status, set(found.narrowed_by)) == ("narrowed", {"vn", "us"})


def test_what_the_example_asserts_of_itself_holds(ledger: Ledger) -> None:
    ledger.import_files([EXAMPLE / "checks" / "assertions.yaml"])
    checked = ledger.check()
    assert (checked.problems, checked.assertions) == ([], 9)


def test_every_quote_is_short(ledger: Ledger) -> None:
    quotes = [one for entry in ledger.views().labels() for one in ledger.views().evidence(entry.slug)]
    assert len(quotes) == 146
    assert max(len(one.words.split()) for one in quotes) < 20


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the sources' texts are not at hand")
def test_every_quote_is_found_in_its_source() -> None:
    results = check(SEEDS, TEXTS)
    assert [(one.source, one.at_hand, one.missing) for one in results] == [(one.source, True, []) for one in results]
    assert sum(one.found for one in results) == 146


def test_without_the_texts_the_check_says_what_it_could_not_check(tmp_path: Path) -> None:
    results = check(SEEDS, tmp_path)
    assert not any(one.at_hand for one in results)
    assert sum(len(one.missing) for one in results) == 146
