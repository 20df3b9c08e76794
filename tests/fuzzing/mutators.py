"""Mutators: from a seed to something like it that is hostile. All draw on the `Random` they are given alone.

A document is a tree: `Pairs` for mappings (so that a key may stand twice), lists, text, and `Raw` for what stands in
the file as it is (numbers, null, brackets by the thousand). It is written as YAML or as JSON.
"""

import json
import re
from collections.abc import Sequence
from random import Random
from typing import Any

BIDI = ("\u202e", "\u2066", "\u202a", "\u2069", "\u200f", "\u061c")
CONTROLS = ("\x00", "\x07", "\x1b[31m", "\x1b]0;x\x07", "\x7f", "\x85", "\x9b2J", "\r", "\x0b", "\u2028", "\u2029")
SURROGATES = ("\ud800", "\udfff", "\udc80", "\ud83d")
LETTERS = (
    "\U0001f600", "\U0010ffff", "\ufffe", "İ", "ß", "ﬃ", "№", "e\u0301", "\u0958", "\u0301", "٣", "²", "½", "\u3000",
)  # fmt: skip
SQL = (
    "'; DROP TABLE stored_events; --", "' OR '1'='1", '"; DELETE FROM entries; --',
    "x') UNION SELECT sql FROM sqlite_master --",
    "NULL", "[entries]", "`log`", "ATTACH DATABASE 'x.db' AS x", "?1", ":name", "%' ESCAPE '\\",
)  # fmt: skip
FTS = (
    '"unclosed', "NEAR(a b)", "a AND", "NOT", "col:word", "-", "*", "^a", "a* OR b*", "(((", '""', "{kind slug} : a",
    "+",
)  # fmt: skip
PATHS = (
    "../../../etc/passwd", "/etc/passwd", "/dev/zero", "/dev/stdin", "..", ".", "~", "a\0b", "x" * 5_000,
    "./" * 3_000, "con",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "9999", "10000", "1e309", "NaN", "Infinity", "0x10", "007", "9" * 4_000, "1" * 5_000 + ".5", "-0",
    "1_000",
)  # fmt: skip
DATES = (
    "9999-12-31", "1000-01-01", "0999-12-31", "10000-01-01", "[9999-12-31..]", "[..1000-01-01]", "9999-12~", "1000~",
    "9999?", "2025-02-30", "2024-02-29", "2025-00-10", "[2025-06-10..2025-06-01]", "../..", "[..]", "2025-05-19/..",
    "../9999", "[]",
    "next week", "within 999 years", "in 999 months", "early June", "end of the year", "31 September", "Q4 9999",
    "late 9999", "the week of December 31, 9999", "999 days ago", "29 February", "unknown", "soon",
    "regularly", "2025-05-22T10:00:00Z",
)  # fmt: skip
FORMATS = (
    "{0}", "{path}", "%s%n", "${HOME}", "{}", "{{", "}", "\\", "\\u0000", "<script>", "=1+1", "`rm`", "$(ls)", "\t",
    "\n\n",
)  # fmt: skip
YAMLISH = (
    "&a", "*a", "!!python/object:os.system x", "<<: *a", "? ", "- ", "---", "...", "|", ">-", "%YAML 9.9", "{", "[",
    "#", ": ", "~",
)  # fmt: skip
WORDS = (
    "vn", "us", "us/jamieson-greer", "vn/", "/us", "us/us", "round", "asked", "yes", "no", "none", "round-3",
    "tariffs", "NO", "",
)  # fmt: skip

HOSTILE = (*BIDI, *CONTROLS, *SURROGATES, *LETTERS, *SQL, *FTS, *PATHS, *NUMBERS, *DATES, *FORMATS, *YAMLISH, *WORDS)


class Pairs(list[tuple[str, Any]]):
    """A mapping in which a key may stand more than once."""


class Raw(str):
    """What is written into a file as it is."""

    __slots__ = ()


# Texts.


def hostile(random: Random) -> str:
    """Some text that was hostile to a program once: one, several joined, or one many times."""
    one = random.choice(HOSTILE)
    match random.randrange(8):
        case 0:
            return one + random.choice((" ", "", "-", "/")) + random.choice(HOSTILE)
        case 1:
            return (one * random.choice((2, 50, 1_000)))[:20_000]
        case 2:
            return "".join(chr(random.randrange(1, 0x110000)) for _ in range(random.randrange(1, 12)))
        case _:
            return one


def _cut(random: Random, size: int) -> tuple[int, int]:
    start = random.randrange(size + 1)
    return start, min(size, start + random.choice((0, 1, 1, 2, 4, 16, 64)))


def mutated_text(random: Random, text: str) -> str:
    """The text with one to four changes: characters dropped, repeated, moved, replaced, hostile text put in."""
    for _ in range(random.choice((1, 1, 2, 4))):
        start, end = _cut(random, len(text))
        piece = text[start:end]
        match random.randrange(7):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + piece * random.choice((2, 3, 40)) + text[end:]
            case 2:
                text = text[:start] + hostile(random) + text[end:]
            case 3:
                text = text[:start] + random.choice((piece.upper(), piece.title(), piece[::-1])) + text[end:]
            case 4:
                text = text[:start] + re.sub("[0-9]", lambda _: str(random.randrange(10)), piece or text) + text[end:]
            case 5:
                text = text[end:] + text[:end]
            case _:
                text = (
                    hostile(random)
                    if random.randrange(4) == 0
                    else text[:start] + chr(random.randrange(1, 0x3000)) + text[end:]
                )
    return text


def mutated_bytes(random: Random, data: bytes) -> bytes:
    """The bytes with one to four changes, most of them no longer UTF-8."""
    for _ in range(random.choice((1, 1, 2, 4))):
        start, end = _cut(random, len(data))
        match random.randrange(6):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:start] + data[start:end] * random.choice((2, 3, 40)) + data[end:]
            case 2:
                data = data[:start] + random.randbytes(random.choice((1, 1, 2, 8))) + data[end:]
            case 3 if data:
                place = min(start, len(data) - 1)
                data = data[:place] + bytes([data[place] ^ (1 << random.randrange(8))]) + data[place + 1 :]
            case 4:
                data = data[:start]
            case _:
                data = data[:start] + hostile(random).encode("utf-8", "surrogatepass") + data[end:]
    return data


# Trees.


def mutated_tree(random: Random, tree: Any, others: Sequence[Any]) -> Any:
    """The tree with one change somewhere in it; `others` are trees from which pieces are taken."""
    if isinstance(tree, Pairs) and tree and random.randrange(4):
        place = random.randrange(len(tree))
        key, value = tree[place]
        return Pairs([*tree[:place], (key, mutated_tree(random, value, others)), *tree[place + 1 :]])
    if isinstance(tree, list) and not isinstance(tree, Pairs) and tree and random.randrange(4):
        place = random.randrange(len(tree))
        return [*tree[:place], mutated_tree(random, tree[place], others), *tree[place + 1 :]]
    if isinstance(tree, Pairs) and tree and random.randrange(5):
        return _mutated_pairs(random, tree, others)
    if isinstance(tree, list) and not isinstance(tree, Pairs) and tree and random.randrange(5):
        place = random.randrange(len(tree))
        changed: Sequence[list[Any]] = (
            tree[:place] + tree[place + 1 :],
            [*tree, tree[place]],
            random.sample(tree, len(tree)),
            [*tree, random.choice(others)],
        )
        return random.choice(changed)
    return _mutated_value(random, tree, others)


def _mutated_pairs(random: Random, tree: Pairs, others: Sequence[Any]) -> Pairs:
    place = random.randrange(len(tree))
    key, value = tree[place]
    donor = random.choice([other for other in others if isinstance(other, Pairs) and other] or [tree])
    match random.randrange(6):
        case 0:
            return Pairs([*tree[:place], *tree[place + 1 :]])
        case 1:
            return Pairs([*tree, (key, value)])
        case 2:
            return Pairs([*tree, (mutated_text(random, key), value)])
        case 3:
            return Pairs([*tree, random.choice(donor)])
        case 4:
            return Pairs([*tree[:place], (random.choice(donor)[0], value), *tree[place + 1 :]])
        case _:
            return Pairs(random.sample(tree, len(tree)))


def _mutated_value(random: Random, value: Any, others: Sequence[Any]) -> Any:
    match random.randrange(10):
        case 0:
            return Raw(random.choice(("null", "true", "false", "[]", "{}", "-1", "1.5e400", "NaN", "1" * 5_000)))
        case 1:
            depth = 20_000 if random.randrange(40) == 0 else random.choice((3, 9, 60))
            return Raw("[" * depth + "]" * depth)
        case 2:
            return Raw('{"date":' * 5 + '"2025-05-22"' + "}" * 5)
        case 3:
            return [value, hostile(random)]
        case 4:
            return Pairs([("date", random.choice(DATES)), ("words", hostile(random))])
        case 5:
            return random.choice(DATES)
        case 6:
            return random.choice(others)
        case 7:
            return mutated_text(random, value) if isinstance(value, str) else hostile(random)
        case _:
            return hostile(random)


# Writing.


def as_json(tree: Any, random: Random) -> str:
    """The tree as JSON on one line."""
    if isinstance(tree, Raw):
        return tree
    if isinstance(tree, Pairs):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_json(value, random)}" for key, value in tree) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(as_json(item, random) for item in tree) + "]"
    return json.dumps(tree, ensure_ascii=random.random() < 0.5)


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]*")


def as_yaml(tree: Any, random: Random, indent: str = "") -> str:
    """The tree as YAML: blocks while it is shallow, then flow."""
    if isinstance(tree, Pairs) and tree and len(indent) < 6:
        return "".join(f"{indent}{_key(key, random)}:{_block(value, random, indent)}" for key, value in tree)
    if isinstance(tree, list) and tree and not isinstance(tree, Pairs) and len(indent) < 6:
        return "".join(f"{indent}- {as_yaml(item, random, indent + '  ').strip()}\n" for item in tree)
    return f"{indent}{_scalar(tree, random)}\n"


def _block(value: Any, random: Random, indent: str) -> str:
    nested = isinstance(value, list) and value and (indent == "" or random.random() < 0.3) and len(indent) < 4
    return f"\n{as_yaml(value, random, indent + '  ')}" if nested else f" {_scalar(value, random)}\n"


def _key(key: str, random: Random) -> str:
    return key if _PLAIN.fullmatch(key) else as_json(key, random)


def _scalar(value: Any, random: Random) -> str:
    if isinstance(value, str) and not isinstance(value, Raw) and (_PLAIN.fullmatch(value) or random.random() < 0.1):
        return value
    return as_json(value, random)
