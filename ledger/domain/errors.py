"""Refusals by the rules of the record."""

from collections.abc import Iterable, Sequence
from typing import Self

from ledger.base.names import slugify
from ledger.errors import Refusal, RefusedNear, suggestion

_NAMED_WITH = {"party": "--name", "person": "--name", "issue": "--title"}  # what `parley append` needs to name one


class EntryWasErased(Refusal):
    """{slug} was erased ({reason}). File what may stand under another slug."""


class UnknownEntry(RefusedNear):
    """There is no {what} {typed!r}{hint}"""

    @classmethod
    def near(cls, what: str, typed: str, nearest: Sequence[str], known: Iterable[str] = ()) -> Self:
        """The refusal with the nearest slugs, else with those there are, else with how to file the first."""
        named = list(known)
        if nearest or named:
            return cls(what=what, typed=typed, hint=f". {suggestion(nearest, named)}")
        option = _NAMED_WITH.get(what)
        advice = f" Add one: `parley append {what} {slugify(typed) or 'SLUG'} {option} …`" if option else ""
        return cls(what=what, typed=typed, hint=f": none is {'named' if option else 'of record'} yet.{advice}")


class SeveralEntriesMeant(Refusal):
    """{typed!r} may mean {slugs}. Give the slug of the {kind}."""


class UnknownSlug(RefusedNear):
    """There is no {what} with the slug {typed!r}. {hint}"""


class MissingField(Refusal):
    """The {kind} needs {field!r}: {help}."""


class EntryWasRetracted(Refusal):
    """{slug} was retracted ({reason}). File it under another slug if it is to stand after all."""


class AlreadyRetracted(Refusal):
    """{slug} is already retracted ({reason})."""


class NamedTwice(Refusal):
    """The {kind} {slug} is already named {name!r}. Use `parley correct {slug}` to change how it is named."""


class AlreadyOpened(Refusal):
    """The negotiation {slug} is already open under the title {title!r}."""


class AlreadyClosed(Refusal):
    """The follow-up {slug} is already closed ({outcome}). Use `parley correct {slug}` if that was wrong."""


class NeverAgreed(Refusal):
    """There is no follow-up {slug} to close. Record first what was agreed."""


class ClosedBeforeAgreed(Refusal):
    """The follow-up {slug} cannot be closed on {closed}, before it was agreed on {agreed}."""


class HeldBeforeAnnounced(Refusal):
    """The meeting {slug} was held {held} and cannot be announced later, {announced}. A next meeting needs a slug
    of its own."""


class NeverAnnounced(Refusal):
    """The meeting {slug} was never announced, so it cannot be called off."""


class AlreadyHeld(Refusal):
    """The meeting {slug} was held ({held}) and cannot be called off afterwards ({off}). If it was called off before and
    announced again, give the day it was called off."""


class DueAndStanding(Refusal):
    """The follow-up {slug} is standing and has a due date. Give one or the other."""


class AssertedTwice(Refusal):
    """The assertion {slug} is already made. Use `parley correct {slug}` to change what it says, or another slug."""


class AssertsNothing(Refusal):
    """The assertion {slug} says nothing of the answer. Say what it must be: {fields}."""


class NotOfTheQuestion(Refusal):
    """The question {question!r} takes no {field!r}. It takes: {fields}."""


class OtherPerson(Refusal):
    """Nobody is named {slug} yet. Name the person first, with a `person` entry."""


class ClockUnclear(Refusal):
    """{option} needs a date with a last day, and {text!r} has none. Give a date such as 2025-06-04."""
