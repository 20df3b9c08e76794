"""Phrases, the day each was said, which way it looked, and the EDTF it is read as; by the module that reads them."""

from datetime import date

from tests.ledger.dates.english.examples import grammar, ranges, relative, spans

SAID = date(2025, 5, 22)
PHRASES = [*spans.PHRASES, *relative.PHRASES, *ranges.PHRASES, *grammar.PHRASES]
