"""The words with which parties say how an issue stands: the statement with each, and who reported it."""

from collections.abc import Iterable
from typing import NamedTuple

from ledger.domain.clocks import follows
from ledger.domain.states import Slugs, Statement

# The words by which an issue has its status, and the last answer.
LASTING = ("narrowed", "agreed in principle")  # also if the issue is raised again
WORDS = ("settled", "agreed in principle", "narrowed", "unresolved", "answered")


class Word(NamedTuple):
    """A party's word on an issue: the statement with it, the day on which that counts, and who reported it.

    `reported_by` is "" if the party or the source did.
    """

    statement: str
    day: str
    reported_by: str


class Words:
    """The words that are still valid, each by the party that said it, in the order in which they were said."""

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._of: dict[str, dict[str, Word]] = {word: {} for word in WORDS}
        for one in stored:
            word, _, said = one.partition(": ")
            party, *of_word = said.split(" ", 3)
            self._of[word][party] = Word(*of_word)

    def __copy__(self) -> "Words":
        other = Words()
        other._of = {word: {**said} for word, said in self._of.items()}
        return other

    def by(self, word: str) -> Slugs:
        """The parties that said a word."""
        return tuple(self._of[word])

    def say(self, word: str, speakers: Iterable[str], statement: Statement) -> None:
        """The speakers say a word in a statement."""
        self._of[word] |= dict.fromkeys(speakers, Word(statement.slug, statement.day, statement.reported_by))

    def take_back(self, speakers: Iterable[str], *words: str) -> None:
        """The speakers no longer say these words."""
        for speaker in speakers:
            for word in words:
                self._of[word].pop(speaker, None)

    def cancel(self, *words: str) -> None:
        """Nobody says these words any more."""
        for word in words:
            self._of[word] = {}

    def lasting(self) -> list[Word]:
        """The words that the issue was narrowed, or agreed in principle."""
        return [said for word in LASTING for said in self._of[word].values()]

    def precede(self, statement: Statement) -> bool:
        """Whether the statement certainly came after all of these words."""
        return all(follows(statement, said.statement, said.day) for said in self.lasting())

    def statements(self, word: str) -> list[str]:
        """The statements with a word; none if it is not one of the words."""
        return [said.statement for said in self._of.get(word, {}).values()]

    def reported(self) -> Slugs:
        """The words of a party that somebody else reported: `settled: us ch/ann-lee`."""
        return tuple(
            f"{word}: {party} {said.reported_by}"
            for word, of_word in self._of.items()
            for party, said in of_word.items()
            if said.reported_by
        )

    def stored(self) -> Slugs:
        """The words as texts, which can be read back."""
        return tuple(
            f"{word}: {party} {said.statement} {said.day} {said.reported_by}"
            for word, of_word in self._of.items()
            for party, said in of_word.items()
        )
