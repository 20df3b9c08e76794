"""Quotations are checked before anything is filed: what is found, what is not and what is nearest, file by file."""

import pytest

from ledger.errors import ProblemsFound
from ledger.filing.check_quotes import check
from tests.examples import source, write

TEXT = "The parties met in Washington, D.C., and step up exchanges."
ENTRIES = """\
  - meeting: round-2
    kind: round
    held: 2025-05-22
    quote: [met in Washington, step up the exchanges]
  - follow-up: teams
    says: Meet again.
    quote: step up exchanges
"""


def test_a_quotation_that_is_not_there_is_named_with_its_line_and_the_nearest_passage(ledger):
    write(ledger, TEXT, "vna.txt")
    (found,) = check([write(ledger, source(text="vna.txt") + ENTRIES)], None)
    assert (found.source, found.at_hand, found.found) == ("vna", True, 2)
    ((where, refusal),) = found.missing
    assert where == "news.yaml:11"
    assert "step up exchanges" in str(refusal)


def test_without_the_text_no_quotation_is_found(ledger):
    (found,) = check([write(ledger, source() + ENTRIES)], None)
    assert (found.at_hand, found.found, len(found.missing)) == (False, 0, 3)


def test_every_source_of_every_file_has_its_own_result(ledger):
    paths = [write(ledger, source(slug) + ENTRIES, f"{slug}.yaml") for slug in ("vna", "ustr")]
    assert [one.source for one in check(paths, None)] == ["vna", "ustr"]


def test_a_file_that_cannot_be_read_is_refused_with_its_line(ledger):
    with pytest.raises(ProblemsFound, match=r"news\.yaml:7"):
        check([write(ledger, source() + "  - treaty: x\n")], None)
