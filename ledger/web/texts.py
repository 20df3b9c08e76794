"""The page of the draft texts: each provision with its brackets, who proposes them, and the history of its wordings."""

from typing import NamedTuple

from ledger.domain.texts.brackets import Wording, brackets, parsed
from ledger.domain.texts.numbering import article_named, article_of
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.queries.texts import histories, provisions, since_in_words
from ledger.queries.texts import texts as every_text
from ledger.web.listing.lists import TEXTS
from ledger.web.listing.narrowing import Listed, listed
from ledger.web.request import Request

FOLD = 200  # provisions, shown before "show more"


class ProvisionShown(NamedTuple):
    """A provision with its wording as a tree of words and brackets, and every wording that it was given."""

    provision: Provision
    wording: Wording
    since: str
    begins: str
    history: list[WordingGiven]


class TextShown(NamedTuple):
    """A draft text, those who propose something in it, and its shown provisions."""

    text: DraftText
    proposers: list[str]
    provisions: list[ProvisionShown]


class TextsPage(NamedTuple):
    """The draft texts as of the day, as a list and with their provisions; `shown` and `total` count provisions."""

    listed: Listed
    texts: list[TextShown]
    shown: int
    total: int


def texts(request: Request) -> TextsPage:
    """The draft texts, each with its provisions in order."""
    rows = listed(request, every_text(request.views), TEXTS)
    slugs = {one.slug for one in rows.rows}
    found = [one for one in provisions(request.views) if one.text in slugs]
    shown = request.part("everything", found, FOLD)
    pages = [_text(request, one, [each for each in shown if each.text == one.slug]) for one in rows.rows]
    return TextsPage(rows, pages, len(shown), len(found))


def _text(request: Request, text: DraftText, shown: list[Provision]) -> TextShown:
    history = histories(request.views, text.slug)
    read = [
        ProvisionShown(
            one, parsed(one.words), since_in_words(one, given := history.get((text.slug, one.number), [])), "", given
        )
        for one in shown
    ]
    proposers = dict.fromkeys(party for one in read for bracket in brackets(one.wording) for party in bracket.by)
    before = ""
    for nth, one in enumerate(read):
        article = article_of(one.provision.number)
        if article != before:
            read[nth] = one._replace(begins=article_named(article))
        before = article
    return TextShown(text, list(proposers), read)
