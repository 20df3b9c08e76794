"""The brief, as a value: what comes next before a meeting, what waits, what is due, what changed, and who comes.

Every line refers to a note with the source's words. A section without lines is left out. `writer.py` writes the brief,
`one_page.py` cuts it to one page, `handover.py` writes a document for a successor, and `export/` renders them: as
Markdown, for Word, and as PDF.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ledger.base.text import in_quotes
from ledger.dates import When
from ledger.queries.diff import Difference


class Run(NamedTuple):
    """Some words of a line, in one style: plain, strong, or code (for slugs).

    `filed`: they are mostly filed text, of any length, which one page may cut short. `entry` is the slug of the entry
    that they name, if a page should lead to it.
    """

    words: str
    kind: Literal["plain", "strong", "code"] = "plain"
    filed: bool = False
    entry: str = ""


class Line(NamedTuple):
    """One line of a section, in runs, with the number of the note it rests on, or 0."""

    runs: tuple[Run, ...]
    note: int = 0


class BriefSection(NamedTuple):
    """A heading and its lines, the most important first; `of` is the number of lines before any were cut.

    In a section of unanswered asks, `asker` is the name of the asking party in a sentence; otherwise it is "".
    """

    title: str
    lines: list[Line]
    of: int
    asker: str = ""

    def heading(self, *, on_paper: bool = False) -> str:
        """The title; if lines were cut, also the number of lines shown, of all lines, and of the rest.

        `on_paper`: without the option that gives the rest, which only a person at a terminal can type.
        """
        shown = len(self.lines)
        rest = "" if on_paper else f"; {self.of - shown} more with --full"
        return f"{self.title} ({shown} of {self.of}{rest})" if shown < self.of else self.title


class Note(NamedTuple):
    """The quotations that lines rest on, in the order of the text, and their source.

    `title` and `publisher` are empty, and `published` is unknown, if the source is not recorded. `inferred` and
    `inferred_in_source` say what the record keeper inferred in the entry and in the source.
    """

    quotes: tuple[str, ...]
    source: str
    title: str
    publisher: str
    published: When
    inferred: str = ""
    inferred_in_source: str = ""

    def in_words(self) -> str:
        """The note as a footnote: the quotations, the title of the source, who published it and on what day."""
        inferred = f" (inferred: {self.inferred.rstrip('.')})" if self.inferred else ""
        day = self.published.describe() or "date unknown"
        source = ", ".join(filter(None, [self.title, self.publisher, day])) if self.title else self.source
        return f"{in_quotes(*self.quotes) if self.quotes else ''}{inferred} {source}.".lstrip()


class Brief(NamedTuple):
    """The page. `meeting` names the meeting that it prepares, in runs; note n is `notes[n - 1]`.

    `short`: it was cut to one page. `left_out` names the sections of which the page has no line, each with the number
    of its lines: `Contested (2)`. `notice` is that of the negotiation, `limits` that of its clocks: `Only what was
    published by 4 June 2025.`
    """

    title: str
    as_of: str
    meeting: tuple[Run, ...]
    sections: list[BriefSection]
    notes: list[Note]
    short: bool = False
    notice: str = ""
    left_out: tuple[str, ...] = ()
    limits: str = ""

    @property
    def moment(self) -> str:
        """`As of 10 June 2025`."""
        return f"As of {When(self.as_of).describe()}"

    @property
    def limited(self) -> str:
        """What follows that moment, and the meeting that the page prepares: `. Only what was published by …`; or ""."""
        return f". {self.limits}" if self.limits else ""

    def rest(self) -> str:
        """The sentence that names the sections that are not on the page; "" if all are."""
        return f"Not on this page: {'; '.join(self.left_out)}." if self.left_out else ""


class ChangesSince(NamedTuple):
    """The changes since a moment, and the moment in words."""

    since: str
    differences: Sequence[Difference]
