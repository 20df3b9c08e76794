"""People: the posts that they hold and left, according to the reports."""

from ledger.domain.folds.person import fold
from ledger.domain.states import ALWAYS
from tests.examples import appointed, known, left_post, on, person


def posts(*story, **published: str) -> list[tuple[str, str]]:
    return [(span.state[0].post, span.valid_from) for span in fold("dien", known(*story, **published), {})]


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
    spans = fold("dien", known(person(party="vn"), appointed("Envoy", "2025-04-01", party="eu")), {})
    assert [span.state[0].party for span in spans] == ["vn", "eu"]


def ends(*story, **published: str) -> list[tuple[str, str, str]]:
    spans = fold("dien", known(*story, **published), {})
    return [(span.state[0].post, span.state[0].left, span.valid_from) for span in spans]


def test_a_person_who_left_a_post_has_it_no_longer_and_an_earlier_one_does_not_come_back():
    story = (person(), appointed("Deputy", "2024-01-10"), appointed("Minister", "2025-04-01"))
    assert ends(*story, left_post("Minister", "2025-06-10"))[-1] == ("", "Minister", "2025-06-10")
    assert ends(*story, left_post("", "2025-06-10"))[-1] == ("", "Minister", "2025-06-10")
    assert ends(*story, left_post("Deputy", "2025-06-10"))[-1] == ("Minister", "Deputy", "2025-06-10")
    again = ends(*story, left_post("minister", "2025-06-10"), appointed("Minister", "2025-09-01"))
    assert again[-2:] == [("", "Minister", "2025-06-10"), ("Minister", "", "2025-09-01")]


def test_of_several_posts_the_one_that_ended_is_named_and_the_others_stay():
    both = [appointed(post, source="ustr") for post in ("Minister", "Head of the delegation")]
    found = ends(person(), *both, left_post("Minister", "2025-06-10"), ustr="2025-05-30")
    assert found[-1] == ("Head of the delegation", "Minister", "2025-06-10")


def test_the_end_of_a_post_is_as_imprecise_as_its_report():
    story = (person(), appointed("Minister", "2025-04-01"), left_post("", "2025-06"))
    last = fold("dien", known(*story), {})[-1]
    assert (last.state[0].until, last.valid_from) == (on("2025-06"), "2025-06-30")
    assert (last.state[0].since, last.state[0].post) == (on("2025-04-01"), "")


def test_all_posts_that_the_last_report_gives_are_kept():
    both = [appointed(post, source="ustr") for post in ("Minister", "Head of the delegation")]
    story = (person(), appointed("Envoy"), *both)
    found = posts(*story, vna="2025-03-14", ustr="2025-05-30")
    assert found[1:] == [("Envoy", "2025-03-14"), ("Minister; Head of the delegation", "2025-05-30")]
    later = (person(), appointed("Deputy", "2024-01-10"), appointed("Minister", "2025-04-01"))
    assert posts(*later)[-1] == ("Minister", "2025-04-01")  # one source, but one post after the other


def of_last(*story, **published: str):
    """The last state of a person, and the contests in it."""
    return fold("dross", known(*story, **published), {})[-1].state


R2, R3 = {"source": "vna"}, {"source": "ustr"}


def test_of_two_reports_of_an_appointment_whose_order_is_not_known_the_newest_counts():
    """The one "next week", the other on the first day of that week, each with its own words for the post."""
    first = appointed("leader of the delegation", "2026-03-02/2026-03-08", **R2)
    second = appointed("chief negotiator", "2026-03-02", **R3)
    for story in ((first, second), (second, first)):
        state, contests = of_last(person(), *story, vna="2026-02-27", ustr="2026-03-17")[:2]
        assert (state.post, state.since, state.posts_in) == ("chief negotiator", on("2026-03-02"), ("ustr",))
        assert (state.also_reported, contests) == ("leader of the delegation", ())


def test_an_appointment_that_surely_began_later_counts_though_an_older_report_gives_it():
    story = (person(), appointed("Envoy", "2026-04-10", **R2), appointed("Deputy", "2026-03-02", **R3))
    days = {"vna": "2026-02-27", "ustr": "2026-03-17"}
    assert posts(*story, **days)[1:] == [("Deputy", "2026-03-02"), ("Envoy", "2026-04-10")]
    undated = (person(), appointed("Envoy", "2026-04-10", **R2), appointed("Deputy", **R3))
    assert posts(*undated, **days)[1:] == [("Deputy", "2026-03-17"), ("Envoy", "2026-04-10")]


def test_a_post_that_no_report_ended_is_named_until_one_does_or_a_fuller_name_has_it():
    story = (person(), appointed("Justice Minister", **R2), appointed("chief negotiator", "2026-03-02", **R3))
    days = {"vna": "2026-02-27", "ustr": "2026-03-17"}
    assert of_last(*story, **days)[0].also_reported == "Justice Minister"
    left = of_last(*story, left_post("Justice Minister", "2026-03-20", **R3), **days)[0]
    assert (left.post, left.left, left.also_reported) == ("chief negotiator", "Justice Minister", "")
    assert of_last(*story, left_post("", "2026-03-20", **R3), **days)[0].also_reported == ""
    named = (person(), appointed("Minister", **R2), appointed("Justice Minister", **R3))
    assert of_last(*named, **days)[0].also_reported == ""


def test_two_reports_of_one_leaving_are_contested_if_their_days_differ_and_both_reasons_are_told():
    ends = (
        left_post("", "2026-02-25", reason="personal reasons", **R2),
        left_post("", "2026-02-24", reason="dismissed", **R3),
    )
    days = {"vna": "2026-02-27", "ustr": "2026-03-17"}
    for one, other in (ends, ends[::-1]):
        state, contests = of_last(person(), appointed("Minister", "2026-01-10", **R2), one, other, **days)[:2]
        assert (state.left, state.until, state.contested) == ("Minister", on("2026-02-24"), ("until",))
        assert state.left_because == "personal reasons (vna) or dismissed (ustr)"
        assert [set(one.values) for one in contests] == [{"24 February 2026", "25 February 2026"}]
    state, contests = of_last(person(), appointed("Minister", "2026-01-10", **R2), ends[0], **days)[:2]
    assert (state.left_because, state.contested, contests) == ("personal reasons", (), ())


def test_the_ends_of_two_posts_are_not_two_reports_of_one_end():
    both = (appointed("Minister", **R2), appointed("Envoy", **R2))
    ends = (left_post("Minister", "2026-02-25", **R2), left_post("Envoy", "2026-03-05", **R3))
    state, contests = of_last(person(), *both, *ends, vna="2026-02-20", ustr="2026-03-17")[:2]
    assert (state.left, state.until, contests) == ("Minister; Envoy", on("2026-03-05"), ())
