"""The law of conditions that are said to be met: an answer gives it as the word of those who said so, and no surer."""

import json
import re

import pytest

from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks
parties: [vn, us, eu]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {party: eu, name: European Union, in-sentences: the European Union}
  - {person: ann-lee, name: Ann Lee, party: eu}
  - {issue: tariffs, title: Tariffs}
  - {issue: access, title: Access}
---
negotiation: talks
source: {slug: wire, title: Wire, published: 2026-05-10}
entries:
  - {statement: here, by: eu/ann-lee, act: stated, says: The zebra list is here., on: 2026-05-09, meets: offer}
  - {statement: late, by: vn, act: stated, says: It came., on: 2026-05, meets: [offer, wish], reported-by: us,
     inferred: The wire names no day., inferred-in: "on"}
  - {statement: cuts, by: vn, to: us, act: asked, issues: tariffs, says: Cut them., on: 2026-05-01}
  - {statement: offer, by: us, to: vn, act: accepted, issues: tariffs, says: We will., on: 2026-05-02,
     conditional-on: the zebra list is here}
  - {statement: wish, by: us, to: vn, act: asked, issues: access, says: Open it., on: 2026-05-02,
     conditional-on: [the zebra list is here, all sign]}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-06-10}
entries:
  - {statement: incomplete, by: us, act: denied, says: The list is complete., on: 2026-06-02, meets: offer}
  - {statement: no-list, by: us, act: denied, says: The list is here., on: 2026-06-03, denies: here}
"""
HERE = "said by Ann Lee (eu) on 9 May 2026 to be met, in wire, denied by the United States on 3 June 2026, see here"
LATE = "said by Viet Nam in May 2026, as told by the United States, to be met (inferred), in wire, see late"
INCOMPLETE = "said by the United States on 2 June 2026 not to be met, in paper, see incomplete"
OF_TWO = (
    "said by Viet Nam in May 2026, as told by the United States, to be met (inferred), this condition or another of"
    " the 2, in wire, see late"
)


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(TALKS)
    console.columns = 2000
    return console


def plainly(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize(
    "line",
    ["state", "state --json", "state --csv", "asks --answered", "asks --answered --json", "show offer",
     "show offer --json", "brief --full", "handover", "table"],
)  # fmt: skip
def test_every_answer_with_the_condition_gives_what_each_said_of_it(talks: Console, line: str) -> None:
    shown = plainly(talks.line(f"parley {line} --as-of 2026-07-01").out)
    for told in (HERE, LATE, INCOMPLETE):
        assert told.rpartition(", see ")[0] in shown, line
        assert told in shown or "--json" in line, line  # where the statement is a field of its own
    if not line.startswith("show"):
        assert OF_TWO.rpartition(", see ")[0] in shown


@pytest.mark.parametrize("line", ["state", "show offer", "asks --answered", "brief --full", "table"])
def test_no_answer_has_what_was_said_only_later(talks: Console, line: str) -> None:
    shown = plainly(talks.line(f"parley {line} --as-of 2026-05-20").out)
    assert "said by Ann Lee (eu) on 9 May 2026 to be met, in wire, see here" in shown
    assert LATE in shown and "not to be met" not in shown and "denied" not in shown
    before = plainly(talks.line(f"parley {line} --as-of 2026-05-08").out)
    assert "zebra list" in before and " met" not in before


def test_the_changes_between_two_days_tell_what_was_said_since(talks: Console) -> None:
    shown = plainly(talks.line("parley diff 2026-05-20 2026-07-01").out)
    assert f"We will, conditional on: the zebra list is here. {INCOMPLETE.replace('said', 'Said')}" in shown
    assert "Said by Ann Lee" not in shown
    found = json.loads(talks.line("parley diff 2026-05-09 2026-07-01 --json").out)
    links = {(one["slug"], one["part"], one["source"]) for one in found if one["kind"] == "condition"}
    assert links == {
        ("incomplete", "does-not-meet offer", "paper"), ("late", "meets offer", "wire"), ("late", "meets wish", "wire"),
    }  # fmt: skip


@pytest.mark.parametrize("question", ["show", "history"])
def test_both_statements_have_the_link_as_the_word_of_the_one_that_says_so(talks: Console, question: str) -> None:
    shown = plainly(talks.line(f"parley {question} late --as-of 2026-07-01").out)
    assert "says that a condition of offer is met" in shown and "says that a condition of wish is met" in shown
    assert "says that a condition of offer is not met" in talks.line(f"parley {question} incomplete").out
    other = plainly(talks.line(f"parley {question} offer --as-of 2026-07-01").out)
    assert "a condition said to be met in here on 9 May 2026" in other
    assert "a condition said not to be met in incomplete on 2 June 2026" in other


@pytest.mark.parametrize(
    "line", ["show late", "show offer", "replay", "timeline", "log", "statements", "gaps", "check"]
)
def test_nothing_is_met_in_the_words_of_the_record_itself(talks: Console, line: str) -> None:
    shown = plainly(talks.line(f"parley {line}").out)
    said = r"says that a condition of [a-z-]+ is (not )?met|said (by [^;]*?)?(not )?to be met"
    assert not re.search(r"\b(met|meets?)\b", re.sub(said, "", shown, flags=re.IGNORECASE))


def test_the_reply_on_a_condition_has_what_was_said_of_it(talks: Console) -> None:
    [row] = [one for one in json.loads(talks.line("parley asks --answered --json").out) if one["asker"] == "vn"]
    assert row["answer_conditions_said"] == f"{HERE}; {LATE}; {INCOMPLETE}"
    [of_wish] = [one for one in json.loads(talks.line("parley asks --json").out) if one["asker"] == "us"]
    assert of_wish["conditions_said"] == OF_TWO


def test_what_a_statement_said_that_another_replaces_is_no_longer_told(talks: Console) -> None:
    again = "by: eu/ann-lee, act: stated, says: We looked again., on: 2026-06-20, replaces: here"
    talks.record(
        "negotiation: talks\nsource: {slug: new, title: New, published: 2026-06-21}\nentries:\n"
        f"  - {{statement: again, {again}}}\n"
    )
    shown = plainly(talks.line("parley show offer --as-of 2026-07-01").out)
    assert "said by Ann Lee (eu) on 9 May 2026 to be met" not in shown and INCOMPLETE in shown
    assert HERE in plainly(talks.line("parley show offer --as-of 2026-06-19").out)


def test_the_pages_have_it_with_a_link(talks: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    site = Site(Ledger(talks.folder / "ledger.db"), "/raw_tables")
    for path in ("", "/statement/offer", "/brief", "/asks?show=all"):
        found = page(site, f"/talks{path}{'&' if '?' in path else '?'}as-of=2026-07-01")
        shown = plainly(re.sub("<[^>]+>", "", found))
        for told in (INCOMPLETE, HERE, LATE):
            assert told.rpartition(", see ")[0] in shown, path
    assert re.search(r'to be met[^<]*, see <a href="[^"]*statement/here', page(site, "/talks/statement/offer"))
    later = plainly(re.sub("<[^>]+>", " ", page(site, "/talks/statement/late?as-of=2026-07-01")))
    assert "Says that a condition of" in later


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("--meets cuts", "`meets` of new names cuts, which has no condition on record."),
        ("--meets new", "The link `meets` of new would lead back to it"),
        ("--meets nothing", "There is no statement 'nothing'."),
        ("--meets tariffs", "There is no statement 'tariffs'."),
    ],
)
def test_only_another_statement_with_a_condition_can_be_named(talks: Console, fields: str, sentence: str) -> None:
    append = "parley append statement new --by vn --act stated --says Yes. --on 2026-06-20 --source paper"
    refused = talks.line(f"{append} {fields}")
    assert (refused.code, refused.out) == (1, "")
    assert sentence in plainly(refused.err) and "Traceback" not in refused.err
    assert talks.line("parley show new").code == 1
    assert talks.line(f"{append} --meets offer").code == 0
    shown = plainly(talks.line("parley show offer").out)
    assert "said by Viet Nam on 20 June 2026 to be met, in paper, see new" in shown


def test_a_correction_adds_and_removes_the_link_and_check_finds_a_condition_that_is_gone(talks: Console) -> None:
    assert talks.line("parley correct no-list meets=cuts --reason Oops.").code == 1
    assert talks.line("parley correct late meets=offer --reason 'It says so of one.'").code == 0
    assert "to be met" not in plainly(talks.line("parley show wish").out)
    assert talks.line("parley correct offer conditional-on= --reason 'There is none.'").code == 0
    found = plainly(talks.line("parley check").out)
    assert "It speaks of a condition of offer, which has none." in found
    assert talks.line("parley correct late says='It came late.' --reason 'The words.'").code == 0  # all else may change


def test_what_is_said_above_the_level_of_a_question_is_not_told(talks: Console) -> None:
    assert talks.line("parley level incomplete confidential --reason 'A talk in private.'").code == 0
    for line in ("state", "show offer", "brief --full"):
        assert INCOMPLETE in plainly(talks.line(f"parley {line}").out)
        shown = plainly(talks.line(f"parley {line} --level public").out)
        assert HERE.partition(", denied")[0] in shown and "not to be met" not in shown and "incomplete" not in shown


def test_where_reports_differ_on_what_was_said_each_is_told_with_its_source(talks: Console) -> None:
    talks.record(
        "negotiation: talks\nsource: {slug: new, title: New, published: 2026-06-21}\nentries:\n"
        "  - {statement: incomplete, by: us, act: stated, says: It is complete., on: 2026-06-02, meets: offer}\n"
    )
    shown = plainly(talks.line("parley show offer --as-of 2026-07-01").out)
    assert "said by the United States on 2 June 2026 to be met, in new, see incomplete" in shown
    assert INCOMPLETE in shown


def test_words_without_a_named_speaker_are_told_as_such(talks: Console) -> None:
    talks.record(
        "negotiation: talks\nsource: {slug: new, title: New, published: 2026-06-21}\nentries:\n"
        "  - {statement: word, by: unattributed, act: stated, says: All is here., meets: offer}\n"
    )
    shown = plainly(talks.line("parley show offer --as-of 2026-07-01").out)
    assert "said without a named speaker on or before 21 June 2026 to be met, in new, see word" in shown
