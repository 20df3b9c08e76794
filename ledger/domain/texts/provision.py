"""A provision of a draft text as a state, and each wording that somebody gave it."""

from typing import NamedTuple

from ledger.dates import When

NOT_REPORTED = "no report gives the words agreed"


class DraftText(NamedTuple):
    """A draft text: its latest version, and who tabled it, when and at which meeting.

    `versions` are the names of all versions, oldest first. `length`, `bracketed` and `settled` count its provisions:
    all, those in brackets, and those agreed or deleted. `sources` report the latest version. `inferred` is the record
    keeper's inference in its reports, and why.
    """

    slug: str
    title: str
    version: str
    tabled_on: When
    tabled_by: tuple[str, ...]
    at: str
    versions: tuple[str, ...]
    length: int
    bracketed: int
    settled: int
    sources: tuple[str, ...]
    inferred: str = ""


class Provision(NamedTuple):
    """A provision of a draft text, consolidated. status: bracketed, clean, agreed, deleted or contested.

    `nth` is its place in the text. `words` are its words with brackets, with the slugs of the proposers after each. A
    clean provision has no brackets, but no report says that it is agreed. `rivals` are the other wordings that reports
    of one day call agreed. `since` is the day since which it has had its status, `tabled` the day from which its latest
    version counts, `last_word` the day of the last wording reported since, "" if there is none. `by` are the parties
    that agreed to it, according to the reports. `unplaced` are the phrases that agreed words were to replace but that
    the provision does not contain, so the agreed words are not in it. `words` is "" if the provision was deleted, or
    agreed in words that no report gives.
    """

    text: str
    number: str
    nth: int
    heading: str
    words: str
    status: str
    rivals: tuple[str, ...]
    since: str
    by: tuple[str, ...]
    version: str
    tabled: str
    last_word: str
    sources: tuple[str, ...]
    inferred: str = ""
    unplaced: tuple[str, ...] = ()

    @property
    def lacking(self) -> str:
        """The note in place of its words, "" if it has words."""
        return "" if self.words else NOT_REPORTED if self.status == "agreed" else "deleted"


class WordingGiven(NamedTuple):
    """The words of a provision in one report. status: tabled, bracketed, proposed, withdrawn, agreed or deleted.

    `version` is the name of the version in which it was tabled, "" otherwise. `on` is the date when it was given, `day`
    the day on which that counts, `nth` its place among the wordings of the text. `position` is that of the report.
    """

    text: str
    provision: str
    nth: int
    status: str
    version: str
    heading: str
    words: str
    instead_of: str
    by: tuple[str, ...]
    on: When
    at: str
    day: str
    source: str
    position: int
    inferred: str = ""
