"""Events told as sentences, one line each.

A voice is written in braces, `{us/jamieson-greer}`, to be given the name it has when the sentence is read
(see `Views.named`): names are corrected, and "us" is a word.
"""

from collections.abc import Iterable
from typing import Any

from ledger.base.text import capital, times
from ledger.dates import When
from ledger.domain import events
from ledger.domain.vocabulary import ACTS, meeting_name
from ledger.domain.voices import with_names
from ledger.domain.wording import said


def label(kind: str, slug: str, event: Any) -> str:
    """A short name for an entry, from any of its events."""
    match event:
        case events.StatementReported() | events.FollowUpAgreed():
            return str(event.says)
        case events.NegotiationOpened() | events.IssueNamed() | events.SourceRegistered():
            return str(event.title)
        case events.PartyNamed() | events.PersonNamed():
            return str(event.name)
        case events.MeetingReported():
            return capital(meeting_name(event.kind, event.number)) + _when(event.held, ", ")
        case events.MeetingAnnounced():
            return capital(meeting_name(event.kind, event.number)) + _when(event.expected, ", expected ")
        case events.AnswerAsserted():
            return capital(with_names(f"{asked_of(event)} is {answered(event)}", str))
    return slug


def tell(event: events.Event) -> str:
    """What an event says, on one line."""
    match event:  # what is commonest comes first, for the classes are tried in turn
        case events.StatementReported():
            act = ACTS[event.act]
            return f"{_voices(event.by)} {act.verb}{_in(_voices(event.to), act.joins)}: {event.says}"
        case events.FollowUpAgreed():
            due = "standing" if event.standing else f"due {event.due.describe()}" if event.due else "no date"
            return f"Agreed: {event.says} ({_voices(event.owners) or 'no owner'}; {due})"
        case events.FollowUpClosed():
            return f"{event.outcome.capitalize()}{_in(_voices(event.by), ', by the word of ')}"
        case events.MeetingAnnounced():
            said = f"{_voices(event.by)} announced" if event.by else "Announced"
            return f"{said} {meeting_name(event.kind, event.number)}{_when(event.expected, ', expected ')}"
        case events.MeetingReported():
            name = capital(meeting_name(event.kind, event.number))
            return f"{name}: {event.held.describe()}{_in(event.place, ', ')}"
        case events.SourceRegistered():
            return f"Filed “{event.title}”{_in(event.publisher, ', ')}{_when(event.published, ', ')}"
        case events.NegotiationOpened():
            return f"The record of “{event.title}” was opened"
        case events.PartyNamed():
            return f"The party {event.name} was named"
        case events.PersonNamed():
            return f"{event.name} was named{_in(_voices((event.party,) if event.party else ()), ', of ')}"
        case events.PersonAppointed():
            return f"Holds the post {event.post}{_when(event.since, ' since ')}"
        case events.IssueNamed():
            return f"The issue “{event.title}” was named"
        case events.MeetingCalledOff():
            return f"Called off{_in(_voices(event.by), ' by ')}{_in(event.reason, ': ')}"
        case events.AnswerAsserted():
            day = f"As of {event.as_of.describe()}" if event.as_of else "Whenever it is checked,"
            return f"{day} {asked_of(event)} must be {answered(event)}"
        case events.EntryCorrected():
            changed = "; ".join(
                f"{name} was {_stored(change.old)}, is {_stored(change.new)}" for name, change in event.changes.items()
            )
            return f"Corrected: {changed} ({event.reason})"
        case events.EntryRetracted():
            return f"Retracted ({event.cause.replace('-', ' ')}): {event.reason}"
        case events.EntryErased():
            return f"Erased: {event.reason}{f' ({event.basis})' if event.basis else ''}"
    return type(event).__name__


def asked_of(event: events.AnswerAsserted) -> str:
    """What an assertion is about: `the next round`, `the ask of {vn} on tariffs`."""
    match event.question:
        case "next-round":
            return "the next round"
        case "ask":
            return f"the ask of {{{event.asker}}} on {event.about}"
    return f"the {event.question} {event.about}"


def answered(event: events.AnswerAsserted) -> str:
    """The answer that an assertion asserts: `round-3, expected "early June"`, `open, asked 3 times`."""
    said = [{"no date": "open without a date"}.get(event.answer, event.answer)]
    said += [f"{name} {when.describe()}" for name in ("expected", "held", "due") if (when := getattr(event, name))]
    if event.times is not None:
        said.append(f"{'asked' if event.question == 'ask' else 'raised'} {times(event.times)}")
    if event.waiting is not None and not (event.waiting and event.since):
        said.append("waiting for an answer" if event.waiting else "not waiting for an answer")
    said.append(_when(event.since, "waiting since "))
    return ", ".join(part for part in said if part)


def told(value: Any) -> str:
    """A field of an event as a person reads it."""
    if isinstance(value, tuple) and value and isinstance(value[0], events.Quote):
        return " … ".join(f"“{quote.words}”" for quote in value)
    if isinstance(value, tuple) and value and isinstance(value[0], events.Attendee):
        return "; ".join(f"{one.who}{_in(one.title, ', ')}" for one in value)
    return said(value) or "not reported"


def _stored(value: Any) -> str:
    """A field's value as a correction stores it."""
    if isinstance(value, dict) and "edtf" in value:
        return When(value["edtf"], value.get("phrase", "")).describe()
    if isinstance(value, dict) and "each" in value:
        return " or ".join(_stored(one) for one in value["each"])
    if isinstance(value, list | tuple):
        return ", ".join(str(item.get("who", item)) if isinstance(item, dict) else str(item) for item in value)
    return str(value) if value not in ("", None) else "not reported"


def _voices(voices: Iterable[str]) -> str:
    return ", ".join([f"{{{voice}}}" for voice in voices])


def _in(text: str, lead: str) -> str:
    return f"{lead}{text}" if text else ""


def _when(when: When, lead: str) -> str:
    return f"{lead}{when.describe()}" if when else ""
