"""Refusals of what is filed."""

from typing import Self

from ledger.base.names import slugify
from ledger.errors import Refusal, RefusedNear


class DiffersThere(Refusal):
    """{slug} is of record in the other ledger with other content: {difference}. Correct one of the two until they
    agree, or leave theirs out with --ours {slug}."""


class ErasedHere(Refusal):
    """{slug} was erased in this ledger ({reason}) and is still in the other. Erase it there as well, or leave theirs
    out with --ours {slug}."""


class ErasedThere(Refusal):
    """{slug} was erased in the other ledger ({reason}) and is still here. Erase it here as well, or keep it with --ours
    {slug}."""


class UnknownField(RefusedNear):
    """{what} has no field {typed!r}. {hint}"""


class NegotiationNotOpen(Refusal):
    """The negotiation {slug!r} is not open in this ledger. {hint} it with `parley append negotiation {slug} --title …`,
    or import the entry file that does together with this one."""


class BadSlug(Refusal):
    """{slug!r} cannot be a slug: use lower-case words and digits joined by hyphens, at most 80 characters{hint}."""

    @classmethod
    def of(cls, slug: str) -> Self:
        """The refusal with a slug that would do."""
        better = slugify(slug)
        return cls(slug=slug, hint=f", such as {better}" if better else "")


class UnsafeText(Refusal):
    """The text holds the character {code}, which cannot be seen or reorders the text around it. Take it out."""


class NotAText(Refusal):
    """Give one value here, not {found}."""


class NotAnEntryFile(Refusal):
    """This is not an entry file: it must begin with `negotiation:` and the slug of one."""


class NotAMapping(Refusal):
    """{what} must consist of keys and their values, beginning with, for example, {example}."""


class NotAList(Refusal):
    """Give one value or a list of values here, not {found}."""


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
    """{slug} was filed from {source} with other content: {difference}. Use `parley correct {slug}` to change it,
    or give both accounts side by side in one entry file if the source gives two."""


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
    """There is no {what} {typed!r}. The first key of an entry must be its kind. {hint}"""


class EntryFileBroken(Refusal):
    """{path}{where} cannot be read: {why}."""


class EntryFileTooLarge(Refusal):
    """{path} is {size} MB large, and an entry file may have at most {most} MB. Give each source a file of its own, or
    use JSONL."""


class YamlFeatureRefused(Refusal):
    """{path}:{line} uses an anchor, an alias or a tag. Write the value out in plain YAML."""


class RepeatedKey(Refusal):
    """The key {key!r} is given twice. Keep one, or make its value a list."""
