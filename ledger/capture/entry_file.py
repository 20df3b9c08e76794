"""A draft as an entry file, for a person to review and then to import.

What is sure is filled in. A field in doubt is left empty, with the alternatives as a comment; so is a day that could
not be read. Sentences that no entry rests on are listed at the end.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.base.names import slugify
from ledger.base.text import one_line
from ledger.capture.reading.mentions import Introduced
from ledger.capture.suggest import Drafted
from ledger.capture.suggestion import Suggestion
from ledger.dates import When

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^\n:#]|:(?=\S)|(?<!\s)#)*")
_COMMENT = 108  # characters of a comment
_LONGEST_SENTENCE = 240  # characters of a sentence that is listed at the end
_LONGEST_SLUG = 60
_SLUG_WORDS = 3
_EMPTY = frozenset("agreed also both countries said side sides that their they this which will with would".split())  # noqa: SIM905
_COUNTED = re.compile(r"(?:within|in the (?:next|coming))\b", re.IGNORECASE)  # from the day it was said, not published


class SourceDrafted(NamedTuple):
    """What an entry file says of its source; `text` is the name of the file with its text, "" where there is none."""

    slug: str
    title: str
    kind: str = "news"
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


def entry_file(source: SourceDrafted, draft: Drafted, negotiation: str, taken: Collection[str]) -> str:
    """The text of the entry file; `taken` are the slugs of record."""
    writer = _EntryWriter(draft, {*taken, source.slug})
    entries = [line for one in draft.people for line in writer.person(one)]
    for one in draft.suggestions:
        entries += ["", *writer.entry(one)]
    doubtful = sum(bool(one.doubts) for one in draft.suggestions)
    lines = [
        *_heading(len(draft.suggestions), doubtful),
        f"negotiation: {negotiation}",
        "source:",
        *(f"  {name}: {value}" for name, value in _source(source)),
        *(["entries:", *entries] if entries else []),
        *_unused(draft),
    ]
    return "\n".join(lines) + "\n"


def _heading(entries: int, doubtful: int) -> Iterator[str]:
    yield "# Suggested by `parley draft`. Nothing is on record yet: read each entry, change or delete it, then import."
    if doubtful:
        are = "entry has a field" if doubtful == 1 else "entries have fields"
        yield f"# Of {entries} entries, {doubtful} {are} in doubt: left empty, with the alternatives as a comment."


def _source(source: SourceDrafted) -> Iterator[tuple[str, str]]:
    for name, value in source._asdict().items():
        if name == "published" and value is None:
            yield name, "# not found: without it, no phrase of time was read"
        elif value:
            yield name.replace("_", "-"), scalar(str(value))


def _unused(draft: Drafted) -> Iterator[str]:
    used = {one.sentence for one in draft.suggestions}
    unused = [one.text for one in draft.sentences if one.number not in used]
    if unused:
        yield ""
        yield "# Sentences that no entry rests on:"
    for text in unused:
        shown = one_line(text)
        yield f"#   {shown[:_LONGEST_SENTENCE]}{'…' if len(shown) > _LONGEST_SENTENCE else ''}"


class _EntryWriter:
    """Writes entries as lines; each gets a slug of its own, and meetings are known by theirs."""

    def __init__(self, draft: Drafted, taken: set[str]) -> None:
        self._taken = taken
        self._meetings: dict[str, str] = {}
        for one in draft.suggestions:
            if one.kind in ("meeting", "announcement"):
                self._meetings[one.fields["id"]] = one.fields["is"] or self._new(_meeting_slug(one))

    def person(self, one: Introduced) -> list[str]:
        """A person whom the record does not know, with the post."""
        slug = one.slug
        self._taken.add(slug)
        return [
            f"  - person: {slug}  # new: {_short(one.quote)}",
            f"    name: {scalar(one.name)}",
            f"    party: {one.party}",
            f"  - appointment: {slug}",
            f"    post: {scalar(one.post)}",
            f"    party: {one.party}",
            f"    quote: {scalar(one.quote)}",
        ]

    def entry(self, one: Suggestion) -> list[str]:
        """The lines of one suggestion."""
        slug, fields = self._slug(one), dict(self._fields(one))
        same = f"  # the same as {slug} of record?" if one.fields.get("is") else ""
        lines = [f"  # {_short('; '.join(one.reasons))}", f"  - {one.kind}: {slug}{same}"]
        for name, value in fields.items():
            if name in one.doubts:
                lines.append(f"    {name}:  # {' or '.join(one.acts[:4])}?")
            elif value:
                lines.append(f"    {name}: {value}")
        return [*lines, f"    quote: {scalar(one.quote)}"]

    def _fields(self, one: Suggestion) -> Iterator[tuple[str, str]]:
        """The fields of an entry in the order of its form, as YAML; empty ones are left out."""
        has = one.fields
        match one.kind:
            case "meeting":
                yield from _kind_and_number(has)
                yield "held", _day(has["held"], has["words"]) or "unknown"
                yield "place", scalar(has["place"])
                yield "parties", _list(has["parties"])
                yield "people", _list(has["people"])
            case "announcement":
                yield from _kind_and_number(has)
                yield "expected", _day(has["expected"], has["words"])
                yield "parties", _list(has["parties"])
                yield "at", self._meetings.get(has["at"], "")
            case "called-off":
                yield "on", _day(has["on"], has["words"])
                yield "by", _list(has["by"])
            case "appointment":
                yield "post", scalar(has["post"])
                yield "party", has["party"]
                yield "from", _day(has["from"], has["words"])
            case "follow-up":
                yield "owners", _list(has["owners"])
                counted = _COUNTED.match(has["words"]) and has["at"]
                yield "due", scalar(has["words"]) if counted else _day(has["due"], has["words"])
                yield "standing", "yes" if has["standing"] else ""
                yield "issues", _list(has["issues"])
                yield "at", self._meetings.get(has["at"], "")
            case "statement":
                yield "by", _list(has["by"])
                yield "to", _list(has["to"])
                yield "act", has["act"]
                yield "issues", _list(has["issues"])
                yield "on", _day(_within(has["on"]), "")
                yield "at", self._meetings.get(has["at"], "")

    def _slug(self, one: Suggestion) -> str:
        if one.kind in ("meeting", "announcement"):
            return self._meetings[one.fields["id"]]
        if one.kind == "appointment":
            return str(one.fields["person"])
        if one.kind == "called-off":
            return str(one.fields["is"] or self._meetings.get(one.fields["of"]) or self._new(_meeting_slug(one)))
        if one.kind == "follow-up":
            return self._new(f"agreed-{_words(one.quote, ())}")
        speaker = next((voice for voice in one.fields["by"] if isinstance(voice, str)), "unnamed").rpartition("/")[2]
        act = "said" if "act" in one.doubts else one.fields["act"]
        about = one.fields["issues"][0] if one.fields["issues"] else _words(one.quote, (*speaker.split("-"), act))
        return self._new(f"{speaker.split('-')[-1]}-{act}-{about}")

    def _new(self, slug: str) -> str:
        """A slug that is not taken: the same with a number where it is."""
        slug = base = slug[:_LONGEST_SLUG].strip("-")
        count = 1
        while slug in self._taken:
            count += 1
            slug = f"{base}-{count}"
        self._taken.add(slug)
        return slug


def _words(quote: str, but: Collection[str]) -> str:
    """The first telling words of a quotation, for a slug."""
    words = [word for word in slugify(quote).split("-") if len(word) > 3 and word not in _EMPTY and word not in but]
    return "-".join(words[:_SLUG_WORDS])


def _meeting_slug(one: Suggestion) -> str:
    """A name for a meeting: by its number, else by who met, or by its day."""
    fields = one.fields
    kind = fields["meeting_kind"]
    if fields["number"]:
        return f"{kind}-{fields['number']}"
    when: When = next((fields[name] for name in ("held", "expected", "on") if fields.get(name)), When())
    people = [voice.rpartition("/")[2].split("-")[-1] for voice in fields.get("people", ())[:2]]
    return slugify(f"{'-'.join(people) or kind} {when.earliest or ''}") or kind


def _kind_and_number(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "kind", fields["meeting_kind"]
    yield "number", str(fields["number"] or "")


def _within(when: When) -> When:
    """A day of a meeting that lasted several: what was said at it was said on one of them."""
    first, lasted, last = when.edtf.partition("/")
    return When(f"[{first}..{last}]", when.phrase) if lasted else when


def _day(when: When, words: str) -> str:
    """A date with the words that it was read from; only the words, to be read by a person, where it was not read."""
    words = " ".join((words or when.phrase).split())
    if not when:
        return f"  # {_short(words)}?" if words else ""
    if not words or words == when.edtf:
        return f'"{when.edtf}"' if when.edtf.startswith("[") else when.edtf
    return f"{{date: {json.dumps(when.edtf)}, words: {json.dumps(words, ensure_ascii=False)}}}"


def _list(values: Iterable[Any]) -> str:
    voices = [value if isinstance(value, str) else "" for value in values]
    named = [voice for voice in voices if voice]
    return named[0] if len(named) == 1 else f"[{', '.join(named)}]" if named else ""


def scalar(text: str) -> str:
    """A text as a YAML value on one line, in quotation marks where it needs them."""
    if text and text.isprintable() and _PLAIN.fullmatch(text) and not text.endswith((" ", ":")):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    escaped = (letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in quoted)
    return "".join(escaped) if text else ""


def _short(text: str) -> str:
    shown = one_line(text)
    return f"{shown[:_COMMENT]}…" if len(shown) > _COMMENT else shown
