"""The ledger: file entries, correct them, and ask all the questions of the record (see `record`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ledger.base import now
from ledger.base.companions import user
from ledger.base.desks import is_desk, say
from ledger.base.text import counted
from ledger.domain.names import chosen
from ledger.errors import ProblemsFound, Refusal
from ledger.log import store
from ledger.record import AskableRecord, Progress

if TYPE_CHECKING:
    from ledger.domain.events import Event, Recorded, Stream
    from ledger.filing.corrections import LevelOfEntry
    from ledger.filing.lookup import Lookup
    from ledger.filing.sheets import Sheet
    from ledger.integrity.erasure import Receipt
    from ledger.log.log import Log

_NEWEST = 500  # events in which a keeper's last source is looked for


class Filed(NamedTuple):
    """The events that a filing appended (or, on a dry run, would append), and how many were already recorded.

    `sentences` describes the appended events one by one; it is empty for entry files, which may contain thousands.
    `unfound` has the figures whose words the text of their source lacks, each with its entry. `exposing` is a sentence
    that names the entries whose quoted words can be read in the text of a source at a lower level, or "".
    """

    recorded: "list[Recorded]"
    known: int
    sentences: "list[str]"
    unfound: "Sequence[tuple[str, str]]" = ()
    exposing: str = ""


class Ledger(AskableRecord):
    """One ledger and its views. Nothing is opened or imported before it is needed.

    Each call opens and closes the log, so the file may be copied or replaced between calls. In a `with` statement the
    log and the views remain open between calls, which makes filing event by event several times as fast, and a
    question twice as fast.
    """

    is_offline = False  # whether what is filed waits at a desk until its server can be reached

    @classmethod
    def create(cls, path: Path, keeper: str = "", levels: Sequence[str] = (), default_level: str = "") -> Self:
        """Create an empty ledger; refused if `path` already exists.

        `levels` are the names of its levels of confidentiality, the most open first, if not the usual ones.
        """
        ledger = cls(path, keeper)
        if not (levels or default_level):
            store.create(path)
            return ledger
        from ledger.levels.naming import levels_named

        named = levels_named(levels, default_level)
        store.create(path)
        with ledger._recording() as log:
            log.append([named])
        return ledger

    def __enter__(self) -> Self:
        from ledger.log.pool import LogPool

        self._pool = LogPool(self._whole)
        self.keep_views_open()
        return self

    def __exit__(self, *raised: object) -> None:
        for pool in (self._pool, self._open_views):
            if pool is not None:
                pool.close()
        self._pool = self._open_views = None

    # Filing.

    def append(
        self,
        kind: str,
        slug: str,
        fields: Mapping[str, Any],
        *,
        negotiation: str = "",
        source: str = "",
        note: str = "",
        dry_run: bool = False,
    ) -> Filed:
        """File one entry from a registered source, or from the keeper's own note."""
        from ledger.filing.sheets import Filled, Sheet

        places = {name: f"--{name}" for name in fields}
        if kind == "source":
            given = {name: value for name, value in fields.items() if name != "text"}
            sheet = Sheet(source=Filled("source", slug, given, "", places), text=fields.get("text", ""))
        elif note:
            from ledger.filing.prepare import note_source

            entry = Filled(kind, slug, {"quote": note, **fields}, "", places)
            sheet = Sheet(source=note_source(note, now.today(), fields.get("level", "")), text=note, entries=[entry])
        else:
            sheet = Sheet(source_slug=source, entries=[Filled(kind, slug, fields, "", places)])
        return self.file([sheet], negotiation=slug if kind == "negotiation" else negotiation, dry_run=dry_run)

    def file(self, sheets: "Sequence[Sheet]", *, negotiation: str = "", dry_run: bool = False) -> Filed:
        """File filled-in forms of one negotiation, all or nothing."""
        from ledger.filing.lookup import Lookup
        from ledger.filing.prepare import prepare

        slugs = [one.slug for sheet in sheets for one in sheet.entries] if negotiation else ()
        with self._recording(dry_run=dry_run) as log, log.writing(negotiation, slugs):
            lookup = Lookup(log, negotiation or chosen("", log.negotiations()))
            return _filed(log, lookup, *prepare(lookup, sheets), dry_run=dry_run)

    def last_source(self) -> tuple[str, str]:
        """The negotiation and the source of this keeper's last entry; refused if the newest events have none."""
        from ledger.domain.events import SourceRegistered
        from ledger.filing.errors import NothingToGoOnFrom

        with self._log() as log:
            newest = [one for one in log.since(max(0, log.position() - _NEWEST)) if one.recorded_by == log.keeper]
        for one in reversed(newest):
            source = one.stream.slug if isinstance(one.event, SourceRegistered) else one.event.source
            if source and not source.startswith("note-"):
                return one.stream.negotiation, source
        raise NothingToGoOnFrom()

    def import_files(self, paths: Iterable[Path | str], *, texts: Path | None = None, dry_run: bool = False) -> Filed:
        """File entry files, all or nothing; `texts` is a folder of source texts, matched by their SHA-256."""
        from ledger.base.collector import uncollected
        from ledger.filing import entry_files, prepare
        from ledger.filing.lookup import Lookup

        problems: list[tuple[str, Refusal]] = []
        sheets: dict[str, list[Sheet]] = {}
        events: list[tuple[Stream, Event]] = []
        unfound: list[tuple[str, str]] = []
        exposing: list[str] = []
        known = 0
        with uncollected():
            for path in paths:
                read = entry_files.read(Path(path), texts)
                problems += read.problems
                for negotiation, sheet in read.sheets:
                    sheets.setdefault(negotiation, []).append(sheet)
            with self._recording(dry_run=dry_run) as log, log.writing():
                for negotiation, of_negotiation in sheets.items():
                    try:
                        found = prepare.prepare(Lookup(log, negotiation), of_negotiation)
                        events += found.events
                        known += found.known
                        unfound += found.unfound
                        exposing += [found.exposing] if found.exposing else []
                    except ProblemsFound as refused:
                        problems += refused.problems
                if problems:
                    raise ProblemsFound(problems)
                recorded = prepare.appended(log, events, dry_run=dry_run)
                return Filed(recorded, known, [], unfound, " ".join(exposing))

    def correct(
        self,
        slug: str,
        fields: Mapping[str, Any],
        reason: str,
        *,
        negotiation: str = "",
        source: str = "",
        position: int | None = None,
        everywhere: bool = False,
        dry_run: bool = False,
    ) -> Filed:
        """Correct fields of an entry; `everywhere` corrects all its reports and settles a contest."""
        from ledger.filing import corrections

        with self._deciding(negotiation, dry_run=dry_run) as (log, lookup):
            events = corrections.correct(
                lookup, slug, fields, reason, source=source, position=position, everywhere=everywhere
            )
            return _filed(log, lookup, events, dry_run=dry_run)

    def retract(
        self,
        slug: str,
        reason: str,
        *,
        cause: str = "entry-error",
        negotiation: str = "",
        source: str = "",
        dry_run: bool = False,
    ) -> Filed:
        """Retract an entry that was entered in error or withdrawn by its source."""
        from ledger.filing import corrections

        with self._deciding(negotiation, dry_run=dry_run) as (log, lookup):
            return _filed(log, lookup, corrections.retract(lookup, slug, reason, cause, source), dry_run=dry_run)

    def reinstate(
        self, slug: str, reason: str, *, negotiation: str = "", source: str = "", dry_run: bool = False
    ) -> Filed:
        """Take back every retraction of an entry, so that it counts again."""
        from ledger.filing import corrections

        with self._deciding(negotiation, dry_run=dry_run) as (log, lookup):
            return _filed(log, lookup, corrections.reinstate(lookup, slug, reason, source), dry_run=dry_run)

    def merge(self, *others: Path, ours: Iterable[str] = (), dry_run: bool = False) -> Filed:
        """Copy from other ledgers the events that this one lacks; the entries in `ours` are left unchanged.

        Refused, with all conflicts, if an entry has different content in two of the ledgers and none settles it.
        """
        with self._recording(dry_run=dry_run) as log:
            return _merged(log, others, ours, dry_run=dry_run)

    def send(self, ours: Iterable[str] = (), *, dry_run: bool = False) -> Filed:
        """Send on the entries filed offline at this desk; those in `ours` stay as they are on the server.

        Sending twice records nothing twice. Refused, with all conflicts, as a merge is; the entries then still wait. If
        `ours` leaves something out, the ledger with it is set aside, and the user is told where.
        """
        from ledger.integrity import offline

        with offline.sending(self._whole, ours, dry_run=dry_run) as waiting:
            if waiting is None:
                return Filed([], 0, [])
            with self._lent() as log:
                return _merged(log, [waiting.path], ours, since=waiting.after, dry_run=dry_run)

    def offline(self) -> "Ledger":
        """The ledger into which to file: this one, or while its server cannot be reached, one at this desk."""
        from ledger.integrity.offline import is_away

        return OfflineLedger(self.path, self.keeper, self.progress) if is_away(self.path) else self

    def waiting(self) -> int:
        """The number of events that were filed offline at this desk and are not sent yet."""
        from ledger.integrity import offline

        filed = offline.waiting(self.path)
        return len(filed.streams()) if filed is not None else 0

    def set_level(
        self, slug: str, level: str, reason: str, *, negotiation: str = "", dry_run: bool = False
    ) -> tuple[Filed, tuple[str, ...]]:
        """Give an entry another level of confidentiality; also returns the entries whose level changes with it."""
        from ledger.filing import corrections

        with self._deciding(negotiation, dry_run=dry_run) as (log, lookup):
            found = corrections.set_level(lookup, slug, level, reason)
            return _filed(log, lookup, found.events, exposing=found.exposing, dry_run=dry_run), found.moved

    def erase(
        self, what: str | int, reason: str, *, basis: str = "", negotiation: str = "", dry_run: bool = False
    ) -> "Receipt":
        """Erase the stored content of an entry (slug or name) or of one event (position). This cannot be undone."""
        from ledger.integrity import erasure, offline

        with self._recording(dry_run=dry_run) as log:
            offline.refuse_if_waiting(self._whole)
            within = chosen(negotiation, log.negotiations())
            return erasure.erase(log, within, what, reason, basis, dry_run=dry_run)

    def level_of(self, slug: str, negotiation: str = "") -> "LevelOfEntry":
        """The level of confidentiality of an entry, and of its reports."""
        from ledger.filing import corrections
        from ledger.filing.lookup import Lookup

        with self._log() as log:
            return corrections.level_of(Lookup(log, chosen(negotiation, log.negotiations())), slug)

    def rebuild(self, *, accept: bool = False) -> int:
        """Rebuild the views from the log and return their position.

        A log that is not the one the views saw is refused unless `accept` is set.
        """
        if accept:
            with store.opened(self.path) as log:
                log.accept()
        return self._opener().rebuild(accept=accept)

    # Inside.

    @contextmanager
    def _deciding(self, negotiation: str, *, dry_run: bool) -> "Iterator[tuple[Log, Lookup]]":
        """The log under its write lock, with the entries of the chosen negotiation."""
        from ledger.filing.lookup import Lookup

        with self._recording(dry_run=dry_run) as log, log.writing():
            yield log, Lookup(log, chosen(negotiation, log.negotiations()))

    def _recording(self, *, dry_run: bool = False) -> "AbstractContextManager[Log]":
        """The log to write to. Entries filed offline are sent on first, unless this is a dry run."""
        if is_desk(self._whole) and not dry_run:
            self._send_on()
        return self._lent()

    def _send_on(self) -> None:
        """Send on the entries filed offline, and tell the user; if they conflict with the record, they still wait."""
        try:
            sent = self.send()
        except ProblemsFound as conflicts:
            count, it = counted(len(conflicts.problems), "conflict"), "it" if len(conflicts.problems) == 1 else "them"
            say(f"What was filed offline is not sent yet ({count}); see {it} with `parley merge`.")
        else:
            if sent.recorded:
                say(f"Sent {counted(len(sent.recorded), 'event')} that had been filed offline.")

    @contextmanager
    def _lent(self) -> "Iterator[Log]":
        """The log of the whole ledger, from the pool if there is one; a server keeps the parts of readers with it."""
        from ledger.log.log import Log

        keeper = self.keeper or user()
        pooled = self._pool.taken(keeper, to_write=True) if self._pool is not None else None
        with pooled or closing(Log(self._whole, keeper)) as log:
            if is_desk(self._whole):
                from ledger.integrity.readers import keep

                log.before_commit = keep
            yield log


class OfflineLedger(Ledger):
    """A ledger at a desk whose server cannot be reached: the events that the desk has seen, and those filed meanwhile.

    `path` remains that of the desk.
    """

    is_offline = True

    def __init__(self, desk: Path, keeper: str = "", progress: Progress = lambda _: None) -> None:
        from ledger.integrity import offline

        with offline.filing(desk) as filed:
            super().__init__(filed.path, keeper, progress)
        self.path = desk

    @contextmanager
    def _recording(self, *, dry_run: bool = False) -> "Iterator[Log]":
        """The log, which is not sent while it is open."""
        from ledger.integrity import offline

        with offline.filing(self.path) as filed:
            self._whole = self._asked = filed.path
            with self._lent() as log:
                yield log


class _Undone(Exception):
    """Rolls back the events that a dry run appended."""


def _merged(log: "Log", others: Iterable[Path], ours: Iterable[str], since: int = 0, *, dry_run: bool) -> Filed:
    """Merge other ledgers into a log; see `merge.merge`."""
    from ledger.filing import merge
    from ledger.log.log import Log

    with ExitStack() as stack:
        theirs = [stack.enter_context(closing(Log(other))) for other in others]
        if dry_run:
            stack.enter_context(suppress(_Undone))
        stack.enter_context(log.writing())
        recorded, known = merge.merge(log, theirs, frozenset(ours), since)
        if dry_run:
            raise _Undone
    return Filed(recorded, known, [])


def _filed(
    log: "Log",
    lookup: "Lookup",
    events: "Sequence[tuple[Stream, Event]]",
    known: int = 0,
    unfound: "Sequence[tuple[str, str]]" = (),
    exposing: str = "",
    *,
    dry_run: bool,
) -> Filed:
    """Append events, and describe each in a sentence."""
    from ledger.filing.prepare import appended, sentences

    return Filed(appended(log, events, dry_run=dry_run), known, sentences(lookup, events), unfound, exposing)
