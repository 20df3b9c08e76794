"""The desk as responses: the plain forms, the parts for the script, and refusals in either."""

import json
import re

from ledger.web.desk.site import ADDRESS, KEYS
from tests.ledger.web.desk.conftest import FORM, HOME, AtDesk


def test_a_plain_form_leads_to_the_next_entry(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    answer = at_desk.send(draft, number=at_desk.number(draft), do="skip", entry="e1")
    assert (answer.status, answer.location) == (303, f"{draft}?at=e2#e2")


def test_the_script_gets_only_the_parts_that_changed(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    told = at_desk.do(draft, "skip", "e9")
    assert {"head", "e9"} <= set(told["parts"]) and len(told["parts"]) == 3  # and the sentence
    assert told["at"] == "e1" and "skipped, 1 of 9" in told["says"]
    typed = at_desk.do(draft, "type", "e2", **{"f-says": "Asked."})
    assert "e2" not in typed["parts"] and typed["says"] == ""


def test_the_page_has_the_form_of_the_entry_in_hand_and_links_to_the_others(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    for entry in ("e1", "e7"):
        page = at_desk.page(f"{draft}?at={entry}")
        assert re.findall(r'<form id="(e\d+)"', page) == [entry]
        linked = re.findall(r'<p id="(e\d+)" class="entry open".*?<a href="\?at=(e\d+)#e\d+">', page)
        assert {(one, one) for one in (f"e{number}" for number in range(1, 10))} == {*linked, (entry, entry)}


def test_the_forms_of_other_entries_are_those_of_their_pages(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    at_desk.do(draft, "skip", "e1")  # so that what was said at this meeting has a problem
    found = json.loads(at_desk.page(f"{draft}?forms=e2,e7,e99,"))
    assert found["number"] == at_desk.number(draft) and [*found["parts"]] == ["e2", "e7"]
    assert "There is no meeting" in found["parts"]["e2"]
    for entry, form in found["parts"].items():
        assert form in at_desk.page(f"{draft}?at={entry}")
    assert at_desk.site.respond(draft.replace("enter/", "enter/00"), {"forms": "e1"}).status >= 400


def test_a_skipped_meeting_is_a_problem_of_what_was_said_at_it(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    told = at_desk.do(draft, "skip", "e1")
    assert "There is no meeting &#39;dien-greer-2025-07-09&#39;" in told["parts"]["e2-at-problem"]
    assert "There is no meeting" not in at_desk.do(draft, "undo")["parts"]["e2-at-problem"]


def test_a_form_that_we_did_not_make_is_refused(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    for headers, token in (
        ({}, "guessed"),
        ({"origin": "http://elsewhere.example"}, at_desk.token),
        ({"sec-fetch-site": "cross-site"}, at_desk.token),
    ):
        body = f"token={token}&do=discard".encode()
        answer = at_desk.site.post(draft, {"content-type": FORM, "host": "here", **headers}, body)
        assert answer.status == 409 and "did not come from a page" in answer.body
    assert at_desk.number(draft)


def test_a_refusal_is_told_to_the_script_as_json(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    answer = at_desk.send(draft, True, number=at_desk.number(draft), do="undo")
    assert answer.status == 409
    assert json.loads(answer.body) == {"refused": "There is nothing to undo."}


def test_only_the_desks_addresses_are_its_own() -> None:
    assert ADDRESS.fullmatch(HOME) and ADDRESS.fullmatch(f"{HOME}/0123abcd")
    for path in (f"{HOME}/x", f"{HOME}/0123abcd/", "/enter", f"{HOME}.json", "/vn-us-trade/entered"):
        assert not ADDRESS.fullmatch(path)


def test_no_key_is_used_twice() -> None:
    each = [key for keys in KEYS for key in keys.replace(" or ", " ").split("  ")]
    assert len(each) == len({*each})


def test_hostile_text_is_shown_and_never_run(at_desk: AtDesk) -> None:
    script = "<script>document.title='owned'</script>"
    draft = at_desk.paste(
        f"Nguyen Hong Dien asked the United States to {script} \u202enow\u202c. It was over.", title=script
    )
    body = at_desk.page(draft)
    assert "<script>document" not in body and "&lt;script&gt;" in body
    assert "\\u202e" in body
    assert "<script>document" not in at_desk.page(HOME)
