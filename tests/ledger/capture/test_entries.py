"""Suggestions as entries: their slugs, and their fields as a person would type them."""

from ledger.capture.entries import EntryDrafted, entries
from tests.ledger.capture.reports import drafted

TEXT = (
    "Canadian Fisheries Minister Anne Roy and Minister Dahl met in Oslo on March 12. Roy rejected the cod quota. "
    "Dahl said that Canada should yield: “no” was no answer. The sea is cold."
)


def made(text: str = TEXT, taken: tuple[str, ...] = ()) -> list[EntryDrafted]:
    return entries(drafted(text), taken)


def test_the_people_whom_the_report_introduces_come_first() -> None:
    assert [one.kind for one in made()] == ["person", "appointment", "meeting", "statement", "statement"]
    person, appointment = made()[:2]
    assert person.fields == {"name": "Anne Roy", "party": "ca"}
    assert (person.slug, person.quote) == (appointment.slug, appointment.fields["quote"])


def test_a_field_in_doubt_is_left_open_with_what_it_may_be() -> None:
    doubtful = made()[-1]
    assert doubtful.fields["act"] == ""
    assert doubtful.left == {"act": "asked or stated or proposed or promised"}


def test_a_day_has_the_words_that_it_was_read_from() -> None:
    assert made()[2].fields["held"] == {"date": "2024-03-12", "words": "on March 12"}


def test_a_slug_that_is_taken_is_not_given_again() -> None:
    assert made()[3].slug == "roy-refused-cod"
    assert made(taken=("roy-refused-cod",))[3].slug == "roy-refused-cod-2"


def test_a_meeting_of_record_keeps_its_slug_and_is_marked() -> None:
    (meeting,) = made("Norway and Canada held the third round of talks in Oslo.")
    assert (meeting.slug, meeting.is_of_record) == ("round-3", True)


def test_what_was_said_at_a_meeting_needs_no_day_of_its_own() -> None:
    meeting, statement = made("Norway and Canada met in Oslo on March 12. Norway welcomed the progress on cod.")
    assert (statement.fields["at"], "on" in statement.fields) == (meeting.slug, False)
    (alone,) = made("On March 12, Norway welcomed the progress on cod.")
    assert alone.fields["on"] == {"date": "2024-03-12", "words": "On March 12"}


def test_the_condition_of_a_statement_is_drafted_where_its_words_are_plain() -> None:
    def condition(text: str) -> str:
        (one,) = [one for one in entries(drafted(text), set()) if one.kind == "statement"]
        return str(one.fields.get("conditional-on", ""))

    assert (
        condition("Norway offered 30 tonnes provided that Canada ends its inspections.")
        == "Canada ends its inspections"
    )
    assert condition("Norway offered 30 tonnes.") == ""
    assert condition("Norway asked if Canada would end its inspections.") == ""


def test_a_deadline_is_offered_as_a_second_entry_and_an_expectation_is_not() -> None:
    def besides(text: str) -> str:
        (one,) = [one for one in entries(drafted(text), set()) if one.kind == "statement"]
        return one.besides.kind if one.besides else ""

    assert besides("Norway set a deadline of 1 April for the reply of Canada.") == "deadline"
    assert besides("Norway promised a text by 1 April.") == "follow-up"
    assert besides("Norway rejected the deadline.") == ""


def besides(text: str) -> EntryDrafted | None:
    (one,) = made(text)
    return one.besides


def test_the_act_that_a_speaker_reports_of_the_other_side_is_offered_with_who_reported_it() -> None:
    for text in (
        "Tremblay said that Norway had rejected the text.",
        "Tremblay told reporters that Norway rejected the text.",
    ):
        one = besides(text)
        assert one and one.kind == "statement"
        told = {name: one.fields[name] for name in ("by", "act", "reported-by")}
        assert told == {"by": "no", "act": "refused", "reported-by": "ca/paul-tremblay"}
    for text in ("Tremblay said that Canada had rejected the text.", "Tremblay said that Norway would come."):
        assert besides(text) is None, text


def test_the_follow_up_of_a_promise_is_promised() -> None:
    one = besides("Dahl promised to send the data by 10 April.")
    assert one and (one.kind, one.fields["as"]) == ("follow-up", "promised")
    assert besides("Dahl promised to send the data.") is None


def test_agreed_wording_is_offered_with_its_provision() -> None:
    one = besides("Under article 4.2, which both sides agreed, “no vessel shall be boarded without notice”.")
    assert one and one.kind == "wording"
    assert one.fields["provision"] == "4.2" and one.fields["status"] == "agreed"
    assert one.fields["words"] == "no vessel shall be boarded without notice"
    assert besides("Under terms that both sides agreed, “no vessel shall be boarded without notice”.") is None


def test_a_counterpart_is_no_post() -> None:
    made = entries(drafted("Her Canadian counterpart, Luc Roy, asked for a pause."), set())
    assert [(one.kind, one.slug) for one in made if one.kind in ("person", "appointment")] == [("person", "luc-roy")]
