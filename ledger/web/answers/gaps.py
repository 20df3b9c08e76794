"""The page of gaps: what the record lacks, by kind."""

from typing import NamedTuple

from ledger.queries.gaps import KINDS, MONTHS, Gap
from ledger.queries.gaps import gaps as every_gap
from ledger.web.request import Request

FOLD = 25  # gaps of a kind, shown before "show more"


class GapsPage(NamedTuple):
    """The shown gaps by kind, the headings and numbers of all, and after how many months an issue counts as quiet."""

    months: int
    gaps: dict[str, list[Gap]]
    headings: dict[str, str]
    counts: dict[str, int]


def gaps(request: Request) -> GapsPage:
    """The gaps of the record as of the day."""
    typed = request.query.get("months", "")
    months = min(max(int(typed), 1), 1200) if typed.isdecimal() and len(typed) < 5 else MONTHS
    found: dict[str, list[Gap]] = {}
    for one in every_gap(request.views, months, request.query.get("kind", "")):
        found.setdefault(one.kind, []).append(one)
    shown = {kind: request.part(kind, of, FOLD) for kind, of in found.items()}
    return GapsPage(months, shown, {kind: KINDS[kind] for kind in found}, {kind: len(of) for kind, of in found.items()})
