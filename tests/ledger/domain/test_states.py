"""Spans: which state was valid on which days."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.kinds import Span, spans
from ledger.projections.fold import joined

days = st.integers(1, 9).map(lambda day: f"2025-05-0{day}")
steps = st.lists(st.tuples(days, st.sampled_from(["a", "b", None])), max_size=12).map(
    lambda drawn: sorted(drawn, key=lambda step: step[0])
)


def state_on(held, day):
    return [span.state for span in held if span.valid_from <= day and (not span.valid_to or day < span.valid_to)]


def test_a_state_holds_until_the_next_arises():
    assert spans([("2025-05-01", "a"), ("2025-05-03", "b")]) == [
        Span("a", "2025-05-01", "2025-05-03"),
        Span("b", "2025-05-03", ""),
    ]
    assert spans([]) == []


@given(steps)
def test_on_each_day_the_last_step_until_then_holds(drawn):
    held = spans(drawn)
    for day in {day for day, _ in drawn}:
        last = [state for since, state in drawn if since <= day][-1]
        assert state_on(held, day) == ([] if last is None else [last])


@given(steps)
def test_every_span_lasts_a_day_and_no_two_neighbours_are_equal(drawn):
    held = spans(drawn)
    assert all(not span.valid_to or span.valid_from < span.valid_to for span in held)
    assert joined(held) == held


@given(steps, st.integers(1, 9))
def test_spans_that_were_cut_apart_are_joined_again(drawn, cut):
    day = f"2025-05-0{cut}"
    parts = []
    for span in spans(drawn):
        if span.valid_from < day and (not span.valid_to or day < span.valid_to):
            parts += [span._replace(valid_to=day), span._replace(valid_from=day)]
        else:
            parts.append(span)
    assert joined(parts) == spans(drawn)
