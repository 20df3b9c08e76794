"""The words with which parties say how an issue stands: the statement with each, and who reported it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.domain.clocks import follows, surely_made_by
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import plain

# The words by which an issue has its status, and the last answer.
LASTING = ("narrowed", "agreed in principle")  # also if the issue is raised again
UNDONE = ("settled", *reversed(LASTING))  # by a request, an objection or a refusal
# Those words that were undone by what may have come before them are kept as `perhaps narrowed`.
WORDS = ("settled", "agreed in principle", "narrowed", "unresolved", "answered", *(f"perhaps {one}" for one in UNDONE))
Says = Callable[[str], bool]  # whether all, or some, of those concerned have said a word


class Word(NamedTuple):
    """A party's word on an issue: the statement with it, the day on which that counts, and who reported it.

    By the day `surely` it was said even if only a convention gives the other day. `reported_by` is "" if the party or
    the source did.
    """

    statement: str
    day: str
    surely: str
    reported_by: str


class Words:
    """The words that are still valid, each by the party that said it, in the order in which they were said."""

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._of: dict[str, dict[str, Word]] = {word: {} for word in WORDS}
        for one in stored:
            word, _, said = one.partition(": ")
            party, *of_word = said.split(" ", 4)
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
        surely = surely_made_by(statement)
        speakers = [*speakers]
        self._of[word] |= dict.fromkeys(speakers, Word(statement.slug, statement.day, surely, statement.reported_by))
        if word in UNDONE:
            self.take_back(speakers, f"perhaps {word}")

    def take_back(self, speakers: Iterable[str], *words: str) -> None:
        """The speakers no longer say these words."""
        for speaker in speakers:
            for word in words:
                self._of[word].pop(speaker, None)

    def cancel(self, *words: str) -> None:
        """Nobody says these words any more."""
        for word in words:
            self._of[word] = {}

    def undo(self, by: Statement, *words: str) -> None:
        """A statement undoes these words; those that may have been said after it are kept as perhaps said."""
        exact = by.on.edtf == by.day
        for word in words:
            said = self._of[f"perhaps {word}"] | self._of[word]
            self._of[word] = {}
            self._of[f"perhaps {word}"] = {
                party: one
                for party, one in said.items()
                if not (follows(by, one.statement, one.day, one.surely) or (exact and one.surely <= by.day))
            }

    def perhaps(self, other: str, status: str, said_by_all: Says, said_by_some: Says) -> str:
        """The other status that an issue may have: `other`, or that of words that may have been said last; else ""."""
        word = next((one for one in UNDONE if said_by_all(f"perhaps {one}")), "")
        partly = "partly settled" if not word and said_by_some("perhaps settled") else ""
        return " or ".join(one for one in dict.fromkeys((other, word or partly)) if one not in ("", status))

    def lasting(self) -> list[Word]:
        """The words that the issue was narrowed, or agreed in principle."""
        return [said for word in LASTING for said in self._of[word].values()]

    def precede(self, statement: Statement) -> bool:
        """Whether the statement certainly came after all of these words."""
        return all(follows(statement, said.statement, said.day, said.surely) for said in self.lasting())

    def statements(self, word: str) -> list[str]:
        """The statements with a word; none if it is not one of the words."""
        return [said.statement for said in self._of.get(word, {}).values()]

    def reported(self, last_answer: str) -> Slugs:
        """The words of a party that somebody else reported: `settled: us, as told by ch/ann-lee`.

        An answer is told as its act, such as `refused`: it may answer nothing on record.
        """
        told = [
            f"{plain(last_answer) if word == 'answered' else word}: {party}, as told by {said.reported_by}"
            for word, of_word in self._of.items()
            for party, said in of_word.items()
            if said.reported_by and not word.startswith("perhaps ")
        ]
        return tuple(dict.fromkeys(told))

    def stored(self) -> Slugs:
        """The words as texts, which can be read back."""
        return tuple(
            f"{word}: {party} {said.statement} {said.day} {said.surely} {said.reported_by}"
            for word, of_word in self._of.items()
            for party, said in of_word.items()
        )
