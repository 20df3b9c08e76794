"""Writes a draft as an entry file, which a person reviews and then imports.

Only fields that are certain are filled in. A doubtful field is left empty, with the alternatives in a comment; a date
that could not be read is left empty, with its words in a comment. Sentences that no entry quotes are listed at the end.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.patterns import cased
from ledger.base.text import counted, one_line
from ledger.capture.entries import EntryDrafted, entries
from ledger.capture.proposal import ProposedNegotiation, in_sentences
from ledger.capture.suggest import Drafted

_PLAIN = cased(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^\n:#]|:(?=\S)|(?<!\s)#)*")
_SLUG = cased(r"[\w./-]*")  # or a voice
_WHY = {  # a second entry for the same words is offered
    "statement": "record the act that it reports",
    "wording": "record the wording, with the slug of the draft text",
}
_COMMENT = 108  # characters: a longer comment is cut off
_LONGEST_SENTENCE = 240  # characters: a longer sentence is cut off in the list at the end


class SourceDrafted(NamedTuple):
    """The `source` section of an entry file; `text` is the name of the file with its text, or "" if there is none."""

    slug: str
    title: str
    kind: str = "news"
    account_of: str = ""
    publisher: str = ""
    published: date | None = None
    url: str = ""
    language: str = ""
    text: str = ""
    sha256: str = ""
    original: str = ""
    original_type: str = ""
    original_sha256: str = ""
    extractor: str = ""


def entry_file(
    source: SourceDrafted,
    draft: Drafted,
    negotiation: str,
    taken: Collection[str],
    opening: ProposedNegotiation | None = None,
    advice: Sequence[str] = (),
) -> str:
    """The text of the entry file; `taken` holds the slugs that the record uses, `opening` a negotiation to open.

    `advice` are sentences on what to do first, which become comments at its head.
    """
    parties = opening.parties if opening else {}
    lines_of_entries = [line for party, names in parties.items() for line in _party(party, names)]
    lines_of_entries += [
        line for party in parties if opening and party in opening.mediators for line in _mediator(party)
    ]
    lines_of_entries += [
        line
        for one in entries(draft, {*taken, *parties, source.slug})
        for line in (*([""] if one.suggestion is not None else []), *_entry(one))
    ]
    doubtful = sum(bool(one.doubts) for one in draft.suggestions)
    lines = [
        *_heading(len(draft.suggestions), doubtful),
        *(f"# {sentence}" for sentence in advice),
        f"negotiation: {negotiation}",
        *(_opened(opening) if opening else ()),
        "source:",
        *(f"  {name}: {value}" for name, value in _source(source)),
        *(["entries:", *lines_of_entries] if lines_of_entries else []),
        *_unused(draft),
    ]
    return "\n".join(lines) + "\n"


def _heading(count: int, doubtful: int) -> Iterator[str]:
    yield "# Suggested by `parley draft`; nothing is recorded yet. Review, correct or delete each entry, then import."
    if doubtful:
        where = f"{doubtful} of {counted(count, 'entry', 'entries')}"
        yield f"# Doubtful fields (in {where}) are left empty, with the alternatives as a comment."


def _opened(opening: ProposedNegotiation) -> Iterator[str]:
    yield f"title: {scalar(opening.title)}  # a proposal, like the parties: the ledger has no negotiation yet"
    yield f"parties: [{', '.join(opening.sides)}]"


def _party(slug: str, names: Sequence[str]) -> Iterator[str]:
    yield f"  - party: {slug}"
    yield f"    name: {scalar(names[0])}"
    if names[1:]:
        yield f"    aliases: [{', '.join(map(scalar, names[1:]))}]"
    if inside := in_sentences(names[0]):
        yield f"    in-sentences: {inside}"


def _mediator(slug: str) -> Iterator[str]:
    yield f"  - role: {slug}"
    yield "    as: mediator  # as the report tells it; on no side"


def _source(source: SourceDrafted) -> Iterator[tuple[str, str]]:
    for name, value in source._asdict().items():
        if name == "published" and value is None:
            yield name, "# not found, so relative dates could not be read"
        elif value:
            yield name.replace("_", "-"), scalar(str(value))


def _unused(draft: Drafted) -> Iterator[str]:
    used = {one.sentence for one in draft.suggestions}
    unused = [one.text for one in draft.sentences if one.number not in used]
    if unused:
        yield ""
        yield "# Sentences that no entry quotes:"
    for text in unused:
        shown = one_line(text)
        yield f"#   {shown[:_LONGEST_SENTENCE]}{'…' if len(shown) > _LONGEST_SENTENCE else ''}"


def _entry(one: EntryDrafted) -> Iterator[str]:
    """The lines of one entry."""
    if one.suggestion is not None:
        yield f"  # {_short('; '.join(one.suggestion.reasons))}"
    same = f"  # already recorded as {one.slug}?" if one.is_of_record else ""
    new = f"  # new: {_short(one.quote)}" if one.kind == "person" else ""
    yield f"  - {one.kind}: {one.slug}{same}{new}".rstrip()
    for name, value in one.fields.items():
        yield f"    {name}:  # {_short(one.left[name])}?" if name in one.left else f"    {name}: {_value(value)}"
    if one.besides is not None:
        why = _WHY.get(one.besides.kind, "follow up on the date")
        yield f"  # To {why}, use this entry as well:"
        yield from (f"  # {line[2:]}" for line in _entry(one.besides))


def _value(value: Any) -> str:
    """A value as YAML on one line: a text, a list of slugs, or a date with its words."""
    if isinstance(value, dict):
        pairs = (f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(one if _SLUG.fullmatch(one) else json.dumps(one, ensure_ascii=False) for one in value)}]"
    return scalar(value) if not value.startswith("[") else f'"{value}"'


def scalar(text: str) -> str:
    """A text as a YAML value on one line, in quotation marks if it needs them."""
    if text and text.isprintable() and _PLAIN.fullmatch(text) and not text.endswith((" ", ":")):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    escaped = (letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in quoted)
    return "".join(escaped) if text else ""


def _short(text: str) -> str:
    shown = one_line(text)
    return f"{shown[:_COMMENT]}…" if len(shown) > _COMMENT else shown
