"""Named examples: one small helper for each event and entry file, so that a test states only what matters to it."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from ledger import Clocks, Filed, Ledger, dates
from ledger.dates import When
from ledger.domain import events, rules
from ledger.domain.events import Change, Event, Quote, Recorded, Stream
from ledger.domain.folds import deadline, follow_up, meeting, statement
from ledger.domain.folds.issues import issue
from ledger.domain.kinds import Span
from ledger.domain.reports import Account, Publication, Standing, accounts, standing
from ledger.domain.voices import Memberships
from ledger.errors import ProblemsFound
from ledger.log import store

NOW = "2025-06-15T12:00:00+00:00"
NEGOTIATION = "vn-us-trade"
WHO = """
negotiation: vn-us-trade
title: Reciprocal trade agreement
parties: [vn, us]
entries:
  - party: vn
    name: Viet Nam
    aliases: [Vietnam, Việt Nam]
  - party: us
    name: United States
    aliases: [US, USA]
  - party: eu
    name: European Union
  - person: nguyen-hong-dien
    name: Nguyễn Hồng Diên
    aliases: [Minister Dien]
    party: vn
  - person: jamieson-greer
    name: Jamieson Greer
    party: us
  - issue: export-controls
    title: Export controls on advanced technology
    aliases: [chip curbs]
  - issue: rules-of-origin
    title: Rules of origin
"""
ON_TARIFFS = """\
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
  - {issue: tariffs, title: Tariffs}
"""

# Events, each with a word or two where a test does not care.


def on(text: str) -> When:
    """A date in EDTF."""
    return dates.valid(text)


def quoted(*words: str) -> tuple[Quote, ...]:
    return tuple(Quote(each) for each in words)


def said(act: str, by: str, to: str = "", day: str = "2025-05-01", **more: Any) -> events.StatementReported:
    """Parties are written `vn` or `vn us`."""
    given = {"says": f"{by} {act}.", "issues": ("export-controls",), "on": on(day), "source": "vna", **more}
    return events.StatementReported(by=tuple(by.split()), to=tuple(to.split()), act=act, **given)


def announced(expected: str = "", day: str = "2025-05-22", **more: Any) -> events.MeetingAnnounced:
    given = {"kind": "round", "number": 3, "source": "vna", "told_as": "announced", **more}
    return events.MeetingAnnounced(expected=on(expected), on=on(day), **given)


def held(day: str = "2025-06-10", **more: Any) -> events.MeetingReported:
    return events.MeetingReported(held=on(day), **{"kind": "round", "number": 3, "source": "vna", **more})


def called_off(day: str = "2025-06-05", **more: Any) -> events.MeetingCalledOff:
    return events.MeetingCalledOff(on=on(day), **{"source": "vna", **more})


def agreed(due: str = "", day: str = "2025-05-22", **more: Any) -> events.FollowUpAgreed:
    given = {"says": "Instruct the technical teams.", "owners": ("vn",), "source": "vna", **more}
    return events.FollowUpAgreed(due=on(due), on=on(day), **given)


def closed(outcome: str = "done", day: str = "2025-06-10", **more: Any) -> events.FollowUpClosed:
    return events.FollowUpClosed(outcome=outcome, on=on(day), **{"source": "vna", **more})


def limited(due: str = "2025-06-01", day: str = "2025-05-22", **more: Any) -> events.DeadlineSet:
    """A deadline was set."""
    given = {"says": "Answer the draft.", "owners": ("vn",), "source": "vna", **more}
    return events.DeadlineSet(due=on(due), on=on(day), **given)


def ended(outcome: str = "met", day: str = "2025-05-30", **more: Any) -> events.DeadlineEnded:
    return events.DeadlineEnded(outcome=outcome, on=on(day), **{"source": "vna", **more})


def party(name: str = "Viet Nam", *aliases: str) -> events.PartyNamed:
    return events.PartyNamed(name=name, aliases=aliases)


def role(role: str, of: str = "", since: str = "", until: str = "", **more: Any) -> events.RoleReported:
    return events.RoleReported(role=role, of_party=of, since=on(since), until=on(until), **{"source": "vna", **more})


def person(name: str = "Nguyễn Hồng Diên", *aliases: str, party: str = "vn") -> events.PersonNamed:
    return events.PersonNamed(name=name, aliases=aliases, party=party)


def appointed(post: str = "Minister", since: str = "", **more: Any) -> events.PersonAppointed:
    return events.PersonAppointed(post=post, since=on(since), **{"source": "vna", **more})


def left_post(post: str = "", day: str = "2025-06-10", **more: Any) -> events.PersonLeftPost:
    return events.PersonLeftPost(post=post, on=on(day), **{"source": "vna", **more})


def registered(title: str = "Round two", published: str = "2025-05-22", **more: Any) -> events.SourceRegistered:
    return events.SourceRegistered(kind="news", title=title, published=on(published), **more)


def corrected(of: int = 0, **changes: Any) -> events.EntryCorrected:
    """Each change is the new value as stored; a date is `{"edtf": …}`."""
    return events.EntryCorrected(
        changes={name: Change("", new) for name, new in changes.items()}, reason="a slip", of=of
    )


def reinstated(reason: str = "it was the same meeting") -> events.EntryReinstated:
    return events.EntryReinstated(reason=reason)


def retracted(reason: str = "another meeting") -> events.EntryRetracted:
    return events.EntryRetracted(cause="entry-error", reason=reason)


# From events to what stands of them.


def stood(*story: Event, kind: str = "meeting", slug: str = "round-3") -> Standing:
    """What stands of one entry, from its events in the order of recording."""
    stream = Stream(NEGOTIATION, kind, slug)
    return standing(Recorded(nth, stream, nth, NOW, "keeper", event) for nth, event in enumerate(story, start=1))


def known(*story: Event, kind: str = "meeting", slug: str = "round-3", **published: str) -> list[Account]:
    """The accounts of one entry; `published` gives the days of the sources, all the same day by default."""
    days = {"vna": "2025-05-22", "ustr": "2025-05-22", **published}
    return accounts(
        stood(*story, kind=kind, slug=slug),
        {source: Publication(on(day), withdrawn=False) for source, day in days.items()},
    )


def conversation(
    *statements: events.StatementReported, named: Sequence[Account] = (), who: Memberships = issue.NO_MEMBERSHIPS
) -> issue.IssueFold:
    """What the statements, each an entry of its own, make of the issue export-controls."""
    return issue.fold("export-controls", named, spoken(*statements), who=who)


def spoken(*statements: events.StatementReported) -> list[Span]:
    """The states of the statements, each an entry of its own."""
    spans = []
    for nth, event in zip(count(1), statements, strict=False):
        (span,) = statement.fold(f"s{nth}", known(event, kind="statement", slug=f"s{nth}"), {})
        spans.append(span._replace(state=span.state[0]._replace(turn=f"{nth:03}")))
    return spans


def undated(*statements: events.StatementReported, source: str = "vna") -> list[Span]:
    """The statements, which no report dates, in the order of filing, all from one source."""
    spans = spoken(*(msgspec.structs.replace(one, on=on("")) for one in statements))
    return [one._replace(state=one.state._replace(turn=f"2025-05-22 {source} t {one.state.turn}")) for one in spans]


def meetings(*story: Event, **published: str) -> dict[str, Any]:
    """The meeting's state by the day on which it came about."""
    found = meeting.fold("round-3", known(*story, **published), stood(*story).settled)
    return {span.valid_from: span.state[0] for span in found}


def follow_ups(*story: Event, **published: str) -> dict[str, Any]:
    """The follow-up's state by the day on which it came about."""
    found = follow_up.fold("teams", known(*story, kind="follow-up", slug="teams", **published), stood(*story).settled)
    return {span.valid_from: span.state[0] for span in found}


def deadlines(*story: Event, **published: str) -> dict[str, Any]:
    """The deadline's state by the day on which it came about."""
    found = deadline.fold("answer", known(*story, kind="deadline", slug="answer", **published), stood(*story).settled)
    return {span.valid_from: span.state[0] for span in found}


def may_follow(*story: Event, kind: str = "meeting", slug: str = "round-3") -> None:
    """Check the last event of the story against the rules, the others being of record."""
    rules.check(kind, slug, stood(*story[:-1], kind=kind, slug=slug), story[-1])


# Ledgers and entry files.


def source(slug: str = "vna", published: str = "2025-05-22", **more: str) -> str:
    """The head of an entry file, up to its entries."""
    fields = {"slug": slug, "title": f"News of {published}", "published": published, **more}
    lines = "".join(f"  {name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return f"negotiation: {NEGOTIATION}\nsource:\n{lines}entries:\n"


def write(ledger: Ledger, content: str | bytes, name: str = "news.yaml") -> Path:
    """A file beside the ledger."""
    path = ledger.path.with_name(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def file(ledger: Ledger, entries: str, **of_source: str) -> Filed:
    """File the entries of one source, written as in an entry file."""
    return ledger.import_files([write(ledger, source(**of_source) + entries)])


def problems(ledger: Ledger, *contents: str | bytes, name: str = "news.yaml") -> list[str]:
    """What keeps the entry files from being filed, each problem with its place; nothing may have been written."""
    before = head(ledger)
    paths = [write(ledger, content, f"{nth or ''}{name}") for nth, content in enumerate(contents)]
    try:
        ledger.import_files(paths)
    except ProblemsFound as refused:
        assert head(ledger) == before, "something was written"
        return [f"{where}: {refusal}" for where, refusal in refused.problems]
    return []


def head(ledger: Ledger) -> int:
    """The position of the newest event."""
    return store.head(ledger.path)[1]


def as_of(day: str) -> Clocks:
    return Clocks(as_of=day)


def columns(rows: Sequence[Any], *names: str) -> list[Any]:
    """Some fields of each row: texts by themselves, several as tuples."""
    found = [tuple(getattr(row, name) for name in names) for row in rows]
    return [row[0] for row in found] if len(names) == 1 else found
