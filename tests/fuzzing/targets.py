"""The kinds of input that are fuzzed: for each how a case is made and how it is tried.

A trial returns whether the input was accepted, or raises the refusal. Another kind is one function that makes a case,
one that tries it, and one line in TARGETS.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from ledger import dates
from ledger.base.text import first_unsafe
from ledger.base.typography import comparable
from ledger.dates import When
from ledger.domain.quotations import FrozenText
from ledger.filing import fields
from ledger.filing.fields import Context
from ledger.filing.lookup import Lookup
from ledger.ledger import Ledger
from tests.fuzzing import corpus, trust
from tests.fuzzing import mutators as mutate
from tests.fuzzing.bench import Bench, inside
from tests.fuzzing.mutators import Pairs

ANSWERS = (["state"], ["gaps"], ["check"], ["brief"], ["timeline"], ["replay", "--to", "2026-11-21"])
FREE = (
    "says",
    "title",
    "name",
    "aliases",
    "about",
    "post",
    "place",
    "reason",
    "quote",
    "publisher",
    "url",
    "reported-by",
)
DATED = ("on", "held", "expected", "due", "from", "until", "as-of", "since")
DAYS = (date(1, 1, 1), date(1000, 1, 1), date(2024, 2, 29), date(2025, 5, 22), date(2025, 12, 31), date(9999, 12, 31))


class Target(NamedTuple):
    """A kind of input: of a hundred cases how many are of it, how one is made, how it is tried."""

    name: str
    share: int
    make: Callable[[Random], Any]
    trial: Callable[[Bench, Any], bool]


# Dates.


def make_date(random: Random) -> tuple[str, date | None, str]:
    text = random.choice(corpus.phrases())
    if random.randrange(3):
        text = mutate.mutated_text(random, text)
    if random.randrange(4) == 0:
        text = (
            f"{text}{random.choice((' to ', '/', ' or ', '..', ', ', ' and ', ' '))}{random.choice(corpus.phrases())}"
        )
    said_on = random.choice((*DAYS, None, date.fromordinal(random.randrange(1, date.max.toordinal() + 1))))
    return text, said_on, random.choice(("ahead", "back"))


def try_date(_: Bench, case: tuple[str, date | None, Any]) -> bool:
    text, said_on, looking = case
    when = dates.parse(text, said_on, looking=looking)
    assert dates.valid(when.edtf) == When(when.edtf), f"{when.edtf} is not written as it is read"
    assert not (when.earliest and when.latest and when.earliest > when.latest), "it ends before it starts"
    assert not when or when.starts_by is None or when.ends_by is None or when.starts_by <= when.ends_by
    assert first_unsafe(when.describe().replace("\t", "")) is None
    return True


# Quotes.


def make_quotes(random: Random) -> tuple[str, Any]:
    passage = random.choice(corpus.passages())
    words = passage.split()
    start = random.randrange(len(words))
    quote = " ".join(words[start : start + random.choice((1, 3, 12, 80))])
    text = mutate.mutated_text(random, passage) if random.randrange(2) else passage
    given: Any = mutate.mutated_text(random, quote) if random.randrange(3) else quote
    if random.randrange(8) == 0:
        given = random.choice(([given, quote], [[given]], {"date": given}, [], [given, {}]))
    return text, given


def try_quotes(bench: Bench, case: tuple[str, Any]) -> bool:
    text, given = case
    context = Context(Lookup(None, "talks"), text=FrozenText(text))  # type: ignore[arg-type]  # quotations ask nothing of a log
    for quote in fields.quotes(context, given):
        assert comparable(quote.words) in comparable(text[quote.start : quote.end])
    return True


# Entry files.


def _document(random: Random) -> Pairs:
    """Some of a document of the worked example, changed here and there."""
    head, entries = random.choice(corpus.sheets())
    if random.randrange(2):  # another source, whose report is a second one
        head = Pairs([(key, _under_another_name(value) if key == "source" else value) for key, value in head])
    chosen = random.sample(entries, min(len(entries), random.choice((0, 1, 1, 2, 4))))
    if random.randrange(3) == 0:
        chosen.append(random.choice(corpus.entries()))
    if random.randrange(2):
        return Pairs([*head, ("entries", [_with_a_hostile_value(random, entry) for entry in chosen])])
    tree: Any = Pairs([*head, ("entries", chosen)])
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        tree = mutate.mutated_tree(random, tree, corpus.entries())
    return tree if isinstance(tree, Pairs) else Pairs([("entries", tree)])


def _with_a_hostile_value(random: Random, entry: Pairs) -> Pairs:
    """The entry under a name of its own, with a hostile value where any may stand or a date is wanted."""
    fields = dict(entry)
    fields.pop("at", "")
    kind, slug = next(iter(entry))
    fields[kind] = slug if kind in ("appointment", "left-post", "role") else f"{slug}-{random.randrange(100)}"
    if free := [name for name in fields if name in FREE]:
        fields[random.choice(free)] = mutate.hostile(random)
    if dated := [name for name in fields if name in DATED]:
        fields[random.choice(dated)] = random.choice(mutate.DATES if random.randrange(2) else corpus.phrases())
    return Pairs(fields.items())


def _under_another_name(source: Pairs) -> Pairs:
    return Pairs([("slug", "another"), *(pair for pair in source if pair[0] not in ("slug", "sha256"))])


def make_yaml(random: Random) -> bytes:
    text = mutate.as_yaml(_document(random), random)
    if random.randrange(8) == 0:
        text += "---\n" + mutate.as_yaml(_document(random), random)
    return _spoilt(random, text)


def make_jsonl(random: Random) -> bytes:
    lines = []
    for _ in range(random.choice((1, 1, 2))):
        document = _document(random)
        entries = next((value for key, value in document if key == "entries" and isinstance(value, list)), [])
        lines.append(Pairs([pair for pair in document if pair[0] != "entries"]))
        lines += entries
    return _spoilt(random, "".join(mutate.as_json(line, random) + "\n" for line in lines))


def _spoilt(random: Random, text: str) -> bytes:
    """The file's bytes: mostly as they are, or with changes to the text or to the bytes."""
    match random.randrange(6):
        case 0:
            text = mutate.mutated_text(random, text)
        case 1:
            return mutate.mutated_bytes(random, text.encode("utf-8", "surrogatepass"))
        case 2:
            return text.encode("utf-8", "surrogatepass")
    return text.encode("utf-8", "replace")


def try_yaml(bench: Bench, content: bytes) -> bool:
    return _import(bench, bench.write("entry.yaml", content))


def try_jsonl(bench: Bench, content: bytes) -> bool:
    return _import(bench, bench.write("entry.jsonl", content))


def _import(bench: Bench, path: Path) -> bool:
    """File it; once it is filed, the views must catch up with it and answer."""
    filed = Ledger(bench.ledger, "keeper").import_files([path])
    for negotiation in sorted({one.stream.negotiation for one in filed.recorded}):
        for arguments in ANSWERS:
            answer = bench.parley(*arguments, "--negotiation", negotiation)
            assert answer.code == 0 or (arguments == ["check"] and answer.out), answer.err
    return True


# Command lines.


def make_command(random: Random) -> list[str]:
    words = list(random.choice(corpus.command_lines()))
    for _ in range(random.choice((1, 1, 2, 3))):
        place = random.randrange(len(words) + 1)
        match random.randrange(8):
            case 0:
                words[place : place + 1] = []
            case 1:
                words.insert(place, random.choice(corpus.options()))
            case 2:
                words.insert(place, mutate.hostile(random))
            case 3:
                donor = random.choice(corpus.command_lines())
                words[place : place + 1] = [random.choice(donor)]
            case 4:
                words += [random.choice(("--as-of", "--reported-by", "--recorded-by")), random.choice(mutate.DATES)]
            case 5:
                words += random.choice((["--json"], ["--csv"], ["--dry-run"], ["--all"], ["--help"]))
            case _ if words:
                place = min(place, len(words) - 1)
                words[place] = mutate.mutated_text(random, words[place])
    return [_as_the_shell_gives_it(word)[:100_000] for word in words]


def _as_the_shell_gives_it(word: str) -> str:
    """No zero bytes; bytes that are no UTF-8 as the surrogates that Python makes of them."""
    return os.fsdecode(word.replace("\0", "").encode("utf-8", "surrogatepass"))


def try_command(bench: Bench, arguments: list[str]) -> bool:
    return bench.parley(*inside(bench.root, arguments)).code == 0


TARGETS = {
    target.name: target
    for target in (
        Target("dates", 34, make_date, try_date),
        Target("quotes", 22, make_quotes, try_quotes),
        Target("entry-files-yaml", 7, make_yaml, try_yaml),
        Target("entry-files-jsonl", 9, make_jsonl, try_jsonl),
        Target("command-lines", 16, make_command, try_command),
        Target("logs", 5, trust.make_log, trust.try_log),
        Target("checkpoints", 3, trust.make_checkpoint, trust.try_checkpoint),
        Target("proofs", 2, trust.make_proof, trust.try_proof),
        Target("write-ahead-logs", 2, trust.make_wal, trust.try_wal),
    )
}
