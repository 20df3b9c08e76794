"""The record as event data for conflict research: PLOVER records, and CAMEO rows.

Sources: the PLOVER manual, draft 0.8 (Open Event Data Alliance 2021), for the names of fields, for actors who act
together (one record that names them all) and for meetings (all who meet are actors); the CAMEO codebook (Schrodt 2012)
for the rows of one source actor and one target actor. PLOVER does not code comments, so a statement whose act has no
tag there has no record. A date that is not one day has no `date`: `dateFirst` and `dateLast` are its bounds.
"""

from collections.abc import Iterator
from itertools import permutations, product
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.domain.states import Meeting, Source, Statement
from ledger.domain.vocabulary import ACTS, MEETING_KINDS, meeting_name
from ledger.domain.voices import parties, speakers
from ledger.views.views import Views

PLOVER_VERSION = "0.8"
HELD = ("held", "in progress")


class CameoRow(NamedTuple):
    """One actor's act toward another; `first` and `last` are the bounds of its day, "" where no report gives one."""

    first: str
    last: str
    source_actor: str
    target_actor: str
    code: str
    entry: str
    publisher: str
    url: str
    words: str


class _Coded(NamedTuple):
    """A statement or a meeting with its tags. Without recipients, the actors acted on each other, or on nobody."""

    entry: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    category: str
    mode: str
    cameo: str
    verb: str
    when: When
    source: Source | None
    inferred: str


def plover(views: Views, ledger_id: str) -> list[dict[str, Any]]:
    """A record for each statement that PLOVER codes and each meeting that was held, in the order of occurrence."""
    return [_record(views, one, ledger_id) for one in _coded(views) if one.category]


def cameo(views: Views) -> list[CameoRow]:
    """A row for each pair of actors. An act without a target on record has one row; a meeting has one for each way."""
    return [row for one in _coded(views) for row in _rows(views, one)]


def _coded(views: Views) -> Iterator[_Coded]:
    sources = {one.slug: one for one in views.every_source()}
    meetings = {one.meeting.slug: one.meeting for one in views.meetings() if one.status in HELD}
    statements = {one.slug: one for one in views.statements()}
    for entry in views.timeline():
        if entry.kind == "statement" and entry.slug in statements:
            yield _of_statement(statements.pop(entry.slug), sources)
        elif entry.kind == "meeting" and entry.slug in meetings:
            yield _of_meeting(meetings.pop(entry.slug), sources)


def _of_statement(said: Statement, sources: dict[str, Source]) -> _Coded:
    act = ACTS[said.act]
    by = speakers(said)
    to = tuple(one for one in parties(said.to) if one not in by)
    source = sources.get(said.sources[-1]) if said.sources else None
    return _Coded(said.slug, by, to, act.plover, act.mode, act.cameo, act.verb, said.said_on, source, said.inferred)


def _of_meeting(met: Meeting, sources: dict[str, Source]) -> _Coded:
    kind = MEETING_KINDS[met.kind]
    remote = met.kind == "call" or met.format == "virtual"
    source = sources.get(met.sources[0]) if met.sources else None
    name = meeting_name(met.kind, met.number)
    mode = "phone" if remote else ""
    return _Coded(met.slug, met.parties, (), kind.plover, mode, kind.cameo, name, met.held, source, met.inferred)


def _record(views: Views, coded: _Coded, ledger_id: str) -> dict[str, Any]:
    first, last = _bounds(coded.when)
    record = {
        "id": f"urn:uuid:{ledger_id}#{views.negotiation}/{coded.entry}",
        "date": first if first == last else "",
        "dateFirst": "" if first == last else first,
        "dateLast": "" if first == last else last,
        "actor": [{"actorText": views.name_of(one)} for one in coded.actors],
        "recipient": [{"actorText": views.name_of(one)} for one in coded.recipients],
        "event": coded.category,
        "mode": coded.mode,
        "cameo": coded.cameo,
        "eventText": coded.verb,
        "text": _words(views, coded),
        "language": coded.source.language if coded.source else "",
        "publication": coded.source.publisher if coded.source else "",
        "url": coded.source.url if coded.source else "",
        "coder": "Parley",
        "version": PLOVER_VERSION,
        "comment": f"Inferred by the record keeper: {coded.inferred}" if coded.inferred else "",
    }
    return {name: value for name, value in record.items() if value not in ("", [])}


def _rows(views: Views, coded: _Coded) -> Iterator[CameoRow]:
    if coded.recipients:
        pairs = [*product(coded.actors, coded.recipients)]
    elif len(coded.actors) > 1 and coded.category in ("CONSULT", "AGREE"):
        pairs = [*permutations(coded.actors, 2)]
    else:
        pairs = [(one, "") for one in coded.actors or ("",)]
    first, last = _bounds(coded.when)
    publisher, url = (coded.source.publisher, coded.source.url) if coded.source else ("", "")
    words = _words(views, coded)
    for source_actor, target_actor in pairs:
        yield CameoRow(first, last, source_actor, target_actor, coded.cameo, coded.entry, publisher, url, words)


def _words(views: Views, coded: _Coded) -> str:
    """The exact words of the source that is named with them."""
    source = coded.source.slug if coded.source else ""
    return " […] ".join(dict.fromkeys(one.words for one in views.evidence(coded.entry) if source in ("", one.source)))


def _bounds(when: When) -> tuple[str, str]:
    first, last = when.earliest, when.latest
    return first.isoformat() if first else "", last.isoformat() if last else ""
