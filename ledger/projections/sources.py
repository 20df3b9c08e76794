"""The facts that depend on sources: when each report was published, which reports the reported clock selects, and
which sources are copies of one text."""

from collections.abc import Mapping
from typing import Any

from ledger.dates import When
from ledger.domain import events
from ledger.domain.clocks import Clocks
from ledger.domain.copies import Text, families
from ledger.domain.events import Recorded
from ledger.domain.reports import Publication, Standing, Streams, is_upkeep, reported_on, standing
from ledger.log.log import Log


def selected(log: Log, negotiation: str, clocks: Clocks) -> tuple[Streams, dict[str, Publication]]:
    """The streams of a negotiation that the reported and recorded clocks select, and its sources' publications."""
    streams = dict(log.by_stream(negotiation, clocks.position))
    publications = publications_of(streams)
    return reported(streams, publications, clocks.reported_by), publications


def publications_of(streams: Streams) -> dict[str, Publication]:
    """The publications of the sources among the streams."""
    return {
        stream.slug: _publication(standing(records)) for stream, records in streams.items() if stream.kind == "source"
    }


def reported(streams: Streams, publications: Mapping[str, Publication], by: str | None) -> Streams:
    """The events published by a day; all of them for None."""
    if by is None:
        return streams
    published = {
        stream: [record for record in records if _published_by(record, publications, by)]
        for stream, records in streams.items()
    }
    return {stream: records for stream, records in published.items() if records}


def undated(streams: Streams, publications: Mapping[str, Publication]) -> int:
    """The number of events from a source whose day of publication is unknown."""
    records = (record for of_stream in streams.values() for record in of_stream)
    named = (record.stream.slug if record.stream.kind == "source" else record.event.source for record in records)
    return sum(source in publications and publications[source].published.latest is None for source in named)


def families_of(streams: Streams) -> list[tuple[str, ...]]:
    """The rows of the families of the sources among the streams; retracted sources are left out."""
    stood = {stream: standing(records) for stream, records in streams.items() if stream.kind == "source"}
    texts = [_text(stream.slug, found) for stream, found in stood.items() if found.reports and not found.retracted]
    negotiation = next(iter(streams)).negotiation if streams else ""
    return [(negotiation, *family) for family in families(texts)]


def _publication(stood: Standing) -> Publication:
    event = stood.reports[-1].event if stood.reports else None
    published = event.published if isinstance(event, events.SourceRegistered) else When()
    return Publication(published, stood.retracted is not None)


def _published_by(record: Recorded, publications: Mapping[str, Publication], by: str) -> bool:
    """Whether the event was published by a day; a correction without a source goes with its report."""
    if is_upkeep(record) and not record.event.source:
        return True
    return reported_on(record, publications.get(record.event.source)) <= by


def _text(slug: str, stood: Standing) -> Text:
    event: Any = stood.reports[-1].event
    published = event.published.latest.isoformat() if event.published.latest else ""
    return Text(
        slug, event.text, event.sha256, event.account_of, event.derived_from, published, event.publisher, event.credits
    )
