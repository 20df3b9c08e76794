"""A report of our own about the worked example, and its draft."""

from contextlib import closing
from pathlib import Path

from ledger import Ledger
from ledger.capture.documents.extract import extract
from ledger.desk.draft import DeskDraft
from ledger.desk.record import Record, record
from ledger.desk.report import open_draft
from tests.ledger.web import serving

REPORT = (Path(__file__).parents[3] / "seeds" / "vn-us-trade" / "invented-report.txt").read_text("utf-8")
NOON = serving.NOON


def names(ledger: Ledger) -> Record:
    """What drafting needs of the record."""
    with closing(ledger.views()) as views:
        return record(views)


def opened(ledger: Ledger, text: str = REPORT, keeper: str = "lan") -> DeskDraft:
    """A draft of a report, as it is opened."""
    return open_draft(extract(text.encode(), "report.txt"), names(ledger), keeper, NOON, ledger.head().position)


def entry_of(draft: DeskDraft, kind: str, act: str = "") -> str:
    """The id of the first entry of a kind, or of a statement with an act."""
    return next(one.id for one in draft.entries if one.kind == kind and one.fields.get("act", "") == act)


def long_report(paragraphs: int = 40) -> str:
    """A report so long that its page opens with its first suggestions."""
    goods = [f"{how} {good}" for how in ("fresh", "dried", "frozen", "smoked") for good in "abcdefghijkl"]
    told = (
        f"Viet Nam asked the United States to lower its tariff on {good} goods. The United States rejected the request "
        f"on {good} goods, and growers of {good} goods waited."
        for good in goods[:paragraphs]
    )
    return "Talks on tariffs\nExample, 10 July 2025\n\n" + "\n\n".join(told)
