"""Statements that come late, change or leave: the conversation is what it is if all are heard from the beginning."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.folds.issues import issue
from ledger.domain.vocabulary import ACTS
from tests.examples import on, said, spoken
from tests.thorough import THOROUGH

VOICES = st.sampled_from(("vn", "us", "eu", "vn us"))
SAID = st.builds(said, st.sampled_from([*ACTS]), VOICES, st.sampled_from(("vn", "us", "eu us", "")))
DAY = st.dates(on("2025-05-01").earliest, on("2025-05-28").earliest).map(str)
CHANGE = st.sampled_from(["", "", "late", "gone", "changed"])


def as_told(statements, days, changes):
    """The spans of the statements: some known only late, some no longer on the issue or with another act since."""
    spans = spoken(*(msgspec.structs.replace(one, on=on(day)) for one, day in zip(statements, days, strict=False)))
    found = []
    for nth, (span, change) in enumerate(zip(spans, changes, strict=False)):
        later = f"2025-06-{nth % 28 + 1:02}"
        match change:
            case "late":
                found.append(span._replace(valid_from=later))
            case "gone" | "changed":
                found.append(span._replace(valid_to=later))
                changed = span.state._replace(act="refused")
                found += [span._replace(state=changed, valid_from=later)] if change == "changed" else []
            case _:
                found.append(span)
    return found


@settings(max_examples=120 * THOROUGH, deadline=None)
@given(
    st.lists(SAID, min_size=2, max_size=24),
    st.lists(DAY, min_size=24, max_size=24).map(sorted),
    st.lists(CHANGE, min_size=24, max_size=24),
)
def test_a_conversation_goes_on_from_before_a_change_as_if_heard_from_the_beginning(statements, days, changes):
    spans, apart = as_told(statements, days, changes), issue.APART
    found = {}
    try:
        for issue.APART in (1, 3, 8, 1_000):
            found[issue.APART] = issue.fold("export-controls", [], spans)
    finally:
        issue.APART = apart
    assert found[1] == found[3] == found[8] == found[1_000]


def test_a_statement_that_leaves_at_the_end_of_a_long_conversation_leaves_no_trace():
    asks = [said("asked", "vn", "us", f"2025-05-{nth:02}") for nth in range(1, 21)]
    *before, last = spoken(*asks, said("settled", "vn us", day="2025-05-21"))
    gone = last._replace(valid_to="2025-05-22")
    found = issue.fold("export-controls", [], [*before, gone])
    assert [span.state.status for span in found.issue[-2:]] == ["settled", "open"]
    assert found.issue[-1].state == issue.fold("export-controls", [], before).issue[-1].state
