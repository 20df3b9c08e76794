"""Every phrase in the tests of a language, for the laws that apply to all of them."""

from datetime import date

from tests.ledger.dates.english import test_grammar, test_ranges, test_relative, test_windows

SAID = date(2025, 5, 22)
PHRASES = [*test_windows.PHRASES, *test_relative.PHRASES, *test_ranges.PHRASES, *test_grammar.PHRASES]
