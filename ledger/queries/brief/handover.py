"""The handover: one document for a successor, in the form of a full brief.

First comes a glossary of the parties, people and issues. Then come the sections of the brief, the open promises, the
story by rounds, and the sources with their texts.
"""

from collections.abc import Iterator

from ledger.base.text import capital, counted, listed
from ledger.domain.vocabulary import meeting_name
from ledger.domain.voices import by_word
from ledger.queries.brief import Brief, BriefSection, Line, Run
from ledger.queries.brief.writer import Writer, section
from ledger.queries.promises import Promise, promises
from ledger.queries.replies import raisers
from ledger.queries.texts import texts
from ledger.views.parties import memberships, parties, role_in_words
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
            *(one for one in now.sections if one.title != "Where things stand"),
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
            yield self._named(party.name, party.slug, aliases.get(party.slug, ()), ", ".join(told))

    def _everybody(self) -> Iterator[Line]:
        for one in self.views.people():
            of = self.views.name_of(one.party) if one.party else ""
            yield self._named(one.name, one.slug, one.aliases, ", ".join(filter(None, [posts_of(one), of])))

    def _glossary(self) -> Iterator[Line]:
        aliases = self.views.aliases("issue")
        for issue in self.issues:
            by = raisers(self.views, issue, self.views.in_sentence)
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

    def _named(self, name: str, slug: str, aliases: tuple[str, ...], told: str, rests_on: str = "") -> Line:
        """A line of the glossary: the name, its slug, other names, and what it is."""
        also = f", also {listed(aliases)}" if aliases else ""
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
        """The events in their order, with a section for each round from its first day on, and all reports of it."""
        found = [one for one in self.views.meetings() if one.meeting.held]
        rounds = [one.meeting for one in found if one.meeting.kind == "round"]
        begins = sorted((str(one.held.earliest or one.held.latest), one.slug) for one in rounds)
        rivals = {one.meeting.slug: one.rival for one in found}
        named = ((one.slug, meeting_name(one.kind, one.number), one.held.describe()) for one in rounds)
        titles = {slug: f"{name} ({when}{', contested' if rivals[slug] else ''})" for slug, name, when in named}
        reports = {one.position for one in self.views.log() if one.event == "MeetingReported"}
        held: dict[str, list[Line]] = {"": [], **{slug: [] for _, slug in begins}}
        for entry in self.views.timeline():
            of_it = entry.position in reports
            own = of_it and entry.slug in titles
            begun = [entry.slug] if own else [slug for day, slug in begins if day <= entry.day]
            words = f"{entry.sentence.removesuffix('.')}{rivals.get(entry.slug, '') if of_it else ''}"
            line = self._line(f"{entry.on.describe() or 'No date'}: ", Run(f"{words}.", filed=True))
            note = self._note_of(self.views.evidence_at(entry.position))  # the words of this report, not of a later one
            held[begun[-1] if begun else ""].append(line._replace(note=note))
        before = f"The story before {titles[begins[0][1]]}, the first round on record" if begins else "The story"
        for slug, lines in held.items():
            yield section(f"The story from {titles[slug]} on" if slug else before, lines)

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
