"""A brief with more than a page holds."""

import pytest

from ledger.dates import When
from ledger.queries.brief import Brief, BriefSection, Line, Note, Run


@pytest.fixture
def crowded() -> Brief:
    says = "asks for a great many things at once, and says so in a sentence that is cut short on one page" * 2
    notes = [
        Note(
            (f"words that prove line {n}",),
            f"source-{n % 7}",
            "A title of some length " * 3,
            "News",
            When("2025-05-01"),
        )
        for n in range(1, 61)
    ]
    lines = [Line((Run(f"Party number {n} ", "strong"), Run(says, filed=True)), n) for n in range(1, 61)]
    titles = ("What comes next", "Unanswered asks", "Follow-ups", "Where things stand", "Contested", "People")
    sections = [BriefSection(title, lines[nth * 10 :][:10], 10) for nth, title in enumerate(titles)]
    return Brief("A negotiation among many", "2025-06-01", (Run("round 3"),), sections, notes, notice="Invented. " * 20)
