"""A generated record of a ministry: negotiations of any number of events. The same seed gives the same record.

Each negotiation becomes one JSONL entry file, a folder with the texts of its sources, and a list of corrections and
retractions, which entry files cannot express. The record covers ten years. Meetings are announced, postponed, held or
called off. At each meeting both sides make some dozens of statements and agree on follow-ups; both sides and the press
report them. Some reports come again, come late, lack a day, or give another day.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

VERSION = 1  # of the generator; raise it when the record changes, so that the ledgers are filled again
EVENTS = 10_000  # of one negotiation
FIRST_DAY = date(2015, 1, 5)
DAYS = 3_650
PER_MEETING = 80  # events, roughly
ENTRIES_OF_A_SOURCE = 32

Entry = dict[str, Any]


class Change(NamedTuple):
    """A correction of an entry's fields; without fields, the retraction of the entry."""

    slug: str
    fields: dict[str, str]


class Negotiation(NamedTuple):
    """One negotiation: the lines of its entry file, the texts that they name, and the later corrections."""

    slug: str
    lines: list[Entry]
    texts: dict[str, str]
    changes: list[Change]

    @property
    def events(self) -> int:
        """The number of events: one for each name, source, entry and correction."""
        named = sum(len(line.get("entries", ())) + ("title" in line) for line in self.lines)
        return named + sum("source" in line or "negotiation" not in line for line in self.lines) + len(self.changes)


def ministry(events: int, seed: int = 1) -> Iterator[Negotiation]:
    """Negotiations of 10,000 events each, `events` in all; fewer than 10,000 events make one negotiation."""
    for number in range(max(1, events // EVENTS)):
        yield negotiation(number, min(events, EVENTS), seed)


def negotiation(number: int, events: int, seed: int = 1) -> Negotiation:
    """One negotiation of exactly `events` events, which must be some hundred at least."""
    return _Writer(number, events, seed).write()


def write(found: Negotiation, folder: Path) -> Path:
    """Write the entry file and its texts into a folder; return the path of the entry file."""
    texts = folder / found.slug
    texts.mkdir(parents=True, exist_ok=True)
    for name, text in found.texts.items():
        (texts / name).write_text(text, "utf-8")
    path = folder / f"{found.slug}.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found.lines), "utf-8")
    return path


# Names of people, subjects of talks, and the words that texts are made of.
_FIRST_NAMES = "Ana Björn Chiara Dũng Elif Farah Goran Hồng Inés Jürgen Kofi Linh Małgorzata Nuno Oona Phạm".split()
_LAST_NAMES = "Andersson Bình Correia Đặng Eriksen Fuchs García Hughes Iwata Jović Koné Lê Müller Nguyễn Okafor".split()
_MATTERS = (
    "tariff lines", "rules of origin", "data flows", "fisheries subsidies", "export controls", "customs valuation",
    "public procurement", "geographical indications", "state enterprises", "dispute settlement", "labour inspection",
    "sanitary measures", "services licences", "investment screening", "market economy status", "safeguard measures",
)  # fmt: skip
_WORDS = """
agree annex article bilateral board careful chapter clause commit committee concern consult contact cooperate country
customs deadline delegate detail direct draft duty early effort enforce envoy exchange export final firm follow food
formal forward framework frank gap goods ground group harbour import industry inspect joint labour launch legal letter
level list market matter measure method minister month mutual narrow note notify offer open origin panel paper partner
period permit phase plan point port position practical prepare present press pressing product progress promise
proposal protocol public quota range rate ready reform regret relief remain report request resolve respect respond
result review revised right risk round rule safeguard schedule scope sector secure seek send serious service session
settle share short side sign specific stable staff standard state steel step strong submit substance support survey
table talk target tariff technical term text timber timely trade transfer treaty trust update urgent valid value venue
view visit volume waiver welcome window witness work year yield zone
""".split()
_ACTS = (
    ("asked", 14), ("proposed", 12), ("objected", 5), ("warned", 2), ("accepted", 7), ("accepted-in-part", 5),
    ("conditioned", 4), ("deferred", 8), ("refused", 5), ("narrowed", 3), ("settled", 2), ("withdrew", 1),
    ("promised", 7), ("reported-done", 3), ("denied", 1), ("stated", 14), ("welcomed", 5), ("criticised", 2),
)  # fmt: skip
_KINDS = ("round", "working-session", "ministerial", "technical-meeting", "round", "call", "meeting", "courtesy-call")
_PLACES = ("Geneva", "Hanoi", "Washington, D.C.", "Brussels", "Singapore", "Nairobi")
_MONTHS = "January February March April May June July August September October November December".split()


class _Writer:
    """Generates one negotiation: what happens, and which sources report it."""

    def __init__(self, number: int, events: int, seed: int) -> None:
        self.random = Random(f"{VERSION}/{seed}/{number}/{events}")
        self.slug = f"talks-{number:03}"
        self.texts: dict[str, str] = {}
        self.sheets: list[list[Entry]] = []
        self.changes_wanted = max(2, events * 12 // 1000)
        self.left = events - self.changes_wanted
        self.parties = [f"home-{number:03}", f"abroad-{number:03}"] + [f"third-{number:03}"] * (number % 4 == 3)
        self.issues = [f"issue-{n}" for n in range(max(6, events // 250))]
        self.people = [f"person-{n}" for n in range(max(4, events // 400))]
        self.meetings = max(2, events // PER_MEETING)
        self.follow_ups: list[tuple[str, date]] = []  # agreed and not closed yet
        self.possible: list[Change] = []  # changes to entries with one report
        self.count = dict.fromkeys(("statement", "follow-up", "source", "round"), 0)

    def write(self) -> Negotiation:
        names = self._names()
        day_of = [FIRST_DAY + timedelta(days=DAYS * n // self.meetings) for n in range(self.meetings + 1)]
        number = 0
        while self.left > 0:
            day = day_of[min(number, self.meetings)] + timedelta(days=max(0, number - self.meetings) * 14)
            self._meeting(number, day, day_of[min(number + 1, self.meetings)])
            number += 1
        # Some press reports are filed late, in the place of another.
        press = [at for at, sheet in enumerate(self.sheets) if sheet[0].get("source", {}).get("kind") == "news"]
        for one, other in zip(press, press[5:], strict=False):
            if self.random.random() < 0.2:
                self.sheets[one], self.sheets[other] = self.sheets[other], self.sheets[one]
        changes = self.random.sample(self.possible, self.changes_wanted)
        return Negotiation(self.slug, [names, *(line for sheet in self.sheets for line in sheet)], self.texts, changes)

    def _names(self) -> Entry:
        """The header line, which names the parties, people and issues."""
        random = self.random
        entries: list[Entry] = [{"party": slug, "name": slug.replace("-", " ").title()} for slug in self.parties]
        for n, slug in enumerate(self.people):
            name = f"{random.choice(_FIRST_NAMES)} {random.choice(_LAST_NAMES)} {_roman(n)}"
            entries.append({"person": slug, "name": name, "party": self._party_of(slug)})
        for n, slug in enumerate(self.issues):
            about = self._words(8)
            entries.append({"issue": slug, "title": f"{_MATTERS[n % len(_MATTERS)]} {n + 1}", "about": about})
        self.left -= len(entries) + 1
        title = f"Talks {self.slug[-3:]} on trade"
        return {"negotiation": self.slug, "title": title, "parties": self.parties, "entries": entries}

    def _party_of(self, person: str) -> str:
        return self.parties[int(person.rpartition("-")[2]) % len(self.parties)]

    def _meeting(self, number: int, day: date, following: date) -> None:
        """Write a meeting, the statements and follow-ups around it, and the announcement of the next meeting."""
        random = self.random
        kind = _KINDS[number % len(_KINDS)]
        slug = f"meeting-{number}"
        ended = day + timedelta(days=random.choice((0, 0, 1, 2, 3)))
        called_off = number > 0 and random.random() < 0.05
        meeting: Entry = {"meeting": slug, "kind": kind}
        if kind == "round":
            self.count["round"] += 1
            meeting["number"] = self.count["round"]
        meeting["held"] = day.isoformat() if day == ended else f"{day}/{ended}"
        meeting |= {"place": random.choice(_PLACES), "parties": self.parties[:2], "people": self._delegation()}
        entries: list[Entry] = []
        if called_off:
            entries.append(
                {"called-off": slug, "on": ended.isoformat(), "reason": self._words(4), "by": self.parties[0]}
            )
        else:
            entries.append(meeting)
        said = [self._statement("" if called_off else slug, day, ended) for _ in range(random.randint(36, 60))]
        agreed = [] if called_off else [self._follow_up(slug, ended) for _ in range(random.randint(3, 8))]
        entries += said + agreed + self._closed(ended, 0 if called_off else random.randint(2, 6))
        later = self._announced(number + 1, ended, following)
        parts = 2 if len(entries) > ENTRIES_OF_A_SOURCE else 1
        shares = [entries[part::parts] for part in range(parts)]
        for part, share in enumerate(shares):
            # Each side's readout reports half of the entries and repeats some of the other half.
            again = [self._retold(one) for one in shares[part - 1] if parts > 1 and self._is_retold(one)]
            told = self._sheet(
                "readout", ended + timedelta(days=part), [*share, *again, *later[:1]], self.parties[part]
            )
            self.possible += [change for one in share[:told] for change in self._change(one)]
        press = [self._retold(one) for one in entries if self._is_retold(one)]
        late = [self._statement("", day - timedelta(days=random.randint(30, 200)), day) for _ in range(3)]
        self._sheet("news", ended + timedelta(days=2), [*press, *late, *later[:1]])
        for n, slipped in enumerate(later[1:], start=1):
            self._sheet("news", ended + timedelta(days=5 * n), [slipped, self._statement("", ended, ended)])
        if random.random() < 0.3:
            self._copied()

    def _statement(self, at: str, first: date, last: date) -> Entry:
        random = self.random
        self.count["statement"] += 1
        speaker = random.choice(self.people)
        by = self._party_of(speaker)
        to = random.choice([party for party in self.parties if party != by])
        issues = random.sample(self.issues, random.choice((1, 1, 1, 2)))
        entry: Entry = {
            "statement": f"statement-{self.count['statement']}",
            "by": f"{by}/{speaker}" if random.random() < 0.6 else by,
            "to": to,
            "act": random.choices([act for act, _ in _ACTS], [weight for _, weight in _ACTS])[0],
            "issues": issues,
            "says": f"{self._words(9).capitalize()}.",
        }
        if at:
            entry["at"] = at
        on = self._imprecise(first, last)
        if on:
            entry["on"] = on
        return entry

    def _imprecise(self, first: date, last: date) -> str:
        """A date between two days: usually a day; sometimes a month, an approximate day, a range, or "" for none."""
        random = self.random
        day = first + timedelta(days=random.randint(0, max(0, (last - first).days)))
        chance = random.random()
        if chance < 0.86:
            return day.isoformat()
        if chance < 0.90:
            return f"{day:%Y-%m}"
        if chance < 0.93:
            return f"{day}~"
        if chance < 0.96:
            return f"[{day}..{day + timedelta(days=5)}]"
        return ""

    def _follow_up(self, at: str, agreed: date) -> Entry:
        random = self.random
        self.count["follow-up"] += 1
        slug = f"follow-up-{self.count['follow-up']}"
        entry: Entry = {"follow-up": slug, "says": f"{self._words(8).capitalize()}.", "at": at}
        entry["on"] = agreed.isoformat()
        entry["issues"] = random.sample(self.issues, 1)
        if random.random() < 0.9:
            entry["owners"] = random.sample(self.parties[:2], random.choice((1, 1, 2)))
        due = agreed + timedelta(days=random.randint(10, 240))
        dues = ("within 90 days", due.isoformat(), f"{due:%Y-%m}", f"[{agreed}..{due}]", "soon")
        chance = random.random()
        if chance < 0.1:
            entry["standing"] = "yes"
        elif chance < 0.9:
            entry["due"] = random.choice(dues)
        if not entry.get("standing"):
            self.follow_ups.append((slug, agreed))
        return entry

    def _closed(self, day: date, most: int) -> list[Entry]:
        """Reports that close some of the earlier follow-ups."""
        known = [one for one in self.follow_ups if one[1] < day]
        chosen = self.random.sample(known, min(most, len(known)))
        self.follow_ups = [one for one in self.follow_ups if one not in chosen]
        outcomes = ("done", "done", "done", "done", "lapsed", "dropped", "superseded")
        return [
            {"closed": slug, "outcome": self.random.choice(outcomes), "on": day.isoformat(), "by": self.parties[0]}
            for slug, _ in chosen
        ]

    def _announced(self, number: int, day: date, expected: date) -> list[Entry]:
        """Announcements of the next meeting, whose date may move."""
        kind = _KINDS[number % len(_KINDS)]
        entry: Entry = {"announcement": f"meeting-{number}", "kind": kind}
        if kind == "round":
            entry["number"] = self.count["round"] + 1
        found = []
        for n in range(self.random.choice((1, 1, 2, 3))):
            when = expected - timedelta(days=20 - 10 * n)
            part = ("early", "mid", "late")[min(2, when.day // 11)]
            words = f"{part}{'-' if part == 'mid' else ' '}{_MONTHS[when.month - 1]}"
            said = words if 20 < (when - day).days < 300 else f"{when:%Y-%m}"
            found.append({**entry, "expected": said, "by": self.parties[n % 2]})
        return found

    def _delegation(self) -> list[str]:
        members = self.random.sample(self.people, min(4, len(self.people)))
        return [f"{self._party_of(one)}/{one}, {self._words(2).title()}" for one in members]

    def _is_retold(self, entry: Entry) -> bool:
        return not {"closed", "called-off"} & entry.keys() and self.random.random() < (
            0.9 if "meeting" in entry else 0.07
        )

    def _retold(self, entry: Entry) -> Entry:
        """The same entry as another source reports it: in other words, and sometimes with another day or place."""
        told = dict(entry)
        if "says" in told:
            told["says"] = f"{self._words(9).capitalize()}."
        if "statement" in told and "at" not in told and self.random.random() < 0.2 and len(told.get("on", "")) == 10:
            told["on"] = (date.fromisoformat(told["on"]) + timedelta(days=1)).isoformat()
        elif "meeting" in told and self.random.random() < 0.1:
            told["place"] = self.random.choice(_PLACES)
        return told

    def _change(self, entry: Entry) -> Iterator[Change]:
        """A possible later change to the entry; one in six is a retraction."""
        if "statement" in entry:
            chance = self.random.random()
            if chance < 0.5:
                yield Change(entry["statement"], {"says": f"{self._words(9).capitalize()}."})
            elif chance < 0.83:
                yield Change(entry["statement"], {"issues": self._other_issue(entry["issues"])})
            else:
                yield Change(entry["statement"], {})

    def _sheet(self, kind: str, published: date, entries: list[Entry], of: str = "") -> int:
        """Write one source and the entries that it reports, as long as events are left; return the number of entries.

        If the source has a text, the text contains every quotation.
        """
        entries = entries[: max(0, self.left - 1)]
        if not entries:
            self.left -= self.left == 1 and self._more_names()
            return 0
        self.left -= len(entries) + 1
        self.count["source"] += 1
        slug = f"source-{self.count['source']}"
        source: Entry = {"slug": slug, "kind": kind, "title": f"{self._words(5).capitalize()}"}
        source |= {"publisher": of or f"Agency {self.count['source'] % 7}", "published": published.isoformat()}
        if of:
            source["account-of"] = of
        quotes = [self._words(7) for _ in entries]
        if self.random.random() < 0.6:
            text = "".join(f"{quote.capitalize()}, {self._words(6)}. They said: {quote}.\n" for quote in quotes)
            self.texts[f"{slug}.txt"] = text
            source |= {"text": f"{self.slug}/{slug}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()}
        lines = [{"negotiation": self.slug, "source": source}]
        self.sheets.append(lines + [{**entry, "quote": quote} for entry, quote in zip(entries, quotes, strict=True)])
        return len(entries)

    def _more_names(self) -> int:
        """Write one more issue, because a single event is left, and a source with an entry needs two."""
        last = {"negotiation": self.slug, "entries": [{"issue": f"issue-{len(self.issues)}", "title": "Other matters"}]}
        self.sheets.append([last])
        return 1

    def _other_issue(self, issues: list[str]) -> str:
        return self.random.choice([one for one in self.issues if one not in issues])

    def _copied(self) -> None:
        """Write a source that prints the last source's text and adds a line of its own."""
        header, *entries = self.sheets[-1]
        source = header.get("source", {})
        name = source.get("text", "").rpartition("/")[2]
        if self.left < 3 or name not in self.texts or not entries:
            return
        retold = {key: value for key, value in entries[0].items() if key != "quote"}
        self._sheet("news", date.fromisoformat(source["published"]) + timedelta(days=1), [retold])
        copied, told = self.sheets[-1][0]["source"], self.sheets[-1][1]
        text = f"{self.texts[name]}{self._words(12).capitalize()}.\n"
        copied |= {"derived-from": source["slug"], "text": f"{self.slug}/{copied['slug']}.txt"}
        copied["sha256"] = hashlib.sha256(text.encode()).hexdigest()
        self.texts[f"{copied['slug']}.txt"] = text
        told["quote"] = entries[0]["quote"]

    def _words(self, count: int) -> str:
        return " ".join(self.random.choices(_WORDS, k=count))


def _roman(number: int) -> str:
    """A Roman numeral: it makes every person's name unique."""
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    said, left = "", number + 1
    for value, letters in digits:
        said += letters * (left // value)
        left %= value
    return said
