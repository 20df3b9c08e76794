"""How long a request waits is told with its own words, its own doubt and the keeper's inference, in every answer."""

import json

import pytest

from tests.examples import ON_TARIFFS

SOURCE = """\
negotiation: talks
source: {slug: paper, title: Paper, published: %s}
entries:
"""
ASKED = "  - {statement: %s, by: vn, to: us, act: asked, issues: tariffs, says: %s%s}\n"


@pytest.fixture
def talks(console):
    console.record(ON_TARIFFS)
    return console


def _shown(console, command):
    return " ".join(console.line(f"parley {command}").out.split())


def test_the_wait_of_a_request_is_not_that_of_another_in_other_words(talks):
    talks.record(SOURCE % "2026-06-10" + ASKED % ("horse", "Horse.", ", on: 2026-05-01")
          + ASKED % ("zebra", "Zebra.", ", on: 2026-06-01"))  # fmt: skip
    (position,) = json.loads(talks.line("parley positions --json").out)
    assert (position["slug"], position["asks_in"], position["asking_since"]["edtf"]) == ("zebra", "zebra", "2026-06-01")
    (row,) = json.loads(talks.line("parley table --json").out)["rows"]
    assert [one["waits_since"]["edtf"] for one in row["cells"]] == ["2026-06-01"]
    talks.record(SOURCE.replace("paper", "later-paper") % "2026-06-20"
          + ASKED.replace("act: asked", "act: welcomed") % ("thanks", "Thanks.", ", on: 2026-06-15"))  # fmt: skip
    assert "2026-05-01: Horse. (horse)" in _shown(talks, "positions --full")


def test_a_wait_since_an_inferred_request_is_marked_though_a_later_request_is_not_inferred(talks):
    talks.record(SOURCE % "2026-06-10" + ASKED % ("horse", "Horse.", ", on: 2026-05-01, inferred: A guess.")
          + ASKED % ("zebra", "Zebra.", ", on: 2026-06-01, reaffirms: horse"))  # fmt: skip
    for command in ("asks", "state", "brief --us vn", "table"):
        assert "204 days (inferred)" in _shown(talks, command), command
    assert "since 1 May 2026 (inferred)" in _shown(talks, "gaps --full")
    assert "open (inferred)" in _shown(talks, "issues")
    assert _shown(talks, "diff 2026-06-01 today").count("Tariffs") == 0


def test_a_request_of_today_or_earlier_is_told_as_such_with_its_doubt(talks):
    talks.record(SOURCE % "unknown" + ASKED % ("horse", "Horse.", ""))
    assert "for since" not in _shown(talks, "show tariffs")
    assert "waiting since today or earlier" in _shown(talks, "brief --us vn")
    assert "on record since today or earlier" in _shown(talks, "gaps --full")


def test_a_condition_stays_beside_a_statement_that_is_not_known_to_be_later(talks):
    offer = "  - {statement: offer, by: vn, to: us, act: proposed, issues: tariffs, says: Offer., conditional-on: Rain."
    talks.record(SOURCE % "2026-06-10" + f"{offer}, on: 2026-06-01}}\n")
    assert "unless" not in _shown(talks, "state")
    talks.record(SOURCE.replace("paper", "undated-paper") % "unknown" + ASKED % ("horse", "Horse.", ""))
    (condition,) = json.loads(talks.line("parley state --json").out)["conditions"]
    assert (condition["words"], condition["unless_after"]) == ("Rain.", "horse")
    assert "(unless horse" in talks.line("parley state").out
    assert "unless horse is later" in _shown(talks, "brief --us vn")
