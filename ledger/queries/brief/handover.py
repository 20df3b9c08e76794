"""The handover: one document for a successor, in the form of a full brief.

First comes a glossary of the parties, people and issues. Then come the sections of the brief, the open promises, the
story by rounds, and the sources with their texts.
"""

from collections.abc import Iterator

from ledger.base.text import as_sentence, capital, counted, listed
from ledger.dates import When
from ledger.domain.states import Meeting
from ledger.domain.vocabulary import meeting_name
from ledger.domain.voices import by_word
from ledger.queries.brief import Brief, BriefSection, Line, Run
from ledger.queries.brief.writer import Writer, section
from ledger.queries.promises import Promise, promises
from ledger.queries.replies import raisers
from ledger.queries.texts import texts
from ledger.views.parties import memberships, parties, role_in_words
from ledger.views.rows import together
from ledger.views.status import posts_of, standing_of
from ledger.views.views import Views


def handover(views: Views, ours: str = "") -> Brief:
    """The document as of the views' day, for a successor in the party `ours`."""
    return _Handover(views, ours).handover()


class _Handover(Writer):
    def handover(self) -> Brief:
        now = self.brief("", None)
        sections = [
            section("Parties", [*self._parties()]),
            section("People", [*self._everybody()]),
            section("Issues", [*self._glossary()]),
            *(one for one in now.sections if one.title != "Issues"),
            section(
                "Open promises",
                [self._promise(one) for one in promises(self.views, only_open=True) if one.kind == "promised"],
            ),
            *self._story(),
            section("The sources and their texts", [*self._sources()]),
            section("Draft texts", [*self._draft_texts()]),
        ]
        filled = [one for one in sections if one.lines]
        title = f"Handover: {now.title}"
        return now._replace(title=title, meeting=(), sections=filled, notes=list(self.notes))

    def _parties(self) -> Iterator[Line]:
        aliases = {one.slug: one.aliases for one in self.views.parties()}
        roles: dict[str, list[str]] = {}
        for one in memberships(self.views):
            roles.setdefault(one.party, []).append(role_in_words(self.views, one))
        for party in parties(self.views):
            told = roles.get(party.slug) or [f"{role} to the negotiation" for role in party.roles]
            yield self._named(party.name, party.slug, aliases.get(party.slug, ()), listed(told))

    def _everybody(self) -> Iterator[Line]:
        for one in self.views.people():
            of = self.views.name_of(one.party) if one.party else ""
            yield self._named(one.name, one.slug, one.aliases, posts_of(one), of=of)

    def _glossary(self) -> Iterator[Line]:
        aliases = self.views.aliases("issue")
        for issue in self.issues:
            by = raisers(self.views, issue, inside=True)
            raised = f", raised by {by}" if by else ""
            said = self.views.as_told(by_word(issue))
            according = f", according to {said}" if said else ""
            yield self._named(
                issue.title,
                issue.slug,
                tuple(aliases.get(issue.slug, ())),
                f"{standing_of(issue, according)}{raised}",
                self._said_so(issue),
            )
            yield from self._followed_up(issue)

    def _named(
        self, name: str, slug: str, aliases: tuple[str, ...], told: str, rests_on: str = "", of: str = ""
    ) -> Line:
        """A line of the glossary: the name, its slug, the party that it is `of`, other names, and what it is."""
        also = f"{f', {of}' if of else ''}{f', also {listed(aliases)}' if aliases else ''}"
        return self._line(
            Run(name, "strong"), " (", Run(slug, "code"), f"){also}{f': {told}' if told else ''}.", rests_on=rests_on
        )

    def _promise(self, one: Promise) -> Line:
        to = f" to {self._voices(one.to)}" if one.to else ""
        since = f" {one.since.clause()}" if one.since else ""
        told = self.views.told_and_denied(one.reported_by, one.slug)
        return self._line(
            f"{capital(self._voices(one.by))} promised{to}{since}{told}: ",
            Run(one.says.rstrip("."), filed=True),
            f" – {one.outcome}.",
            rests_on=one.slug,
        )

    def _story(self) -> Iterator[BriefSection]:
        """The events in their order, with a section for each round from its first day on, and all reports of it.

        What may have happened before a round or after it began, as far as its date tells, has a section of its own,
        unless it was said or agreed at that round.
        """
        found = [one for one in self.views.meetings() if one.meeting.held]
        rounds = [one.meeting for one in found if one.meeting.kind == "round"]
        begins = sorted((str(one.held.earliest or one.held.latest), one.slug) for one in rounds)
        rivals = {one.meeting.slug: one.rival for one in found}
        named = ((one.slug, _the_round(one), When(one.held.edtf).describe()) for one in rounds)
        titles = {slug: f"{name} ({when}{', contested' if rivals[slug] else ''})" for slug, name, when in named}
        at = self._said_at()
        held: dict[str, list[Line]] = {"": [], **{slug: [] for _, slug in begins}}
        unplaced: list[Line] = []
        for entry, *others in together(self.views.timeline()):
            of_it = entry.event == "MeetingReported"
            there = entry.slug if of_it else at.get(entry.position, "")
            own = there in titles
            begun = [there] if own else [slug for day, slug in begins if day <= entry.day]
            first = str(entry.on.earliest or "")
            is_placed = own or all(day <= first or day > entry.day for day, _ in begins)
            alone = entry.sentence.removesuffix(" (another account)")
            words = f"{alone.removesuffix('.')}{rivals.get(entry.slug, '') if of_it else ''}"
            if others or alone != entry.sentence:
                sources = listed(one.source for one in (entry, *others))
                words += f" ({'another account, ' * (alone != entry.sentence)}in {sources})"
            # The report of a meeting tells its date itself.
            when = "" if of_it and not entry.is_undated else f"{capital(entry.on.describe()) or 'No date'}: "
            line = self._line(when, as_sentence(words))
            quoted = (self.views.evidence_at(one.position) for one in (entry, *others))
            note = self._note_of(next(filter(None, quoted), []))  # the words of these reports, not of a later one
            to = held[begun[-1] if begun else ""] if is_placed else unplaced
            to.append(line._replace(note=note))
        before = f"The story before {titles[begins[0][1]]}, the first round on record" if begins else "The story"
        for slug, lines in held.items():
            yield section(f"The story from {titles[slug]} on" if slug else before, lines)
        yield section("Reported without a date that tells before or after which round", unplaced)

    def _said_at(self) -> dict[int, str]:
        """The meeting at which something was said or agreed, by the position of the event that reports it.

        The reports of a follow-up that was agreed again may be of different meetings: they have only their dates.
        """
        agreed = (one.follow_up for one in self.views.follow_ups(everything=True))
        at = {slug: one.at for slug, one in self.statements.items()}
        at |= {one.slug: one.at for one in agreed if not one.reaffirmed}
        by_entry, ahead = ("StatementReported", "FollowUpAgreed"), ("MeetingAnnounced", "DeadlineSet")
        log = self.views.log(named=False)
        found = {one.position: at.get(one.slug, "") for one in log if one.event in by_entry}
        for slug in {one.slug for one in log if one.event in ahead}:
            found |= {one.position: one.at for one in self.views.forecasts(slug)}
        return found

    def _sources(self) -> Iterator[Line]:
        for one in self.sources.values():
            publisher = f", {one.publisher}" if one.publisher else ""
            kept = f"text of {counted(one.text_length, 'character')} frozen" if one.text_length else "text not at hand"
            url = f"; {one.url}" if one.url else ""
            published = one.published.describe() or "date unknown"
            yield self._line(
                Run(one.title or one.slug, "strong"),
                " (",
                Run(one.slug, "code"),
                f"){publisher}, {published}; {kept}{url}.",
            )

    def _draft_texts(self) -> Iterator[Line]:
        for one in texts(self.views):
            versions = f": {counted(len(one.versions), 'version')}, the last is {one.version}"
            counts = f"{counted(one.length, 'provision')}, {one.bracketed} in brackets, {one.settled} settled"
            state = f"; {counts if one.length else 'no report gives its words'}"
            yield self._line(
                Run(one.title or one.slug, "strong"),
                " (",
                Run(one.slug, "code"),
                f"){versions}{state}.",
                rests_on=one.slug,
            )


def _the_round(meeting: Meeting) -> str:
    """`round 2`, or `the round` if it has no number."""
    name = meeting_name(meeting.kind, meeting.number)
    return name if meeting.number is not None else f"the {name}"
