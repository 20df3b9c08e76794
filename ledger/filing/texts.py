"""Readers of draft texts: the provisions of a version, and the wording of one, with parties in place of their names."""

from collections.abc import Mapping

from ledger.base.text import first_unsafe
from ledger.domain.events import ProvisionTabled
from ledger.domain.texts.brackets import parsed, with_parties, written
from ledger.domain.texts.numbering import Numbered, divided, number_of, place_of, refuse_broken
from ledger.filing.errors import NotAText, NoTextToDivide, UnsafeText
from ledger.filing.fields import Context, text
from ledger.filing.sheets import Raw, items

FROM_SOURCE = "source"  # typed in place of the provisions if the source's own text is the version


def provision_number(context: Context, raw: Raw) -> str:
    """The number of a provision: `5.2`, `Article 5.2(a)`, `Annex A`."""
    return number_of(text(context, raw))


def wording(context: Context, raw: Raw) -> str:
    """The words of a provision, with brackets and who proposes them: `The Parties [shall](au, nz) [should](br)`."""
    place = place_of(context.read["provision"]) if context.read.get("provision") else "The wording"
    return _with_slugs(context, text(context, raw), place)


def provisions(context: Context, raw: Raw) -> tuple[ProvisionTabled, ...]:
    """The provisions of a version: {number: words}, lines that begin with their numbers, or `source`."""
    found = refuse_broken(_provisions(context, raw))
    return tuple(
        ProvisionTabled(one.number, _with_slugs(context, one.words, place_of(one.number)), one.heading) for one in found
    )


def _provisions(context: Context, raw: Raw) -> list[Numbered]:
    if isinstance(raw, Mapping):
        return [_numbered(context, number, words) for number, words in raw.items()]
    lines = [line for item in items(raw) for line in _lines(item)]
    if [line.strip().lower() for line in lines] == [FROM_SOURCE]:
        if context.text is None:
            raise NoTextToDivide(source=context.source)
        lines = _lines(context.text.text)
    return divided("\n".join(lines))


def _numbered(context: Context, number: str, raw: Raw) -> Numbered:
    """One provision, as its words or as {words: …, heading: …}."""
    if not isinstance(raw, Mapping):
        return Numbered(number_of(number), text(context, raw))
    if set(raw) - {"words", "heading"}:
        raise NotAText(found="keys other than {words: …, heading: …}")
    return Numbered(
        number_of(number), text(context, raw.get("words", "")), text(context, raw.get("heading", "")).strip()
    )


def _lines(raw: Raw) -> list[str]:
    if not isinstance(raw, str):
        raise NotAText(found="a list or keys with values in place of a provision")
    lines = [" ".join(line.split()) for line in raw.splitlines()]
    if unsafe := next((found for line in lines if (found := first_unsafe(line))), None):
        raise UnsafeText(code=unsafe)
    return lines


def _with_slugs(context: Context, words: str, place: str) -> str:
    """The words with the slugs of the parties that propose them, which may be typed by name or alias."""
    return written(with_parties(parsed(words, place), lambda name: context.find("party", name)))
