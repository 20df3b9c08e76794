"""A brief on one page: one sheet of A4 in print, and at most 60 lines of Markdown.

Every section keeps its first lines and the number of all of them; sections for which no line is left are named at the
end. Long texts and quotations are cut short, with "…", unless all of them fit as they are.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from ledger.base.text import capital, counted
from ledger.queries.brief import Brief, BriefSection, Line, Note, Run

LONGEST = (110, 70)  # characters of one filed text in a line; the second where the first leaves out more lines
LONGEST_QUOTE = 60  # characters of the quotations in a note
LONGEST_TITLE = 50  # characters of the title of a source in a note
SMALLER = 0.8  # a row of a footnote, of the height of a row of text, as is a letter of its width
ASKERS = 2  # whose asks have a section of their own; the asks of further parties share one
FIRST = 5  # the sections that matter most take two lines in turn, the others one


class PageSize(NamedTuple):
    """The size of a page: rows of print, characters in a row, and for Markdown the lines of the file.

    `footnotes`: each note is at the foot, in smaller print; without them a list of sources follows the text.
    """

    rows: int
    across: int
    lines: int = 0
    footnotes: bool = False


MARKDOWN = PageSize(rows=62, across=100, lines=60)  # printed in ten points


def on_one_page(full: Brief, size: PageSize = MARKDOWN) -> Brief:
    """The brief with as many lines of each section as one page holds, taken in turn."""
    sections = _few_askers(full.sections)
    every = [section.lines for section in sections]
    whole = _with(full._replace(short=True), sections, every, list(map(len, every)))
    if _fits(size, whole):
        return _numbered(whole)
    cut = full._replace(notes=[_short_note(note) for note in full.notes], short=True)
    pages = (_with_cut_words(cut, sections, size, longest) for longest in LONGEST)
    return _numbered(max(pages, key=lambda page: sum(len(section.lines) for section in page.sections)))


def _with_cut_words(cut: Brief, sections: Sequence[BriefSection], size: PageSize, longest: int) -> Brief:
    """The page with as many lines as fit, in turn, whose filed texts have at most so many characters."""
    lines = [[_shortened(line, longest) for line in section.lines[: size.rows]] for section in sections]
    page = _with(cut, sections, lines, [0] * len(sections))
    turns = sorted([*range(len(sections)), *range(min(FIRST, len(sections)))])
    kept, grows = [0] * len(sections), True
    while grows:
        grows = False
        for nth in turns:
            more = [*kept[:nth], kept[nth] + 1, *kept[nth + 1 :]]
            if kept[nth] < len(lines[nth]) and _fits(size, grown := _with(cut, sections, lines, more)):
                page, kept, grows = grown, more, True
    return page


def _with(
    brief: Brief, sections: Sequence[BriefSection], lines: Sequence[Sequence[Line]], kept: Sequence[int]
) -> Brief:
    """The brief with the first lines of each section; a section without any is only named."""
    cut = [one._replace(lines=[*of_it[:count]]) for one, of_it, count in zip(sections, lines, kept, strict=True)]
    left_out = tuple(f"{one.title} ({one.of})" for one in cut if not one.lines)
    return brief._replace(sections=[one for one in cut if one.lines], left_out=left_out)


def _few_askers(sections: Sequence[BriefSection]) -> list[BriefSection]:
    """The sections: the first few asking parties have their own, the others share one whose lines name the asker."""
    asks = [section for section in sections if section.asker]
    rest = asks[ASKERS:]
    if len(rest) < 2:
        return [*sections]
    lines = [
        line._replace(runs=(Run(f"{capital(section.asker)}: "), *line.runs))
        for section in rest
        for line in section.lines
    ]
    found = [section for section in sections if section not in rest]
    title = f"Unanswered asks by {counted(len(rest), 'other party', 'other parties')}"
    found.insert(found.index(asks[ASKERS - 1]) + 1, BriefSection(title, lines, len(lines)))
    return found


def _fits(size: PageSize, page: Brief) -> bool:
    """Whether the brief, with its headings and the notes that its lines need, is one page."""
    lines = [line for section in page.sections for line in section.lines]
    needed = [page.notes[number - 1] for number in {line.note for line in lines if line.note}]
    headings = len(page.sections) + bool(needed)
    rows = sum(ceil(sum(len(run.words) for run in line.runs) / size.across) for line in lines)
    rows += sum((len(section.title) + 40) // size.across for section in page.sections)  # of headings beyond the first
    of_notice, of_rest = (ceil(len(words) / size.across) for words in (page.notice, page.rest()))
    head = 3 + 2 * headings + sum(of + 1 for of in (of_notice, of_rest) if of)  # with the empty lines
    if size.footnotes:
        of_notes = sum(ceil((len(note.in_words()) + 3) * SMALLER / size.across) for note in needed)
        return head + rows + ceil(of_notes * SMALLER) <= size.rows
    by_source: dict[str, int] = {}  # the notes of a source share a line
    for note in needed:
        by_source.setdefault(note.source, len(f"{note.source}{note.publisher}{note.published.describe()}") + 8)
        by_source[note.source] += len(" … ".join(note.quotes)) + 8
    rows += sum(ceil(length / size.across) for length in by_source.values())
    return head + len(lines) + len(by_source) <= size.lines and head + rows <= size.rows


def _shortened(line: Line, longest: int) -> Line:
    """The line with its filed texts cut short; after one that is cut, no full stop follows."""
    runs: list[Run] = []
    for run in line.runs:
        cut = runs and runs[-1].filed and runs[-1].words.endswith(("…", "…”"))
        words = _in_short(run.words, longest) if run.filed else run.words
        runs.append(run._replace(words=words.removeprefix(".") if cut else words))
    return line._replace(runs=tuple(run for run in runs if run.words))


def _short_note(note: Note) -> Note:
    quotes = (_in_short(" … ".join(note.quotes), LONGEST_QUOTE),)
    return note._replace(quotes=quotes, title=_in_short(note.title, LONGEST_TITLE))


def _in_short(text: str, longest: int) -> str:
    """The text, cut after a word if it is too long; a quotation that is cut is closed."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    words = start[: start.rfind(" ")] if " " in start.strip() else start
    closed = "”" if words.count("“") > words.count("”") else ""
    return f"{words.rstrip(',;:. ')}…{closed}"


def _numbered(brief: Brief) -> Brief:
    """The brief with only the notes that its lines need, numbered in their order."""
    needed = dict.fromkeys(line.note for section in brief.sections for line in section.lines if line.note)
    numbers = {old: new for new, old in enumerate(needed, 1)} | {0: 0}
    sections = [
        section._replace(lines=[line._replace(note=numbers[line.note]) for line in section.lines])
        for section in brief.sections
    ]
    return brief._replace(sections=sections, notes=[brief.notes[old - 1] for old in needed])
