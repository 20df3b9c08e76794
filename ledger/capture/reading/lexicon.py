"""The words with which reports describe acts, by language, read from a table that a linguist can extend.

Each language is a folder with a `lexicon.toml`, which explains its format. A pattern is compiled when a sentence first
needs it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from ledger.base.patterns import cased, compiled

LANGUAGES = {"en": "english"}
Acts = tuple[str, ...]  # the likeliest first
_WORD = cased(r"[^\W\d_](?:[\w-]*\w)?")
_MARKS = str.maketrans("", "", '“”"')
_TABLE = Mapping[str, Any]


def unquoted(words: str) -> str:
    """The words without quotation marks, which may stand around any of them: "made “headway”"."""
    return words.translate(_MARKS)


class Frame(NamedTuple):
    """The acts of a verb if the pattern `after` matches the words after it; "" matches always.

    `negated` are those of the negated verb ("would not hear of"); () if they follow from `acts`.
    """

    after: str
    acts: Acts
    negated: Acts = ()

    def fits(self, rest: str) -> bool:
        """Whether the pattern matches the words after the verb."""
        return bool(self.after) and bool(compiled(self.after).match(unquoted(rest)))


class Noun(NamedTuple):
    """The acts of a noun that gives a verb its meaning, as in "expressed concern".

    It counts with one of `verbs` (with any if empty), and between the patterns `before` and `after`.
    """

    verbs: frozenset[str]
    before: str
    after: str
    acts: Acts

    def fits(self, verb: str, before: str, after: str) -> bool:
        """Whether the noun counts between these words, with this verb."""
        return (
            (not self.verbs or verb in self.verbs)
            and (not self.before or bool(compiled(rf"(?:{self.before})\s*$").search(before)))
            and (not self.after or bool(compiled(rf"\s*(?:{self.after})").match(after)))
        )


class Telling(NamedTuple):
    """The acts of words in which the pattern `says` is found."""

    says: str
    acts: Acts


class MeetingPhrases(NamedTuple):
    """Patterns for sentences about meetings. A sentence without any of the words in `triggers` is not about one."""

    held: tuple[str, ...]
    expected: tuple[str, ...]
    called_off: tuple[str, ...]
    noun: str
    triggers: frozenset[str]
    kinds: Mapping[str, list[str]]
    ordinals: Mapping[str, int]


class Lexicon(NamedTuple):
    """The table of a language, ready for use.

    `base_of` maps each form of a verb to its base form. `frames` is keyed by base form, and `nouns` by noun. The sets
    of verbs contain base forms. `attributing` is a pattern that matches the finite forms of `attributing_verbs` and of
    verbs that attribute a sentence only after it, because by themselves they name an act; `reproaching` is one for a
    verb that says of the other side what it did wrong.
    """

    abbreviations: frozenset[str]
    base_of: Mapping[str, str]
    frames: Mapping[str, list[Frame]]
    nouns: Mapping[str, list[Noun]]
    carriers: frozenset[str]
    naming: frozenset[str]
    undertakings: frozenset[str]
    addressing: frozenset[str]
    participles: frozenset[str]
    attributing: str
    attributing_verbs: frozenset[str]
    reproaching: str
    content: tuple[Telling, ...]
    quoted: tuple[Telling, ...]
    standing: str
    meetings: MeetingPhrases

    def verbs(self, text: str) -> Iterator[tuple[int, int]]:
        """The places in the text, as (start, end), of all forms of the table's verbs."""
        for word in _WORD.finditer(text):
            if word.group().lower() in self.base_of:
                yield word.span()


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, or the English one if the language has none."""
    folder = LANGUAGES.get(language.partition("-")[0].lower(), LANGUAGES["en"])
    return made_of(tomllib.loads(resources.files(__package__).joinpath(folder, "lexicon.toml").read_text("utf-8")))


def made_of(table: _TABLE) -> Lexicon:
    """The lexicon of a table."""
    frames: dict[str, list[Frame]] = {}
    for row in table["verbs"]:
        for verb in row["verbs"].split():
            frame = Frame(row.get("after", ""), tuple(row["acts"]), tuple(row.get("negated", ())))
            frames.setdefault(verb, []).append(frame)
    nouns: dict[str, list[Noun]] = {}
    for row in table["nouns"]:
        made = Noun(_set(row, "verbs"), row.get("before", ""), row.get("after", ""), tuple(row["acts"]))
        for noun in row["nouns"].split():
            nouns.setdefault(noun, []).append(made)
    base_of: dict[str, str] = {}
    for verb in [*frames, *table["silent"].split()]:
        for form in forms(table, verb):
            base_of.setdefault(form, verb)
    attributing = sorted(
        {
            form
            for verb in (*_set(table, "attributing"), *_set(table, "attributing-after"))
            for form in forms(table, verb)[1:]
            if not form.endswith("ing")
        }
    )
    return Lexicon(
        _set(table, "abbreviations"),
        base_of,
        frames,
        nouns,
        _set(table, "carriers"),
        _set(table, "naming"),
        _set(table, "undertakings"),
        _set(table, "addressing"),
        _set(table, "participles"),
        rf"(?:{'|'.join(attributing)})",
        _set(table, "attributing"),
        _reproaching(table),
        tuple(Telling(row["says"], tuple(row["acts"])) for row in table["content"]),
        tuple(Telling(row["says"], tuple(row["acts"])) for row in table["quoted"]),
        table["standing"]["words"],
        _meetings(table),
    )


def _reproaching(table: _TABLE) -> str:
    rows = table["reproaches"]
    done, undone = ("|".join(sorted(_forms_of(table, rows[name]))) for name in ("verbs", "undone"))
    not_done = r"(?:did|does|do|has|have|had)(?:\s+[“\"]?(?:not|never)|n[’']t)(?:\s+(?:\w+ly|yet|even|really))*\s+"
    return rf"\s+[“\"]?(?:{done}|{rows['phrases']}|{not_done}(?:{undone}))\b"


def _forms_of(table: _TABLE, verbs: str) -> set[str]:
    return {form for verb in verbs.split() for form in forms(table, verb)}


def _meetings(table: _TABLE) -> MeetingPhrases:
    phrases = table["meeting-phrases"]
    noun = rf"(?:{phrases['nouns']})"
    held, expected, called_off = (
        tuple(rf"\b(?:{one.replace('NOUN', noun)})\b" for one in phrases[name])
        for name in ("held", "expected", "called-off")
    )
    return MeetingPhrases(
        held, expected, called_off, noun, _set(phrases, "triggers"), table["meetings"], table["ordinals"]
    )


def _set(table: _TABLE, name: str) -> frozenset[str]:
    return frozenset(table.get(name, "").split())


def forms(table: _TABLE, verb: str) -> list[str]:
    """The forms of a verb: base form, third person, past and participles."""
    if irregular := table["irregular"].get(verb):
        return [verb, *irregular.split()]
    if verb.endswith("e"):
        stem = f"{verb[:-2]}y" if verb.endswith("ie") else verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]
        return [verb, f"{verb}s", f"{verb}d", f"{stem}ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    if re.search(r"[^aeiou][aeo]l$", verb):  # "signalled" and "signaled"
        return [verb, f"{verb}s", *(f"{stem}{end}" for stem in (verb, f"{verb}l") for end in ("ed", "ing"))]
    sibilant = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    stem = f"{verb}{verb[-1]}" if verb in table["doubling"].split() else verb
    return [verb, f"{verb}{sibilant}", f"{stem}ed", f"{stem}ing"]
