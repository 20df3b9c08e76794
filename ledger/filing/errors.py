"""The refusals of filing."""

from typing import Self

from ledger.base.names import slugify
from ledger.errors import Refusal, RefusedNear


class DiffersThere(Refusal):
    """{slug} is different in the other ledger: {difference}. Correct one of the two so that they agree, or leave
    theirs out with --ours {slug}."""


class ErasedHere(Refusal):
    """{slug} was erased in this ledger ({reason}), but is still in the other. Erase it there as well, or leave theirs
    out with --ours {slug}."""


class ErasedThere(Refusal):
    """{slug} was erased in the other ledger ({reason}), but is still here. Erase it here as well, or keep it with
    --ours {slug}."""


class UnknownField(RefusedNear):
    """{what} has no field {typed!r}. {hint}"""


class NegotiationNotOpen(Refusal):
    """The negotiation {slug!r} is not open in this ledger. {hint} it with `parley append negotiation {slug} --title …`,
    or import the entry file that opens it together with this one."""


class BadSlug(Refusal):
    """{slug!r} cannot be a slug: use lower-case words and digits joined by hyphens, at most 80 characters{hint}."""

    @classmethod
    def of(cls, slug: str) -> Self:
        """The refusal, with a suggestion for a valid slug."""
        better = slugify(slug)
        return cls(slug=slug, hint=f", such as {better}" if better else "")


class UnsafeText(Refusal):
    """The text contains the character {code}, which is invisible or reorders the text around it. Remove it."""


class NotAText(Refusal):
    """Give one value here, not {found}."""


class NotAnEntryFile(Refusal):
    """This is not an entry file: it must begin with `negotiation:` and a slug."""


class NotAMapping(Refusal):
    """{what} must consist of keys and their values, beginning with, for example, {example}."""


class NotAList(Refusal):
    """Give one value or a list of values here, not {found}."""


class HeldLater(Refusal):
    """{text!r} lies after {day}, the day of the report, so the meeting cannot have been held then. Announce a meeting
    that is still to come; if it was held, write its date as 2025-05-22, or `unknown`."""


class NotANumber(Refusal):
    """{text!r} is not a whole number from 0 to 9999."""


class NotAFingerprint(Refusal):
    """{text!r} is not a SHA-256, which has 64 hexadecimal digits."""


class NotYesOrNo(Refusal):
    """{text!r} is neither yes nor no."""


class QuoteNotFound(Refusal):
    """The source does not contain the quote {quote!r}. {hint}"""

    @classmethod
    def near(cls, quote: str, passage: str) -> Self:
        hint = f"The nearest passage is {passage!r}." if passage else "Nothing in it is like that."
        return cls(quote=quote, hint=f"{hint} Quote it word for word.")


class QuoteNotInText(Refusal):
    """{slug} quotes {quote!r}, which is not in this text. {hint} Give the text that was quoted from, or retract {slug}
    and file it again with the source's words."""

    @classmethod
    def near(cls, slug: str, quote: str, passage: str) -> Self:
        return cls(slug=slug, quote=quote, hint=f"The nearest passage is {passage!r}." if passage else "")


class QuoteTooLong(Refusal):
    """The quote that starts {start!r} has {count} words. Quote only the words that prove the entry, at most {most}."""


class QuoteNeeded(Refusal):
    """The {kind} {slug} has a source with a text. Add a `quote` from it: the shortest that proves the entry."""


class SourceNeeded(Refusal):
    """The {kind} {slug} needs a source: name the source that reports it, or file a note of your own as the source."""


class TextDiffers(Refusal):
    """The text of {slug} has the SHA-256 {found}, but the entry states {wanted}. Use the text that was quoted."""


class TextAlreadyFrozen(Refusal):
    """{slug} already has a frozen text, with the SHA-256 {sha256}, and a frozen text is never replaced. File this one
    as a source of its own."""


class TextNotReadable(Refusal):
    """The text {path} cannot be read: {why}."""


class SlugTaken(Refusal):
    """The slug {slug!r} already names another entry, of the kind {other}. Choose another slug for this {kind}."""


class FiledDifferently(Refusal):
    """{slug} was filed from {source} with other content: {difference}. Use `parley correct {slug}` to change it; if
    the source gives two accounts, give both in one entry file."""


class NothingToGoOnFrom(Refusal):
    """You have not recorded anything from a source lately. Name the source with --source."""


class PartyNeeded(Refusal):
    """{person} speaks for {parties}, so the party must be given: PARTY/{person}."""


class WaitsOnItself(Refusal):
    """The task {slug} would wait on itself ({circle})."""


class ConditionOnItself(Refusal):
    """{slug} cannot be conditional on itself: name another entry, or give only the words of the condition."""


class LinkedToItself(Refusal):
    """The link `{relation}` of {slug} would lead back to it ({circle}): name another entry."""


class NoCondition(Refusal):
    """`meets` of {slug} names {other}, which has no condition on record. Name the statement that sets the condition, or
    add it there first: parley correct {other} conditional-on=WORDS --reason …"""


class NobodySpoke(Refusal):
    """Words without a named speaker speak for nobody: leave `for` out, or name the speaker in `by`."""


class NoOtherSide(Refusal):
    """`other` needs one speaking party and one other party; the others are: {others}. Name the parties instead."""


class OtherParty(Refusal):
    """{person} speaks for {parties}, not for {party}. Name the right party, or file an `appointment` to {party}
    first."""


class NothingToCorrect(Refusal):
    """{slug} already has these values, so there is nothing to correct."""


class CannotCorrect(Refusal):
    """{slug} has no field {field!r} that can be corrected. {hint}"""


class SeveralReports(Refusal):
    """{slug} has several reports of {field!r} (positions {positions}). Choose one with --position, or correct all with
    --all."""


class SeveralMatters(Refusal):
    """{slug} has reports of several kinds with {field!r}, such as agreed and closed (positions {positions}). Choose one
    with --position."""


class NoSuchReport(Refusal):
    """{slug} has no report of {field!r} at position {position}. Its reports of that field are at {positions}."""


class UnknownEntryKind(RefusedNear):
    """There is no {what} {typed!r}. The first key of an entry must be its kind. {hint}"""


class EntryFileBroken(Refusal):
    """{path}{where} cannot be read: {why}."""


class EntryFileTooLarge(Refusal):
    """{path} has {size} MB; an entry file may have at most {most} MB. Give each source its own file, or use
    JSONL."""


class YamlFeatureRefused(Refusal):
    """{path}:{line} uses an anchor, an alias or a tag. Write the value out in plain YAML."""


class RepeatedKey(Refusal):
    """The key {key!r} is given twice. Keep one, or make its value a list."""


class NoMeasure(Refusal):
    """The figure {text!r} names no measure. Write a measure, an equals sign and a value: tariff-rate = 46 percent."""


class NotAUnit(Refusal):
    """{text!r} is not a unit. Examples: percent, US$, tonnes, chapters, € per tonne."""


class ScaleInUnit(Refusal):
    """Leave {scale!r} out of the unit {text!r}: each value has its own, as in “5 {scale}”."""


class OtherUnit(Refusal):
    """The unit of the measure {measure} is {own}, and {text!r} was read as {read}. Correct one of the two."""


class OtherWhole(Refusal):
    """The values of the measure {measure} are parts of {own}, and {text!r} is of {whole}. Correct one of the two."""


class LargerThanWhole(Refusal):
    """The figure {text!r} is larger than {own}, the whole of the measure {measure}. Correct one of the two."""


class NoConditionWords(Refusal):
    """A condition has no words. Write them alone, or after an entry: market-access = market access is granted."""


class NoTextToDivide(Refusal):
    """The source {source!r} has no text that could be divided into provisions. Add its text, or give the provisions."""
