"""The text fold: the latest version of a draft text, with the wordings that were reported since.

A version replaces the one before; what was agreed stays agreed if it has the same words. A proposal stands in brackets
next to what it would replace, and an agreement replaces all of that. If reports of one occasion call different wordings
agreed, they are contested: the one published last is shown, with the others as its rivals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from ledger.dates import compatible
from ledger.domain.events import UNKNOWN, ProvisionTabled, VersionTabled, WordingReported
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest
from ledger.domain.texts import amending
from ledger.domain.texts.brackets import bare, is_bracketed, parsed, written
from ledger.domain.texts.numbering import article_of
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.domain.voices import parties


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The text as spans, with its contests, from its accounts in order of occurrence."""
    return spans((day, _state(slug, consolidated, settled)) for day, consolidated in _by_day(slug, accounts))


def provisions(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """Every provision of the text, consolidated, as spans; one that a later version leaves out ends there."""
    steps: dict[str, list[tuple[str, Provision | None]]] = {}
    for day, consolidated in _by_day(slug, accounts):
        for number, provision in consolidated.changed().items():
            steps.setdefault(number, []).append((day, provision))
    return [span for of_one in steps.values() for span in spans(of_one)]


def wordings(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """Every wording that a report gives for a provision, in order, each from the day on which it counts."""
    found = (one for account in accounts for one in _given(slug, account))
    return [Span(one._replace(nth=nth), one.day, "") for nth, one in enumerate(found, start=1)]


def _by_day(slug: str, accounts: Sequence[Account]) -> Iterator[tuple[str, "_Consolidation"]]:
    """Each day on which something counts, with the text after the accounts that count by then."""
    consolidation = _Consolidation(slug)
    for day, of_day in groupby(accounts, key=attrgetter("day")):
        consolidation.add([*of_day])
        yield day, consolidation


def _state(slug: str, consolidated: "_Consolidation", settled: Settled) -> Folded | None:
    versions, worded = consolidated.versions, consolidated.worded.values()
    if not versions:
        return None
    last = next(reversed(versions))
    newest = Weighed("text", slug, versions[last], settled)
    state = DraftText(
        slug=slug,
        title=newest.of("title", "") or consolidated.title,
        version=last,
        tabled_on=newest.of("on", UNKNOWN, told_as="tabled_on"),
        tabled_by=newest.of("by", (), told_as="tabled_by"),
        at=newest.of("at", ""),
        versions=tuple(versions),
        length=len(worded),
        bracketed=sum(one.bracketed for one in worded),
        settled=sum(one.status in ("agreed", "deleted") for one in worded),
        sources=newest.sources(),
        inferred=Weighed("text", slug, consolidated.marked, settled).inferred(),
    )
    return Folded(state, (*newest.contests, *consolidated.contests()))


def _given(slug: str, account: Account) -> Iterator[WordingGiven]:
    """The wordings that one report gives: of each provision in a version, or of one provision."""
    event = account.event
    rest = (event.by, event.on, event.at, account.day, account.source, account.position, event.inferred)
    if isinstance(event, WordingReported):
        yield WordingGiven(slug, event.provision, 0, event.status, "", "", event.words, event.instead_of, *rest)
        return
    for one in event.provisions:
        yield WordingGiven(slug, one.number, 0, "tabled", event.version, one.heading, one.words, "", *rest)


@dataclass
class _Worded:
    """A provision as worded so far; `agreements` are the accounts of one occasion that call its words agreed."""

    number: str
    words: str
    day: str
    version: str
    tabled: str
    heading: str = ""
    bracketed: bool = False
    status: str = ""
    since: str = ""
    by: tuple[str, ...] = ()
    last_word: str = ""
    sources: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    agreements: list[Account] = field(default_factory=list)

    def read(self, words: str, day: str, status: str = "") -> None:
        """Give it other words; without a status, its brackets decide the status."""
        self.bracketed = is_bracketed(parsed(words))
        status = status or ("bracketed" if self.bracketed else "clean")
        if status != self.status:
            self.since = day
        self.words, self.status = words, status
        if status not in ("agreed", "deleted", "contested"):
            self.by, self.agreements = (), []

    def rest_on(self, account: Account) -> None:
        """Add the source of an account, and the inferences in it."""
        self.sources += [account.source] if account.source not in self.sources else []
        inferred = account.event.inferred
        self.inferred += [inferred] if inferred and inferred not in self.inferred else []


class _Consolidation:
    """The provisions of a text after the accounts that were added; a day's are added together, in order of occurrence.

    `versions` has the accounts of each version, `title` the last title that one gives, `marked` the accounts in which
    the keeper inferred something, and `worded` each provision by its number, in the order of the text.
    """

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._known: list[Account] = []
        self.versions: dict[str, list[Account]] = {}
        self.title = ""
        self.marked: list[Account] = []
        self.worded: dict[str, _Worded] = {}
        self._version = self._tabled = ""
        self._numbers: list[str] = []  # the provisions that `changed` knew last
        self._touched: set[str] | None = None  # the provisions reworded since; None for all
        self._contested: dict[str, list[Contest]] = {}  # by version

    def add(self, accounts: Sequence[Account]) -> None:
        """Add the accounts of the next day. Another account of an earlier version may change everything after it."""
        tabled = [account for account in accounts if isinstance(account.event, VersionTabled)]
        is_late = any(account.event.version in self.versions for account in tabled)
        for account in tabled:
            self.versions.setdefault(account.event.version, []).append(account)
            self._contested.pop(account.event.version, None)
            self.title = account.event.title or self.title
        self._known += accounts
        self.marked += [account for account in accounts if account.event.inferred]
        if is_late:
            self.worded, self._version, self._tabled, self._touched = {}, "", "", None
        for account in self._known if is_late else accounts:
            if isinstance(account.event, WordingReported):
                self._word(account)
            elif account is self.versions[account.event.version][0]:
                self._table(account)

    def changed(self) -> dict[str, Provision | None]:
        """The provisions that may have changed since the last call, by number; None for one that is gone."""
        gone: dict[str, Provision | None] = {}
        if self._touched is None:
            gone = dict.fromkeys(self._numbers)
            self._numbers = [*self.worded]
        found = {
            number: self._provision(one, nth)
            for nth, (number, one) in enumerate(self.worded.items(), start=1)
            if self._touched is None or number in self._touched
        }
        self._touched = set()
        return gone | found

    def _provision(self, one: _Worded, nth: int) -> Provision:
        return Provision(
            text=self._slug,
            number=one.number,
            nth=nth,
            heading=one.heading,
            words=one.words,
            status=one.status,
            rivals=_rivals(one),
            since=one.since,
            by=one.by,
            version=one.version,
            tabled=one.tabled,
            last_word=one.last_word,
            sources=tuple(one.sources),
            inferred=" ".join(one.inferred),
            unplaced=tuple(one.unplaced),
        )

    def contests(self) -> Iterator[Contest]:
        """The provisions on whose words the accounts of one version, or of one agreement, differ."""
        for version, tabled in self.versions.items():
            if version not in self._contested:
                self._contested[version] = [*self._contests_in(version, tabled)]
            yield from self._contested[version]
        for one in self.worded.values():
            telling = [account for account in one.agreements if _tells_words(account)]
            if len(telling) > 1:
                yield from self._contest(f"{one.number}", [(_words(account), account) for account in telling])

    def _contests_in(self, version: str, tabled: Sequence[Account]) -> Iterator[Contest]:
        """The provisions of a version whose words its accounts give differently."""
        giving = [(account, _tabled_words(account)) for account in tabled if account.event.provisions]
        for number in dict.fromkeys(one.number for account in tabled for one in account.event.provisions):
            yield from self._contest(
                f"{number} in version {version}", [(words.get(number, ""), account) for account, words in giving]
            )

    def _contest(self, name: str, claims: Sequence[tuple[str, Account]]) -> Iterator[Contest]:
        if len({bare(parsed(words)) for words, _ in claims}) < 2:
            return
        ordered = sorted(claims, key=lambda claim: claim[1].order[1:])
        yield Contest(
            kind="text",
            slug=self._slug,
            field=name,
            preferred=ordered[-1][0] or "deleted",
            values=tuple(words or "deleted" for words, _ in ordered),
            sources=tuple(account.source for _, account in ordered),
            positions=tuple(str(account.position) for _, account in ordered),
            quotes=tuple(" … ".join(quote.words for quote in account.event.quotes) for _, account in ordered),
        )

    def _table(self, account: Account) -> None:
        """Put a version in place of the one before, if a report gives its words."""
        accounts = self.versions[account.event.version]
        giving = [one for one in sorted(accounts, key=lambda one: one.order[1:]) if one.event.provisions]
        if not giving:
            return
        self._version, self._tabled, before = account.event.version, account.day, self.worded
        self._touched = None
        self.worded = {}
        for one in giving[-1].event.provisions:
            self.worded[one.number] = worded = self._retabled(one, before.get(one.number), account.day)
            for other in giving:
                worded.rest_on(other)

    def _retabled(self, tabled: ProvisionTabled, before: _Worded | None, day: str) -> _Worded:
        """A provision of a new version; it stays agreed, or bracketed since the same day, if it was so before."""
        worded = _Worded(tabled.number, tabled.words, day, self._version, self._tabled, tabled.heading)
        if before is not None:
            worded.status, worded.since, worded.bracketed = before.status, before.since, before.bracketed
            if before.status == "agreed" and bare(parsed(before.words)) == bare(parsed(tabled.words)):
                worded.by, worded.agreements = before.by, before.agreements
                worded.sources, worded.inferred = [*before.sources], [*before.inferred]
                return worded
        worded.read(tabled.words, day)
        return worded

    def _word(self, account: Account) -> None:
        event: WordingReported = account.event
        if event.provision not in self.worded:
            self._insert(event.provision, account.day)
        if self._touched is not None:
            self._touched.add(event.provision)
        one, by = self.worded[event.provision], parties(event.by)
        wording = parsed(one.words)
        match event.status:
            case "proposed":
                one.read(written(amending.proposed(wording, event.words, by, event.instead_of)), account.day)
            case "withdrawn":
                one.read(written(amending.withdrawn(wording, event.words, by)), account.day)
            case "agreed" if event.instead_of:
                if not amending.has(wording, event.instead_of):
                    one.unplaced.append(event.instead_of)
                one.read(written(amending.agreed(wording, event.words, event.instead_of)), account.day)
            case "agreed" | "deleted":
                one.unplaced = []
                _agree(one, account)
            case _:
                one.unplaced = []
                one.read(event.words, account.day)
        one.last_word = account.day
        one.rest_on(account)

    def _insert(self, number: str, day: str) -> None:
        """Add a provision that the version does not have, after those before it in its article, or at the end."""
        new = _Worded(number, "", day, self._version, self._tabled)
        numbers = list(self.worded)
        lower = [nth for nth, one in enumerate(numbers) if _order(one) < _order(number)]
        of_article = [nth for nth in lower if article_of(numbers[nth]) == article_of(number)]
        at = of_article[-1] + 1 if of_article else len(numbers)
        self._touched = None
        every = [*self.worded.items()]
        self.worded = dict([*every[:at], (number, new), *every[at:]])


def _agree(one: _Worded, account: Account) -> None:
    """Take the words of an agreement; another one of the same occasion with other words makes them contested."""
    same = [other for other in one.agreements if _may_be_one(other, account)]
    one.agreements = [*same, account]
    ordered = sorted(one.agreements, key=lambda other: other.order[1:])
    telling = [other for other in ordered if _tells_words(other)] or ordered
    differ = len({bare(parsed(_words(other))) for other in telling}) > 1
    status = "contested" if differ else telling[-1].event.status
    agreements = one.agreements
    one.read(_words(telling[-1]), account.day, status)
    one.agreements = agreements
    one.by = tuple(dict.fromkeys(voice for other in ordered for voice in other.event.by))


def _may_be_one(one: Account, other: Account) -> bool:
    """Whether two reports may be of one agreement: at the same meeting, or else on a day that both dates allow."""
    if one.event.at and other.event.at:
        return bool(one.event.at == other.event.at)
    return compatible(one.event.on, other.event.on)


def _words(account: Account) -> str:
    """The words that a report calls agreed; "" if it says that they were deleted, or gives none."""
    return str(account.event.words)


def _tells_words(account: Account) -> bool:
    """Whether a report of an agreement says what was agreed: words, or a deletion."""
    return bool(account.event.words) or account.event.status == "deleted"


def _tabled_words(account: Account) -> dict[str, str]:
    """The words of each provision in a report of a version."""
    return {one.number: one.words for one in reversed(account.event.provisions)}


def _rivals(one: _Worded) -> tuple[str, ...]:
    """The words that other reports of the occasion call agreed."""
    if one.status != "contested":
        return ()
    others = [_words(other) for other in one.agreements if _tells_words(other)]
    return tuple(dict.fromkeys(words or "deleted" for words in others if words != one.words))


def _order(number: str) -> list[tuple[int, str]]:
    """The sort key of a number: 5.10 comes after 5.9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|[A-Za-z]+", number)]
