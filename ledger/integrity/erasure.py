"""Erasure: removes the stored content of an entry, keeps its commitment, and records who erased it, when and why.

The content is removed from the log's file, the views, the search index and cached replays, including free pages and
write-ahead logs. Backups, exports and proofs elsewhere are out of reach, and the receipt says so.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ledger.base.desks import is_desk
from ledger.base.files import drafts_in
from ledger.base.sqlite import holds, refusing, wipe
from ledger.base.typography import comparable
from ledger.desk.draft import DeskDraft
from ledger.desk.store import DraftNamed, Drafts
from ledger.domain.events import EntryErased, Erased, Stream
from ledger.domain.quotations import fingerprint
from ledger.errors import NotWritable, Refusal
from ledger.filing.corrections import stream_of
from ledger.filing.fields import Context, text
from ledger.filing.lookup import Lookup
from ledger.integrity import copies, offline
from ledger.integrity.errors import AlreadyErased, NotCleaned, NotErased, UnknownPosition
from ledger.log.commitments import commitment, erased
from ledger.log.log import Log
from ledger.log.mapper import read_stored
from ledger.log.store import Store, Stored
from ledger.log.upcasting import StoredForm
from ledger.projections import projector, replays, tables
from ledger.projections.errors import ViewsBusy
from ledger.views import checksum
from ledger.views.database import attach, path_beside

REMAINS = (
    "Cleaned: the log with its free pages and write-ahead log, the views, the search index, stored replays.",
    "Kept: type, slug, time, keeper and SHA-256 of each event; every proof of other events still verifies.",
    "Out of reach: earlier backups, exports, proofs and copies, the entry files it was imported from, snapshots of the"
    " disk, and mentions in other entries. Checkpoints contain no content.",
)
REMAINS_ON_SERVERS = (
    "On the server: the table was written again without the content. The server's write-ahead log, replicas and backups"
    " contain it for a while; other desks remove it from their views with their next question."
)


class Gone(NamedTuple):
    """An event whose content was erased; `sha256` is its remaining commitment."""

    position: int
    type: str
    sha256: str


class Receipt(NamedTuple):
    """The receipt: the erased events, the reason, the position of the erasure event, the deleted replays and drafts.

    recorded: 0 on a dry run. drafts: the drafts of the desk for the same source, which are deleted (on a dry run: would
    be). mentions: other drafts that contain erased words, which are not deleted. notes: the keeper's own notes on which
    the erased reports rest; their text is not erased.
    """

    kind: str
    slug: str
    erased: list[Gone]
    reason: str
    basis: str
    recorded: int
    replays: int
    drafts: list[DraftNamed]
    mentions: list[DraftNamed]
    notes: tuple[str, ...]
    negotiation: str


class Erasure(NamedTuple):
    """The plan of an erasure: the stored events to erase and the notes that remain.

    An erasure that is not fresh was recorded earlier and then interrupted: only its traces must still be removed.
    `sources` are those on which the events rest, and `texts` the SHA-256 of their texts.
    """

    stream: Stream
    rows: list[Stored]
    event: EntryErased
    fresh: bool
    notes: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def erase(log: Log, negotiation: str, what: str | int, reason: str, basis: str, *, dry_run: bool) -> Receipt:
    """Erase the stored content of an entry, or of one event, and remove its traces from every file of the ledger."""
    position = gone = 0
    with log.writing():
        erasure = _plan(log, Lookup(log, negotiation), what, reason, basis)
        if not erasure.fresh and not log.store.is_uncleaned():
            raise AlreadyErased(what=erasure.stream.slug, reason=erasure.event.reason)
        if erasure.fresh and not dry_run:
            position = log.append([(erasure.stream, erasure.event)])[0].position
            log.erase(erasure.rows)
    drafts, mentions = _forget_drafts(log.path, erasure, dry_run=dry_run)
    if not dry_run:
        gone = _cleaned_up(log, erasure)
    event, (within, kind, slug) = erasure.event, erasure.stream
    emptied = [Gone(one.position, one.type, one.sha256) for one in event.erased]
    return Receipt(
        kind, slug, emptied, event.reason, event.basis, position, gone, drafts, mentions, erasure.notes, within
    )


def _plan(log: Log, lookup: Lookup, what: str | int, reason: str, basis: str) -> Erasure:
    """Plan the erasure of one event (by position) or of all events of an entry (by slug, name or alias)."""
    stream = _stream_at(log, lookup, what) if isinstance(what, int) else stream_of(lookup, what)
    if stream.kind == "negotiation":
        raise NotErased(
            what=f"The negotiation {stream.slug}", why="every other entry depends on it; correct its title instead"
        )
    meant = [row for row in log.store.events_of(str(stream)) if what == row.position or not isinstance(what, int)]
    if isinstance(what, int) and StoredForm.of(meant[0].type).name == "LevelSet":
        raise NotErased(what=f"Position {what}", why="the level of its entry depends on it; erase the entry instead")
    events = [row for row in meant if StoredForm.of(row.type).name != "EntryErased"]
    if not events:
        raise NotErased(what=f"Position {what}", why="it records an erasure")
    rows = [row for row in events if not erased(row.state)]
    if not rows:
        before = lookup.standing(stream).erased
        if before is None:
            raise NotErased(
                what=stream.slug, why="its content is missing, but no erasure is recorded; run `parley verify`"
            )
        return Erasure(stream, [], before, fresh=False, sources=frozenset({stream.slug}))
    gone, sources, texts = [], [], set()
    levels, ranks = lookup.levels, lookup.ranks(stream)
    highest = 0
    of_event = {one.version: ranks.of(one) for one in lookup.records(stream)}
    for row in rows:
        rank = of_event[row.version]
        highest = max(highest, rank)
        told, name = read_stored(row), StoredForm.of(row.type).name
        sources.append(stream.slug if stream.kind == "source" else told.event.source)
        texts.add(getattr(told.event, "sha256", ""))
        place = (row.position, row.version, name, commitment(row.state), told.recorded_at, told.recorded_by)
        origin = told.origin.id if told.origin is not None else ""
        gone.append(Erased(*place, origin=origin, level=levels.at(rank) if rank else ""))
    plain = Context(lookup)
    event = EntryErased(
        erased=tuple(gone),
        reason=text(plain, reason),
        basis=text(plain, basis) if basis else "",
        level=levels.at(highest) if highest else "",
    )
    of_record = {source: lookup.source(source) for source in dict.fromkeys(sources) if source}
    texts |= {source.sha256 for source in of_record.values() if source is not None}
    notes = () if stream.kind == "source" else tuple(source for source in of_record if _is_note(lookup, source))
    return Erasure(
        stream, rows, event, fresh=True, notes=notes, sources=frozenset(of_record), texts=frozenset(texts - {""})
    )


def _is_note(lookup: Lookup, source: str) -> bool:
    """Whether a source is the keeper's own note whose text has not been erased."""
    stood = lookup.standing(lookup.stream("source", source)) if source else None
    return stood is not None and any(getattr(one.event, "kind", "") == "note" for one in stood.reports)


def _forget_drafts(ledger: Path, erasure: Erasure, *, dry_run: bool) -> tuple[list[DraftNamed], list[DraftNamed]]:
    """Delete the drafts of the erased text, or of a source on which erased events rest: they may repeat erased fields.

    A draft of another report that contains erased words belongs to its keeper. It remains, as do mentions in other
    entries, and is only named. Returns both kinds of drafts.
    """
    events = [read_stored(row).event for row in erasure.rows]
    words = {comparable(quote.words) for event in events for quote in event.quotes}

    def is_of_source(draft: DeskDraft) -> bool:
        is_here = draft.negotiation == erasure.stream.negotiation
        return (is_here and draft.slug in erasure.sources) or fingerprint(draft.text) in erasure.texts

    def contains_words(draft: DeskDraft) -> bool:
        text = comparable(draft.text)
        return not is_of_source(draft) and any(each in text for each in words)

    drafts = Drafts(ledger)
    return drafts.named(is_of_source, delete=not dry_run), drafts.named(contains_words)


def _cleaned_up(log: Log, erasure: Erasure) -> int:
    """Clean up; if that fails, the refusal says that the erasure itself is recorded."""
    what = f"{erasure.stream.kind.capitalize()} {erasure.stream.slug}"
    try:
        return _clean_up(log, erasure, what)
    except NotCleaned:
        raise
    except (Refusal, OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error).rstrip(".")
        if isinstance(error, NotWritable):  # its sentence says that nothing was written
            why = error.details["why"]
        raise NotCleaned(what=what, where=f"the files next to {log.path}", why=why) from error


def _clean_up(log: Log, erasure: Erasure, what: str) -> int:
    """Remove the traces of an erasure from every file of the ledger; return the number of deleted replays."""
    path = log.path
    gone = replays.forget(path)
    copies.forget(path)
    if is_desk(path):
        offline.bring(log.store)
    views = path_beside(path)
    if views.exists():
        tables.write_views(views, lambda db: projector.rebuild(log, db, log.store.head())).close()
    salts = [salt.encode() for row in erasure.rows if (salt := read_stored(row).salt)]  # unique to these events
    for where, is_clean in ((path, _log_is_clean(log.store, salts)), (views, _views_are_clean(views, salts))):
        if not is_clean:
            raise NotCleaned(what=what, where=where, why="another process has it open")
    _clean_drafts(path.parent, salts)
    log.store.unmark()
    return gone


def _clean_drafts(folder: Path, salts: Sequence[bytes]) -> None:
    """Delete drafts in the ledger's folder that contain erased content, left behind by killed processes."""
    for draft in drafts_in(folder):
        if any(holds(draft, salt) for salt in salts):
            draft.unlink(missing_ok=True)


def _log_is_clean(store: Store, salts: Sequence[bytes]) -> bool:
    return store.wipe() and not any(store.holds(salt) for salt in salts)


def _views_are_clean(views: Path, salts: Sequence[bytes]) -> bool:
    if not views.exists():
        return True
    with refusing(views, ViewsBusy), closing(attach(views)) as connection:
        wiped = wipe(connection)
        checksum.stamp(connection)
    return wiped and not any(holds(views, salt) for salt in salts)


def _stream_at(log: Log, lookup: Lookup, position: int) -> Stream:
    row = next(log.store.events(position - 1, position), None) if position > 0 else None
    if row is None:
        raise UnknownPosition(position=position, head=log.position())
    stream = Stream.named(row.stream)
    if stream.negotiation != lookup.negotiation:
        why = f"it belongs to {stream.negotiation}: name it with --negotiation"
        raise NotErased(what=f"Position {position}", why=why)
    return stream
