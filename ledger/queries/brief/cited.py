"""Lines of a brief, each with the number of the note that has its evidence."""

import re
from collections.abc import Collection, Sequence

from ledger.base.names import fold_words
from ledger.dates import When
from ledger.domain.states import Meeting
from ledger.domain.vocabulary import OFF
from ledger.queries.brief import Line, Note, Run
from ledger.views.ahead import present_forecast
from ledger.views.rows import Evidence
from ledger.views.status import UNDER_WAY
from ledger.views.views import Views

_TWO_STOPS = re.compile(r"(?<!\.)\.\.$")  # as after "p.m."


class CitedLines:
    """Makes lines, and numbers their notes in the order in which lines first need them."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.notes: dict[Note, int] = {}
        self.sources = {source.slug: source for source in views.every_source()}
        self.statements = {one.slug: one for one in views.statements()}
        self._meetings = {one.meeting.slug: one.meeting for one in views.meetings()}
        inferred = [(one.slug, one.inferred) for one in self.statements.values()]
        inferred += [(slug, one.inferred) for slug, one in self._meetings.items()]
        inferred += [(one.follow_up.slug, one.follow_up.inferred) for one in views.follow_ups(everything=True)]
        inferred += [(one.deadline.slug, one.deadline.inferred) for one in views.deadlines(everything=True)]
        self.inferred = {slug: why for slug, why in inferred if why}

    def _line(
        self, *runs: Run | str, rests_on: str = "", event: str = "", sources: Collection[str] = (), saying: str = ""
    ) -> Line:
        """The line, marked once if the record keeper inferred something in the entry that it rests on.

        Its note is that of one event or of some sources, if they are given, and has the words `saying` if any has them.
        """
        *start, end = [run for run in (Run(one) if isinstance(one, str) else one for one in runs) if run.words]
        mark = self._mark(rests_on)
        if mark and not any(mark in run.words for run in (*start, end)):
            end = end._replace(words=f"{end.words.removesuffix('.')}{mark}.")
        end = end._replace(words=_TWO_STOPS.sub(".", end.words))
        return Line((*start, end), self._note(rests_on, event, sources, saying))

    def _note(self, slug: str, event: str = "", sources: Collection[str] = (), saying: str = "") -> int:
        """The number of the note for an entry's newest evidence, or the newest of one event or of some sources.

        The note of a meeting has the words of the report that gives its status and its date. 0 if there is none.
        """
        meeting = self._meetings.get(slug) if not event and not sources else None
        return self._note_of(self._of_meeting(meeting) if meeting else self._newest(slug, event, sources, saying))

    def _newest(self, slug: str, event: str, sources: Collection[str], saying: str = "") -> list[Evidence]:
        of_it = {one.position for one in self.views.log(slug) if one.event == event} if event else ()
        evidence = [one for one in (self.views.evidence(slug) if slug else []) if not event or one.position in of_it]
        evidence = [one for one in evidence if not sources or one.source in sources]
        evidence = [one for one in evidence if fold_words(saying) in fold_words(one.words)] or evidence
        return [one for one in evidence if one.position == evidence[-1].position]

    def _of_meeting(self, meeting: Meeting) -> list[Evidence]:
        """The evidence that a meeting was held or called off, or else of its present expectation."""
        if meeting.status in ("held", *UNDER_WAY):
            return self._newest(meeting.slug, "MeetingReported", meeting.status_in[-1:])
        if meeting.status in OFF.values():
            return self._newest(meeting.slug, "MeetingCalledOff", meeting.status_in[-1:])
        present = present_forecast(meeting, self.views.forecasts(meeting.slug))
        said = self.views.evidence_at(present.position) if present else []
        return said or self._newest(meeting.slug, "MeetingAnnounced", ())

    def _note_of(self, newest: Sequence[Evidence]) -> int:
        """The number of the note for the quotations of one report; 0 if there are none."""
        if not newest:
            return 0
        slug = newest[0].slug
        quotes, known = tuple(one.words for one in newest), self.sources.get(newest[0].source)
        note = Note(quotes, newest[0].source, "", "", When(), self.inferred.get(slug, ""))
        if known is not None:
            note = note._replace(
                title=known.title,
                publisher=known.publisher,
                published=known.published,
                inferred_in_source=known.inferred,
            )
        return self.notes.setdefault(note, len(self.notes) + 1)

    def _mark(self, slug: str) -> str:
        return " (inferred)" if slug in self.inferred else ""
