"""Text that is safe to store and safe to show.

Typed text must not contain control characters or marks that reorder the text after them. A source's own words are
stored exactly as they are. All output shows both as escapes, so filed text cannot control a terminal.
"""

import re
from collections.abc import Iterable, Sequence

from ledger.base.patterns import once

# C0 and C1 controls, lone surrogates, and the bidirectional embeddings, overrides and isolates (Unicode UAX 9).
# Plain left-to-right and right-to-left marks are common in Arabic and Hebrew text and are allowed.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_UNSAFE = f"[{_CONTROLS}{_REORDERING}\ud800-\udfff\u2028\u2029\r]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ENDED = re.compile(r"[.!?…][”’\"]*( \([^()]*\))?$")
_STRAIGHT = re.compile(r"\"([^\"\n]*)\"")  # straight quotation marks, in pairs
_LINE_BREAKS = re.compile(r"\s*[\n\t]\s*")


def first_unsafe(text: str) -> str | None:
    """The first character that typed text must not contain, as "U+202E"; None if there is none."""
    found = None if text.isprintable() else once(_UNSAFE).search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def tidy(text: str) -> bool:
    """Whether the text is printable, with single spaces between its words and none at its ends."""
    return text.isprintable() and "  " not in text and text == text.strip()


def visible(text: str) -> str:
    """The text with every unsafe character written as an escape, except line breaks and tabs."""
    if text.isprintable():  # no unsafe character is printable, and most texts are; this takes a third of the time
        return text
    return once(_UNSAFE).sub(lambda found: _escape(found.group()), text)


def visible_json(text: str) -> str:
    """The JSON text with its raw unsafe characters written as JSON escapes."""
    return once(_UNSAFE).sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def in_spreadsheet(text: str) -> str:
    """The text as a cell of CSV: an apostrophe keeps a spreadsheet from running what looks like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def one_line(text: str) -> str:
    """The text made visible on a single line."""
    return _LINE_BREAKS.sub(" ", visible(text)).strip()


def within_line(text: str) -> str:
    """The text made visible as a part of a line: a space at either end remains."""
    inner = one_line(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * text.endswith(' ')}" if inner else text


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 event`, `2 events`, `3 people`; `plural` is needed if the noun does not just take an s."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def listed(items: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *first, last = [*items] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def few(names: Sequence[str], noun: str, most: int = 3) -> str:
    """The names, or only their number if there are many: `Germany and France`, `27 members`."""
    return listed(names) if len(names) <= most else f"{len(names)} {noun}"


def days(count: int | None) -> str:
    """`today`, `1 day`, `70 days`."""
    if not count:
        return "" if count is None else "today"
    return counted(count, "day")


def times(count: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def minute(recorded_at: str) -> str:
    """A time of the log to the minute: `2026-11-21 12:00`."""
    return recorded_at[:16].replace("T", " ")


def capital(text: str) -> str:
    """The text with a capital first letter and the rest unchanged."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """A text as a sentence: with a full stop, unless it ends with one, with quotation marks or a remark behind it."""
    return text if _ENDED.search(text) else f"{text}."


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def on_condition(says: str, conditions: Sequence[str]) -> str:
    """Words followed by their conditions."""
    return f"{says.rstrip('.')}, conditional on: {'; '.join(conditions)}" if conditions else says


def in_quotes(*texts: str) -> str:
    """The texts, with an ellipsis between them, in double quotation marks; those inside become single ones."""
    inner = _STRAIGHT.sub(r"‘\1’", " … ".join(texts)).replace("“", "‘").replace("”", "’").replace("„", "‚")
    return f"“{inner}”"


def uncapital(text: str) -> str:
    """The text with a small first letter, to follow a colon; a name in braces stays as it is."""
    return text[:1].lower() + text[1:]


def said_of(what: str, sentence: str) -> str:
    """A sentence without a subject, after its subject: `Send the list: done, according to us`."""
    return f"{what.rstrip('.')}: {uncapital(sentence)}"


def doubted(says: str, unless: str) -> str:
    """The words, with the alternative that may hold instead: `open, unless deferred`."""
    return f"{says}, unless {unless}" if unless else says


def marked(says: str, inferred: str) -> str:
    """The words of an entry, marked if the record keeper inferred something in it."""
    return f"{says} (inferred)" if inferred else says
