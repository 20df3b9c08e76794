"""The record as CloudEvents 1.0 (https://cloudevents.io), in the JSON batch format, for message buses and data stores.

The attribute `time` of the standard is a moment to the second. The date in a report is seldom that exact, so
`time` is left out: `recordedtime` says when the event was recorded, and `data` has the date as reported.
"""

from collections.abc import Iterator
from typing import Any

from ledger.views.rows import LogRow
from ledger.views.views import Views

TYPE = "parley."  # and the name of the event in the log


def cloud_events(views: Views, ledger_id: str) -> list[dict[str, Any]]:
    """An event for each one that the log has by the moment of the views, in its order.

    `source` is the ledger, `id` the position in its log, and `subject` the entry: `vn-us-trade/meeting/round-2`.
    """
    return [*_events(views, ledger_id)]


def _events(views: Views, ledger_id: str) -> Iterator[dict[str, Any]]:
    for row in views.log():
        yield {
            "specversion": "1.0",
            "id": str(row.position),
            "source": f"urn:uuid:{ledger_id}",
            "type": f"{TYPE}{row.event}",
            "subject": f"{views.negotiation}/{row.kind}/{row.slug}",
            "recordedtime": row.recorded_at,
            "datacontenttype": "application/json",
            "data": _data(views, row),
        }


def _data(views: Views, row: LogRow) -> dict[str, Any]:
    return {
        "sentence": row.sentence,
        "occurred": row.occurred,
        "occurred_phrase": row.occurred_phrase,
        "source": row.source,
        "quotes": [one.words for one in views.evidence_at(row.position)],
        "recorded_by": row.recorded_by,
        "version": row.version,
        "stands": row.stands,
    }
