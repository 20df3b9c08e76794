"""Parties, people with their posts, sources."""

import msgspec

from ledger.domain.events import Recorded, Stream
from ledger.domain.folds.names import fold_party, fold_person, fold_source, memberships
from ledger.domain.reports import reported_on
from ledger.domain.states import ALWAYS
from tests.examples import NOW, appointed, corrected, known, left_post, on, party, person, registered, role


def posts(*story, **published: str) -> list[tuple[str, str]]:
    return [(span.state.post, span.valid_from) for span in fold_person("dien", known(*story, **published), {})]


def test_a_name_holds_always():
    (span,) = fold_party("vn", known(party("Viet Nam", "Vietnam")), {})
    assert (span.state.name, span.state.aliases, span.valid_from) == ("Viet Nam", ("Vietnam",), ALWAYS)


def test_a_name_without_a_source_counts_as_always_reported():
    stream = Stream("vn-us-trade", "party", "us")
    assert reported_on(Recorded(1, stream, 1, NOW, "keeper", party()), None) == ALWAYS
    assert reported_on(Recorded(1, stream, 1, NOW, "keeper", appointed()), None) == "2025-06-15"


def test_the_name_of_a_party_in_a_sentence_is_kept_beside_it():
    named = msgspec.structs.replace(party("United States"), in_sentences="the United States")
    (span,) = fold_party("us", known(named), {})
    assert (span.state.name, span.state.in_sentences) == ("United States", "the United States")
    (span,) = fold_party("us", known(party("United States"), corrected(in_sentences="the US")), {})
    assert span.state.in_sentences == "the US"


def test_a_corrected_name_holds_always_too():
    (span,) = fold_party("vn", known(party("Viet Nan"), corrected(name="Viet Nam")), {})
    assert (span.state.name, span.valid_from) == ("Viet Nam", ALWAYS)


def test_a_person_holds_each_post_from_the_day_of_the_appointment():
    story = (person(), appointed("Deputy Minister", "2024-01-10"), appointed("Minister", "2025-04-01"))
    assert posts(*story) == [("", ALWAYS), ("Deputy Minister", "2024-01-10"), ("Minister", "2025-04-01")]


def test_an_appointment_filed_late_takes_its_right_place():
    story = (person(), appointed("Minister", "2025-04-01"), appointed("Deputy Minister", "2024-01-10"))
    assert posts(*story)[-1] == ("Minister", "2025-04-01")


def test_a_post_since_nobody_knows_when_counts_from_the_report():
    assert posts(person(), appointed("Minister", "", source="ustr"), ustr="2025-05-30")[-1] == (
        "Minister",
        "2025-05-30",
    )


def test_an_appointment_may_change_whom_a_person_speaks_for():
    spans = fold_person("dien", known(person(party="vn"), appointed("Envoy", "2025-04-01", party="eu")), {})
    assert [span.state.party for span in spans] == ["vn", "eu"]


def ends(*story, **published: str) -> list[tuple[str, str, str]]:
    spans = fold_person("dien", known(*story, **published), {})
    return [(span.state.post, span.state.left, span.valid_from) for span in spans]


def test_a_person_who_left_a_post_has_it_no_longer_and_an_earlier_one_does_not_come_back():
    story = (person(), appointed("Deputy", "2024-01-10"), appointed("Minister", "2025-04-01"))
    assert ends(*story, left_post("Minister", "2025-06-10"))[-1] == ("", "Minister", "2025-06-10")
    assert ends(*story, left_post("", "2025-06-10"))[-1] == ("", "Minister", "2025-06-10")
    assert ends(*story, left_post("Deputy", "2025-06-10"))[-1] == ("Minister", "", "2025-04-01")
    again = ends(*story, left_post("minister", "2025-06-10"), appointed("Minister", "2025-09-01"))
    assert again[-2:] == [("", "Minister", "2025-06-10"), ("Minister", "", "2025-09-01")]


def test_of_several_posts_the_one_that_ended_is_named_and_the_others_stay():
    both = [appointed(post, source="ustr") for post in ("Minister", "Head of the delegation")]
    found = ends(person(), *both, left_post("Minister", "2025-06-10"), ustr="2025-05-30")
    assert found[-1] == ("Head of the delegation", "Minister", "2025-06-10")


def test_the_end_of_a_post_is_as_imprecise_as_its_report():
    story = (person(), appointed("Minister", "2025-04-01"), left_post("", "2025-06"))
    last = fold_person("dien", known(*story), {})[-1]
    assert (last.state.until, last.valid_from) == (on("2025-06"), "2025-06-30")
    assert (last.state.since, last.state.post) == (on("2025-04-01"), "")


def held(*story, **published: str) -> list[tuple[str, str, str]]:
    spans = memberships("pl", known(party(), *story, kind="party", slug="pl", **published))
    return [(f"{span.state.role} {span.state.of}".strip(), span.valid_from, span.valid_to) for span in spans]


def test_a_role_lasts_from_its_first_day_through_its_last():
    assert held(role("member", "eu", "2004-05-01")) == [("member eu", "2004-05-01", "")]
    assert held(role("member", "eu", "1973", "2020-01-31")) == [("member eu", "1973-12-31", "2020-02-01")]
    assert held(role("chair", since="2025-05", until="2025-06")) == [("chair", "2025-05-31", "2025-07-01")]
    assert held(role("observer")) == [("observer", ALWAYS, "")]  # nobody reports that it began
    assert held(role("observer", source="")) == [("observer", ALWAYS, "")]  # as a name
    assert held(role("observer", until="2025-05-20")) == [("observer", ALWAYS, "2025-05-21")]
    assert held(role("observer"), role("observer", since="2025-05-20")) == [("observer", "2025-05-20", "")]
    assert held(role("observer", until="9999-12-31", source="")) == [("observer", ALWAYS, "")]


def test_another_report_ends_a_role_or_begins_it_again():
    joined, left = role("member", "eu", "1973-01-01"), role("member", "eu", until="2020-01-31", source="ustr")
    assert held(joined, left) == held(left, joined)
    assert [(start, end) for _, start, end in held(joined, left)][-1][1] == "2020-02-01"
    again = held(joined, left, role("member", "eu", "2030-01-01"))
    assert [(start, end) for _, start, end in again][-1] == ("2030-01-01", "")
    assert held(joined, role("chair", since="2025-01-01"))[1:] == [("chair", "2025-01-01", "")]


def test_a_source_is_there_from_the_day_it_was_published():
    (span,) = fold_source("vna", known(registered("Round two", "2025-05-22", text="Talks."), kind="source"), {})
    assert (span.valid_from, span.state.title, span.state.published) == ("2025-05-22", "Round two", on("2025-05-22"))
    assert span.state.text_length == 6


def test_all_posts_that_the_last_report_gives_are_kept():
    both = [appointed(post, source="ustr") for post in ("Minister", "Head of the delegation")]
    story = (person(), appointed("Envoy"), *both)
    found = posts(*story, vna="2025-03-14", ustr="2025-05-30")
    assert found[1:] == [("Envoy", "2025-03-14"), ("Minister; Head of the delegation", "2025-05-30")]
    later = (person(), appointed("Deputy", "2024-01-10"), appointed("Minister", "2025-04-01"))
    assert posts(*later)[-1] == ("Minister", "2025-04-01")  # one source, but one post after the other
