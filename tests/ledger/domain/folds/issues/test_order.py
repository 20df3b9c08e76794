"""Statements without a known order: what they make of an issue does not depend on the order in which they are filed."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.clocks import in_order
from ledger.domain.folds.issues.issue import can_resume, fold
from ledger.domain.folds.issues.order import other_orders
from ledger.domain.kinds import Span
from ledger.domain.vocabulary import ACTS
from tests.examples import on, said, spoken, undated
from tests.thorough import THOROUGH

PAIRS = (("vn", "us"), ("us", "vn"), ("us", ""), ("vn us", ""), ("eu", "us"))
SAID = st.builds(lambda act, pair: (act, *pair), st.sampled_from(sorted(ACTS)), st.sampled_from(PAIRS))
BEFORE = [said("asked", "vn", "us", "2025-04-01"), said("narrowed", "us", "vn", "2025-04-02")]
DAY = "2025-05-22"
LATER = said("considering", "us", "vn", "2025-09-01")


def told(*statements, before=(), later=(), filed=None) -> list[Span]:
    """The spans of statements without a day in one report, filed in some order; others were made on their days."""
    vague = [span.state._replace(slug=f"s{nth}") for nth, span in enumerate(undated(*statements))]
    turns = [one.turn for one in vague]
    moved = [vague[nth]._replace(turn=turn) for nth, turn in zip(filed or range(len(vague)), turns, strict=True)]
    dated = [one.state._replace(slug=f"d{nth}") for nth, one in enumerate(spoken(*before, *later))]
    return [Span(one, one.day, "") for one in (*dated, *moved)]


def standing(*statements, before=()) -> str:
    """The status of the issue after statements without a day: the same in whatever order they are filed."""
    orders = permutations(range(len(statements)))
    every = {fold("export-controls", [], told(*statements, before=before, filed=one)).issue[-1].state for one in orders}
    (found,) = every
    return f"{found.status}, unless {found.unless}" if found.unless else found.status


@settings(max_examples=100 * THOROUGH)
@given(st.lists(SAID, min_size=2, max_size=4), st.sampled_from([[], BEFORE]), st.sampled_from([[], [LATER]]), st.data())
def test_the_order_of_filing_decides_nothing(statements, before, later, data):
    of_report = [said(act, by, to, "") for act, by, to in statements]
    order = data.draw(st.permutations(range(len(statements))))
    filed = fold("export-controls", [], told(*of_report, before=before, later=later))
    otherwise = fold("export-controls", [], told(*of_report, before=before, later=later, filed=order))
    assert (filed.issue, filed.asks, filed.requests) == (otherwise.issue, otherwise.asks, otherwise.requests)


REFUSED, ACCEPTED = said("refused", "us", "vn", ""), said("accepted", "us", "vn", "")
NARROWED = said("narrowed", "vn us", "", "")
ASKED, SETTLED = said("asked", "vn", "us", ""), said("settled", "vn us", "", "")


@pytest.mark.parametrize(
    ("statements", "before", "status"),
    [
        ([ASKED, REFUSED], [], "answered"),  # an answer presupposes an ask
        ([ASKED, REFUSED], BEFORE[:1], "answered, unless open"),
        ([ASKED, ASKED, REFUSED], [], "answered, unless open"),
        ([REFUSED, ACCEPTED], BEFORE[:1], "answered, unless agreed"),
        (
            [said("narrowed", "vn us", "", ""), said("objected", "us", "vn", "")],
            BEFORE[:1],
            "answered, unless narrowed",
        ),
        ([SETTLED, ASKED], BEFORE[:1], "settled, unless open"),
        ([SETTLED, said("unresolved", "vn us", "", "")], BEFORE[:1], "unresolved, unless settled"),
        ([said("withdrew", "vn", "us", ""), ASKED], BEFORE[:1], "open, unless withdrawn"),
        ([said("objected", "us", "vn", ""), ASKED], [], "answered"),
    ],
)
def test_what_another_order_would_give_is_told(statements, before, status):
    assert standing(*statements, before=before) == status


def test_a_doubt_about_the_status_lasts_as_long_as_the_status():
    doubted = fold("export-controls", [], told(SETTLED, ASKED, before=BEFORE[:1]))
    assert doubted.snapshot.otherwise == ("settled", "open")
    later = said("stated", "us", "vn", "2025-09-01")
    kept = fold("export-controls", [], told(SETTLED, ASKED, before=BEFORE[:1], later=[later])).issue[-1].state
    assert (kept.status, kept.unless) == ("settled", "open")
    again = said("asked", "vn", "us", "2025-09-01")
    raised = fold("export-controls", [], told(SETTLED, ASKED, before=BEFORE[:1], later=[again])).issue[-1].state
    assert (raised.status, raised.unless) == ("open", "")


def test_every_order_of_a_few_statements_is_tried_and_of_many_those_with_one_moved():
    few = [span.state for span in told(REFUSED, ACCEPTED, SETTLED)]
    assert len([*other_orders([*in_order(few)])]) == 5
    many = [span.state for span in told(*[REFUSED, ACCEPTED, SETTLED] * 2)]
    group = [*in_order(many)]
    acts = {one.act for one in many}  # one of each kind, or another of that kind
    assert {order[0].act for order in other_orders(group)} == {order[-1].act for order in other_orders(group)} == acts
    very_many = [span.state for span in told(*[REFUSED, ACCEPTED, SETTLED] * 200)]
    assert len([*other_orders([*in_order(very_many)])]) <= 2
    assert not [*other_orders(few[:1])]


def test_no_order_contradicts_a_link_or_has_an_objection_before_a_request():
    asked, refused = (span.state for span in told(ASKED, REFUSED))
    assert not [*other_orders([asked, refused._replace(links=("answers s0",))])]
    asked, objected = (span.state for span in told(ASKED, said("objected", "us", "vn", "")))
    assert not [*other_orders([asked, objected])]


@settings(max_examples=60 * THOROUGH)
@given(st.lists(st.tuples(SAID, st.sampled_from(["", DAY])), min_size=2, max_size=6), st.data())
def test_a_fold_goes_on_only_where_it_is_the_one_folded_at_once(statements, data):
    cut = data.draw(st.integers(1, len(statements) - 1))
    vague = [span.state._replace(day=DAY) for span in undated(*(said(*one, "") for one, _ in statements))]
    days = [day for _, day in statements]
    spans = [
        Span(one._replace(on=on(day), slug=f"s{nth}"), DAY, "")
        for nth, (one, day) in enumerate(zip(vague, days, strict=True))
    ]
    past, at_once = fold("export-controls", [], spans[:cut]), fold("export-controls", [], spans)
    if can_resume(spans[cut:], past):
        found = fold("export-controls", [], spans[cut:], past)
        assert (found.issue[-1:], found.snapshot) == (at_once.issue[-1:], at_once.snapshot)
    else:
        assert not all(days)
