"""The words of a language by which reports tell of acts: read from a table that a linguist can extend.

A language is a folder with a `lexicon.toml`, which explains its own form. Patterns of the table are compiled when a
sentence first needs them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

LANGUAGES = {"en": "english"}
Acts = tuple[str, ...]  # the likeliest first
_WORD = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
_TABLE = Mapping[str, Any]


class Frame(NamedTuple):
    """What a verb stands for where the pattern `after` follows it ("" where it always does)."""

    after: str
    acts: Acts

    def fits(self, rest: str) -> bool:
        """Whether the words after the verb are those of this frame."""
        return bool(self.after) and bool(compiled(self.after).match(rest))


class Noun(NamedTuple):
    """What a noun makes of a verb that carries it: one of `verbs` (of any where it is empty), `before` and `after`."""

    verbs: frozenset[str]
    before: str
    after: str
    acts: Acts

    def fits(self, verb: str, before: str, after: str) -> bool:
        """Whether the noun counts between these words, carried by this verb."""
        return (
            (not self.verbs or verb in self.verbs)
            and (not self.before or bool(compiled(rf"(?:{self.before})\s*$").search(before)))
            and (not self.after or bool(compiled(rf"\s*(?:{self.after})").match(after)))
        )


class Telling(NamedTuple):
    """What words amount to where a pattern is found in them."""

    says: str
    acts: Acts


class MeetingPhrases(NamedTuple):
    """How reports tell of meetings, as patterns; a sentence with none of the `triggers` tells of none."""

    held: str
    expected: str
    called_off: str
    noun: str
    triggers: frozenset[str]
    kinds: Mapping[str, list[str]]
    ordinals: Mapping[str, int]


class Lexicon(NamedTuple):
    """A language's table, ready for use.

    `base_of` gives a verb's base form for each of its forms; `frames` are by base form, `nouns` by the noun. The sets
    of verbs hold base forms; `attributing` is a pattern of the finite forms of `attributing_verbs`.
    """

    abbreviations: frozenset[str]
    base_of: Mapping[str, str]
    frames: Mapping[str, list[Frame]]
    nouns: Mapping[str, list[Noun]]
    carriers: frozenset[str]
    undertakings: frozenset[str]
    addressing: frozenset[str]
    participles: frozenset[str]
    attributing: str
    attributing_verbs: frozenset[str]
    content: tuple[Telling, ...]
    quoted: tuple[Telling, ...]
    standing: str
    meetings: MeetingPhrases

    def verbs(self, text: str) -> Iterator[tuple[int, int]]:
        """The places of the forms of verbs of the table."""
        for word in _WORD.finditer(text):
            if word.group().lower() in self.base_of:
                yield word.span()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table, compiled when it is first needed."""
    return re.compile(pattern, re.IGNORECASE)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; that of English where there is none for it."""
    folder = LANGUAGES.get(language.partition("-")[0].lower(), LANGUAGES["en"])
    table = tomllib.loads(resources.files(__package__).joinpath(folder, "lexicon.toml").read_text("utf-8"))
    frames: dict[str, list[Frame]] = {}
    for row in table["verbs"]:
        for verb in row["verbs"].split():
            frames.setdefault(verb, []).append(Frame(row.get("after", ""), tuple(row["acts"])))
    nouns: dict[str, list[Noun]] = {}
    for row in table["nouns"]:
        made = Noun(_set(row, "verbs"), row.get("before", ""), row.get("after", ""), tuple(row["acts"]))
        for noun in row["nouns"].split():
            nouns.setdefault(noun, []).append(made)
    base_of: dict[str, str] = {}
    for verb in [*frames, *table["silent"].split()]:
        for form in _forms(table, verb):
            base_of.setdefault(form, verb)
    attributing = sorted(
        {form for verb in _set(table, "attributing") for form in _forms(table, verb)[1:] if not form.endswith("ing")}
    )
    return Lexicon(
        _set(table, "abbreviations"),
        base_of,
        frames,
        nouns,
        _set(table, "carriers"),
        _set(table, "undertakings"),
        _set(table, "addressing"),
        _set(table, "participles"),
        rf"(?:{'|'.join(attributing)})",
        _set(table, "attributing"),
        tuple(Telling(row["says"], tuple(row["acts"])) for row in table["content"]),
        tuple(Telling(row["says"], tuple(row["acts"])) for row in table["quoted"]),
        table["standing"]["words"],
        _meetings(table),
    )


def _meetings(table: _TABLE) -> MeetingPhrases:
    phrases = table["meeting-phrases"]
    noun = rf"(?:{phrases['nouns']})"
    held, expected, called_off = (
        rf"\b(?:{'|'.join(one.replace('NOUN', noun) for one in phrases[name])})\b"
        for name in ("held", "expected", "called-off")
    )
    return MeetingPhrases(
        held, expected, called_off, noun, _set(phrases, "triggers"), table["meetings"], table["ordinals"]
    )


def _set(table: _TABLE, name: str) -> frozenset[str]:
    return frozenset(table.get(name, "").split())


def _forms(table: _TABLE, verb: str) -> list[str]:
    """The forms of a verb: the base form, third person, past, participle."""
    if irregular := table["irregular"].get(verb):
        return [verb, *irregular.split()]
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    if re.search(r"[^aeiou][aeo]l$", verb):  # "signalled" and "signaled"
        return [verb, f"{verb}s", *(f"{stem}{end}" for stem in (verb, f"{verb}l") for end in ("ed", "ing"))]
    sibilant = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    stem = f"{verb}{verb[-1]}" if verb in table["doubling"].split() else verb
    return [verb, f"{verb}{sibilant}", f"{stem}ed", f"{stem}ing"]
