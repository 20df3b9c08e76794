"""The feed of changes (Atom, RFC 4287): one entry for each day on which something changed, newest first."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from ledger.base.text import visible
from ledger.dates import When


class ChangedDay(NamedTuple):
    """The changes by a day since an earlier one: their sentences, and the file of the page that shows them."""

    day: str
    since: str
    says: list[str]
    file: str


def atom(title: str, negotiation: str, ledger_id: str, days: Sequence[ChangedDay], base: str, here: str) -> str:
    """The feed of a negotiation; `base` is the address of the site that ends in /, "" for links relative to the feed.

    An entry keeps its id from one publication to the next, and is updated at the beginning of its day.
    """
    ledger = UUID(ledger_id)
    root = base or "../"
    newest = max((one.day for one in days), default="1970-01-01")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{uuid5(ledger, negotiation).urn}</id>",
        f"<title>{escape(visible(title))}</title>",
        f"<updated>{newest}T00:00:00Z</updated>",
        f"<author><name>{escape(visible(title))}</name></author>",
        f'<link rel="self" href={quoteattr(root + here)}/>',
        f"<link href={quoteattr(f'{root}{negotiation}/index.html')}/>",
    ]
    for one in sorted((one for one in days if one.says), reverse=True):
        told = "".join(f"<li>{escape(visible(sentence))}</li>" for sentence in one.says)
        lines += [
            "<entry>",
            f"<id>{uuid5(ledger, f'{negotiation}/on/{one.day}').urn}</id>",
            f"<title>{escape(_title(one))}</title>",
            f"<updated>{one.day}T00:00:00Z</updated>",
            f"<link href={quoteattr(root + one.file)}/>",
            f'<content type="html">{escape(f"<ul>{told}</ul>")}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _title(one: ChangedDay) -> str:
    """`18 October 2026, since 9 October 2026`: a change that time alone caused need not be of the last day."""
    return f"{When(one.day).describe()}, since {When(one.since).describe()}" if one.since else When(one.day).describe()
