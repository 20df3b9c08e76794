"""Events as sentences, one line each.

A voice is written in braces, `{us/jamieson-greer}`, and replaced by its name when the sentence is shown (see
`Views.named`): names may be corrected later, and "us" alone is also a word. So is an entry to which another is linked.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.base.names import slugify
from ledger.base.patterns import once
from ledger.base.text import capital, counted, in_quotes, listed, on_condition, times
from ledger.dates import When, due_in_words
from ledger.domain import events
from ledger.domain.vocabulary import (
    ACTS,
    FORETOLD,
    MEETS,
    OFF,
    RELATIONS,
    guessed_mark,
    link_from,
    meeting_name,
    plain,
    relation_of,
)
from ledger.domain.voices import UNATTRIBUTED, in_braces, named_meeting, represented, with_names
from ledger.domain.wording import said

# The verb for each kind of wording; the number of the provision follows.
_WORDED = {
    "proposed": "proposed for", "withdrawn": "withdrew for", "bracketed": "bracketed", "agreed": "agreed on",
    "deleted": "agreed to delete",
}  # fmt: skip
_RELATED = [(relation.replace("-", "_"), relation) for relation in RELATIONS]
_NAME_WORDS = 8  # of a quotation, in which its speaker may be named
_TELLS = r"said|told|says|tells|\w+ed|\w+ing|thinks|wants|hopes|made|gave|put|set|spoke|saw|took"


def label(event: events.Event) -> str:
    """The short name that an event gives its entry; "" if it gives none."""
    name = _LABELS.get(type(event))
    return name(event) if name else ""


def tell(event: events.Event) -> str:
    """An event as a sentence on one line, with its links and the record keeper's inferences."""
    why, fields = getattr(event, "inferred", "").rstrip("."), getattr(event, "inferred_in", ())
    inferred = _in(why, f"{guessed_mark(why, fields).removesuffix(')')}: ", ")")
    return f"{_SENTENCES[type(event)](event)}{_in('; '.join(_links(event)), ' (', ')')}{inferred}"


def _links(event: events.Event) -> list[str]:
    """The links of an event to other entries, which are in braces: `depends on {data-flows}`."""
    found: list[str] = []
    for field, relation in _RELATED:
        targets = [in_braces(one) for one in getattr(event, field, ())]
        each = targets if relation == MEETS else [listed(targets)] if targets else ()
        found += [link_from(relation_of(relation, getattr(event, "act", "")), one) for one in each]
    return found


def asked_of(event: events.AnswerAsserted) -> str:
    """The subject of an assertion: `the next round`, `the ask of {vn} on tariffs`."""
    match event.question:
        case "next-round":
            return "the next round"
        case "ask":
            return f"the ask of {{{event.asker}}} on {event.about}"
    return f"the {event.question} {event.about}"


def answered(event: events.AnswerAsserted) -> str:
    """The answer that an assertion gives: `round-3, expected "early June"`, `open, asked 3 times`."""
    said = [{"no date": "open without a date"}.get(event.answer, event.answer)]
    said += [
        f"{name} {when.describe(limit=name != 'held')}"
        for name in ("expected", "held", "due")
        if (when := getattr(event, name))
    ]
    if event.times is not None:
        said.append(f"{'asked' if event.question == 'ask' else 'raised'} {times(event.times)}")
    if event.waiting is not None and not (event.waiting and event.since):
        said.append("waiting for an answer" if event.waiting else "not waiting for an answer")
    said.append(_when(event.since, "waiting since "))
    return ", ".join(part for part in said if part)


def told(value: Any) -> str:
    """A field of an event, as text for a person."""
    if isinstance(value, tuple) and value and isinstance(value[0], events.Quote):
        return " … ".join(in_quotes(quote.words) for quote in value)
    if isinstance(value, tuple) and value and isinstance(value[0], events.Attendee):
        return "; ".join(f"{one.who}{_in(one.title, ', ')}" for one in value)
    if isinstance(value, tuple) and value and isinstance(value[0], events.Condition):
        return "; ".join(map(str, value))
    if isinstance(value, tuple) and value and isinstance(value[0], events.ProvisionTabled):
        return "; ".join(f"{one.number} {one.words}" for one in value)
    return said(value) or "not reported"


def _statement(event: events.StatementReported) -> str:
    act = ACTS[event.act]
    says = on_condition(event.says, tuple(one.words for one in event.conditional_on))
    told = told_by(event)
    if UNATTRIBUTED in event.by:
        return f"Unattributed{_in(_voices(event.to), ', to ')}{told}: {says}"
    if _names_its_speaker(event):
        return f"{says}{_in(told.removeprefix(', '), ' (', ')')}"
    spoke_for = _in(_voices(represented(event)), ", for ", ",")
    return f"{_voices(event.by)}{spoke_for} {act.towards(_voices(event.to))}{told}: {says}"


def told_by(event: Any) -> str:
    """`, according to {us}`: who reported it, if not the source itself, as a voice of the record or in any words.

    Whoever alone said it is named as its speaker already.
    """
    return "" if getattr(event, "by", ()) == (event.reported_by,) else _in(_teller(event), ", according to ")


def _teller(event: Any) -> str:
    return in_braces(event.reported_by)


def _names_its_speaker(event: events.StatementReported) -> bool:
    """Whether a quotation that speaks for itself says who spoke: “Dahl asked Canada to cut its quota”.

    “Dahl stands ready to talk” does not: nothing in it tells that Dahl said so.
    """
    if not (event.says.startswith("“") and event.says.endswith("”")):
        return False
    words = event.says.split()
    begins = slugify(" ".join(words[:_NAME_WORDS])).split("-")
    if not any(once(_TELLS).fullmatch(slugify(word)) for word in words):
        return False
    return any(word in begins for voice in event.by if "/" in voice for word in voice.partition("/")[2].split("-"))


def _agreement(event: events.FollowUpAgreed) -> str:
    due = "standing" if event.standing else due_in_words(event.due) if event.due else "no date"
    lead = "Promised" if event.told_as == "promised" else "Agreed"
    told = f"{lead}{told_by(event)}: {event.says.rstrip('.')}"
    return f"{told} – {_voices(event.owners) or 'no owner'}, {due}"


def _deadline(event: events.DeadlineSet) -> str:
    due = due_in_words(event.due) if event.due else "no date"
    due += _when(event.instead_of, ", instead of ", limit=True)
    said = (f"{_voices(event.by)} set a deadline" if event.by else "Deadline") + told_by(event)
    return f"{said}: {event.says.rstrip('.')} – {_in(_voices(event.owners), '', ', ')}{due}{_in(event.basis, ', ')}"


def _task(event: events.TaskNoted) -> str:
    due = due_in_words(event.due) if event.due else "no date"
    waits = f", waits on {listed(map(in_braces, event.waits_on))}" if event.waits_on else ""
    return f"Own task: {event.says.rstrip('.')} – {_in(event.assignee, 'for ', ', ')}{due}{waits}"


def _version(event: events.VersionTabled) -> str:
    tabled = f"{_voices(event.by)} tabled version" if event.by else "Tabled version"
    count = f", {counted(len(event.provisions), 'provision')}" if event.provisions else ""
    return f"{tabled} {event.version}{_quoted(event.title, ' of ')}{count}"


def _wording(event: events.WordingReported) -> str:
    """`{au} proposed for 5.2: “shall” instead of “should”`, `{au} agreed on the whole of 5.2: “We go.”`."""
    instead = _quoted(event.instead_of, " instead of ")
    verb = _WORDED.get(event.status, event.status)
    who = f"{_voices(event.by)} {verb} " if event.by else f"{capital(event.status)}: "
    if event.status == "agreed" and event.words and not event.instead_of:
        who += "the whole of "
    return f"{who}{event.provision}{_quoted(event.words, ': ')}{instead}"


def _announcement(event: events.MeetingAnnounced) -> str:
    """`{vn} announced round 3, expected June 2025`; if it is only expected, `{vn} expected a call of {us}, June 2025`.

    One party cannot agree alone: `Agreed, according to {vn}: call of {vn} and {us}, expected June 2025`.
    """
    name = named_meeting(event)
    told_as = event.told_as or ("" if event.by else "expected")
    when = _when(event.expected, ", " if told_as == "expected" else ", expected ", limit=True)
    when += f"{_when(event.instead_of, ', instead of ', limit=True)}{_in(event.reason, ': ')}"
    if not event.by:
        return f"{capital(told_as)}{told_by(event)}: {name}{when}"
    if told_as == "agreed" and not _is_by_all(event):
        teller = _in(_teller(event), ", as told by ")
        return f"Agreed, according to {_voices(event.by)}{teller}: {name}{when}"
    one = name if event.number is not None else f"a {name}"
    return f"{_voices(event.by)} {FORETOLD.get(told_as, 'spoke of')} {one}{when}{told_by(event)}"


def _is_by_all(event: events.MeetingAnnounced) -> bool:
    """Whether those who told of a meeting are its parties; if it names none, whether they are two parties or more."""
    telling = {voice.partition("/")[0] for voice in event.by}
    return telling >= {*event.parties} if event.parties else len(telling) > 1


def _meeting(event: events.MeetingReported) -> str:
    """`Call of {vn} and {us}: 22 May 2025, Hanoi`, `Round 3: 22 May 2025`."""
    return f"{capital(named_meeting(event))}: {event.held.describe()}{_in(event.place, ', ')}{told_by(event)}"


def _meeting_label(event: events.MeetingReported | events.MeetingAnnounced) -> str:
    return capital(meeting_name(event.kind, event.number))


def _assertion(event: events.AnswerAsserted) -> str:
    day = f"As of {event.as_of.describe()}" if event.as_of else "Whenever it is checked,"
    return f"{day} {asked_of(event)} must be {answered(event)}"


def _correction(event: events.EntryCorrected) -> str:
    changed = [f"{name} was {_stored(change.old)}, is {_stored(change.new)}" for name, change in event.changes.items()]
    return f"Corrected: {'; '.join(changed)} ({event.reason})"


def _stored(value: Any) -> str:
    """The stored value of a correction, as text."""
    if isinstance(value, dict) and "edtf" in value:
        return When(value["edtf"], value.get("phrase", "")).describe()
    if isinstance(value, dict) and "each" in value:
        return " or ".join(_stored(one) for one in value["each"])
    if isinstance(value, list | tuple):
        value = ", ".join(_item(item) if isinstance(item, dict) else str(item) for item in value)
    return str(value) if value not in ("", None) else "not reported"


def _item(item: dict[str, Any]) -> str:
    """One of several stored values with fields: a participant, a figure, a condition or a provision."""
    if name := item.get("measure") or item.get("number"):
        return f"{name}: {item['words']}"
    return str(item.get("who") or item.get("words") or item)


def _voices(voices: Iterable[str]) -> str:
    return listed([f"{{{voice}}}" for voice in voices])


def _in(text: str, lead: str, end: str = "") -> str:
    return f"{lead}{text}{end}" if text else ""


def _quoted(text: str, lead: str) -> str:
    return f"{lead}{in_quotes(text)}" if text else ""


def _when(when: When, lead: str, *, limit: bool = False) -> str:
    return f"{lead}{when.describe(limit=limit)}" if when else ""


# The name of an entry, by the class of the event that names it.
_LABELS: dict[type[events.Event], Callable[[Any], str]] = {
    events.NegotiationOpened: lambda event: event.title,
    events.PartyNamed: lambda event: event.name,
    events.PersonNamed: lambda event: event.name,
    events.IssueNamed: lambda event: event.title,
    events.MeasureNamed: lambda event: event.title,
    events.SourceRegistered: lambda event: event.title,
    events.MeetingAnnounced: lambda event: f"{_meeting_label(event)}{_when(event.expected, ', expected ', limit=True)}",
    events.MeetingReported: lambda event: f"{_meeting_label(event)}{_when(event.held, ', ')}",
    events.StatementReported: lambda event: event.says,
    events.FollowUpAgreed: lambda event: event.says,
    events.DeadlineSet: lambda event: event.says,
    events.TaskNoted: lambda event: event.says,
    events.VersionTabled: lambda event: event.title,
    events.AnswerAsserted: lambda event: capital(with_names(f"{asked_of(event)} is {answered(event)}", str)),
}

_SENTENCES: dict[type[events.Event], Callable[[Any], str]] = {
    events.NegotiationOpened: lambda event: (
        f"The record of {in_quotes(event.title)} was opened{_quoted(event.notice, ', with the notice ')}"
    ),
    events.PartyNamed: lambda event: f"The party {event.name} was named",
    events.RoleReported: lambda event: (
        f"{capital(event.role)}{_in(event.of_party and _voices([event.of_party]), ' of ')}"
        f"{_when(event.since, ' since ')}{_when(event.until, ' until ')}"
    ),
    events.PersonNamed: lambda event: (
        f"{'The body ' if event.body else ''}{event.name} was named"
        f"{_in(event.party and _voices([event.party]), ', of ')}"
    ),
    events.PersonAppointed: lambda event: f"Holds the post {event.post}{_when(event.since, ' since ')}",
    events.PersonLeftPost: lambda event: (
        f"Left {f'the post {event.post}' if event.post else 'office'}{told_by(event)}{_in(event.reason, ': ')}"
    ),
    events.IssueNamed: lambda event: f"The issue {in_quotes(event.title)} was named",
    events.MeasureNamed: lambda event: f"The measure {in_quotes(event.title)} was named{_in(event.unit, ', in ')}",
    events.SourceRegistered: lambda event: (
        f"Filed {in_quotes(event.title)}{_in(event.publisher, ', ')}{_when(event.published, ', ')}"
    ),
    events.SourceTextFrozen: lambda event: f"Its text was frozen (SHA-256 {event.sha256[:12]}…)",
    events.MeetingAnnounced: _announcement,
    events.MeetingReported: _meeting,
    events.MeetingCalledOff: lambda event: (
        f"{capital(OFF[event.told_as])}{_in(_voices(event.by), ' by ')}{told_by(event)}{_in(event.reason, ': ')}"
    ),
    events.StatementReported: _statement,
    events.FollowUpAgreed: _agreement,
    events.FollowUpClosed: lambda event: (
        f"{event.outcome.capitalize()}{_in(_voices(event.owners), ' for ')}{_in(_voices(event.by), ', according to ')}"
    ),
    events.DeadlineSet: _deadline,
    events.DeadlineEnded: lambda event: f"{event.outcome.capitalize()}{_in(_voices(event.by), ', according to ')}",
    events.TaskNoted: _task,
    events.TaskDone: lambda event: f"Done{_when(event.on, ', ')}",
    events.VersionTabled: _version,
    events.WordingReported: _wording,
    events.AnswerAsserted: _assertion,
    events.EntryCorrected: _correction,
    events.EntryRetracted: lambda event: f"Retracted ({plain(event.cause)}): {event.reason}",
    events.EntryReinstated: lambda event: f"Reinstated: {event.reason}",
    events.EntryErased: lambda event: f"Erased: {event.reason}{f' ({event.basis})' if event.basis else ''}",
    events.LevelSet: lambda event: f"Level changed from {event.was} to {event.level}: {event.reason}",
    events.LevelsNamed: lambda event: f"The levels of the ledger: {', '.join(event.levels)} (default {event.level})",
}
