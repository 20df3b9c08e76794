"""Every refusal by name; its docstring is the sentence the user reads.

A refusal says what is wrong, where, and what to do. Raising one writes nothing: the caller's
transaction is rolled back, and the command line prints the sentence and exits with code 1.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from ledger.base.text import in_short


class Refusal(Exception):
    """Parley refuses this."""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The class docstring with the details filled in, on one line; of a very long detail only the beginning."""
        template = " ".join((type(self).__doc__ or "").split())
        return template.format(**{name: in_short(value) for name, value in self.details.items()}).strip()


class RefusedNear(Refusal):
    """Something typed is not known."""

    @classmethod
    def near(cls, what: str, typed: str, nearest: Sequence[str], known: Iterable[str] = ()) -> Self:
        """The refusal with what the user may have meant, else with what there is."""
        return cls(what=what.replace("-", " "), typed=typed, hint=suggestion(nearest, known))


def suggestion(nearest: Sequence[str], known: Iterable[str] = ()) -> str:
    """`Did you mean …?`, else the first of what is known."""
    if nearest:
        return f"Did you mean {' or '.join(nearest)}?"
    listed = list(known)
    if not listed:
        return "There is none yet."
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""
    return f"Known: {', '.join(listed[:12])}{more}."


class DateNotUnderstood(Refusal):
    """The date {text!r} is not understood. {suggestion}"""


class DateReadsTwoWays(Refusal):
    """The date {text!r} reads two ways: {first} or {second}. {suggestion}"""


class DateNeedsADay(Refusal):
    """The date {text!r} depends on the day it was said, which is not known. {suggestion}"""


class DateEndsBeforeItStarts(Refusal):
    """The date {text!r} ends before it starts. {suggestion}"""


class NoLedgerHere(Refusal):
    """There is no ledger at {path}. Create one with `parley init`, or name another with --ledger."""


class AlreadyALedger(Refusal):
    """There is already a file at {path}, and it is left as it is. Name another place with --ledger."""


class NotALedger(Refusal):
    """{path} is not a Parley ledger. Name one with --ledger, or create one with `parley init`."""


class DamagedLedger(Refusal):
    """The ledger at {path} is damaged ({why}). Restore it from a backup; what is left can be read with sqlite3's
    `.recover`."""


class ForeignSchema(Refusal):
    """The ledger at {path} is not as Parley made it: {what}. Such a file can do or hide anything, so it is not used;
    restore it from a backup."""


class LedgerFromTheFuture(Refusal):
    """The ledger at {path} has format {version}; this Parley knows formats up to {known}. Use a newer Parley."""


class LedgerBusy(Refusal):
    """The ledger at {path} was kept busy by another process for {seconds:g} seconds. Nothing was written; try again."""


class ViewsBusy(Refusal):
    """The views at {path} were kept busy by another process for {seconds:g} seconds. The log is as it was; wait for
    that process or end it, then ask again."""


class BadWait(Refusal):
    """PARLEY_WAIT is {text!r}, which is no number of seconds from 0 to {most}. Set it to one, or unset it."""


class NotWritable(Refusal):
    """{path} cannot be written: {why}. Nothing was written; free space or fix the permissions, then try again."""


class ReadOnlyPlace(Refusal):
    """{path} lies where nothing may be written, and SQLite has to write beside a ledger even to read it. Copy it to a
    folder of your own, or have the permissions changed."""


class UnknownStoredEvent(Refusal):
    """Position {position} of the ledger holds an event {type!r} that this Parley does not know. Use a newer Parley."""


class UnreadableStoredEvent(Refusal):
    """Position {position} of the ledger cannot be read ({why}). Restore the ledger from a backup."""


class LogCutBack(Refusal):
    """The ledger at {path} holds {head} events, but its views have seen {seen}: it was cut back, or an older copy was
    put in its place. Run `parley verify` against a checkpoint kept elsewhere; if you restored a backup, accept it with
    `parley rebuild --accept`."""


class LogRewritten(Refusal):
    """Position {position} of the ledger at {path} is not what its views saw there: the log was rewritten, or the views
    were. Run `parley verify` against a checkpoint kept elsewhere, and restore a backup if the log is wrong; `parley
    rebuild --accept` takes it as it now is."""


class AlreadyThere(Refusal):
    """There is already something at {path}, and it is left as it is. Name another place."""


class CheckpointBroken(Refusal):
    """{path} is no checkpoint: {why}."""


class CheckpointOfAnother(Refusal):
    """The checkpoint is of another log, {origin}, not of the ledger at {path}. Name the ledger it is of."""


class CheckpointTooLarge(Refusal):
    """The checkpoint has {size} events, and the log has {head}. Run `parley verify` with --against to learn more."""


class LogContradicts(Refusal):
    """The first {size} events of the ledger at {path} are not those of the checkpoint: the log was rewritten. Run
    `parley verify` to learn where, and restore a backup."""


class ExtraNeeded(Refusal):
    """{what} needs a library that is not installed. Install it with `pip install 'parley[{extra}]'`."""


class KeyBroken(Refusal):
    """{path} cannot be used as a key: {why}."""


class UnknownPosition(Refusal):
    """There is no position {position} among the {head} events. Give one from 1 to {head}, or a slug."""


class LedgerNotEmpty(Refusal):
    """The ledger at {path} holds events already. A log is restored into a new or an empty ledger: name another with
    --ledger, or merge the two with `parley merge`."""


class LogFileBroken(Refusal):
    """{path} cannot be restored: {why}. Nothing was written; export the log again from its ledger or a backup."""


class BackupDiffers(Refusal):
    """The copy at {path} is not the ledger as it was ({why}). It was thrown away; check the disk and try again."""


class NotErased(Refusal):
    """{what} cannot be erased: {why}."""


class AlreadyErased(Refusal):
    """{what} is erased already ({reason})."""


class NotCleaned(Refusal):
    """{what} is erased, and that is of record, but traces of it may be left in {where}: another process has it open.
    Close it, then run the same command again."""


class DiffersThere(Refusal):
    """{slug} is of record in the other ledger with other content: {difference}. Correct one of the two until they
    agree, or leave theirs out with --ours {slug}."""


class ErasedThere(Refusal):
    """{slug} was erased in the other ledger ({reason}) and stands here. Erase it here as well, or keep it with --ours
    {slug}."""


class EntryWasErased(Refusal):
    """{slug} was erased ({reason}). File what may stand under another slug."""


class ProblemsFound(Refusal):
    """Several things keep this from being filed."""

    def __init__(self, problems: Sequence[tuple[str, Refusal]]) -> None:
        self.problems = sorted(problems, key=lambda problem: _place(problem[0]))
        super().__init__()

    def sentence(self) -> str:
        lines = [f"{where}: {refusal}" if where else str(refusal) for where, refusal in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"… and {len(self.problems) - MOST_SHOWN} more problems.")
        if len(self.problems) > 1:
            lines.append(f"{len(self.problems)} problems; nothing was written.")
        return "\n".join(lines)


MOST_SHOWN = 50


def _place(where: str) -> tuple[str, int]:
    """File and line of `talks.yaml:12`, for sorting; an option, or no place, is one file."""
    file, colon, line = where.rpartition(":")
    return (file, int(line)) if colon and line.isdecimal() else ("", 0)


class UnknownEntry(RefusedNear):
    """There is no {what} {typed!r}. {hint}"""


class UnknownWord(RefusedNear):
    """{typed!r} is not a known {what}. {hint}"""


class UnknownField(RefusedNear):
    """{what} has no field {typed!r}. {hint}"""


class UnknownNegotiation(RefusedNear):
    """There is no {what} {typed!r} in this ledger. {hint}"""


class NegotiationNotOpen(Refusal):
    """The negotiation {slug!r} is not open in this ledger. {hint} it with `parley append negotiation {slug} --title …`,
    or import the entry file that does together with this one."""


class UnknownSlug(RefusedNear):
    """There is no {what} with the slug {typed!r}. {hint}"""


class SeveralEntriesMeant(Refusal):
    """{typed!r} could be any {kind} of {slugs}. Use the slug."""


class SeveralNegotiations(Refusal):
    """This ledger holds several negotiations ({slugs}). Say which with --negotiation."""


class NoNegotiationYet(Refusal):
    """This ledger holds no negotiation yet. Open one with `parley append negotiation SLUG --title …`, or import one."""


class BadSlug(Refusal):
    """{slug!r} cannot be a slug: use lower-case words and digits joined by hyphens, 80 characters at most{hint}."""


class MissingField(Refusal):
    """The {kind} needs {field!r}: {help}."""


class UnsafeText(Refusal):
    """The text holds the character {code}, which cannot be seen or reorders the text around it. Take it out."""


class NotAText(Refusal):
    """One value is wanted here, not {found}."""


class NotAMapping(Refusal):
    """Keys with their values are wanted here: {wanted}."""


class NotAList(Refusal):
    """A list or a single value is wanted here, not {found}."""


class NotANumber(Refusal):
    """{text!r} is not a whole number from 0 to 9999."""


class NotAFingerprint(Refusal):
    """{text!r} is not a SHA-256, which has 64 hexadecimal digits."""


class NotYesOrNo(Refusal):
    """{text!r} is neither yes nor no."""


class QuoteNotFound(Refusal):
    """The source does not say {quote!r}. {hint}"""

    @classmethod
    def near(cls, quote: str, passage: str) -> Self:
        hint = f"The nearest passage is {passage!r}." if passage else "Nothing in it is like that."
        return cls(quote=quote, hint=f"{hint} Quote it word for word.")


class QuoteTooLong(Refusal):
    """The quote that starts {start!r} has {count} words. Quote the shortest run that proves it, {most} at most."""


class QuoteNeeded(Refusal):
    """The {kind} {slug} rests on a source with a text. Add the shortest `quote` from it that proves the entry."""


class SourceNeeded(Refusal):
    """The {kind} {slug} needs a source: name the one that reports it, or file a note of your own as one."""


class TextDiffers(Refusal):
    """The text of {slug} has the SHA-256 {found}, not {wanted} as stated. Use the text that was quoted from."""


class TextNotReadable(Refusal):
    """The text {path} cannot be read: {why}."""


class SlugTaken(Refusal):
    """The slug {slug!r} already names a {other}. Choose another slug for this {kind}."""


class FiledDifferently(Refusal):
    """{slug} was filed from {source} with other content: {difference}. Use `parley correct {slug}` to mend the record,
    or give both accounts side by side in one entry file if the source gives two."""


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


class OtherParty(Refusal):
    """{person} speaks for {parties}, not for {party}. Name the right party, or file an `appointment` to {party}
    first."""


class NothingToCorrect(Refusal):
    """{slug} already says so: nothing to correct."""


class CannotCorrect(Refusal):
    """{slug} has no field {field!r} that can be corrected. {hint}"""


class SeveralReports(Refusal):
    """{slug} has several reports of {field!r} (positions {positions}). Say which with --position, or --all to settle
    the field for all of them."""


class SeveralMatters(Refusal):
    """{slug} has a {field!r} for each of several matters, such as being agreed and closed (positions {positions}).
    Say which with --position."""


class NoSuchReport(Refusal):
    """{slug} has no report at position {position}. Its reports are at {positions}."""


class UnknownEntryKind(RefusedNear):
    """There is no {what} {typed!r}; the first key of an entry says what it is. {hint}"""


class EntryFileBroken(Refusal):
    """{path}{where} cannot be read: {why}."""


class EntryFileTooLarge(Refusal):
    """{path} has {size} MB; an entry file may have {most}. Give each source a file of its own, or use JSONL."""


class YamlFeatureRefused(Refusal):
    """{path}:{line} uses an anchor, an alias or a tag. Write the value out in plain YAML."""


class RepeatedKey(Refusal):
    """The key {key!r} is given twice. Keep one, or make its value a list."""


class NotViews(Refusal):
    """{path} stands where the ledger's views are kept and is some other database. Move it away and ask again."""


class LedgerIsAUrl(Refusal):
    """{url} is a URL; this Parley keeps a ledger in an SQLite file. Name the file with --ledger."""


class OneFormat(Refusal):
    """An answer comes as JSON or as CSV. Give --json or --csv, not both."""


class ClockUnclear(Refusal):
    """{option} needs a day that ends, and {text!r} has none. Give a date such as 2025-06-04."""


class BadChange(Refusal):
    """{text!r} is not a change. Write FIELD=VALUE, such as held=2025-05-22."""


class NothingToSearch(Refusal):
    """There is no word to search for in {typed!r}. Give one or more, such as `parley search export control`."""


class TooManyWords(Refusal):
    """{count} words and phrases are too many to search for at once. Give {most} at most."""


class ViewsDamaged(Refusal):
    """The views of the ledger are damaged ({why}). Ask again: they are made anew from the log, which is not touched."""


class UnknownMoment(RefusedNear):
    """{typed!r} is no {what}: neither a day, nor a meeting, nor a position of the log. {hint}"""


class MeetingWithoutDate(Refusal):
    """The meeting {slug} has no day on which it was held, so it is no moment. Give a day instead."""


class NeverLooked(Refusal):
    """There is no last time that {keeper} looked: it is remembered from the first `parley state` or `parley diff`
    on. Give a day instead."""
