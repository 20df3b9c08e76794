"""Short forms: a note of one's own, correct, retract, close, call off; each with its refusals beside its fields."""

from contextlib import closing

import pytest

from ledger.domain.quotations import fingerprint
from ledger.web.request import Response
from tests.ledger.web.desk.conftest import AtDesk
from tests.ledger.web.serving import text_of

HOME = "/vn-us-trade"


def newest(at_desk: AtDesk) -> tuple[str, str, str]:
    """The keeper, the event and the sentence that were recorded last."""
    with closing(at_desk.site.ledger.views()) as views:
        last = views.log()[-1]
    return last.recorded_by, last.event, last.sentence


def sends(at_desk: AtDesk, path: str, **values: object) -> str:
    """Where a short form leads; it must be filed."""
    answer = at_desk.send(HOME + path, keeper="minh", **values)
    assert answer.status == 303, text_of(answer.body)
    return answer.location


def test_a_note_of_ones_own_is_filed_with_its_words_as_the_source(at_desk: AtDesk) -> None:
    page = at_desk.page(f"{HOME}/note")
    assert "A note of your own" in page and 'name="f-act"' in page
    fields = {"f-by": "us/jamieson-greer", "f-act": "refused", "f-issues": "tariffs", "f-on": "2026-11-20"}
    where = sends(at_desk, "/note", kind="statement", note="Greer said no to lower tariffs.", **fields)
    assert where.startswith(f"{HOME}/statement/statement-greer")
    keeper, event, _ = newest(at_desk)
    assert (keeper, event) == ("minh", "StatementReported")
    assert "Greer said no to lower tariffs" in at_desk.page(where)


def test_another_kind_of_note_has_other_fields(at_desk: AtDesk) -> None:
    assert 'name="f-due"' in at_desk.page(f"{HOME}/note?kind=follow-up")
    assert 'name="f-held"' in at_desk.page(f"{HOME}/note?kind=meeting")
    assert 'name="f-act"' in at_desk.page(f"{HOME}/note?kind=nothing")


def test_a_problem_stands_at_its_field_and_nothing_that_was_typed_is_lost(at_desk: AtDesk) -> None:
    before = newest(at_desk)
    fields = {"f-by": "greenland", "f-act": "refused", "f-issues": "tariffs"}
    answer = at_desk.send(f"{HOME}/note", keeper="minh", kind="statement", note="Nobody came.", **fields)
    assert answer.status == 200 and "<title>Error:" in answer.body
    assert "There is no party &#39;greenland&#39;" in answer.body
    assert 'value="greenland"' in answer.body and "Nobody came." in answer.body
    assert newest(at_desk) == before


def test_an_entry_is_corrected_with_the_reason(at_desk: AtDesk) -> None:
    assert f"{HOME}/correct/round-2" in at_desk.page(f"{HOME}/meeting/round-2")
    sends(at_desk, "/correct/round-2", field="place", value="Hue", all="yes", reason="As the ministry writes it.")
    assert newest(at_desk)[1] == "EntryCorrected"
    page = text_of(at_desk.page(f"{HOME}/meeting/round-2"))
    assert "Place Hue" in page and "As the ministry writes it" in page


def test_an_entry_is_retracted_with_the_cause(at_desk: AtDesk) -> None:
    where = sends(at_desk, "/retract/greer-commends-goodwill", cause="entry-error", reason="Filed twice.")
    page = at_desk.page(where)
    assert "Retracted" in page and "Filed twice." in page
    assert "/retract/greer-commends-goodwill" not in page


@pytest.mark.parametrize("does", ["correct", "retract"])
def test_the_reason_is_asked(at_desk: AtDesk, does: str) -> None:
    before = newest(at_desk)
    values = {"field": "place", "value": "Hue", "cause": "entry-error", "reason": " ", "keeper": "minh"}
    answer = at_desk.send(f"{HOME}/{does}/round-2", **values)
    assert "Give the reason" in text_of(answer.body)
    assert newest(at_desk) == before


def test_a_follow_up_is_closed_from_its_page(at_desk: AtDesk) -> None:
    page = at_desk.page(f"{HOME}/follow-up/propose-wording")
    assert "/close/propose-wording" in page
    fields = {"f-outcome": "done", "f-on": "2026-11-20", "f-by": "vn"}
    where = sends(at_desk, "/close/propose-wording", note="Vietnam sent its wording.", **fields)
    page = at_desk.page(where)
    assert "done" in text_of(page) and "/close/propose-wording" not in page


def test_an_announced_meeting_is_called_off_from_its_page(at_desk: AtDesk) -> None:
    sends(
        at_desk, "/note", kind="announcement", note="A seventh round in December.",
        slug="round-7", **{"f-kind": "round", "f-number": "7", "f-expected": "2026-12", "f-on": "2026-11-20"},
    )  # fmt: skip
    assert "/call-off/round-7" in at_desk.page(f"{HOME}/meeting/round-7")
    where = sends(at_desk, "/call-off/round-7", note="They are not ready.", **{"f-on": "2026-11-21"})
    assert "called off" in text_of(at_desk.page(where)).lower()


def unfrozen(at_desk: AtDesk) -> str:
    """A source without its text, from which an entry quotes a word; the address of its page."""
    ledger = at_desk.site.ledger
    fields = {"title": "Readout", "publisher": "Gazette", "published": "2026-11-19"}
    ledger.append("source", "readout", fields, negotiation="vn-us-trade")
    said = {"by": "us", "act": "refused", "issues": "tariffs", "on": "2026-11-19", "quote": "no lower tariffs"}
    ledger.append("statement", "us-refuses", said, negotiation="vn-us-trade", source="readout")
    return f"{HOME}/source/readout"


def test_the_text_of_a_source_is_added_from_its_page(at_desk: AtDesk) -> None:
    page = unfrozen(at_desk)
    assert "/text/readout" in at_desk.page(page)
    assert "Freeze the text" in at_desk.page(f"{HOME}/text/readout")
    assert sends(at_desk, "/text/readout", text="There will be no lower tariffs.\r\nSo they said.") == page
    assert newest(at_desk)[:2] == ("minh", "SourceTextFrozen")
    shown = at_desk.page(page)
    assert "So they said." in shown and "/text/readout" not in shown
    with closing(at_desk.site.ledger.views()) as views:
        assert {one.slug: one.sha256 for one in views.sources()}["readout"] == fingerprint(
            "There will be no lower tariffs.\nSo they said."
        )


def test_a_text_that_lacks_a_quotation_is_refused_and_not_lost(at_desk: AtDesk) -> None:
    unfrozen(at_desk)
    before = newest(at_desk)
    answer = at_desk.send(f"{HOME}/text/readout", keeper="minh", text="They said nothing.")
    assert "no lower tariffs" in text_of(answer.body) and "They said nothing." in answer.body
    assert "Paste the text" in text_of(at_desk.send(f"{HOME}/text/readout", keeper="minh", text=" ").body)
    assert newest(at_desk) == before


def test_the_text_may_come_from_a_file_and_is_frozen_as_it_is(at_desk: AtDesk) -> None:
    unfrozen(at_desk)
    parts = {"token": at_desk.token, "keeper": "minh", "text": ""}
    content = b"They want no lower tariffs.\r\n"

    def send(file: bytes) -> Response:
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
        )
        body += '--x\r\nContent-Disposition: form-data; name="file"; filename="readout.txt"\r\n\r\n'
        headers = {"content-type": "multipart/form-data; boundary=x", "host": "here"}
        return at_desk.site.post(f"{HOME}/text/readout", headers, body.encode() + file + b"\r\n--x--\r\n")

    assert "readout.txt cannot be read: it is not UTF-8 text" in text_of(send(b"\xff\xfe\xfd").body)
    assert send(content).status == 303
    with closing(at_desk.site.ledger.views()) as views:
        assert {one.slug: one.sha256 for one in views.sources()}["readout"] == fingerprint(content.decode())


def test_a_note_without_words_and_an_entry_that_is_not_there_are_refused(at_desk: AtDesk) -> None:
    assert "Write the note" in text_of(at_desk.send(f"{HOME}/close/propose-wording", keeper="minh").body)
    assert at_desk.site.respond(f"{HOME}/correct/nothing", {}).status == 404
    assert at_desk.send(f"{HOME}/retract/nothing", keeper="minh", reason="x").status == 409


def test_a_keeper_changes_the_level_of_an_entry_with_the_reason(at_desk: AtDesk) -> None:
    assert f"{HOME}/level/round-2" in at_desk.page(f"{HOME}/meeting/round-2")
    page = at_desk.page(f"{HOME}/level/round-2")
    assert "<option selected>public</option><option>internal</option><option>confidential</option>" in page
    answer = at_desk.send(f"{HOME}/level/round-2", keeper="minh", level="internal", reason="")
    assert answer.status == 200 and "Nothing was written" in answer.body
    assert sends(at_desk, "/level/round-2", level="internal", reason="Asked.") == f"{HOME}/meeting/round-2"
    assert newest(at_desk)[:2] == ("minh", "LevelSet")
    assert "<option selected>internal</option>" in at_desk.page(f"{HOME}/level/round-2")
    again = at_desk.send(f"{HOME}/level/round-2", keeper="minh", level="internal", reason="Again.")
    assert again.status == 200 and "is internal already" in again.body
