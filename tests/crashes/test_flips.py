"""No single flipped bit leads to a wrong answer without a word: a short run of `flips.py`."""

import os
from pathlib import Path

from tests.crashes.flips import flip_log, flip_views, worked_example

FLIPS = int(os.environ.get("PARLEY_FLIPS", "12"))


def test_no_flipped_bit_of_the_views_changes_an_answer(tmp_path: Path) -> None:
    assert flip_views(worked_example(tmp_path), FLIPS, seed=1) == {"right": FLIPS}


def test_no_flipped_bit_of_the_log_changes_an_answer_without_a_word(tmp_path: Path) -> None:
    found = flip_log(worked_example(tmp_path), FLIPS, seed=2)
    assert found["wrong"] == 0
    assert found["refused"], "no flip was noticed"
