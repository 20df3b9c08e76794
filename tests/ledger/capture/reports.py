"""Talks between two invented parties, for the invented reports of the tests."""

from datetime import date
from typing import Any

from ledger.capture.reading.gazetteer import Gazetteer, KnownMeeting, KnownPerson
from ledger.capture.reading.lexicon import lexicon
from ledger.capture.reading.mentions import Finder, Mention
from ledger.capture.suggest import Drafted, draft
from ledger.capture.suggestion import Suggestion
from ledger.capture.thread import Report
from ledger.dates import When

PUBLISHED = date(2024, 3, 15)  # a Friday
NAMES = Gazetteer(
    {"no": ("Norway",), "ca": ("Canada",)},
    {
        "ingrid-dahl": KnownPerson(("Ingrid Dahl", "Dahl"), "no"),
        "paul-tremblay": KnownPerson(("Paul Tremblay", "Tremblay"), "ca"),
    },
    {
        "cod": ("Cod quotas", "cod"),
        "seals": ("Seal products", "seal products"),
        "access": ("Access to the northern fishing grounds",),
    },
    (KnownMeeting("round-3", "round", 3, When("2024-01-10"), When()),),
)
ENGLISH = lexicon("en")


def drafted(text: str, names: Gazetteer = NAMES, title: str = "") -> Drafted:
    """The draft of a report published on 15 March 2024."""
    return draft(Report(text, title, "Daily", PUBLISHED), names)


def suggested(text: str, kind: str = "", title: str = "") -> list[Suggestion]:
    """The suggestions for a report, of one kind or of all."""
    return [one for one in drafted(text, title=title).suggestions if not kind or one.kind == kind]


def told(text: str) -> list[tuple[str, ...]]:
    """The speakers of each statement, joined, and the act offered first."""
    return [(" ".join(map(str, one.fields["by"])), one.fields["act"]) for one in suggested(text, "statement")]


def only(text: str, kind: str) -> Suggestion:
    """The one suggestion of a kind."""
    (one,) = suggested(text, kind)
    return one


def field(one: Suggestion, name: str) -> Any:
    """A field of a suggestion; a day by its EDTF."""
    value = one.fields[name]
    return value.edtf if isinstance(value, When) else value


def mentions(text: str) -> list[Mention]:
    """The mentions in a sentence."""
    return Finder(NAMES).find(text)
