"""The rules for whole phrases: by, before, after, since and about another phrase; a range; an unknown date.

Promise: a phrase that matches no rule here is read as one day or window, or refused.
"""

from datetime import timedelta

from ledger.dates.conventions import CONVENTIONS, about
from ledger.dates.english.ranges import RANGES, lasting_from, lasting_until
from ledger.dates.english.relative import FROM_TODAY
from ledger.dates.phrase import Reading, ReadingRules, Saying, Window, ending, exactly, starting

RHYTHMS = (
    r"\b(?:(?:bi)?weekly|(?:bi)?monthly|fortnightly|quarterly|annually|yearly|daily|regular(?:ly)?|periodic(?:ally)?"
    r"|every|each|standing|ongoing|continu[a-z]+|routinely|from time to time|as needed|when necessary)\b"
)
_SETTLED = "(?:agreed|announced|confirmed|decided|determined|fixed|set)"


def _unknown(saying: Saying) -> Reading:
    return Reading("", None, None)


def _by(saying: Saying, said: str) -> Reading:
    last = saying.read(said).last
    return ending(last) if last else saying.refuse()


def _until(saying: Saying, said: str) -> Reading:
    """A deadline; of what was held, the end of a duration."""
    return lasting_until(saying, said) if saying.lasting else _by(saying, said)


def _before(saying: Saying, said: str) -> Reading:
    first = saying.read(said).first
    return ending(first - timedelta(1)) if first else saying.refuse()


def _not_before(saying: Saying, said: str) -> Reading:
    first = saying.read(said).first
    return starting(first) if first else saying.refuse()


def _after(saying: Saying, said: str) -> Reading:
    last = saying.read(said).last
    return starting(last + timedelta(1)) if last else saying.refuse()


def _since(saying: Saying, said: str) -> Reading:
    saying.looking = "back"
    return lasting_from(saying, said)


def _sometime(saying: Saying, said: str) -> Reading:
    saying.lasting = False
    return saying.read(said)


def _about(saying: Saying, said: str) -> Reading:
    edtf, first, last = _marked(saying.read(said), "~")
    if edtf[-1:] not in ("~", "%"):
        return Reading(edtf, first, last)
    wider = timedelta(about(edtf.split("/")[-1]))
    return Reading(edtf, first and first - wider, last and last + wider)


def _around_an_edge(saying: Saying, said: str) -> Reading:
    """Around the end of June extends into July."""
    window, wider = saying.window(said), timedelta(CONVENTIONS["about a day"].last)
    return exactly(Window(window.first - wider, window.last + wider, "days"))


def _perhaps(saying: Saying, said: str) -> Reading:
    return _marked(saying.read(said), "?")


def _marked(reading: Reading, mark: str) -> Reading:
    """The reading with a mark; a range is returned unchanged."""
    if reading.edtf == "" or "[" in reading.edtf:
        return reading
    sides = [side if side == ".." else _with_mark(side, mark) for side in reading.edtf.split("/")]
    return reading._replace(edtf="/".join(sides))


def _with_mark(side: str, mark: str) -> str:
    bare = side.rstrip("~?%")
    return bare + (mark if side in (bare, bare + mark) else "%")


READINGS: ReadingRules = (
    (r"no date|undated|(?:date )?(?:unknown|not known|tba|tbc|tbd)", _unknown),
    (rf"(?:at )?(?:(?:a )?date )?to be {_SETTLED}(?: later| at a later date)?", _unknown),
    *FROM_TODAY,
    (r"(?:before|ahead of|prior to) (end (?:of )?.+)", _by),
    (r"(?:ended|concluded|finished|closed|wrapped up) (?:(?:on|in|at|during) )?(.+)", lasting_until),
    (r"(?:until|up to|through) (.+)", _until),
    (r"(?:by|(?:on|in) or before|not? later than|(?:at )?latest(?: by)?) (.+)", _by),
    (r"(.+) at latest", _by),
    (r"(?:before|ahead of|prior to) (.+)", _before),
    (r"(?:on or after|no earlier than|not (?:earlier than|before|until)|as (?:early|soon) as) (.+)", _not_before),
    (r"(.+) at earliest", _not_before),
    (r"(?:(?:shortly|soon|right|just|immediately) )?(?:after|later than) (.+)", _after),
    (r"since (.+)", _since),
    (r"(?:about|around|circa) ((?:end|start) (?!.* (?:or|to|and) ).+)", _around_an_edge),
    (r"(?:on or )?(?:about|around|circa|ca?|approximately|roughly|near) (.+)", _about),
    (r"(?:perhaps|possibly|probably|maybe) (.+)", _perhaps),
    (r"(?:sometime|some time|some day|one day) (.+)", _sometime),
    (r"(?:on|in|at|for|during|over|within|tentatively|(?:most )?likely) (.+)", Saying.read),
    (
        r"(?:scheduled|expected|planned|slated|set|due|held|to take place|to be held|to start|to begin) (.+)",
        Saying.read,
    ),
    *RANGES,
)
