"""The figures of an entry, merged over the sources that report it."""

from ledger.domain.figures.figure import Figure
from ledger.domain.figures.reading import parse
from ledger.domain.folds import meeting, statement
from ledger.domain.folds.figures import agree, fuller
from tests.examples import announced, held, known, on, said


def figure(words: str, measure: str = "quota", start: str = "") -> Figure:
    return Figure(measure, words, *parse(words, "en").amount, start=on(start))


def last(*story):
    return statement.fold("s1", known(*story, kind="statement"), {})[-1].state


def test_reports_agree_if_every_measure_can_be_true():
    assert agree((figure("20,000 tonnes"),), (figure("at least 15,000 tonnes"), figure("5 percent", "tariff")))
    assert not agree((figure("20,000 tonnes"),), (figure("21,000 tonnes"),))
    assert agree((figure("20 tonnes", start="2026"),), (figure("30 tonnes", start="2027"),))


def test_the_more_precise_value_comes_with_its_own_words():
    merged = fuller((figure("at least 15,000 tonnes"),), (figure("20,000 tonnes"), figure("5 percent", "tariff")))
    assert [(one.measure, one.words) for one in merged] == [("quota", "20,000 tonnes"), ("tariff", "5 percent")]


def test_two_sources_with_compatible_figures_give_the_finer_one():
    story = (
        said("stated", "vn", figures=(figure("about 20,000 tonnes"),)),
        said("stated", "vn", figures=(figure("19,500 tonnes"),), source="ustr"),
    )
    state, contests, (given,), _ = last(*story)
    assert (state.figures, contests) == (("quota: 19,500 tonnes",), ())
    assert (given.words, given.by, given.act, given.entry) == ("19,500 tonnes", ("vn",), "stated", "statement/s1")
    assert given.sources == ("ustr",)
    (other,) = given.also  # told with its own value and its own source
    assert other.endswith(" in vna") and not other.startswith(f"{given.amount.describe()} in ")


def test_figures_that_cannot_both_be_true_are_contested():
    story = (
        said("stated", "vn", figures=(figure("10 of 20"),)),
        said("stated", "vn", figures=(figure("11 of 20"),), source="ustr"),
    )
    _, (contest,), *_ = last(*story)
    assert (contest.field, sorted(contest.values)) == ("figures", ["quota: 10 of 20", "quota: 11 of 20"])


def test_the_figures_of_a_meeting_count_from_the_end_of_the_report_that_gives_them():
    story = (
        held("2025-06-10/2025-06-12", figures=(figure("10 of 20"),)),
        held("2025-06-10/2025-06-14", figures=(figure("10 of 20", "other"),), source="ustr"),
        held("2025-06-10"),
    )
    spans = meeting.fold("round-3", known(*story), {})
    assert [(span.valid_from, len(span.state.state.figures)) for span in spans] == [
        ("2025-06-10", 0),
        ("2025-06-12", 1),
        ("2025-06-14", 2),
    ]
    assert {one.day for one in spans[1].state.figures} == {"2025-06-12"}


def test_the_figures_of_a_meeting_without_a_known_end_count_from_its_first_day():
    (span,) = meeting.fold("round-3", known(held("2025-06-10/..", figures=(figure("10 of 20"),))), {})
    assert (span.valid_from, span.state.figures[0].day) == ("2025-06-10", "2025-06-10")


def test_the_sources_of_a_value_are_those_that_give_it_and_no_other_report_of_the_entry():
    story = (
        announced(source="ministry", inferred="That it is the third round."),
        held(figures=(figure("10 of 20"),)),
        held(figures=(figure("11 of 20"),), source="ustr"),
    )
    (given,) = meeting.fold("round-3", known(*story), {})[-1].state.figures
    assert (given.words, given.sources, given.inferred) == ("10 of 20", ("vna",), "")
