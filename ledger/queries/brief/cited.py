"""Lines of a brief, each with the number of the note that has its evidence."""

import re
from collections.abc import Collection, Sequence

from ledger.base.names import fold_words
from ledger.base.text import as_sentence
from ledger.dates import When
from ledger.domain.clocks import in_order
from ledger.domain.states import Meeting
from ledger.domain.vocabulary import OFF, guessed_mark
from ledger.queries.brief import Line, Note, Run
from ledger.queries.brief.filed import filed_in, in_runs
from ledger.queries.diff import Difference
from ledger.views.ahead import present_forecast
from ledger.views.rows import Evidence, slugs
from ledger.views.status import UNDER_WAY
from ledger.views.views import Views

_TWO_STOPS = re.compile(r"(?<!\.)\.\.$")  # as after "p.m."


class CitedLines:
    """Makes lines, and numbers their notes in the order in which lines first need them."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.notes: dict[Note, int] = {}
        self.sources = {source.slug: source for source in views.every_source()}
        self.statements = {one.slug: one for one in in_order(views.statements())}
        self.last_said = {issue: one.slug for one in self.statements.values() for issue in one.issues}
        self._meetings = {one.meeting.slug: one.meeting for one in views.meetings()}
        agreed = [one.follow_up for one in views.follow_ups(everything=True)]
        deadlines = [one.deadline for one in views.deadlines(everything=True)]
        inferred = [(slug, one.inferred) for slug, one in self.statements.items()]
        inferred += [(slug, one.inferred) for slug, one in self._meetings.items()]
        inferred += [(one.slug, one.inferred) for one in agreed]
        inferred += [(one.slug, one.inferred) for one in deadlines]
        self.inferred = {slug: why for slug, why in inferred if why}
        self._words = {slug: (one.says, *one.conditional_on) for slug, one in self.statements.items()}
        self._words |= {slug: (one.reason,) for slug, one in self._meetings.items()}
        self._words |= {one.slug: (one.says,) for one in agreed} | {one.slug: (one.says,) for one in deadlines}
        self._parts = {one.slug: one.inferred_in for one in self.statements.values()}

    def _line(
        self, *runs: Run | str, rests_on: str = "", event: str = "", sources: Collection[str] = (), saying: str = ""
    ) -> Line:
        """The line, marked once if the record keeper inferred something in the entry that it rests on.

        Its note is that of one event or of some sources, if they are given, and has the words `saying` if any has them.
        """
        *start, end = [run for run in (Run(one) if isinstance(one, str) else one for one in runs) if run.words]
        mark = self._mark(rests_on)
        if mark and not any("inferred)" in run.words for run in (*start, end)):
            if end.filed:  # one page may cut it, but not the mark
                start, end = [*start, end._replace(words=end.words.removesuffix("."))], Run("")
            end = end._replace(words=f"{end.words.removesuffix('.')}{mark}.")
        end = end._replace(words=_TWO_STOPS.sub(".", end.words))
        return Line((*start, end), self._note(rests_on, event, sources, saying))

    def _filed(self, text: str, *slugs: str) -> list[Run]:
        """A text about these entries in runs, of which one page may cut only the words that somebody filed."""
        return in_runs(text, [words for slug in slugs for words in self._words.get(slug, ())])

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
        if not evidence:
            return self._unquoted(slug, sources)
        evidence = [one for one in evidence if fold_words(saying) in fold_words(one.words)] or evidence
        return [one for one in evidence if one.position == evidence[-1].position]

    def _unquoted(self, slug: str, sources: Collection[str]) -> list[Evidence]:
        """The newest source of an entry of which no words are quoted, or the last of some sources; without words."""
        by_then = [one for one in self.views.log(slug) if one.takes_effect and one.takes_effect <= self.views.day]
        found = [one.source for one in by_then if one.source and not one.is_upkeep] if slug else []
        given = [*sources] or found
        return [Evidence(slug, 0, given[-1], "", -1, -1, False, None)] if given else []

    def _in_runs(self, one: Difference) -> list[Run]:
        """The sentence of a change, of which one page may cut only the words that somebody filed."""
        words = (words for slug in self._may_rest_on(one) for words in self._words.get(slug, ()))
        return in_runs(as_sentence(one.says), filed_in(one, words))

    def _rests_on(self, one: Difference) -> str:
        """The entry with the evidence of a difference: for an ask or an issue, the statement that changed it."""
        found = self._may_rest_on(one)
        in_source = (slug for slug in found if any(of.source == one.source for of in self.views.evidence(slug)))
        return next(in_source, found[0])

    def _may_rest_on(self, one: Difference) -> list[str]:
        """The entries that may have the evidence of a difference, the likeliest first."""
        after, found = one.after or {}, [one.slug]
        if one.kind == "ask":
            asked_first = ("last_statement",) if "last_statement" in after else ()
            of_it = (*asked_first, "ended_in", "answer_statement")
            found = [after[name] for name in of_it if after.get(name)]
            found.append(one.part.partition(": ")[2])
        elif one.kind == "issue":
            found = [*reversed(slugs(after.get("rests_on") or "[]"))]
        elif one.kind == "figure":
            found = [one.part.partition(":")[0].partition("/")[2]]
        return found or [self.last_said.get(one.slug, one.slug)]

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
        quotes, known = tuple(one.words for one in newest if one.words), self.sources.get(newest[0].source)
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
        return guessed_mark(self.inferred.get(slug, ""), self._parts.get(slug, ()))
