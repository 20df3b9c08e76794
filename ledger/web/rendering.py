"""The templates: filed text is escaped, and characters that could reorder or hide text are made visible."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ledger.base.text import capital, counted, days, in_quotes, listed, marked, minute, times, visible
from ledger.dates import When, reported
from ledger.domain.clocks import known_day, request_on, which_request
from ledger.domain.kinds import KINDS
from ledger.domain.texts.comparing import read_marks
from ledger.domain.vocabulary import ACTS, OF_THE_ACT, guess, guessed_mark, inference, meeting_name
from ledger.domain.voices import according_to, by_word, represented
from ledger.export.as_json import in_json
from ledger.export.schema_org import meeting_as_event
from ledger.queries.entry import Shown
from ledger.queries.promises import ONE
from ledger.queries.replies import answered, last_answer, raisers, replies, which, withdrawal
from ledger.views.ahead import date_given
from ledger.views.status import (
    also_ended,
    ends_in,
    guessed,
    in_place,
    in_words,
    left_of,
    met_in_words,
    post_of,
    posts_of,
    standing_in_words,
    standing_of,
    took_place,
    until_of,
)
from ledger.views.views import Views
from ledger.web.drawings.timeline import LONG_SIGNS
from ledger.web.evidence import anchor
from ledger.web.listing.lists import LISTS

FIRST_PAGES = 8  # of the navigation; the others are under "More"
HERE = Path(__file__).parent  # not `templates` and `static`, which Datasette would take for its own
STATIC = {
    "parley.css": "text/css",
    "tables.css": "text/css",
    "desk.css": "text/css",
    "parley.js": "text/javascript",
    "palette.js": "text/javascript",
    "desk.js": "text/javascript",
    "drop.js": "text/javascript",
    "published.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
FIELDS = {"on": "day", "at": "meeting", "by": "speaker", "says": "words", "held": "day held"}


Templates = Environment


@cache  # compiling the templates takes a third of a second
def environment() -> Templates:
    """The template environment, with its filters and globals; one for each process."""
    found = Environment(
        loader=FileSystemLoader(HERE / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        auto_reload=False,
    )
    filters: dict[str, Callable[..., Any]] = {
        "when": when,
        "limit": limit,
        "clause": When.clause,
        "begins": begins,
        "day": lambda iso: When(iso).describe() if iso else "",
        "time": lambda recorded_at: f"{minute(recorded_at)} UTC",
        "counted": counted,
        "listed": listed,
        "number": "{:,}".format,
        "days": days,
        "times": times,
        "curly": curly,
        "inner": lambda words: in_quotes(words)[1:-1],
        "status": in_words,
        "field": field,
        "plain": lambda word: str(word).replace("_", " ").replace("-", " "),
        "cap": capital,
        "shown": visible,
        "outside": outside,
        "anchor": anchor,
        "marked": marked,
        "read_marks": read_marks,
    }
    found.filters |= filters
    found.globals |= {"static": static, "KINDS": KINDS, "meeting_name": meeting_name, "role": role, "stance": stance}
    found.globals |= {
        "standing_of": standing_of,
        "guess": guess,
        "guessed": guessed,
        "met_in_words": met_in_words,
        "took_place": took_place,
        "guessed_mark": guessed_mark,
        "inference": inference,
        "OF_THE_ACT": OF_THE_ACT,
        "according_to": according_to,
        "by_word": by_word,
        "standing_in_words": standing_in_words,
        "ONE": ONE,
        "represented": represented,
        "raisers": raisers,
        "answered": answered,
        "last_answer": last_answer,
        "replies": replies,
        "which": which,
        "withdrawal": withdrawal,
        "in_place": in_place,
        "in_words": in_words,
        "posts_of": posts_of,
        "post_of": post_of,
        "left_of": left_of,
        "until_of": until_of,
    }
    found.globals |= {"FIRST_PAGES": FIRST_PAGES, "LISTS": LISTS, "OFFICE": find_spec("xlsxwriter") is not None}
    found.globals |= {"LONG_SIGNS": LONG_SIGNS, "period": period}
    found.globals |= {
        "date_given": date_given,
        "known_day": known_day,
        "request_on": request_on,
        "which_request": which_request,
        "also_ended": also_ended,
        "ends_in": ends_in,
        "reported": reported,
        "linked_data": linked_data,
    }
    return found


def linked_data(views: Views, shown: Shown) -> str:
    """A meeting as JSON-LD for a script element, without `<`, which could end it or begin a comment."""
    return in_json(meeting_as_event(views, shown.state, shown.status, shown.told), indent=None).replace("<", r"\u003c")


@lru_cache(maxsize=1024)
def period(first: str, last: str) -> str:
    """Two days as the time from one to the other: `2015`, `June 2015`, `1 April to 30 June 2015`."""
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    whole = begins.day == 1 and ends.day == monthrange(ends.year, ends.month)[1] and begins.year == ends.year
    months = (begins.month, ends.month)
    if whole and (months == (1, 12) or months[0] == months[1]):
        return When(first[:4] if months == (1, 12) else first[:7]).describe()
    return When(first if first == last else f"{first}/{last}").describe()


def field(name: str) -> str:
    """A field on which reports differ, as people read it."""
    return FIELDS.get(name, name.replace("_", " ").replace("-", " "))


@lru_cache(maxsize=4096)  # pages show the same dates many times
def when(date: When) -> str:
    """A date in words; "" if it is unknown."""
    return curly(date.describe()) if date else ""


@lru_cache(maxsize=4096)
def limit(date: When) -> str:
    """A date that lies ahead, such as a due date, in words; "" if it is unknown."""
    return curly(date.describe(limit=True)) if date else ""


def begins(date: When) -> str:
    """The beginning of a period: `from 3 June 2025`, or a bound of it, `on or before 3 June 2025`."""
    return f"from {date.describe()}" if date.earliest and date.earliest == date.latest else date.clause()


def curly(text: str) -> str:
    """A date or the name of a meeting, with curly quotation marks around the reported phrase."""
    return re.sub(r'"([^"]+)" \(', r"“\1” (", text)


def outside(url: str) -> str:
    """The address of a source, if a page may link to it; else ""."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def role(act: str) -> str:
    """The role of an act as a class of the style sheet: asks, answers or speaks."""
    named = ACTS[act].role.name
    return {"RAISES": "asks", "SPEAKS": "speaks", "KEEPS_OPEN": "speaks"}.get(named, "answers")


def stance(act: str) -> str:
    """The stance of an act, as a class of the style sheet: asks, accepts, refuses, narrows or speaks."""
    if act in ("refused", "objected", "denied", "withdrew"):
        return "refuses"
    if act in ("considering", "deferred"):
        return "puts-off"
    named = ACTS[act].role.name
    shown = {"ACCEPTS": "accepts", "SETTLES": "accepts", "NARROWS": "narrows", "AGREES_IN_PRINCIPLE": "narrows"}
    return shown.get(named, role(act))


@cache
def static(name: str) -> str:
    """The address of one of our files; it changes with the content."""
    return f"/-/parley/{name}?{sha256(read(name)).hexdigest()[:12]}"


@cache
def read(name: str) -> bytes:
    """The content of one of our files: a style sheet, the script, the icon."""
    return (HERE / "files" / name).read_bytes()


def _shown(value: Any) -> Any:
    """Make unsafe characters in text visible; our own markup is not changed."""
    if isinstance(value, Markup):
        return value
    return visible(value) if isinstance(value, str) else value
