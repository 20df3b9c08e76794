"""A ledger: file entries, mend them, ask questions of any day.

The one place where log, rules and views meet. What a call does not need is not imported: a question that finds the
views up to date loads neither the event-sourcing library nor sqlite-utils.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ledger.base import now
from ledger.base.files import is_there
from ledger.domain.clocks import Clocks, Moment, typed_position
from ledger.errors import ProblemsFound
from ledger.log import store
from ledger.log.errors import AlreadyALedger
from ledger.projections.opening import Opener
from ledger.views.database import path_beside
from ledger.views.views import Views, chosen

if TYPE_CHECKING:
    from ledger.domain.events import Event, Recorded, Stream
    from ledger.filing.lookup import Lookup
    from ledger.filing.sheets import Problem, Sheet
    from ledger.integrity.erasure import Receipt
    from ledger.log.log import Log
    from ledger.log.pool import LogPool
    from ledger.projections.story import Step
    from ledger.queries.check import Checked

Progress = Callable[[int], None]


class Filed(NamedTuple):
    """What a filing appended (or, on a dry run, would), and how many entries were of record already.

    `sentences` tells what was appended, event by event; left out for entry files, which may hold thousands.
    """

    recorded: "list[Recorded]"
    known: int
    sentences: "list[str]"


class Ledger:
    """One ledger file and its views. Nothing is opened or imported before it is needed.

    Each call opens the log and closes it again, so that the file may be copied or replaced between two. In a `with`
    statement the log stays open from call to call, which makes filing event by event several times as fast.
    """

    def __init__(self, path: Path, keeper: str = "", progress: Progress = lambda _: None) -> None:
        self.path = path
        self.keeper = keeper
        self.progress = progress
        self._kept: LogPool | None = None

    def __enter__(self) -> Self:
        from ledger.log.pool import LogPool

        self._kept = LogPool(self.path)
        return self

    def __exit__(self, *raised: object) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    # Filing.

    def import_files(self, paths: Iterable[Path | str], *, texts: Path | None = None, dry_run: bool = False) -> Filed:
        """File entry files, all or nothing; `texts` is a folder of source texts, known by their SHA-256."""
        from ledger.base.collector import uncollected
        from ledger.filing import entry_files

        problems: list[Problem] = []
        sheets: dict[str, list[Sheet]] = {}
        with uncollected():
            for path in paths:
                found = entry_files.read(Path(path), texts)
                problems += found.problems
                for negotiation, sheet in found.sheets:
                    sheets.setdefault(negotiation, []).append(sheet)
            return self._file(sheets, problems, dry_run, telling=False)

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
        """File one entry from a registered source, or from a note of the keeper's own."""
        from ledger.filing.sheets import Filled, Sheet

        if kind == "negotiation":
            negotiation = slug
        negotiation = negotiation or self.negotiation()
        if kind == "source":
            text = fields.get("text", "")
            given = {name: value for name, value in fields.items() if name != "text"}
            sheet = Sheet(source=Filled("source", slug, given, "", _options(given)), text=text)
            return self._file({negotiation: [sheet]}, [], dry_run)
        sheet = Sheet(entries=[Filled(kind, slug, fields, "", _options(fields))])
        if note:
            from ledger.filing.prepare import note_source

            sheet.source, sheet.text = note_source(note, now.today()), note
            sheet.entries[0] = sheet.entries[0]._replace(fields={"quote": note, **fields})
        elif source:
            sheet.source_slug = source
        return self._file({negotiation: [sheet]}, [], dry_run)

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
        """Give fields of an entry new values; `everywhere` settles what its reports disagree on."""
        from ledger.filing import corrections

        def mend(lookup: "Lookup") -> "Sequence[tuple[Stream, Event]]":
            return corrections.correct(
                lookup, slug, fields, reason, source=source, position=position, everywhere=everywhere
            )

        return self._mend(negotiation, mend, dry_run)

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
        """Retract an entry: entered in error, or withdrawn by its source."""
        from ledger.filing import corrections

        return self._mend(negotiation, lambda lookup: corrections.retract(lookup, slug, reason, cause, source), dry_run)

    def erase(
        self, what: str | int, reason: str, *, basis: str = "", negotiation: str = "", dry_run: bool = False
    ) -> "Receipt":
        """Erase the stored content of an entry, by its slug, or of one event, by its position; it cannot be undone."""
        from ledger.integrity import erasure

        negotiation = self.negotiation(negotiation)
        with self._log() as log:
            return erasure.erase(log, negotiation, what, reason, basis, dry_run=dry_run)

    def merge(self, other: Path, *, ours: Iterable[str] = (), dry_run: bool = False) -> Filed:
        """Take in what another ledger holds and this one does not; `ours` are slugs that stay as they are here.

        Refused, with every conflict, when an entry is of record in both with different content.
        """
        from ledger.filing import merge, prepare
        from ledger.log.log import Log

        with self._log(to_write=True) as log, closing(Log(other)) as theirs, log.writing():
            found = merge.join(log, theirs, frozenset(ours))
            if dry_run:
                return Filed(prepare.unrecorded(found.events), found.known, [])
            return Filed(log.append(found.events, found.keepers), found.known, [])

    # Asking.

    def views(self, clocks: Clocks = Clocks(), negotiation: str = "") -> Views:  # noqa: B008 (immutable)
        """The views of one negotiation as of a moment, brought up to date first."""
        opener = self._opener()
        connection = opener.replayed(clocks, negotiation) if clocks.selective else opener.up_to_date()
        views = Views(connection, clocks.as_of or now.today().isoformat())
        try:
            views.choose(negotiation)
        except BaseException:
            views.close()
            raise
        return views

    def moments(self, *texts: str, negotiation: str = "") -> list[Moment]:
        """The moments that the texts name; `last-look` is when this keeper last looked at the record."""
        from ledger.views import looks, moments

        keeper, today = self.keeper or user(), now.today()
        with closing(self.views(Clocks(), negotiation)) as views:
            return [
                looks.last(self.path, keeper) if text == looks.LAST_LOOK else moments.read(views, text, today)
                for text in texts
            ]

    def look(self, day: str) -> None:
        """Remember that this keeper looks at the record now, as of a day: the next `last-look`."""
        from ledger.views import looks

        looks.remember(self.path, self.keeper or user(), day, self.head().position)

    def check(self, clocks: Clocks = Clocks(), negotiation: str = "") -> "Checked":  # noqa: B008 (immutable)
        """What is wrong with the record: assertions that no longer hold, and what does not fit together.

        Only `as_of` leaves out what had not happened by a day; without it, all that is of record is checked.
        """
        from ledger.projections import projector
        from ledger.queries.check import check

        head = self.head().position
        with closing(self.views(clocks, negotiation)) as views, self._log() as log:
            upto = self.position_at(clocks.recorded_by)
            known = Clocks(None, clocks.reported_by, head if upto is None else upto)
            streams, publications = projector.selected(log, views.negotiation, known)
            everything = dict(log.by_stream(views.negotiation, upto)) if clocks.reported_by else None
            return check(views, streams, publications, everything, clocks.as_of, now.today().isoformat())

    def head(self) -> store.Head:
        """Where the log stands: its identity, the position of its newest event, and its seal."""
        return store.head(self.path)

    def negotiation(self, named: str = "") -> str:
        """The negotiation named, else the only one there is, by the log; refused when that is unclear."""
        with self._log() as log:
            return chosen(named, log.negotiations())

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in this ledger, in alphabetical order."""
        with self._log() as log:
            return log.negotiations()

    def text_of(self, negotiation: str, source: str) -> str:
        """The frozen text of a source, which the log alone keeps; "" where it was not at hand."""
        from ledger.domain.events import Stream

        with self._log() as log:
            texts = [getattr(one.event, "text", "") for one in log.stream(Stream(negotiation, "source", source))]
        return next(filter(None, texts), "")

    def rebuild(self, *, accept: bool = False) -> int:
        """Make the views anew from the log; the position they are of.

        A log that is not the one the views saw is refused unless that is accepted.
        """
        from ledger.projections import projector, replays

        with self._log() as log:
            if accept:
                log.store.accept()
        head = self.head()
        with self._log() as log:
            work = partial(projector.rebuild, log, head=head, progress=self.progress, accept=accept)
            projector.write_views(path_beside(self.path), work).close()
            replays.forget(self.path)
            return log.position()

    def replay_into(self, path: Path, clocks: Clocks) -> None:
        """Write the views as of a moment to a database of their own, which must not exist yet."""
        from ledger.base.sqlite import refusing
        from ledger.projections import projector
        from ledger.projections.errors import ViewsBusy

        if is_there(path):
            raise AlreadyALedger(path=path)
        clocks = self.resolved(clocks)
        ledger_id = self.head().ledger_id
        with self._log() as log, refusing(path, ViewsBusy), closing(projector.open_views(path)) as db:
            projector.replay(log, db, ledger_id, clocks, self.progress)

    def story(self, clocks: Clocks, negotiation: str = "") -> "list[Step]":
        """What happened by a moment, event by event, and what each changed."""
        from ledger.projections import story

        negotiation, clocks = self.negotiation(negotiation), self.resolved(clocks)
        with self._log() as log:
            return list(story.story(log, negotiation, clocks))

    def resolved(self, clocks: Clocks) -> Clocks:
        """The clocks with `recorded_by` as a position of the log."""
        return clocks._replace(recorded_by=self.position_at(clocks.recorded_by))

    def positions_of(self, entry: str, negotiation: str = "") -> list[int]:
        """The positions of an entry's events, by its slug; a position is itself."""
        from ledger.filing import corrections
        from ledger.filing.lookup import Lookup

        position = typed_position(entry)
        if position is not None:
            return [position]
        negotiation = self.negotiation(negotiation)
        with self._log() as log:
            stream = corrections.stream_of(Lookup(log, negotiation), entry)
            return [row.position for row in log.store.events_of(str(stream))]

    def position_at(self, moment: str | int | None) -> int | None:
        """The position of the last event recorded by a day or a time (UTC, ISO 8601); a position is itself."""
        return self._opener().position_at(moment) if isinstance(moment, str) else moment

    # Inside.

    def _log(self, *, to_write: bool = False) -> "AbstractContextManager[Log]":
        if self._kept is not None:
            return self._kept.taken(self.keeper or user(), to_write=to_write)
        from ledger.log.log import Log

        return closing(Log(self.path, self.keeper or user()))

    def _opener(self) -> Opener:
        return Opener(self.path, self.head(), self._log, self.progress)

    def _file(
        self, sheets: "dict[str, list[Sheet]]", problems: "list[Problem]", dry_run: bool, *, telling: bool = True
    ) -> Filed:
        from ledger.filing import prepare
        from ledger.filing.lookup import Lookup

        with self._log(to_write=True) as log, log.writing():
            events: list[tuple[Stream, Event]] = []
            sentences: list[str] = []
            already = 0
            for negotiation, of_negotiation in sheets.items():
                lookup = Lookup(log, negotiation)
                try:
                    found = prepare.prepare(lookup, of_negotiation)
                    events += found.events
                    already += found.known
                except ProblemsFound as refused:
                    problems += refused.problems  # type: ignore[arg-type]
                else:
                    sentences += prepare.told(lookup, found.events) if telling else []
            if problems:
                raise ProblemsFound(problems)
            return Filed(prepare.unrecorded(events) if dry_run else log.append(events), already, sentences)

    def _mend(
        self, negotiation: str, mend: "Callable[[Lookup], Sequence[tuple[Stream, Event]]]", dry_run: bool
    ) -> Filed:
        from ledger.filing import prepare
        from ledger.filing.lookup import Lookup

        negotiation = self.negotiation(negotiation)
        with self._log(to_write=True) as log, log.writing():
            lookup = Lookup(log, negotiation)
            events = mend(lookup)
            recorded = prepare.unrecorded(events) if dry_run else log.append(events)
            return Filed(recorded, 0, prepare.told(lookup, events))


def _options(fields: Mapping[str, Any]) -> dict[str, str]:
    """Where a field stands when it was typed as an option."""
    return {name: f"--{name}" for name in fields}


def user() -> str:
    """Who records, when nobody says: the user of the machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
