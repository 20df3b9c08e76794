"""The differences between two states of one entry, in short phrases."""

from ledger.dates import When
from ledger.domain.folds import statement
from ledger.domain.states import Ask, FollowUp
from ledger.domain.voices import Person
from ledger.domain.wording import changes, said, written
from tests.examples import agreed, closed, conversation, follow_ups, known, on
from tests.examples import said as stated


def ask(*statements) -> Ask:
    return conversation(*statements).asks[-1].state


def test_a_first_state_says_only_what_it_began_as():
    assert [*changes(None, ask(stated("asked", "us", "vn")))] == ["status: open", "waiting since: 2025-05-01"]
    (begun,) = follow_ups(agreed("2025-06")).values()
    assert [*changes(None, begun)] == ["status: open"]


def test_later_states_say_what_is_new_what_changed_and_what_is_gone():
    asked, again = stated("asked", "us", "vn"), stated("asked", "us", "vn", "2025-05-03")
    refused = stated("refused", "vn", "us", "2025-05-05")
    assert [*changes(ask(asked), ask(asked, again))] == ["asked twice"]
    assert [*changes(ask(asked), ask(asked, refused))] == [
        "status: open → answered",
        "reply: refused",
        "no longer waiting",
    ]
    assert [*changes(ask(asked), ask(asked))] == []


def test_lists_and_dates_are_written_in_words():
    (was, is_) = follow_ups(agreed("2025-06"), closed(by=("vn",))).values()
    assert [*changes(was, is_)] == ["status: open → done", "closed on: 10 June 2025", "closed by: {vn}"]
    assert [*changes(is_, is_._replace(owners=("vn", "us"), due=When()))] == [
        "owners: {vn} → {vn} and {us}",
        "due: no longer June 2025",
    ]


def test_fields_that_tell_a_reader_nothing_are_left_out():
    person = Person("dien", "Dien", (), "vn", "Minister", on("2025-04"), "", on(""))
    assert [*changes(person, person._replace(aliases=("Diên",)))] == []
    assert [*changes(None, person)] == ["post: Minister"]
    assert {*FollowUp._fields} > {"agreed_on", "sources"}


def test_an_empty_value_says_nothing():
    assert [said(value) for value in (None, (), When(), "")] == [""] * 4
    assert (said(0), said(False)) == ("0", "False")
    assert written(("vn", "us")) == "vn, us"


def test_a_word_of_the_vocabulary_is_written_without_hyphens():
    refused = ask(stated("asked", "us", "vn"))._replace(last_answer_act="refused")
    found = changes(refused, refused._replace(last_answer_act="accepted-in-part"))
    assert [*found] == ["reply: refused → accepted in part"]


def test_each_of_two_answers_has_its_party_and_is_no_reply_while_the_issue_stays_open():
    asked, refused = stated("asked", "us", "vn"), stated("refused", "vn", "us", "2025-05-05")
    was, is_ = (conversation(*said).issue[-1].state for said in ([asked], [asked, refused]))
    assert "reply: refused by {vn}" in [*changes(was, is_)]
    two = is_._replace(other_answers=("accepted",), other_answers_by=("us",))
    assert "reply: refused by {vn}, earlier or later accepted by {us}" in [*changes(was, two)]
    assert "said: refused by {vn}, earlier or later accepted by {us}" in [*changes(was, two._replace(status="open"))]


def test_what_a_source_says_itself_is_no_longer_only_told():
    by_official = stated("asked", "us", "vn", "", reported_by="An official")
    was, is_ = (
        span.state.state
        for span in statement.fold("s1", known(by_official, OWN, kind="statement", ustr="2025-06-01"), {})
    )
    assert [*changes(was, is_)] == [
        "on: on or before 1 June 2025",
        "told by a source itself, no longer only by An official",
    ]


OWN = stated("asked", "us", "vn", "", source="ustr")
