"""A figure as an event stores it."""

import msgspec

from ledger.dates import valid
from ledger.domain.figures.figure import Figure


def test_a_figure_is_told_with_its_measure_and_its_start():
    one = Figure("tariff-rate", "20 percent from July", "20", "20", unit="percent", start=valid("2026-07"))
    assert str(one) == "tariff-rate: 20 percent from July 2026"


def test_a_figure_stores_only_what_it_has():
    stored = msgspec.json.encode(Figure("tariff-rate", "46%", "46", "46", unit="percent"))
    assert stored == b'{"measure":"tariff-rate","words":"46%","low":"46","high":"46","unit":"percent"}'
    assert msgspec.json.decode(stored, type=Figure).amount.describe() == "46 percent"
