"""Draft texts: their provisions as of a day, the history of each, and the comparison of versions and days."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ledger.base.names import nearest
from ledger.base.text import counted, few, in_quotes, listed, marked
from ledger.dates import When
from ledger.domain.texts.brackets import brackets, is_bracketed, parsed, written
from ledger.domain.texts.comparing import compared, marked_up
from ledger.domain.texts.numbering import article_of, number_of, place_of
from ledger.domain.texts.provision import NOT_REPORTED, DraftText, Provision, WordingGiven
from ledger.queries.errors import NoProvision, NoText, NoVersion, WhichText
from ledger.views.views import Views

MOST_NAMED = 20  # provisions in a refusal
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ConsolidatedText(NamedTuple):
    """A draft text as of a day: its latest version, and its provisions, or those of one article."""

    text: DraftText
    provisions: list[Provision]


class ProvisionDifference(NamedTuple):
    """The difference of a provision between two versions, or between two days.

    what: worded (other words), added, removed or status. `words` has the removed words as {-should-} and the added
    ones as {+shall+}.
    """

    text: str
    number: str
    what: str
    words: str
    before: str
    after: str
    status_before: str
    status_after: str


def texts(views: Views) -> list[DraftText]:
    """The texts of which a version was tabled by the day."""
    return views.states(DraftText, "draft_texts", order="slug")


def consolidated(views: Views, slug: str = "", within: str = "") -> list[ConsolidatedText]:
    """One text or all, each with its provisions in order, or with those within an article, a paragraph or a point.

    Refused if there is no text with the slug, or no such provision.
    """
    known = [_the_text(views, slug)] if slug else texts(views)
    found = [ConsolidatedText(one, _within(provisions(views, one.slug), within)) for one in known]
    if not within or not found:
        return found
    having = [one for one in found if one.provisions]
    if not having:
        numbers = dict.fromkeys(each.number for one in known for each in provisions(views, one.slug))
        has = few(list(numbers), "provisions: parley text lists them", MOST_NAMED) if numbers else "none"
        raise NoProvision(text=" or ".join(one.slug for one in known), number=number_of(within), known=has)
    return having


def _within(every: list[Provision], wanted: str) -> list[Provision]:
    return [one for one in every if not wanted or _is_within(one.number, wanted)]


def _the_text(views: Views, slug: str) -> DraftText:
    """The text with this slug, else the only one; refused if there is none, or several."""
    known = texts(views)
    found = [one for one in known if slug in ("", one.slug)]
    if not found and slug:
        slugs = [one.slug for one in known]
        raise NoText.near("text", slug, nearest(slug, slugs), slugs)
    if not found:
        raise WhichText(hint="None is on record by that day.")
    if len(found) > 1:
        raise WhichText(hint=f"Name one with --text: {', '.join(one.slug for one in found)}.")
    return found[0]


def provisions(views: Views, slug: str = "") -> list[Provision]:
    """The provisions of a text, or of all texts, as of the day."""
    return views.states(Provision, "provisions", "AND (? = '' OR text = ?)", slug, slug, order="text, nth")


def wordings(views: Views, slug: str, number: str = "") -> list[WordingGiven]:
    """Every wording that was given to the provisions of a text, or to one of them, by the day, in order."""
    wanted = "AND text = ? AND (? = '' OR provision = ?)"
    return views.states(WordingGiven, "wordings", wanted, slug, number, number, order="nth")


def histories(views: Views, slug: str = "") -> dict[tuple[str, str], list[WordingGiven]]:
    """The wordings of each provision of a text, or of all texts, by the text and the number."""
    found: dict[tuple[str, str], list[WordingGiven]] = {}
    for one in views.states(WordingGiven, "wordings", "AND (? = '' OR text = ?)", slug, slug, order="text, nth"):
        found.setdefault((one.text, one.provision), []).append(one)
    return found


def since_in_words(one: Provision, given: Iterable[WordingGiven]) -> str:
    """The day since which a provision has had its status, no more exact than the reports of its wordings (`given`).

    `since 22 May 2025`, `since May 2025`, or `since 3 June 2025 or earlier` if that is only the latest possible day.
    """
    of_day = [word.on for word in given if word.day == one.since]
    on = next((on for on in of_day if on.edtf == one.since), of_day[-1] if of_day else When(one.since))
    if re.fullmatch(r"[\d-]+", on.edtf):
        return f"since {When(on.edtf).describe()}"
    last = on.latest.isoformat() if on.latest else one.since
    return f"since {When(last).describe()} or earlier"


def differences(views: Views, first: str, second: str, slug: str = "", within: str = "") -> list[ProvisionDifference]:
    """The provisions that differ between two versions of a text, or between its states at two days or meetings."""
    text = _the_text(views, slug)
    before, after = (_as_of(views, text, moment) for moment in (first, second))
    numbers = [number for number in dict.fromkeys([*after, *before]) if not within or _is_within(number, within)]
    found = (_difference(text.slug, number, before.get(number), after.get(number)) for number in numbers)
    return [one for one in found if one is not None]


def tabled(views: Views, was: DraftText | None, is_: DraftText) -> str:
    """The change of a text as a sentence: another version was tabled, with its brackets; "" if none was."""
    if was is not None and was.version == is_.version:
        return ""
    by = f" by {listed(map(views.in_sentence, is_.tabled_by))}" if is_.tabled_by else ""
    words = [one.words for one in _of_version(views, is_, is_.version).values()]
    bracketed = sum(is_bracketed(parsed(one)) for one in words)
    counts = f": {counted(len(words), 'provision')}, {bracketed} in brackets" if words else ""
    return marked(f"{is_.title or is_.slug}, version {is_.version} tabled{by}{counts}", is_.inferred)


def reworded(views: Views, was: Provision | None, is_: Provision) -> str:
    """The change of a provision as a sentence, word by word; "" if nothing in it changed.

    A provision that a version added is compared with its words as tabled; a provision in no version was not recorded
    before.
    """
    if was is None:
        was = _as_tabled(views, is_)
    if was is None and is_.last_word:
        was = is_._replace(words="", status="not recorded")
    if was is None or (was.words, was.status) == (is_.words, is_.status):
        return ""
    turned = f"{was.status} → {is_.status}" if was.status != is_.status else f"still {is_.status}"
    words = between(with_names(views, was.words), with_names(views, is_.words), is_.status)
    title = next((one.title for one in texts(views) if one.slug == is_.text), "") or is_.text
    return marked(f"{place_of(is_.number)} of {title}, {turned}: {words}", is_.inferred)


def between(before: str, after: str, status: str) -> str:
    """The changes from one wording to the next; if no report gives the words, a note that says so."""
    return NOT_REPORTED if not after and status == "agreed" else marked_up(compared(before, after))


def _as_tabled(views: Views, one: Provision) -> Provision | None:
    """A provision as its version was tabled, if its words were reported since; None otherwise."""
    if not one.last_word:
        return None
    given = [word for word in wordings(views, one.text, one.number) if word.version == one.version != ""]
    if not given:
        return None
    words = given[-1].words
    return one._replace(words=words, status="bracketed" if is_bracketed(parsed(words)) else "clean")


def with_names(views: Views, words: str) -> str:
    """The words of a provision with the names of the proposers in place of their slugs."""
    return written(parsed(words), views.name_of)


def alternatives(views: Views, words: str) -> list[str]:
    """Each bracket of a provision, with its proposers: `“shall”: Australia, New Zealand`."""
    return [
        f"{in_quotes(written(one.inside, views.name_of))}: {', '.join(map(views.name_of, one.by)) or 'nobody named'}"
        for one in brackets(parsed(words))
    ]


def _is_within(number: str, wanted: str) -> bool:
    """Whether a provision is the wanted one, or part of it: `5.2(a)` is within 5 and within 5.2."""
    wanted = number_of(wanted)
    return number == wanted or article_of(number) == wanted or number.startswith((f"{wanted}(", f"{wanted}."))


class _Read(NamedTuple):
    """The words and the status of a provision in a version or on a day."""

    words: str
    status: str


def _as_of(views: Views, text: DraftText, moment: str) -> dict[str, _Read]:
    """The provisions of a version, as tabled, or those as of a day or of the end of a meeting, by number."""
    if _DAY.fullmatch(moment):
        return {one.number: _Read(one.words, one.status) for one in provisions(views.at(moment), text.slug)}
    version = moment.removeprefix("version ").strip()
    if version in text.versions:
        return _of_version(views, text, version)
    held = next((one.meeting.held_by_all.latest for one in views.meetings() if one.meeting.slug == moment), None)
    if held is None:
        raise NoVersion(text=text.slug, version=moment, known=", ".join(text.versions))
    return _as_of(views, text, held.isoformat())


def _of_version(views: Views, text: DraftText, version: str) -> dict[str, _Read]:
    """The provisions of a version as tabled, by number."""
    return {one.provision: _Read(one.words, "") for one in wordings(views, text.slug) if one.version == version}


def _difference(text: str, number: str, before: _Read | None, after: _Read | None) -> ProvisionDifference | None:
    if before == after:
        return None
    old, new = before or _Read("", ""), after or _Read("", "")
    what = "added" if before is None else "removed" if after is None else "worded"
    if what == "worded" and old.words == new.words:
        what = "status"
    words = between(old.words, new.words, new.status)
    return ProvisionDifference(text, number, what, words, old.words, new.words, old.status, new.status)
