"""The refusals of the rules of the record."""

from collections.abc import Iterable, Sequence
from typing import Self

from ledger.base.names import slugify
from ledger.errors import Refusal, RefusedNear, suggestion

_NAMED_WITH = {"party": "--name", "person": "--name", "issue": "--title"}  # what `parley append` needs to name one


class EntryWasErased(Refusal):
    """{slug} was erased ({reason}). Record anything new under another slug."""


class UnknownEntry(RefusedNear):
    """There is no {what} {typed!r}{hint}"""

    @classmethod
    def near(cls, what: str, typed: str, nearest: Sequence[str], known: Iterable[str] = ()) -> Self:
        """The refusal with the nearest slugs, else with the known slugs, else with how to file the first entry."""
        named = list(known)
        if nearest or named:
            return cls(what=what, typed=typed, hint=f". {suggestion(nearest, named)}")
        option = _NAMED_WITH.get(what)
        advice = f" Add one: `parley append {what} {slugify(typed) or 'SLUG'} {option} …`" if option else ""
        return cls(what=what, typed=typed, hint=f": none is {'named' if option else 'recorded'} yet.{advice}")


class SeveralEntriesMeant(Refusal):
    """{typed!r} may mean {slugs}. Give the slug of the {kind}."""


class UnknownSlug(RefusedNear):
    """There is no {what} with the slug {typed!r}. {hint}"""


class MissingField(Refusal):
    """The {kind} needs {field!r}: {help}."""


class EntryWasRetracted(Refusal):
    """{slug} was retracted ({reason}). If it is right after all, take the retraction back with
    `parley reinstate {slug}`."""


class SourceWasRetracted(Refusal):
    """The source {slug} was retracted ({reason}). Take the retraction back with `parley reinstate {slug}`, or file
    another source under another slug: entries that rest on this one would rest on the new one."""


class NotRetracted(Refusal):
    """{slug} is not retracted: there is nothing to take back."""


class AlreadyRetracted(Refusal):
    """{slug} is already retracted ({reason})."""


class NamedTwice(Refusal):
    """The {kind} {slug} is already named {name!r}. Use `parley correct {slug}` to change its name."""


class AlreadyOpened(Refusal):
    """The negotiation {slug} is already open, under the title {title!r}."""


class AlreadyClosed(Refusal):
    """The follow-up {slug} is already closed ({outcome}). Use `parley correct {slug}` if that was wrong."""


class NotAnOwner(Refusal):
    """{owner} is not an owner of the follow-up {slug}. Owners: {owners}. Leave `owners` out if all of it ended."""


class NeverAgreed(Refusal):
    """There is no follow-up {slug} to close. First record what was agreed."""


class ClosedBeforeAgreed(Refusal):
    """The follow-up {slug} cannot have been closed on {closed}: it was agreed on {agreed}."""


class HeldBeforeAnnounced(Refusal):
    """The meeting {slug} cannot be announced after it was held. Held: {held}; announced: {announced}. Give the next
    meeting its own slug."""


class NeverAnnounced(Refusal):
    """The meeting {slug} was never announced, so it cannot be called off."""


class AlreadyHeld(Refusal):
    """The meeting {slug} cannot be called off after it was held. Held: {held}; called off: {off}. If it was called off
    first and announced again, give the day on which it was called off."""


class DueAndStanding(Refusal):
    """The follow-up {slug} cannot be both standing and due on a date. Give one or the other."""


class NeverSet(Refusal):
    """There is no deadline {slug} to end. First record the deadline."""


class AlreadyEnded(Refusal):
    """The deadline {slug} has already ended ({outcome}). Use `parley correct {slug}` if that was wrong."""


class EndedBeforeSet(Refusal):
    """The deadline {slug} cannot have ended on {ended}: it was set on {set}."""


class AssertedTwice(Refusal):
    """The assertion {slug} is already recorded. Use `parley correct {slug}` to change it, or choose another slug."""


class AssertsNothing(Refusal):
    """The assertion {slug} does not give the expected answer. Give {fields}."""


class NotOfTheQuestion(Refusal):
    """The question {question!r} takes no {field!r}. It takes: {fields}."""


class OtherPerson(Refusal):
    """There is no person {slug} yet. Name the person first, with a `person` entry."""


class NeverAppointed(Refusal):
    """The record gives {slug} no post to leave. First record the post, with an `appointment` entry."""


class OtherPost(Refusal):
    """The record does not give {slug} the post {post!r}. It gives: {posts}. Leave `post` out if the person left all of
    them."""


class UnknownParty(Refusal):
    """There is no party {slug} yet. Name the party first, with a `party` entry."""


class NoParty(Refusal):
    """No party can have the slug {slug!r}: it stands for words without a named speaker. Choose another."""


class MemberOfNothing(Refusal):
    """The role {role!r} of {slug} needs a bloc or coalition: give it with `of`."""


class MemberOfItself(Refusal):
    """{slug} cannot be a member of {bloc}: {why}."""


class EndsBeforeItBegins(Refusal):
    """{slug} cannot have had the role {role} until {until}: it began on {since}."""


class ClockUnclear(Refusal):
    """{option} needs a date with a last day, and {text!r} has none. Give a date such as 2025-06-04."""


class NeverTabled(Refusal):
    """No version of {slug} is on record as tabled, so nobody can have worded it. Record the version first, as a
    text."""


class WordsDoNotFit(Refusal):
    """{place}: {advice}."""


class AgreedInBrackets(Refusal):
    """{place}: the words “{words}” have brackets, so they are not agreed. Give the agreed words, with `instead-of`,
    or report the provision as bracketed."""


class UnknownNegotiation(RefusedNear):
    """There is no {what} {typed!r} in this ledger. {hint}"""


class SeveralNegotiations(Refusal):
    """This ledger has several negotiations ({slugs}). Choose one with --negotiation or `parley use SLUG`."""


class NoNegotiationYet(Refusal):
    """This ledger has no negotiation yet. Open one with `parley append negotiation SLUG --title …`, or import one."""


class MomentsReversed(Refusal):
    """{second} is before {first}: give the earlier moment first."""
