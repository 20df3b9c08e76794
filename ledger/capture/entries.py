"""Turns the suggestions of a draft into entries: each with its slug, and its fields as a person would type them.

Only fields that are certain are filled in. A doubtful field is left open, with the alternatives; a date that could not
be read is left open, with its words.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.base.names import slugify
from ledger.base.patterns import compiled
from ledger.capture.reading.mentions import Introduced
from ledger.capture.suggest import Drafted
from ledger.capture.suggestion import Suggestion
from ledger.dates import When

MOST_ALTERNATIVES = 4
_LONGEST_SLUG = 36
_SLUG_WORDS = 2
_EMPTY = frozenset("agreed also both countries said side sides that their they this which will with would".split())  # noqa: SIM905
_IF = compiled(
    r"\b(?:only if|if|provided(?: that)?|on (?:the )?condition that|as long as|so long as|subject to)\s+"
    r"(?P<words>(?!(?:it|they|he|she|this|that|so|not|any)\b\s*(?:[,.]|$))[^,;:“”\"]{8,160}?)(?=[,;.]|\s[–—]\s|$)"
)
_NO_POSTS = (
    "counterpart",
    "colleague",
    "official",
    "diplomat",
    "negotiator",
    "delegate",
)  # words for anybody of a party
_COUNTED = compiled(r"(?:within|in the (?:next|coming))\b")  # counts from the day of speaking


class EntryDrafted(NamedTuple):
    """A suggested entry as typed. `fields` has texts, lists of texts, and dates with words, in the order of the form.

    `left` names the fields that are left open (they are "" in `fields`), each with its alternatives. `is_of_record`
    means that the record may already have the entry, under this slug. `quote` is the passage that introduces a person.
    `besides` is a second entry for the same words, which a person may want as well: the follow-up of a promise.
    """

    kind: str
    slug: str
    fields: dict[str, Any]
    left: Mapping[str, str] = {}
    is_of_record: bool = False
    quote: str = ""
    suggestion: Suggestion | None = None
    besides: "EntryDrafted | None" = None


def entries(draft: Drafted, taken: Collection[str]) -> list[EntryDrafted]:
    """The people whom the report introduces, then its suggestions; `taken` holds the slugs that the record uses."""
    filling = _Filling(draft, {*taken})
    people = [entry for one in draft.people for entry in filling.person(one)]
    return [*people, *(entry for one in draft.suggestions for entry in filling.suggested(one))]


class _NotRead(NamedTuple):
    """The words of a date that could not be read."""

    words: str


class _Filling:
    """Fills in entries, and gives each its own slug; later entries refer to a meeting by its slug."""

    def __init__(self, draft: Drafted, taken: set[str]) -> None:
        self._taken = taken
        self._meetings: dict[str, str] = {}
        self._held: dict[str, When] = {}
        for one in draft.suggestions:
            if one.kind in ("meeting", "announcement"):
                self._meetings[one.fields["id"]] = one.fields["is"] or self._new(_meeting_slug(one))
                self._held[one.fields["id"]] = one.fields.get("held") or When()

    def person(self, one: Introduced) -> list[EntryDrafted]:
        """The entries for a person who is new to the record, and for that person's post."""
        self._taken.add(one.slug)
        person = EntryDrafted("person", one.slug, {"name": one.name, "party": one.party}, quote=one.quote)
        post = {"post": one.post, "party": one.party, "quote": one.quote}
        appointed = one.post and one.post.lower() not in _NO_POSTS
        return [person, EntryDrafted("appointment", one.slug, post, quote=one.quote)] if appointed else [person]

    def suggested(self, one: Suggestion) -> Iterator[EntryDrafted]:
        """The entries for one suggestion: a meeting that nothing announced is announced before it is called off."""
        made = self.entry(one)
        if one.kind == "called-off" and not (one.fields["is"] or one.fields["of"]):
            fields = {name: value for name, value in _kind_and_number(one.fields) if value}
            yield EntryDrafted("announcement", made.slug, fields | {"quote": one.quote}, {}, False, one.quote, one)
        yield made

    def entry(self, one: Suggestion) -> EntryDrafted:
        """The entry for one suggestion."""
        slug = self._slug(one)
        fields: dict[str, Any] = {}
        left: dict[str, str] = {}
        for name, value in self._fields(one):
            if name in one.doubts:
                offered = _offered(one, name)
                fields[name], left[name] = "", " or ".join(offered[:MOST_ALTERNATIVES])
            elif isinstance(value, _NotRead):
                fields[name], left[name] = "", value.words
            elif value:
                fields[name] = value
        fields["quote"] = one.quote
        besides = self._besides(one, fields) if one.kind == "statement" else None
        return EntryDrafted(one.kind, slug, fields, left, bool(one.fields.get("is")), one.quote, one, besides)

    def _besides(self, one: Suggestion, fields: Mapping[str, Any]) -> EntryDrafted | None:
        """A second entry for the words of a statement.

        It is the follow-up of a promise with a date, the deadline that somebody set, the wording that the parties
        agreed, or the act of the other side that a speaker reports.
        """
        if one.fields.get("provision"):
            return self._worded(one, fields)
        if "due" not in one.fields:
            return self._reported(one, fields) if one.fields.get("tells_of") else None
        if one.fields.get("sets_deadline"):
            given: dict[str, Any] = {
                "by": fields["by"],
                "due": _day(one.fields["due"], ""),
                "at": fields.get("at", ""),
                "quote": one.quote,
            }
            slug = self._new(f"deadline-{significant_words(one.quote, ('deadline',))}")
            return EntryDrafted(
                "deadline", slug, {name: value for name, value in given.items() if value}, quote=one.quote
            )
        slug = self._new(f"promised-{significant_words(one.quote, ('promised',))}")
        due: When = one.fields["due"]
        given = {"owners": fields["by"], "as": "promised", "due": due.phrase, "at": fields.get("at", "")}
        given["quote"] = one.quote
        return EntryDrafted("follow-up", slug, {name: value for name, value in given.items() if value}, quote=one.quote)

    def _worded(self, one: Suggestion, fields: Mapping[str, Any]) -> EntryDrafted:
        """The wording of a provision that the parties agreed; a person fills in the slug of the draft text."""
        given = {
            "provision": one.fields["provision"],
            "status": "agreed",
            "words": " ".join(one.quote.split()),
            "by": fields["by"],
            "on": fields.get("on", ""),
            "quote": one.quote,
        }
        return EntryDrafted("wording", "", {name: value for name, value in given.items() if value}, quote=one.quote)

    def _reported(self, one: Suggestion, fields: Mapping[str, Any]) -> EntryDrafted:
        """The statement of the other side in "Holm said that Canada had asked for time", which Holm reports."""
        told = one.fields["tells_of"]
        given = {
            "by": _list(told["by"]),
            "to": _list(told["to"]),
            "act": told["act"],
            "issues": fields.get("issues", ""),
            "reported-by": fields["by"] or next((who["unnamed"] for who in one.fields["by"] if "unnamed" in who), ""),
            "quote": one.quote,
        }
        slug = self._new(f"{told['by'][0].rpartition('/')[2].split('-')[-1]}-{told['act']}-reported")
        return EntryDrafted("statement", slug, {name: value for name, value in given.items() if value}, quote=one.quote)

    def _fields(self, one: Suggestion) -> Iterator[tuple[str, Any]]:
        """The fields of an entry, in the order of its form; an empty field has an empty value."""
        has = one.fields
        match one.kind:
            case "meeting":
                yield from _kind_and_number(has)
                yield "held", _day(has["held"], has["words"]) or "unknown"
                yield "place", has["place"]
                yield "parties", _list(has["parties"])
                yield "people", _list(has["people"])
            case "announcement":
                yield from _kind_and_number(has)
                yield "expected", _day(has["expected"], has["words"])
                yield "before", self._meetings.get(has["before"], has["before"])
                yield "place", has["place"]
                yield "issues", _list(has.get("issues", ()))
                yield "by", _list(has.get("by", ()))
                yield "on", _day(has.get("on") or When(), "")
                yield "as", has["told_as"]
                yield "parties", _list(has["parties"])
                yield "at", self._meetings.get(has["at"], "")
            case "called-off":
                yield "on", _day(has["on"], has["words"])
                yield "as", has["told_as"]
                yield "by", _list(has["by"])
            case "appointment":
                yield "post", has["post"]
                yield "party", has["party"]
                yield "from", _day(has["from"], has["words"])
            case "follow-up":
                yield "owners", _list(has["owners"])
                counted = _COUNTED.match(has["words"]) and has["at"]
                yield "due", has["words"] if counted else _day(has["due"], has["words"])
                yield "standing", "yes" if has["standing"] else ""
                yield "issues", _list(has["issues"])
                yield "at", self._meetings.get(has["at"], "")
            case "statement":
                yield "by", _list(has["by"])
                yield "to", _list(has["to"])
                yield "act", has["act"]
                yield "issues", _list(has["issues"])
                if not (has["at"] and has["on"] == self._held.get(has["at"])):  # else it is the day of the meeting
                    yield "on", _day(_within(has["on"]), "")
                yield "at", self._meetings.get(has["at"], "")
        yield "reported-by", has.get("reported_by", "")
        yield "figures", _list(has.get("figures", ()))
        if has.get("act") == "conditioned":
            yield "conditional-on", _condition(one.quote)

    def _slug(self, one: Suggestion) -> str:
        if one.kind in ("meeting", "announcement"):
            return self._meetings[one.fields["id"]]
        if one.kind == "appointment":
            return str(one.fields["person"])
        if one.kind == "called-off":
            return str(one.fields["is"] or self._meetings.get(one.fields["of"]) or self._new(_meeting_slug(one)))
        if one.kind == "follow-up":
            return self._new(f"agreed-{significant_words(one.quote)}")
        speaker = next((voice for voice in one.fields["by"] if isinstance(voice, str)), "unnamed").rpartition("/")[2]
        act = "said" if "act" in one.doubts else one.fields["act"]
        about = (
            one.fields["issues"][0]
            if one.fields["issues"]
            else significant_words(one.quote, (*speaker.split("-"), act))
        )
        return self._new(f"{speaker.split('-')[-1]}-{act}-{about}")

    def _new(self, slug: str) -> str:
        found = new_slug(slug, self._taken)
        self._taken.add(found)
        return found


def new_slug(slug: str, taken: Collection[str]) -> str:
    """The slug, cut to the length of a made one, with a number appended if it is taken."""
    found = base = cut_slug(slug, _LONGEST_SLUG).strip("-")
    count = 1
    while found in taken:
        count += 1
        found = f"{base}-{count}"
    return found


def cut_slug(slug: str, most: int) -> str:
    """The slug, or as many of its words as have at most `most` characters."""
    return slug if len(slug) <= most else slug[: most + 1].rpartition("-")[0] or slug[:most]


def significant_words(quote: str, but: Collection[str] = ()) -> str:
    """The first significant words of a quotation, for a slug."""
    words = [word for word in slugify(quote).split("-") if len(word) > 3 and word not in _EMPTY and word not in but]
    return "-".join(words[:_SLUG_WORDS])


def _offered(one: Suggestion, name: str) -> Sequence[str]:
    """The alternatives for a doubtful field."""
    match name:
        case "by":
            return _speakers(one)
        case "parties" | "owners":
            return [", ".join(one.fields[name])]
        case _:
            offered: Sequence[str] = one.fields.get(f"{name}s", one.acts)
            return offered


def _condition(quote: str) -> str:
    """The words of the condition that a quotation states plainly, "" if there are none or several."""
    found = [match["words"] for match in _IF.finditer(quote)]
    return " ".join(found[0].split()) if len(found) == 1 else ""


def _speakers(one: Suggestion) -> list[str]:
    """The possible speakers: voices, or the words for somebody whom the report does not name."""
    unnamed = [f"{who['unnamed']}, unnamed" for who in one.fields["by"] if not isinstance(who, str)]
    return [*one.fields.get("speakers", ()), *unnamed]


def _meeting_slug(one: Suggestion) -> str:
    """A slug for a meeting, from its number, else from the people who met and its day."""
    fields = one.fields
    kind = fields["meeting_kind"]
    if fields["number"]:
        return f"{kind}-{fields['number']}"
    when: When = next((fields[name] for name in ("held", "expected", "on") if fields.get(name)), When())
    people = [voice.rpartition("/")[2].split("-")[-1] for voice in fields.get("people", ())[:2]]
    return slugify(f"{'-'.join(people) or kind} {when.earliest or ''}") or kind


def _kind_and_number(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "kind", fields["meeting_kind"]
    yield "number", str(fields["number"] or "")


def _within(when: When) -> When:
    """One of the days of a meeting of several days, because a statement is made on one of them."""
    first, lasted, last = when.edtf.partition("/")
    return When(f"[{first}..{last}]", when.phrase) if lasted else when


def _day(when: When, words: str) -> Any:
    """A date with the words that it was read from; `_NotRead` if it could not be read; "" if there is none."""
    words = " ".join((words or when.phrase).split())
    if not when:
        return _NotRead(words) if words else ""
    return {"date": when.edtf, "words": words} if words and words != when.edtf else when.edtf


def _list(values: Iterable[Any]) -> str | list[str]:
    named = [value for value in values if value and isinstance(value, str)]
    return named[0] if len(named) == 1 else named
