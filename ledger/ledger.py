"""The ledger: file entries, correct them, and ask questions as of any day.

This module connects the log, the rules and the views. A call imports only the modules that it needs: if the views are
up to date, a question loads neither the event-sourcing library nor sqlite-utils.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ledger.base import now
from ledger.base.companions import user
from ledger.domain.clocks import EVERYTHING, Clocks, Moment, typed_position
from ledger.errors import ProblemsFound, Refusal
from ledger.log import store
from ledger.projections import opening
from ledger.projections.opening import Opener
from ledger.views.errors import UnknownNegotiation
from ledger.views.views import Views, chosen

if TYPE_CHECKING:
    from ledger.domain.events import Event, Recorded, Stream
    from ledger.filing.lookup import Lookup
    from ledger.filing.sheets import Sheet
    from ledger.integrity.erasure import Receipt
    from ledger.log.log import Log
    from ledger.log.pool import LogPool
    from ledger.projections.story import Step
    from ledger.queries.check import Checked

_NEWEST = 500  # events in which a keeper's last source is looked for
Progress = Callable[[int], None]


class Filed(NamedTuple):
    """The events that a filing appended (or, on a dry run, would append), and how many entries were already recorded.

    `sentences` describes the appended events one by one; it is empty for entry files, which may contain thousands.
    `unfound` has the figures whose words the text of their source lacks, each with its entry.
    """

    recorded: "list[Recorded]"
    known: int
    sentences: "list[str]"
    unfound: "Sequence[tuple[str, str]]" = ()


class Ledger:
    """One ledger and its views. Nothing is opened or imported before it is needed.

    Each call opens and closes the log, so the file may be copied or replaced between calls. In a `with` statement the
    log remains open between calls, which makes filing event by event several times as fast.
    """

    def __init__(self, path: Path, keeper: str = "", progress: Progress = lambda _: None) -> None:
        self.path = path
        self.keeper = keeper
        self.progress = progress
        self.away = ""  # the sentence that says as of when questions are answered, while the server cannot be reached
        self._pool: LogPool | None = None

    @classmethod
    def create(cls, path: Path, keeper: str = "") -> Self:
        """Create an empty ledger; refused if `path` already exists."""
        store.create(path)
        return cls(path, keeper)

    def __enter__(self) -> Self:
        from ledger.log.pool import LogPool

        self._pool = LogPool(self.path)
        return self

    def __exit__(self, *raised: object) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None

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
        from ledger.filing import prepare
        from ledger.filing.sheets import Filled, Sheet

        places = {name: f"--{name}" for name in fields}
        if kind == "source":
            given = {name: value for name, value in fields.items() if name != "text"}
            sheet = Sheet(source=Filled("source", slug, given, "", places), text=fields.get("text", ""))
        elif note:
            entry = Filled(kind, slug, {"quote": note, **fields}, "", places)
            sheet = Sheet(source=prepare.note_source(note, now.today()), text=note, entries=[entry])
        else:
            sheet = Sheet(source_slug=source, entries=[Filled(kind, slug, fields, "", places)])
        return self.file([sheet], negotiation=slug if kind == "negotiation" else negotiation, dry_run=dry_run)

    def file(self, sheets: "Sequence[Sheet]", *, negotiation: str = "", dry_run: bool = False) -> Filed:
        """File filled-in forms of one negotiation, all or nothing."""
        from ledger.filing import prepare
        from ledger.filing.lookup import Lookup

        with self._writing() as log:
            lookup = Lookup(log, negotiation or chosen("", log.negotiations()))
            found = prepare.prepare(lookup, sheets)
            return _filed(log, lookup, found.events, dry_run, found.known)._replace(unfound=found.unfound)

    def last_source(self) -> tuple[str, str]:
        """The negotiation and the source of this keeper's last entry, among the newest events; refused if none is."""
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
        known = 0
        with uncollected():
            for path in paths:
                read = entry_files.read(Path(path), texts)
                problems += read.problems
                for negotiation, sheet in read.sheets:
                    sheets.setdefault(negotiation, []).append(sheet)
            with self._writing() as log:
                for negotiation, of_negotiation in sheets.items():
                    try:
                        found = prepare.prepare(Lookup(log, negotiation), of_negotiation)
                        events += found.events
                        known += found.known
                        unfound += found.unfound
                    except ProblemsFound as refused:
                        problems += refused.problems
                if problems:
                    raise ProblemsFound(problems)
                return Filed(prepare.appended(log, events, dry_run=dry_run), known, [], unfound)

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
        from ledger.filing.lookup import Lookup

        with self._writing() as log:
            lookup = Lookup(log, chosen(negotiation, log.negotiations()))
            events = corrections.correct(
                lookup, slug, fields, reason, source=source, position=position, everywhere=everywhere
            )
            return _filed(log, lookup, events, dry_run)

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
        from ledger.filing.lookup import Lookup

        with self._writing() as log:
            lookup = Lookup(log, chosen(negotiation, log.negotiations()))
            return _filed(log, lookup, corrections.retract(lookup, slug, reason, cause, source), dry_run)

    def reinstate(
        self, slug: str, reason: str, *, negotiation: str = "", source: str = "", dry_run: bool = False
    ) -> Filed:
        """Take back every retraction of an entry, so that it counts again."""
        from ledger.filing import corrections
        from ledger.filing.lookup import Lookup

        with self._writing() as log:
            lookup = Lookup(log, chosen(negotiation, log.negotiations()))
            return _filed(log, lookup, corrections.reinstate(lookup, slug, reason, source), dry_run)

    def merge(self, *others: Path, ours: Iterable[str] = (), dry_run: bool = False) -> Filed:
        """Copy from other ledgers the events that this one lacks; the entries in `ours` are left unchanged.

        Refused, with all conflicts, if an entry has different content in two of the ledgers and none settles it.
        """
        from ledger.filing import merge
        from ledger.log.log import Log

        with ExitStack() as stack:
            theirs = [stack.enter_context(closing(Log(other))) for other in others]
            if dry_run:
                stack.enter_context(suppress(_Undone))
            log = stack.enter_context(self._writing())
            recorded, known = merge.merge(log, theirs, frozenset(ours))
            if dry_run:
                raise _Undone
        return Filed(recorded, known, [])

    def erase(
        self, what: str | int, reason: str, *, basis: str = "", negotiation: str = "", dry_run: bool = False
    ) -> "Receipt":
        """Erase the stored content of an entry (slug or name) or of one event (position). This cannot be undone."""
        from ledger.integrity import erasure

        with self._log(to_write=True) as log:
            within = chosen(negotiation, log.negotiations())
            return erasure.erase(log, within, what, reason, basis, dry_run=dry_run)

    # Asking.

    def views(self, clocks: Clocks = EVERYTHING, negotiation: str = "") -> Views:
        """The views of one negotiation as of a moment, after bringing them up to date."""
        opener = self._opener()
        connection = opener.replayed(clocks, negotiation) if clocks.selective else opener.up_to_date()
        views = Views(connection, clocks.as_of or now.today().isoformat(), reported_by=clocks.reported_by or "")
        try:
            views.choose(negotiation)
        except BaseException:
            views.close()
            raise
        if clocks.selective:
            views.whole = partial(self.views, Clocks("9999-12-31"), views.negotiation)
        return views

    def every_views(self, clocks: Clocks = EVERYTHING) -> list[Views]:
        """The views of every negotiation as of a moment, in alphabetical order, all of one state of the record."""
        if clocks.selective:
            upto = self.position_at(clocks.recorded_by)
            pinned = clocks._replace(recorded_by=self.head().position if upto is None else upto)
            found = []
            for negotiation in self.negotiations():
                with suppress(UnknownNegotiation):  # it was opened later
                    found.append(self.views(pinned, negotiation))
            return found
        views = Views(self._opener().up_to_date(), clocks.as_of or now.today().isoformat())
        return [views.of(negotiation) for negotiation in views.negotiations()]

    def moments(self, *texts: str, negotiation: str = "") -> list[Moment]:
        """The moments that the texts name; `last-look` is the time when this keeper last looked at the record."""
        from ledger.views.asking import looks, moments

        keeper, today = self.keeper or user(), now.today()
        with self.views(negotiation=negotiation) as views:
            return [
                looks.last(self.path, keeper) if text == looks.LAST_LOOK else moments.read(views, text, today)
                for text in texts
            ]

    def look(self, day: str) -> None:
        """Store that this keeper looks at the record now, as of a day: the next `last-look`."""
        from ledger.views.asking import looks

        looks.remember(self.path, self.keeper or user(), day, self.head().position)

    def check(self, clocks: Clocks = EVERYTHING, negotiation: str = "") -> "Checked":
        """Find the faults of the record: failing assertions and contradictions.

        Without `as_of`, the whole record is checked, including events that have not happened yet.
        """
        from ledger.projections import sources
        from ledger.queries.check import check

        head = self.head().position
        with self.views(clocks, negotiation) as views, self._log() as log:
            upto = self.position_at(clocks.recorded_by)
            known = Clocks(None, clocks.reported_by, head if upto is None else upto)
            streams, publications = sources.selected(log, views.negotiation, known)
            everything = dict(log.by_stream(views.negotiation, upto)) if clocks.reported_by else None
            return check(views, streams, publications, everything, clocks.as_of, now.today().isoformat())

    def story(self, clocks: Clocks, negotiation: str = "") -> "list[Step]":
        """The story up to a moment: its events in order, with the changes that each made."""
        from ledger.projections import story

        clocks = clocks._replace(recorded_by=self.position_at(clocks.recorded_by))
        with self._log() as log:
            return list(story.story(log, chosen(negotiation, log.negotiations()), clocks))

    def head(self) -> store.Head:
        """The head of the log: its identity, the position of its newest event, and its seal.

        While the server of the log cannot be reached, it is the head that the views on this machine have seen.
        """
        head, self.away = opening.head(self.path)
        return head

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until the log has events after a position, at most some seconds; return whether it has."""
        return opening.wait(self.path, position, seconds)

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in this ledger, in alphabetical order."""
        return opening.negotiations(self.path)

    def text_of(self, negotiation: str, source: str) -> str:
        """The frozen text of a source, which is only in the log; "" if it was not available."""
        from ledger.domain.events import Stream

        with self._log() as log:
            texts = [getattr(one.event, "text", "") for one in log.stream(Stream(negotiation, "source", source))]
        return next(filter(None, texts), "")

    def positions_of(self, entry: str, negotiation: str = "") -> list[int]:
        """The positions of an entry's events, by its slug or name; an `int` is returned unchanged."""
        from ledger.filing import corrections
        from ledger.filing.lookup import Lookup

        position = typed_position(entry)
        if position is not None:
            return [position]
        with self._log() as log:
            stream = corrections.stream_of(Lookup(log, chosen(negotiation, log.negotiations())), entry)
            return [row.position for row in log.store.events_of(str(stream))]

    def position_at(self, moment: str | int | None) -> int | None:
        """The position of the last event recorded by a day or time (UTC, ISO 8601); an `int` is returned unchanged."""
        return self._opener().position_at(moment) if isinstance(moment, str) else moment

    # The views' files.

    def rebuild(self, *, accept: bool = False) -> int:
        """Rebuild the views from the log and return their position.

        A log that is not the one the views saw is refused unless `accept` is set.
        """
        if accept:
            with store.opened(self.path) as log:
                log.accept()
        return self._opener().rebuild(accept=accept)

    def replay_into(self, path: Path, clocks: Clocks) -> None:
        """Write the views as of a moment to a new database at `path`, which must not exist yet."""
        self._opener().replay_into(path, clocks)

    # Inside.

    def _opener(self) -> Opener:
        return Opener(self.path, self.head(), self._log, self.progress)

    @contextmanager
    def _writing(self) -> "Iterator[Log]":
        """The log under its write lock, so that nothing changes between checking the rules and storing the events."""
        with self._log(to_write=True) as log, log.writing():
            yield log

    def _log(self, *, to_write: bool = False) -> "AbstractContextManager[Log]":
        keeper = self.keeper or user()
        if self._pool is not None:
            return self._pool.taken(keeper, to_write=to_write)
        from ledger.log.log import Log

        return closing(Log(self.path, keeper))


class _Undone(Exception):
    """Rolls back what a dry run appended."""


def _filed(
    log: "Log", lookup: "Lookup", events: "Sequence[tuple[Stream, Event]]", dry_run: bool, known: int = 0
) -> Filed:
    """Append events, and describe each in a sentence."""
    from ledger.filing import prepare

    return Filed(prepare.appended(log, events, dry_run=dry_run), known, prepare.sentences(lookup, events))
