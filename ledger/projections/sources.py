"""The facts that depend on sources: when each report was published, which reports the reported clock selects, and
which sources are copies of one text."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from ledger.dates import When
from ledger.domain import events
from ledger.domain.clocks import Clocks
from ledger.domain.copies import Text, families
from ledger.domain.events import Recorded
from ledger.domain.reports import Publication, Standing, Streams, is_upkeep, reported_on, source_of, standing
from ledger.log.log import Log


def selected(log: Log, negotiation: str, clocks: Clocks) -> tuple[Streams, dict[str, Publication]]:
    """The streams of a negotiation that the reported and recorded clocks select, and its sources' publications."""
    streams = dict(log.by_stream(negotiation, clocks.position))
    publications = publications_of(streams)
    return reported(streams, publications, clocks.reported_by), publications


def publications_of(streams: Streams, by: str | None = None) -> dict[str, Publication]:
    """The publications of the sources among the streams, without texts that were frozen after the day `by`."""
    return {
        stream.slug: _publication(standing(records), by)
        for stream, records in streams.items()
        if stream.kind == "source"
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


def undated_up_to(log: Log, db: Database, negotiation: str, position: int) -> int:
    """The same number up to a position, from views that have these events."""
    sources = dict(log.by_stream(negotiation, position, "source"))
    unknown = {slug for slug, one in publications_of(sources).items() if one.published.latest is None}
    resting = "SELECT COUNT(*) FROM log WHERE negotiation = ? AND source = ? AND kind != 'source' AND position <= ?"
    counts: list[int] = [db.conn.execute(resting, (negotiation, slug, position)).fetchone()[0] for slug in unknown]
    return sum(counts) + sum(len(records) for stream, records in sources.items() if stream.slug in unknown)


def families_of(streams: Streams) -> list[tuple[str, ...]]:
    """The rows of the families of the sources among the streams; retracted sources are left out."""
    stood = {stream: standing(records) for stream, records in streams.items() if stream.kind == "source"}
    texts = [_text(stream.slug, found) for stream, found in stood.items() if found.reports and not found.retracted]
    negotiation = next(iter(streams)).negotiation if streams else ""
    return [(negotiation, *family) for family in families(texts)]


def _publication(stood: Standing, by: str | None) -> Publication:
    event = source_of(one.event for one in stood.reports)
    if event is None:
        return Publication(When(), stood.retracted is not None)
    with_text = [one for one in stood.reports if getattr(one.event, "text", "")]
    came_with_it = any(isinstance(one.event, events.SourceRegistered) for one in with_text)
    text_from = "" if came_with_it else min((one.first_day for one in with_text), default="")
    is_at_hand = by is None or text_from <= by
    return Publication(
        event.published, stood.retracted is not None, event.text if is_at_hand else "", text_from if is_at_hand else ""
    )


def _published_by(record: Recorded, publications: Mapping[str, Publication], by: str) -> bool:
    """Whether the event was published by a day; a correction without a source goes with its report."""
    if is_upkeep(record) and not record.event.source:
        return True
    return reported_on(record, publications.get(record.event.source)) <= by


def _text(slug: str, stood: Standing) -> Text:
    event: Any = source_of(one.event for one in stood.reports)
    if event is None:  # its registration was erased
        return Text(slug)
    published = event.published.latest.isoformat() if event.published.latest else ""
    return Text(
        slug, event.text, event.sha256, event.account_of, event.derived_from, published, event.publisher, event.credits
    )
