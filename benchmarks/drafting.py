"""`python -m benchmarks.drafting CORPUS` measures drafting over annotated reports (NAME.txt with NAME.jsonl).

Figures: what is found and how well it is filled in; the same without every phrase of the lexicon that is found in the
measured report alone (leave one out); the characters that a keeper types; the time for a report of 1,000 words.

A keeper's characters are counted from the draft to the annotations: two commands; each field that differs, typed in
full; each entry that is missing, with all its fields and its quotation; one key for each entry or value to delete.
Slugs are not counted: any will do.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from ledger.capture.items import items
from ledger.capture.reading import lexicon as reading
from ledger.capture.reading.gazetteer import Gazetteer, KnownPerson
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.suggest import draft
from ledger.capture.thread import Report
from ledger.dates import When

Item = dict[str, Any]
DAYS = {"meeting": "held", "announcement": "expected", "follow-up": "due", "appointment": "from"}
COMMANDS = len("parley draft report.txt --out talks.yaml") + len("parley import talks.yaml")
WORDS = 1_000


class Annotated(NamedTuple):
    """A report with what is to be found in it."""

    name: str
    report: Report
    gazetteer: Gazetteer
    items: list[Item]


def main() -> int:
    """Measure and print every figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafting", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--turns", type=int, default=5, help="of each timing")
    given = parser.parse_args()
    corpus = [annotated(path) for path in sorted(given.corpus.glob("*.jsonl"))]
    drafts = [found(one) for one in corpus]
    left_out = [found(one, without(one, corpus)) for one in corpus]
    for title, made in (("as it is", drafts), ("leave one out", left_out)):
        print(title)
        for name, value in scores(corpus, made).items():
            print(f"  {name:24} {value:.3f}")
    length = sum(len(one.report.text) for one in corpus)
    print(f"characters typed, of the length of the reports: {sum(map(typed, corpus, drafts)) / length:.2f}")
    print(f"  leave one out: {sum(map(typed, corpus, left_out)) / length:.2f}")
    print(f"  without a draft: {sum(typed(one, []) for one in corpus) / length:.2f}")
    for name, elapsed, worked in timed(corpus, given.turns):
        print(f"seconds for 1,000 words, {name}: {elapsed:.2f}, of processor time {worked:.2f}")
    return 0


def annotated(path: Path) -> Annotated:
    """The annotated report whose annotations are in this file."""
    header, *found_in = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    party_of: dict[str, str] = {}
    for one in found_in:
        for name in ("by", "to", "people", "owners"):
            for voice in one.get(name, []):
                if isinstance(voice, str) and "/" in voice:
                    party, person = voice.split(",")[0].split("/", 1)
                    party_of.setdefault(person, party)
    people = {slug: KnownPerson(names, party_of.get(slug, "")) for slug, names in header.get("people", {}).items()}
    issues = {slug: (words[0].capitalize(), *words) for slug, words in header.get("issues", {}).items()}
    published = date.fromisoformat(header["published"])
    text = path.with_suffix(".txt").read_text("utf-8")
    report = Report(text, header["title"], header.get("publisher") or "", published)
    return Annotated(path.stem, report, Gazetteer(header["parties"], people, issues), found_in)


def found(one: Annotated, words: Lexicon | None = None) -> list[Item]:
    """The draft of a report, by the lexicon as it is or by another one."""
    return items(draft(one.report, one.gazetteer, words))


def pairs(one: Annotated, made: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Each annotated item with the drafted item of its kind that shares most of its words, and at least a sentence."""
    ends = [match.end() for match in re.finditer(r"[.!?][\"”’')\]]*\s+(?=[\"“‘A-ZÀ-Ỹ0-9(])|\n+", one.report.text)]

    def place(item: Item) -> tuple[int, int]:
        start = one.report.text.find(item["quote"])
        return start, start + len(item["quote"])

    def sentences(span: tuple[int, int]) -> set[int]:
        return {sum(end <= at for end in ends) for at in (span[0], span[1] - 1)}

    places = {id(item): place(item) for item in (*one.items, *made)}
    shared = sorted(
        (
            (min(places[id(a)][1], places[id(b)][1]) - max(places[id(a)][0], places[id(b)][0]), i, j)
            for i, a in enumerate(one.items)
            for j, b in enumerate(made)
            if a["kind"] == b["kind"] and sentences(places[id(a)]) & sentences(places[id(b)])
        ),
        key=lambda each: (-each[0], each[1:]),
    )
    taken: list[tuple[int, int]] = []
    for _, i, j in shared:
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return [(one.items[i], made[j]) for i, j in taken]


def scores(corpus: Sequence[Annotated], drafts: Sequence[Sequence[Item]]) -> dict[str, float]:
    """The shares of what is found, and of what is right in it."""
    sums: Counter[str] = Counter()
    for one, made in zip(corpus, drafts, strict=True):
        matched = pairs(one, made)
        sums.update(items=len(one.items), drafted=len(made), found=len(matched))
        for wanted, got in matched:
            if day := _edtf(wanted):
                sums.update(dated=1, date=day == _edtf(got))
            if wanted["kind"] == "statement":
                both = [(set(map(str, wanted[name])), set(map(str, got[name]))) for name in ("by", "to", "issues")]
                (by, by_got), (to, to_got), (about, about_got) = both
                sums.update(said=1, speaker=by == by_got, party=_parties(by) == _parties(by_got))
                sums.update(act=wanted["act"] == got["act"], offered=wanted["act"] in got["acts"][:4])
                sums.update(addressee=_parties(to) == _parties(to_got))
                sums["issues"] += len(about & about_got) / len(about | about_got) if about | about_got else 1  # type: ignore[assignment]
    said = ("speaker", "party", "act", "offered", "addressee", "issues")
    return {
        "recall": sums["found"] / sums["items"],
        "precision": sums["found"] / sums["drafted"],
        **{name: sums[name] / sums["said"] for name in said},
        "date": sums["date"] / sums["dated"],
    }


def without(one: Annotated, corpus: Sequence[Annotated]) -> Lexicon:
    """The lexicon without the verbs, nouns and patterns that are found in this report and in no other."""
    folder = reading.LANGUAGES["en"]
    table = tomllib.loads(resources.files("ledger.capture.reading").joinpath(folder, "lexicon.toml").read_text("utf-8"))
    texts = [(each.name == one.name, each.report.text) for each in corpus]

    def alone(pattern: str) -> bool:
        here = [mine for mine, text in texts if re.search(pattern, text, re.IGNORECASE)]
        return here == [True]

    verbs = {verb for row in table["verbs"] for verb in row["verbs"].split()}
    forms = {verb: "|".join(map(re.escape, reading.forms(table, verb))) for verb in verbs}
    gone = {verb for verb in verbs if alone(rf"\b(?:{forms[verb]})\b")}
    for row in table["verbs"]:
        after = row.get("after")
        kept = (verb for verb in row["verbs"].split() if verb not in gone)
        row["verbs"] = " ".join(verb for verb in kept if not (after and alone(rf"\b(?:{forms[verb]})\s+(?:{after})")))
    for row in table["nouns"]:
        row["nouns"] = " ".join(noun for noun in row["nouns"].split() if not alone(rf"\b{re.escape(noun)}\b"))
    for name in ("content", "quoted"):
        table[name] = [row for row in table[name] if not alone(row["says"])]
    phrases = table["meeting-phrases"]
    for name in ("held", "expected", "called-off"):
        phrases[name] = [row for row in phrases[name] if not alone(row.replace("NOUN", f"(?:{phrases['nouns']})"))]
    for name in ("undertakings", "addressing", "participles", "attributing"):
        table[name] = " ".join(verb for verb in table[name].split() if verb not in gone)
    return reading.made_of(table)


def typed(one: Annotated, made: Sequence[Item]) -> int:
    """The characters that a keeper types from the draft to the annotations."""
    matched = pairs(one, made)
    meetings = {wanted["id"]: got["id"] for wanted, got in matched if "id" in wanted}
    count = COMMANDS + len(made) - len(matched)
    for wanted, got in matched:
        have = dict(_fields(got, {}))
        for name, value in _fields(wanted, meetings):
            in_doubt = name in got["doubts"]
            if have.get(name, "") != value or in_doubt:
                count += (len(value) if have.get(name) or in_doubt else len(f"{name}: {value}")) if value else 1
    missing = [wanted for wanted in one.items if not any(wanted is each for each, _ in matched)]
    for wanted in missing:
        lines = [f"- {wanted['kind']}: x", *(f"{name}: {value}" for name, value in _fields(wanted, meetings) if value)]
        count += sum(map(len, lines)) + len(f"quote: {wanted['quote']}")
    return count


def _fields(item: Item, meetings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of an item that a keeper types, as text."""
    for name in ("meeting_kind", "number", "place", "act", "post", "party"):
        if name in item:
            yield name.removeprefix("meeting_"), str(item[name] or "")
    for name in ("by", "to", "issues", "owners", "parties", "people"):
        if name in item:
            yield name, ", ".join(sorted(voice for voice in item[name] if isinstance(voice, str)))
    yield DAYS.get(item["kind"], "on"), _edtf(item)
    if item["kind"] in ("statement", "follow-up") and "at" in item:
        yield "at", meetings.get(item["at"], item["at"])


def _edtf(item: Item) -> str:
    edtf = (item.get(DAYS.get(item["kind"], "on")) or {}).get("edtf", "")
    when = When(edtf) if edtf else When()
    return f"{when.earliest}/{when.latest}" if edtf else ""


def _parties(voices: set[str]) -> set[str]:
    return {voice.partition("/")[0] for voice in voices}


def timed(corpus: Sequence[Annotated], turns: int) -> Iterator[tuple[str, float, float]]:
    """The median time elapsed and processor time for 1,000 words: of the whole command, and in a running process."""
    words = " ".join(one.report.text for one in corpus).split(" ")[:WORDS]
    text = " ".join(words)
    parties = {slug: names for one in corpus for slug, names in one.gazetteer.parties.items()}
    report, gazetteer = Report(text, "", "", date(2024, 3, 15)), Gazetteer(parties, {}, {})
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.txt").write_text(text, "utf-8")
        rows = [{"negotiation": "talks", "title": "Talks", "parties": [*parties]}]
        rows += [{"party": slug, "name": names[0]} for slug, names in parties.items()]
        (Path(folder) / "names.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        environment = os.environ | {"PARLEY_LEDGER": str(Path(folder) / "ledger.db")}

        def run(*arguments: str) -> tuple[float, float]:
            started, before = perf_counter(), os.times()
            command = [sys.executable, "-c", "import sys; from cli.script import main; sys.exit(main())", *arguments]
            subprocess.run(command, env=environment, check=True, capture_output=True)
            after = os.times()
            worked = after.children_user + after.children_system - before.children_user - before.children_system
            return perf_counter() - started, worked

        run("init")
        run("import", f"{folder}/names.jsonl")
        line = ("draft", f"{folder}/report.txt", "--published", "2024-03-15")
        run(*line)
        runs = [run(*line) for _ in range(turns)]
        yield "the whole command", median(one for one, _ in runs), median(one for _, one in runs)
    taken = []
    for _ in range(turns + 1):
        started, worked = perf_counter(), process_time()
        draft(report, gazetteer)
        taken.append((perf_counter() - started, process_time() - worked))
    yield "in a running process", median(one for one, _ in taken[1:]), median(one for _, one in taken[1:])


if __name__ == "__main__":
    sys.exit(main())
