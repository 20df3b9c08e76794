"""The states of a draft text go into a row and come back as they were."""

from ledger.dates import When
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.views.rows import columns, from_row, selected, to_row

ON = When("2026-03-02", "Monday")
STATES = [
    DraftText("fish", "Fish", "2", ON, ("chair",), "", ("1", "2"), 5, 2, 1, ("chair-2",)),
    Provision("fish", "5.2", 3, "Access", "We [shall](au) go.", "bracketed", (), "2026-03-02", (), "2", "2026-03-02",
              "", ("chair-2",)),
    WordingGiven("fish", "5.2", 4, "proposed", "", "", "may", "shall", ("au",), ON, "", "2026-03-02", "chair-2", 9),
]  # fmt: skip


def test_each_is_stored_in_its_columns_and_read_again():
    for state in STATES:
        row = to_row(state)
        names = [name.strip("[]") for name in selected(type(state)).split(", ")]
        assert {*names} <= {*columns(type(state))}
        assert from_row(type(state), [row[name] for name in names]) == state
