"""Phrases, the day each was said, which way it looked, and the EDTF it is read as; by the module that reads them."""

from datetime import date

from tests.ledger.phrases.examples import from_today, ranges, rules, spans

SAID = date(2025, 5, 22)
PHRASES = [*spans.PHRASES, *from_today.PHRASES, *ranges.PHRASES, *rules.PHRASES]
