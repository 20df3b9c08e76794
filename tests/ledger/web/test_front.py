"""The front page says what the command line says, and cuts long sections."""

import json
from pathlib import Path

import pytest

from tests.cli.console import Console

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.ledger.web.serving import page, text_of


def test_the_first_page_says_where_we_stand_as_the_command_line_does(site: Site, tmp_path: Path) -> None:
    body = text_of(page(site, "/?as-of=2025-05-22"))
    told = json.loads(Console(tmp_path).line("parley state --as-of 2025-05-22 --json").out)
    found = json.loads(page(site, "/vn-us-trade.json?as-of=2025-05-22"))
    for name in ("next_round", "asks", "deferred", "follow_ups", "contested"):
        assert found[name] == told[name]
    assert "Round 3 : “early June” (between 1 and 10 June 2025)" in body
    assert "next phase of negotiations, scheduled to take place in early June" in body
    assert "70 days Market economy status of Viet Nam , one of 2 requests: Technical teams should go on" in body
    by = "Viet Nam → asked United States , once on record, on 13 March 2025 by Nguyen Hong Dien (vn) at"
    assert by in body.partition("one of 2 requests: Technical teams should go on")[2]
    assert "reported in Working session of Minister Dien and US Trade Representative Greer" in body


def test_what_changed_is_told_since_the_round_before_and_not_since_a_call_inside_the_round(site: Site) -> None:
    body = text_of(page(site, "/vn-us-trade?as-of=2025-05-22&all=changes"))
    assert "Changed since Ministerial , 13 March 2025" in body
    assert "Changed since Round 2 , 19 to 22 May 2025" in text_of(page(site, "/vn-us-trade?as-of=2025-11-14"))
    assert "Round 3 expected “early June”" in body


def test_long_sections_are_folded_and_can_be_unfolded(site: Site) -> None:
    for number in range(40):
        site.ledger.append("issue", f"matter-{number}", {"title": f"Matter {number}"})
        fields = {"by": "us", "to": "vn", "act": "asked", "issues": f"matter-{number}", "on": "2025-06-04"}
        site.ledger.append("statement", f"ask-{number}", {**fields, "says": f"Ask {number}."}, note=f"Note {number}.")
    folded, unfolded = page(site, "/vn-us-trade"), page(site, "/vn-us-trade?all=asks")
    assert "Show 49 more" in folded
    assert len(folded.encode()) < 100_000
    assert unfolded.count("Matter") > folded.count("Matter")


def test_what_the_parties_call_unresolved_is_on_the_front_page_with_its_words(site: Site) -> None:
    fields = {"by": ["us", "vn"], "act": "unresolved", "issues": "tariffs", "on": "2025-06-04", "says": "It is open."}
    site.ledger.append("statement", "tariffs-open", fields, note="Both say that tariffs are unresolved.")
    body = text_of(page(site, "/vn-us-trade?as-of=2025-06-05"))
    assert "Unresolved, as the parties say 1" in body
    assert "according to United States and Viet Nam" in body
    assert "Unresolved" not in text_of(page(site, "/vn-us-trade?as-of=2025-06-03"))


def test_a_deadline_comes_first_while_it_is_near_and_an_expected_round_has_its_agenda(site: Site) -> None:
    fields = {"says": "Answer the draft.", "owners": "vn", "due": "2025-06-10", "basis": "legal", "on": "2025-05-23"}
    site.ledger.append("deadline", "answer", fields, note="By 10 June.")
    agenda = {"kind": "round", "number": "3", "expected": "early June", "on": "2025-05-24", "issues": "tariffs"}
    site.ledger.append("announcement", "round-3", agenda, note="Tariffs are on the agenda.")
    near, far = (text_of(page(site, f"/vn-us-trade?as-of={day}")) for day in ("2025-06-01", "2025-05-25"))
    assert "in 9 days Answer the draft. Viet Nam , due 10 June 2025, legal" in near
    assert near.index("Answer the draft.") < near.index("Next round") < near.index("Agenda: US tariffs")
    assert far.index("Next round") < far.index("Answer the draft.") < far.index("What changed")
    assert "Answer the draft." in text_of(page(site, "/vn-us-trade/deadline/answer?as-of=2025-06-11"))
    assert "Agenda US tariffs" in text_of(page(site, "/vn-us-trade/meeting/round-3?as-of=2025-05-25"))
    site.ledger.append("task", "draft", {"says": "Draft it."})
    assert "Draft it." not in text_of(page(site, "/vn-us-trade"))


def test_what_was_deferred_is_on_the_front_page_with_its_words_and_source(site: Site) -> None:
    fields = {"by": "us", "to": "vn", "act": "deferred", "issues": "market-economy-status", "on": "2025-06-04"}
    asks = json.loads(page(site, "/vn-us-trade/asks.json?as-of=2025-06-03"))["rows"]
    fields["answers"] = next(one["last_statement"] for one in asks if "soon recognise" in one["says"])
    site.ledger.append("statement", "later", fields | {"says": "It will consider it."}, note="We will consider it.")
    body = text_of(page(site, "/vn-us-trade?as-of=2025-06-05"))
    assert "Deferred 1" in body
    assert "It will consider it." in body
    assert "deferred by United States on 4 June 2025; reported in" in body, body[body.index("Deferred 1") :][:900]
    assert "We will consider it." in body
    assert "Deferred" not in text_of(page(site, "/vn-us-trade?as-of=2025-06-03"))


def test_the_head_of_the_page_says_what_each_side_asked_with_age_speaker_answer_and_source(site: Site) -> None:
    body = text_of(page(site, "/vn-us-trade?as-of=2025-05-22").partition("Also expected")[0])
    asked = "Asked by Viet Nam 9 not answered Market economy status of Viet Nam , one of 2 requests: Technical teams"
    assert asked in body
    assert "70 days , by Nguyen Hong Dien (vn) , on 13 March 2025; no answer on record ? Not verified: " in body
    assert "Asked by the United States 4 not answered" in body
    ours = text_of(page(site, "/vn-us-trade?as-of=2025-05-22&us=vn"))
    assert "Asked of us 4 not answered, made in 2 statements Opening of Viet Nam's market" in ours
    assert "Asked by us 9 not answered Market economy status of Viet Nam" in ours
    assert "There is no party 'nobody'" in site.respond("/vn-us-trade", {"us": "nobody"}).body.replace("&#39;", "'")


def test_of_many_askers_the_head_of_the_page_shows_that_of_the_longest_wait_and_that_of_the_most_asks(
    site: Site,
) -> None:
    site.ledger.append("party", "eu", {"name": "European Union"})
    site.ledger.append("issue", "early", {"title": "Early matter"})
    fields = {"by": "eu", "act": "asked", "issues": "early", "on": "2024-01-04", "says": "Begin."}
    site.ledger.append("statement", "eu-asked", fields, note="The Union asked early.")
    head = text_of(page(site, "/vn-us-trade?as-of=2025-05-22").partition("Also expected")[0])
    assert "Asked by European Union 1 not answered Early matter : Begin" in head
    assert "Asked by Viet Nam 9 not answered" in head
    body = text_of(page(site, "/vn-us-trade?as-of=2025-05-22"))
    assert "European Union → asked nobody named" in body
    assert "European Union → asked nobody named" in text_of(page(site, "/vn-us-trade/issue/early?as-of=2025-05-22"))
    assert "nobody named" in text_of(page(site, "/vn-us-trade/asks?as-of=2025-05-22&who=eu"))


def test_an_ask_that_may_be_answered_is_not_said_to_have_no_answer_on_record(site: Site) -> None:
    site.ledger.append("issue", "matter", {"title": "The matter"})
    asked = {"by": "us", "to": "vn", "act": "asked", "issues": "matter", "on": "[..2025-05-20]", "says": "Begin."}
    site.ledger.append("statement", "us-asked", asked, note="The United States asked.")
    fields = {"by": "vn", "to": "us", "act": "accepted", "issues": "matter", "on": "2025-05-19", "says": "Yes."}
    site.ledger.append("statement", "vn-accepted", fields, note="Viet Nam agreed.")
    shown = text_of(page(site, "/vn-us-trade/issue/matter?as-of=2025-05-22")).partition("Asks 1")[2]
    assert "unless answered" in shown
    assert "on or before 20 May 2025; no answer known to have come" in shown
    assert "no answer on record" not in shown


def test_what_is_due_and_what_changed_are_at_the_head_of_the_page(site: Site) -> None:
    fields = {"says": "Answer the draft.", "owners": "vn", "due": "2025-06-10", "on": "2025-05-23"}
    site.ledger.append("follow-up", "answer", fields, note="By 10 June.")
    nothing = "What is due Nothing on record has a date that is due."
    assert nothing in text_of(page(site, "/vn-us-trade?as-of=2025-05-22"))
    head = text_of(page(site, "/vn-us-trade?as-of=2025-06-11")).partition("All 12")[0]
    due = text_of(page(site, "/vn-us-trade?as-of=2025-06-11"))
    assert "What is due past due Answer the draft. Viet Nam , due 10 June 2025" in due
    assert head.index("Next round") < head.index("What was asked")
    changed = text_of(page(site, "/vn-us-trade?as-of=2025-05-22"))
    assert (
        "What changed since Ministerial, 13 March 2025 Viet Nam proposed to the United States on 7 May 2025" in changed
    )
