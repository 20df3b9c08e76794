"""The text fold: the latest version of a draft text, with the wordings that were reported since.

A version replaces the one before; what was agreed stays agreed if it has the same words. A proposal stands in brackets
next to what it would replace, and an agreement replaces all of that. Wordings of one occasion that both are called
agreed are contested: the one published last is shown, and the others as its rivals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ledger.dates import compatible
from ledger.domain.events import UNKNOWN, ProvisionTabled, VersionTabled, WordingReported
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest, Span, spans
from ledger.domain.voices import parties
from ledger.texts import amending
from ledger.texts.brackets import bare, is_bracketed, parsed, written
from ledger.texts.numbering import article_of
from ledger.texts.provision import DraftText, Provision, WordingGiven


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The text with its contests, as spans, from its accounts in order of occurrence."""
    return spans((day, _state(slug, known, settled)) for day, known in _by_day(accounts))


def provisions(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """Every provision of the text, consolidated, as spans; one that a later version leaves out ceases."""
    steps: dict[str, list[tuple[str, Provision | None]]] = {}
    for day, known in _by_day(accounts):
        found = {one.number: one for one in _Consolidation(slug, known).states()}
        for number in dict.fromkeys([*steps, *found]):
            steps.setdefault(number, []).append((day, found.get(number)))
    return [span for of_one in steps.values() for span in spans(of_one)]


def wordings(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """Every wording that a report gives a provision, in order, each from the day on which it counts."""
    found = (one for account in accounts for one in _given(slug, account))
    return [Span(one._replace(nth=nth), one.day, "") for nth, one in enumerate(found, start=1)]


def _by_day(accounts: Sequence[Account]) -> Iterator[tuple[str, list[Account]]]:
    """Each day on which something counts, with the accounts that count by then."""
    for day in sorted({account.day for account in accounts}):
        yield day, [account for account in accounts if account.day <= day]


def _state(slug: str, known: Sequence[Account], settled: Settled) -> Folded | None:
    tabled = [account for account in known if isinstance(account.event, VersionTabled)]
    if not tabled:
        return None
    weighed = Weighed("text", slug, known, settled)
    versions = list(dict.fromkeys(account.event.version for account in tabled))
    newest = weighed.among([account for account in tabled if account.event.version == versions[-1]])
    consolidation = _Consolidation(slug, known)
    every = consolidation.states()
    state = DraftText(
        slug=slug,
        title=newest.of("title", "") or next((one.event.title for one in reversed(tabled) if one.event.title), ""),
        version=versions[-1],
        tabled_on=newest.of("on", UNKNOWN, told_as="tabled_on"),
        tabled_by=newest.of("by", (), told_as="tabled_by"),
        at=newest.of("at", ""),
        versions=tuple(versions),
        length=len(every),
        bracketed=sum(is_bracketed(parsed(one.words)) for one in every),
        settled=sum(one.status in ("agreed", "deleted") for one in every),
        sources=newest.sources(),
        inferred=weighed.inferred(),
    )
    return Folded(state, (*weighed.contests, *consolidation.contests()))


def _given(slug: str, account: Account) -> Iterator[WordingGiven]:
    """What one report says of provisions: of each in a version, or of one."""
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
    status: str = ""
    since: str = ""
    by: tuple[str, ...] = ()
    last_word: str = ""
    sources: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    agreements: list[Account] = field(default_factory=list)

    def read(self, words: str, day: str, status: str = "") -> None:
        """Give it other words; without a status, its brackets decide."""
        status = status or ("bracketed" if is_bracketed(parsed(words)) else "clean")
        if status != self.status:
            self.since = day
        self.words, self.status = words, status
        if status not in ("agreed", "deleted", "contested"):
            self.by, self.agreements = (), []

    def rest_on(self, account: Account) -> None:
        """Add the source of an account, and what is inferred in it."""
        self.sources += [account.source] if account.source not in self.sources else []
        inferred = account.event.inferred
        self.inferred += [inferred] if inferred and inferred not in self.inferred else []


class _Consolidation:
    """The provisions of a text after some accounts, which are in order of occurrence."""

    def __init__(self, slug: str, known: Sequence[Account]) -> None:
        self._slug = slug
        self._versions: dict[str, list[Account]] = {}
        for account in known:
            if isinstance(account.event, VersionTabled):
                self._versions.setdefault(account.event.version, []).append(account)
        self._worded: dict[str, _Worded] = {}
        self._version = self._tabled = ""
        for account in known:
            if isinstance(account.event, WordingReported):
                self._word(account)
            elif account is self._versions[account.event.version][0]:
                self._table(account)

    def states(self) -> list[Provision]:
        """The provisions in the order of the text."""
        return [
            Provision(
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
            for nth, one in enumerate(self._worded.values(), start=1)
        ]

    def contests(self) -> Iterator[Contest]:
        """The provisions on whose words the accounts of one version, or of one agreement, differ."""
        for version, tabled in self._versions.items():
            numbers = dict.fromkeys(one.number for account in tabled for one in account.event.provisions)
            for number in numbers:
                claims = [(_tabled_words(account, number), account) for account in tabled if account.event.provisions]
                yield from self._contest(f"{number} in version {version}", claims)
        for one in self._worded.values():
            yield from self._contest(f"{one.number}", [(_words(account), account) for account in one.agreements])

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
        """Put a version in place of the one before, unless no report gives its words."""
        accounts = self._versions[account.event.version]
        giving = [one for one in sorted(accounts, key=lambda one: one.order[1:]) if one.event.provisions]
        if not giving:
            return
        self._version, self._tabled, before = account.event.version, account.day, self._worded
        self._worded = {}
        for one in giving[-1].event.provisions:
            self._worded[one.number] = worded = self._retabled(one, before.get(one.number), account.day)
            for other in giving:
                worded.rest_on(other)

    def _retabled(self, tabled: ProvisionTabled, before: _Worded | None, day: str) -> _Worded:
        """A provision of a new version; it stays agreed, or bracketed since the same day, if it was so before."""
        worded = _Worded(tabled.number, tabled.words, day, self._version, self._tabled, tabled.heading)
        if before is not None:
            worded.status, worded.since = before.status, before.since
            if before.status == "agreed" and bare(parsed(before.words)) == bare(parsed(tabled.words)):
                worded.by, worded.agreements = before.by, before.agreements
                worded.sources, worded.inferred = [*before.sources], [*before.inferred]
                return worded
        worded.read(tabled.words, day)
        return worded

    def _word(self, account: Account) -> None:
        event: WordingReported = account.event
        if event.provision not in self._worded:
            self._insert(event.provision, account.day)
        one, by = self._worded[event.provision], parties(event.by)
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
        numbers = list(self._worded)
        lower = [nth for nth, one in enumerate(numbers) if _order(one) < _order(number)]
        of_article = [nth for nth in lower if article_of(numbers[nth]) == article_of(number)]
        at = of_article[-1] + 1 if of_article else len(numbers)
        every = [*self._worded.items()]
        self._worded = dict([*every[:at], (number, new), *every[at:]])


def _agree(one: _Worded, account: Account) -> None:
    """Take the words of an agreement; another one of the same occasion with other words makes them contested."""
    same = [other for other in one.agreements if _may_be_one(other, account)]
    one.agreements = [*same, account]
    ordered = sorted(one.agreements, key=lambda other: other.order[1:])
    differ = len({bare(parsed(_words(other))) for other in ordered}) > 1
    status = "contested" if differ else ordered[-1].event.status
    agreements = one.agreements
    one.read(_words(ordered[-1]), account.day, status)
    one.agreements = agreements
    one.by = tuple(dict.fromkeys(voice for other in ordered for voice in other.event.by))


def _may_be_one(one: Account, other: Account) -> bool:
    """Whether two reports may be of one agreement: at the same meeting, or else on a day that both dates allow."""
    if one.event.at and other.event.at:
        return bool(one.event.at == other.event.at)
    return compatible(one.event.on, other.event.on)


def _words(account: Account) -> str:
    """The words that a report calls agreed; "" if it says that they were deleted."""
    return str(account.event.words)


def _tabled_words(account: Account, number: str) -> str:
    return next((one.words for one in account.event.provisions if one.number == number), "")


def _rivals(one: _Worded) -> tuple[str, ...]:
    """The words that other reports of the occasion call agreed."""
    if one.status != "contested":
        return ()
    return tuple(dict.fromkeys(words or "deleted" for other in one.agreements if (words := _words(other)) != one.words))


def _order(number: str) -> list[tuple[int, str]]:
    """The sort key of a number: 5.10 comes after 5.9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|[A-Za-z]+", number)]
