"""`parley text`: a draft text with its brackets as of a day, and the comparison of its versions or of two days."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.terminal import render
from cli.terminal.options import complete_slug
from cli.terminal.question import question
from ledger.base.files import new_file
from ledger.base.text import counted, in_quotes, listed
from ledger.dates import When
from ledger.domain.texts.numbering import Numbered, article_named, article_of
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.views.views import Views

if TYPE_CHECKING:
    from ledger.queries.texts import ConsolidatedText, ProvisionDifference

app = typer.Typer()

ProvisionArgument = Annotated[
    str, typer.Argument(metavar="PROVISION", help="Only this article, paragraph or point, such as 5, 5.2 or 5.2(a).")
]
TextOption = Annotated[
    str,
    typer.Option("--text", metavar="SLUG", help="The draft text, if there are several.", autocompletion=complete_slug),
]
DiffOption = Annotated[
    tuple[str, str],
    typer.Option("--diff", metavar="A B", help="Compare two versions, days or meetings, word by word."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.docx", help="Write it into a new Word file, with its brackets.")
]


@question(app, "text")
def text_command(
    views: Views,
    provision: ProvisionArgument = "",
    text: TextOption = "",
    diff: DiffOption = ("", ""),
    out: OutOption = None,
) -> Any:
    """Print a draft text with its brackets: the latest version, with every wording that was reported since.

    The parties that propose an alternative are named in parentheses after its bracket. --diff compares two versions,
    or the text on two days or after two meetings: {-removed-} and {+added+} words.

    parley append text fisheries-agreement --version 1 --on 2025-05-22 --note "Read out at the session."
    --provisions "1.1 The Parties [shall](us) [should](vn) share their data."

    parley text 1.1 --as-of 2025-05-22
    """
    from ledger.queries.texts import ProvisionDifference, consolidated, differences

    if any(diff):
        found = differences(views, *diff, text, provision)
        return found, lambda: _draw_differences(views, found), ProvisionDifference
    answer = consolidated(views, text, provision)

    def draw() -> None:
        if out is not None:
            _write(views, answer, out)
        elif not answer:
            render.out("No draft text is on record.")
        for one in answer if out is None else []:
            _draw(views, one.text, one.provisions)

    return answer, draw, Provision, [each for one in answer for each in one.provisions]


def _draw(views: Views, text: DraftText, provisions: list[Provision]) -> None:
    render.title(_title(text))
    render.out(_tabled(views, text))
    if not provisions:
        render.out("No report gives its words.")
        return
    of_all = (
        f"{counted(text.length, 'provision')} on record: {text.bracketed} in brackets, {text.settled} agreed or deleted"
    )
    render.out(of_all)
    for article, of_article in groupby(_remarked(views, text, provisions), key=lambda line: article_of(line[0].number)):
        rows = list(of_article)
        if heading := rows[0][0].heading:
            render.heading(f"{article_named(article)}: {heading}")
        else:
            render.out()
        for one, note in rows:
            render.block([(one.number, one.words)], 1)
            if note:
                render.block([(" " * len(one.number), note)], 1)


def _remarked(views: Views, text: DraftText, provisions: list[Provision]) -> Iterator[tuple[Numbered, str]]:
    """Each provision, with the names of its proposers, and the remark on it."""
    from ledger.queries.texts import histories, with_names

    given = histories(views, text.slug)
    for one in provisions:
        words = with_names(views, one.words) or f"({one.lacking})"
        yield Numbered(one.number, words, one.heading), _note(views, one, given.get((text.slug, one.number), []))


def _write(views: Views, answer: "list[ConsolidatedText]", path: Path) -> None:
    from ledger.export.word import draft_text
    from ledger.queries.errors import WhichText

    if len(answer) != 1:
        known = ", ".join(one.text.slug for one in answer)
        raise WhichText(hint=f"Name one with --text: {known}." if known else "None is on record by that day.")
    [(text, provisions)] = answer
    with new_file(path) as draft:
        draft.write_bytes(draft_text(_title(text), _tabled(views, text), [*_remarked(views, text, provisions)]))
    render.out(f"Wrote {path}.")


def _title(text: DraftText) -> str:
    return f"{text.title or text.slug}, version {text.version}"


def _tabled(views: Views, text: DraftText) -> str:
    """A line with the parties that tabled the version, the day, and the day of the question."""
    by = f" by {listed(map(views.in_sentence, text.tabled_by))}" if text.tabled_by else ""
    on = f" {text.tabled_on.clause()}" if text.tabled_on else ""
    return f"tabled{by}{on}; as of {When(views.day).describe()}"


def _note(views: Views, one: Provision, given: Sequence[WordingGiven]) -> str:
    """A line to follow the words of a provision: its status and since when it has it, its rivals and its sources."""
    from ledger.queries.texts import since_in_words, with_names

    if one.status == "clean" and not one.last_word:
        return ""
    since = f" {since_in_words(one, given)}"
    told = {
        "bracketed": f"in brackets{since}",
        "clean": "without brackets, not reported as agreed",
        "agreed": f"AGREED{_by(views, one)}{since}",
        "deleted": f"DELETED{_by(views, one)}{since}",
        "contested": "CONTESTED: other reports call agreed "
        + listed(in_quotes(with_names(views, other)) for other in one.rivals),
    }[one.status]
    told += "".join(
        f"; it does not have {in_quotes(phrase)}, which agreed words were to replace" for phrase in one.unplaced
    )
    inferred = f" (inferred: {one.inferred.rstrip('.')})" if one.inferred else ""
    return f"– {told}{inferred} [{', '.join(one.sources)}]"


def _by(views: Views, one: Provision) -> str:
    return f" by {listed(map(views.in_sentence, one.by))}" if one.by else ""


def _draw_differences(views: Views, found: "list[ProvisionDifference]") -> None:
    if not found:
        render.out("No provision differs.")
    for one in found:
        turned = f" ({one.status_before} → {one.status_after})" if one.what == "status" else ""
        render.block([(one.number, f"{one.what}{turned}: {_named(views, one)}")], 1)


def _named(views: Views, one: "ProvisionDifference") -> str:
    from ledger.queries.texts import between, with_names

    return between(with_names(views, one.before), with_names(views, one.after), one.status_after)
