"""The order in which statements on an issue are heard."""

from ledger.domain.clocks import in_order, source_of_turn
from ledger.domain.folds.issues.hearing import by_day, undated
from ledger.domain.kinds import Span
from tests.examples import said, spoken


def test_statements_begin_and_cease_to_touch_an_issue_on_the_days_of_their_spans():
    first, second = spoken(said("asked", "vn", "us"), said("refused", "us", "vn", "2025-05-03"))
    ended = Span(first.state, first.valid_from, "2025-05-03")
    days = [(day, [one.act for one in arriving], [one.act for one in leaving])
            for day, arriving, leaving in by_day([second, ended])]  # fmt: skip
    assert days == [("2025-05-01", ["asked"], []), ("2025-05-03", ["refused"], ["asked"])]


def test_dated_statements_keep_their_order_and_among_undated_ones_of_a_source_objections_come_last():
    dated = [one.state for one in spoken(said("objected", "us", "vn"), said("asked", "vn", "us"))]
    assert [one.act for one in in_order(dated)] == ["objected", "asked"]
    no_day = said("asked", "vn", "us").on.__class__()
    vague = [one.state for one in spoken(said("objected", "us", "vn", on=no_day), said("asked", "vn", "us", on=no_day))]
    turned = [one._replace(turn=f"2025-05-01 vna {nth}") for nth, one in enumerate(vague)]
    assert [one.act for one in in_order(turned)] == ["asked", "objected"]


def test_undated_statements_of_one_day_and_source_are_heard_together():
    (dated,) = spoken(said("asked", "vn", "us"))
    assert undated(dated.state) == ("", "")
    vague = dated.state._replace(on=dated.state.on.__class__(), turn="2025-05-01 vna 7")
    assert undated(vague) == (vague.day, source_of_turn("2025-05-01 vna 9")) == (vague.day, "2025-05-01 vna")
