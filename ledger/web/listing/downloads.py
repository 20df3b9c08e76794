"""A list as a file for a spreadsheet: the same rows and columns as those of its command."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger.export.as_csv import in_csv
from ledger.export.as_xlsx import AnswerSheet, in_xlsx
from ledger.export.tables import header
from ledger.web.listing.lists import LISTS
from ledger.web.listing.narrowing import Listed
from ledger.web.request import Request

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(request: Request, page: str, found: Listed) -> str:
    """All rows of a list as CSV."""
    return in_csv(found.rows, header(LISTS[page].row), {request.negotiation: request.views})


def as_xlsx(request: Request, page: str, found: Listed) -> bytes:
    """All rows of a list as a workbook; refused if the extra `office` is not installed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        in_xlsx(path, [AnswerSheet(page, found.rows, header(LISTS[page].row))], {request.negotiation: request.views})
        return path.read_bytes()


Writer = Callable[[Request, str, Any], str | bytes]
FILES: dict[str, tuple[str, Writer]] = {".csv": (CSV, as_csv), ".xlsx": (XLSX, as_xlsx)}  # by the end of the path
