"""Where the record comes from, as W3C PROV in JSON-LD (https://www.w3.org/TR/prov-o/).

Sources, entries and the events of the log are entities; who spoke, who published and who recorded are agents. An event
is quoted from its source, a correction is a revision of the event before it, and a retracted entry is invalidated.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from ledger.domain.voices import UNATTRIBUTED
from ledger.views.rows import LogRow
from ledger.views.views import Views

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
}


def provenance(views: Views, ledger_id: str) -> dict[str, Any]:
    """The document: its graph has everything on record by the moment of the views."""
    return {"@context": _CONTEXT, "@graph": [*_Graph(views, ledger_id).nodes()]}


class _Graph:
    def __init__(self, views: Views, ledger_id: str) -> None:
        self.views = views
        self.base = f"urn:uuid:{ledger_id}#{views.negotiation}/"
        self.people = {one.slug: one for one in views.people()}
        self.statements = {one.slug: one for one in views.statements()}

    def nodes(self) -> Iterator[dict[str, Any]]:
        for party in self.views.parties():
            yield {
                "@id": self._id("party", party.slug),
                "@type": ["prov:Agent", "prov:Organization"],
                "label": party.name,
            }
        for person in self.people.values():
            of = {"prov:actedOnBehalfOf": self._to("party", person.party)} if person.party else {}
            kind = "prov:Organization" if person.body else "prov:Person"
            yield {"@id": self._id("person", person.slug), "@type": ["prov:Agent", kind], "label": person.name, **of}
        yield from self._sources()
        rows = self.views.log()
        for keeper in dict.fromkeys(row.recorded_by for row in rows):
            yield {"@id": self._id("keeper", keeper), "@type": ["prov:Agent", "prov:Person"], "label": keeper}
        yield from self._entries(rows)
        yield from self._events(rows)

    def _sources(self) -> Iterator[dict[str, Any]]:
        known = {one.slug: one for one in self.views.every_source()}
        for one in known.values():
            yield _without_empty(
                {
                    "@id": self._id("source", one.slug),
                    "@type": "prov:Entity",
                    "dcterms:title": one.title,
                    "dcterms:publisher": one.publisher,
                    "dcterms:issued": one.published.edtf if one.published else "",
                    "dcterms:language": one.language,
                    "prov:atLocation": {"@id": one.url} if one.url.startswith(("http://", "https://")) else None,
                    "prov:wasDerivedFrom": self._to("source", one.derived_from) if one.derived_from in known else None,
                }
            )

    def _entries(self, rows: Iterable[LogRow]) -> Iterator[dict[str, Any]]:
        for kind, slug in dict.fromkeys((row.kind, row.slug) for row in rows):
            said = self.statements.get(slug) if kind == "statement" else None
            by = [self._voice(voice) for voice in said.by if voice != UNATTRIBUTED] if said else []
            yield _without_empty(
                {
                    "@id": self._id(f"entry/{kind}", slug),
                    "@type": "prov:Entity",
                    "label": self.views.label_of(kind, slug) or slug,
                    "prov:wasAttributedTo": by,
                }
            )

    def _events(self, rows: Iterable[LogRow]) -> Iterator[dict[str, Any]]:
        filed: dict[tuple[str, str, int], str] = {}
        fallen: dict[tuple[str, str], list[str]] = {}
        every = self.views.rows("SELECT position, corrects FROM log WHERE negotiation = ?", self.views.negotiation)
        corrects = {row["position"]: row["corrects"] for row in every}
        for row in rows:
            here = self._id("event", row.position)
            filed[row.kind, row.slug, row.version] = here
            corrected = filed.get((row.kind, row.slug, corrects.get(row.position, 0)))
            quotes = [one.words for one in self.views.evidence_at(row.position)]
            yield _without_empty(
                {
                    "@id": here,
                    "@type": "prov:Entity",
                    "label": row.sentence,
                    "prov:specializationOf": self._to(f"entry/{row.kind}", row.slug),
                    "prov:wasAttributedTo": self._to("keeper", row.recorded_by),
                    "prov:generatedAtTime": {"@value": row.recorded_at, "@type": "xsd:dateTime"},
                    "prov:wasQuotedFrom": self._to("source", row.source) if row.source else None,
                    "prov:value": quotes,
                    "prov:wasRevisionOf": {"@id": corrected} if corrected and row.event == "EntryCorrected" else None,
                }
            )
            if row.event == "EntryRetracted":
                gone = [{"@id": one} for one in fallen.get((row.kind, row.slug), ())]
                yield {"@id": f"{here}/retraction", "@type": "prov:Activity", "prov:invalidated": gone}
            if not row.stands:
                fallen.setdefault((row.kind, row.slug), []).append(here)

    def _voice(self, voice: str) -> dict[str, str]:
        """The agent behind a voice: `us/jamieson-greer` is the person, `us` the party."""
        party, _, person = voice.rpartition("/")
        return self._to("person", person) if party or person in self.people else self._to("party", voice)

    def _id(self, kind: str, name: object) -> str:
        return f"{self.base}{kind}/{quote(str(name), safe='')}"

    def _to(self, kind: str, name: object) -> dict[str, str]:
        return {"@id": self._id(kind, name)}


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
