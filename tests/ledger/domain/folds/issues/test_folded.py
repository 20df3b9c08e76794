"""The result of the fold of an issue."""

from ledger.domain.folds.issues.folded import NOTHING
from ledger.domain.folds.issues.issue import fold
from tests.examples import said, spoken


def test_a_fold_resumes_from_its_result_with_the_separate_requests():
    first, second, third = spoken(*(said("asked", "ru", "ua", f"2025-05-0{day}") for day in (1, 2, 3)))
    whole = fold("export-controls", [], [first, second, third], NOTHING)
    resumed = fold("export-controls", [], [third], fold("export-controls", [], [first, second]))
    assert resumed == whole
    assert [one.state.first_statement for one in whole.requests if not one.valid_to] == ["s1", "s2", "s3"]
