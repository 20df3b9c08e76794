"""A bundle for an archive, or for a request for information: entries with their sources, quotes and proofs.

It is a zip file. An entry above the level is redacted: the bundle says that there is one, and where in the order, and
nothing else. The proof has the content of each event, or only its SHA-256 if the content has the text of a source or
was changed for the level.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.base.text import counted, in_quotes, visible, visible_json, within_line
from ledger.dates import When
from ledger.domain.events import Stream
from ledger.domain.voices import among
from ledger.export.as_json import in_json
from ledger.export.errors import NothingToBundle
from ledger.queries.entry import Shown, show
from ledger.views.views import Views

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})

READ_ME = """\
{title}

{entries} as of {day}, at the level "{level}"{about}.
{redacted} redacted: what is above that level. Each is marked in its place.

entries.md      the entries, with quotes and sources, for people
entries.json    the same for programs
proof.json      that each event is in the log of the ledger, which nobody can change unnoticed
checkpoint.txt  the state of that log
verify.py       checks the proof, with Python alone:

    python3 verify.py proof proof.json checkpoint.txt

Compare checkpoint.txt with a checkpoint of the same ledger that you got at another time or from somebody else: without
one, the proof shows only that this bundle agrees with itself.
"""


class Wanted(NamedTuple):
    """The entries to bundle: those of a person or party, on an issue, from a first to a last day; "" for all."""

    person: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""


class Bundle(NamedTuple):
    """A bundle as bytes, the number of its entries, and of those that are redacted."""

    content: bytes
    entries: int
    redacted: int


def bundle(
    views: Views,
    every: Views,
    wanted: Wanted,
    level: str,
    prove: Callable[[set[str], set[str]], dict[str, Any]],
    verifier: bytes,
    text_of: Callable[[str], str] | None = None,
) -> Bundle:
    """Bundle the entries that are wanted, as of the day of the views.

    views: those at or below the level; `every`: those of the whole record, which say where something is redacted.
    prove: makes the proof of the events in some streams, of which the second are those of sources. verifier: the script
    that checks it. text_of: the text of a source; without it the bundle has no texts. Refused if none of the entries
    is at or below the level, or if the person or the issue is not known there.
    """
    found = wanted._replace(
        person=views.find(["person", "party"], wanted.person), issue=views.find(["issue"], wanted.issue)
    )
    here = _entries(views, found)
    order = list(dict.fromkeys([*_entries(every, found), *here]))
    if not here:
        raise NothingToBundle(level=level)
    shown = {slug: show(views, slug) for slug in here}
    title = visible(views.title())
    streams = {str(Stream(views.negotiation, one.entry.kind, one.entry.slug)) for one in shown.values()}
    sources = {source.slug: source for one in shown.values() for source in one.sources}
    proof = prove(streams, {str(Stream(views.negotiation, "source", slug)) for slug in sources})
    redacted = len(order) - len(shown)
    about = "".join(f", {name} {value}" for name, value in zip(("of", "on", "from", "to"), found, strict=True) if value)
    parts = {
        "README.txt": READ_ME.format(
            title=title,
            entries=counted(len(shown), "entry", "entries"),
            day=When(views.day).describe(),
            level=level,
            about=about,
            redacted=f"{counted(redacted, 'entry', 'entries')} {'is' if redacted == 1 else 'are'}",
        ),
        "entries.md": "\n".join(_markdown(title, order, shown)),
        "entries.json": in_json({"redacted": redacted, "entries": [shown.get(slug) for slug in order]}),
        "proof.json": visible_json(json.dumps(proof, indent=1, ensure_ascii=False)) + "\n",
        "checkpoint.txt": proof["checkpoint"],
        "verify.py": verifier.decode(),
    }
    if text_of is not None:
        for slug, source in sorted(sources.items()):
            if source.text_length:
                parts[f"texts/{slug}.txt"] = text_of(slug)
    return Bundle(_zipped(parts), len(shown), redacted)


def _entries(views: Views, wanted: Wanted) -> list[str]:
    """The slugs of the entries that are wanted, in the order in which they happened."""
    happened = [
        one.slug
        for one in views.timeline()
        if (not wanted.first or one.day >= wanted.first) and (not wanted.last or one.day <= wanted.last)
    ]
    found = dict.fromkeys(happened)
    for slug in (wanted.person, wanted.issue):
        if slug:
            about = _about(views, slug)
            found = {one: None for one in found if one in about}
    return [*found]


def _about(views: Views, slug: str) -> set[str]:
    """The entries of a person or party, or on an issue."""
    of = show(views, slug)
    found = {one.slug for one in of.statements} | {one.follow_up.slug for one in of.follow_ups}
    found |= {one.deadline.slug for one in of.deadlines}
    for one in views.meetings():
        if slug in one.meeting.issues or among(slug, (*one.meeting.people, *one.meeting.parties)):
            found.add(one.meeting.slug)
    return found


def _markdown(title: str, order: Iterable[str], shown: Mapping[str, Shown]) -> Iterator[str]:
    yield f"# {_plain(title)}"
    for slug in order:
        yield ""
        if slug not in shown:
            yield "## ████ Redacted"
            continue
        one = shown[slug]
        titles = {source.slug: source for source in one.sources}
        yield f"## {one.entry.kind.replace('-', ' ').capitalize()} `{slug}`"
        yield ""
        for name, why in (("Erased", one.entry.erased), ("Retracted", one.entry.retracted)):
            if why:
                yield f"*{name}: {_plain(why)}*\n"
        for event in one.events:
            yield f"- {_plain(event.sentence).rstrip('.')}. Recorded {event.recorded_at[:10]}, {event.event}."
            for said in one.evidence:
                if said.position == event.position:
                    source = titles.get(said.source)
                    cited = f"{_plain(source.title)}, {source.published.describe()}" if source else said.source
                    sign = "found in its text" if said.verified else "not verified"
                    yield f"  - {_plain(in_quotes(said.words))} ({cited}; {sign})"
    yield ""


def _plain(text: str) -> str:
    return within_line(visible(text)).translate(_MARKUP)


def _zipped(parts: Mapping[str, str]) -> bytes:
    """A zip file that has the same bytes whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bundled:
        for name, text in parts.items():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type, about.create_system, about.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            bundled.writestr(about, text)
    return made.getvalue()
