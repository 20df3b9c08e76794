"""The questions to the record: as of any day, of the whole record or of the part at or below a level.

A call imports only the modules that it needs: if the views are up to date, a question loads neither the event-sourcing
library nor sqlite-utils.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.base import now
from ledger.base.companions import user
from ledger.base.desks import is_desk, say
from ledger.base.names import is_slug
from ledger.domain.clocks import EVERYTHING, Clocks, Moment, typed_position
from ledger.domain.errors import NoNegotiationYet, UnknownNegotiation
from ledger.domain.names import chosen
from ledger.log import store
from ledger.views.errors import NotRecordedYet

if TYPE_CHECKING:
    from ledger.integrity.offline import Waiting
    from ledger.log.log import Log
    from ledger.log.pool import LogPool
    from ledger.projections.opening import Opener
    from ledger.projections.story import Step
    from ledger.queries.check import Checked, Examined
    from ledger.views.database import ViewsPool
    from ledger.views.views import Views

Progress = Callable[[int], None]


class AskableRecord:
    """The record in the ledger at `path`, or only its part at or below a `level`.

    At a level, a copy of that part of the ledger answers every question, and `path` is that of the copy. Nothing is
    opened or imported before it is needed, and each call opens and closes the log.
    """

    def __init__(self, path: Path, keeper: str = "", progress: Progress = lambda _: None, level: str = "") -> None:
        self.path = path
        self.keeper = keeper
        self.progress = progress
        self.away = ""  # the sentence that says as of when questions are answered, and what waits to be sent
        self.unsent: Waiting | None = None  # what was filed offline, if it is in the answers
        self._whole = self._asked = path  # the ledger that answers
        self.level = level
        self._pool: LogPool | None = None  # the logs of the whole ledger that stay open between calls
        self._open_views: ViewsPool | None = None  # that stay open between questions
        self._bring()

    def keep_views_open(self) -> None:
        """Keep the views open between questions, which halves the time of a short question."""
        from ledger.views.database import ViewsPool

        self._open_views = ViewsPool()

    def views(self, clocks: Clocks = EVERYTHING, negotiation: str = "") -> "Views":
        """The views of one negotiation as of a moment, after bringing them up to date."""
        from ledger.views.views import Views

        opener = self._opener()
        day = clocks.as_of or now.today().isoformat()
        if clocks.selective:
            views = Views(opener.replayed(clocks, negotiation), day, reported_by=clocks.reported_by or "")
            views.limits = clocks.limits
        else:
            views = opener.reader(Views, day)
        views.sent_upto = self._sent_upto()
        try:
            views.choose(negotiation)
        except BaseException as error:
            views.close()
            if clocks.recorded_by is not None and isinstance(error, NoNegotiationYet | UnknownNegotiation):
                raise NotRecordedYet.of(negotiation, clocks.recorded_by) from None
            raise
        if clocks.selective:
            views.whole = partial(self.views, Clocks("9999-12-31"), views.negotiation)
        return views

    def every_views(self, clocks: Clocks = EVERYTHING) -> "list[Views]":
        """The views of every negotiation as of a moment, in alphabetical order, all of one state of the record."""
        from ledger.views.views import Views

        if clocks.selective:
            upto = self.position_at(clocks.recorded_by)
            pinned = clocks._replace(recorded_by=self.head().position if upto is None else upto)
            found = []
            for negotiation in self.negotiations():
                with suppress(NotRecordedYet):  # it was opened later
                    found.append(self.views(pinned, negotiation))
            if not found and clocks.recorded_by is not None and self.negotiations():
                raise NotRecordedYet.of("", clocks.recorded_by)
            return found
        views = self._opener().reader(Views, clocks.as_of or now.today().isoformat())
        views.sent_upto = self._sent_upto()
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
        """Store this keeper's present look at the record, as of a day, as the next `last-look`."""
        from ledger.views.asking import looks

        looks.remember(self.path, self.keeper or user(), day, self.head().position)

    def check(self, clocks: Clocks = EVERYTHING, negotiation: str = "") -> "Checked":
        """Find the faults of the record: failing assertions and contradictions.

        Without `as_of`, the whole record is checked, including events that have not happened yet.
        """
        from ledger.queries.check import check_as_of

        with self.views(clocks, negotiation) as views:
            examined = self.examine(clocks, views.negotiation)
            return check_as_of(views, examined, clocks.as_of, now.today().isoformat())

    def examine(self, clocks: Clocks, negotiation: str) -> "Examined":
        """The findings of a check that do not depend on the day, in the events that the other two clocks select."""
        from ledger.base.collector import uncollected

        with uncollected():
            return self._examine(clocks, negotiation)  # whose events are let go before anything is collected

    def _examine(self, clocks: Clocks, negotiation: str) -> "Examined":
        from ledger.projections import sources
        from ledger.queries.check import examine

        head = self.head().position
        with self._log() as log:
            upto = self.position_at(clocks.recorded_by)
            known = Clocks(None, clocks.reported_by, head if upto is None else upto)
            streams, publications = sources.selected(log, negotiation, known)
            everything = dict(log.by_stream(negotiation, upto)) if clocks.reported_by else None
            return examine(streams, publications, everything)

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
        told = self._bring()
        if told:
            say(told)
        head, away = self._head_of_log()
        self.away = f"{away} {told}".strip()
        return head

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until the log has events after a position, at most some seconds; return whether it has."""
        from ledger.projections import opening

        return opening.wait(self.path, position, seconds)

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in this ledger, in alphabetical order."""
        from ledger.projections import opening

        self._bring()
        return [one for one in opening.negotiations(self._asked) if is_slug(one)]

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

    # Levels.

    def levels(self) -> tuple[str, ...]:
        """The names of the ledger's levels of confidentiality, the most open first."""
        from ledger.integrity import copies

        return copies.names(self._whole)

    def at(self, level: str) -> "AskableRecord":
        """The record at or below a level, and never above its own; itself if there is nothing to leave out."""
        names = self.levels() if level else ()
        if not level or (level in names and level in names[names.index(self.level or names[-1]) :]):
            return self
        return AskableRecord(self._whole, self.keeper, self.progress, level)

    # The views' files.

    def replay_into(self, path: Path, clocks: Clocks) -> None:
        """Write the views as of a moment to a new database at `path`, which must not exist yet."""
        self._opener().replay_into(path, clocks)

    # Inside.

    def _sent_upto(self) -> int | None:
        """The newest position on the server, if answers include entries filed offline; None at a level."""
        return self.unsent.after if self.unsent is not None and not self.level else None

    def _bring(self) -> str:
        """Find the ledger that answers, and bring the copy for the level up to date.

        Returns a sentence for the user if entries filed offline wait to be sent.
        """
        source, told = self._whole, ""
        if is_desk(self._whole):
            from ledger.integrity import offline

            source, self.unsent, told = offline.asked_of(self._whole)
        self._asked = source
        if self.level:
            from ledger.integrity import copies

            self.path = self._asked = copies.copy_at(source, self.level)
        return told

    def _opener(self) -> "Opener":
        from ledger.projections.opening import Opener

        head = self.head()
        if is_desk(self._asked) and not self.away:
            from ledger.integrity import offline

            if not offline.has_seen(self._asked):
                with self._seeing():
                    pass
        return Opener(self._asked, head, self._seeing, self.progress, self._open_views)

    def _head_of_log(self) -> tuple[store.Head, str]:
        if self._pool is None or self._asked != self._whole or is_desk(self._asked):
            from ledger.projections import opening

            return opening.head(self._asked)
        with self._log() as log:
            return log.store.checked_head(), ""

    @contextmanager
    def _seeing(self) -> "Iterator[Log]":
        """The log that answers; at a desk, the copy of what it has seen is brought up to date first."""
        with self._log() as log:
            if is_desk(self._asked):
                from ledger.integrity import offline

                offline.see(log.store)
            yield log

    def _log(self) -> "AbstractContextManager[Log]":
        from ledger.log.log import Log

        if self._pool is not None and self._asked == self._whole:
            return self._pool.taken(self.keeper or user(), to_write=False)
        self._bring()
        return closing(Log(self._asked, self.keeper or user()))
