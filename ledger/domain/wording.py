"""The differences between two states of one entry, in short phrases, for the story and for entry histories."""

from collections.abc import Iterator
from typing import Any

from ledger.base.text import doubted, listed, times
from ledger.dates import When
from ledger.domain.clocks import known_day
from ledger.domain.states import Ask, Issue
from ledger.domain.vocabulary import WORDED, link_from, plain, reply
from ledger.domain.voices import in_braces, parties, tellers_of_answer

# Fields whose change a reader need not see, or sees in another field.
_UNTOLD = {"slug", "issue", "asker", "day", "turn", "sources", "titles", "expected_source", "expectations"} | {
    "raised_by", "times_raised", "first_raised", "last_raised", "last_spoken", "last_statement", "answer_statement",
    "first_statement", "first_asked", "last_asked", "last_answer", "last_answer_by", "expected_on", "expected_by",
    "aliases", "kind", "text_length", "sha256", "agreed_on", "about", "answers", "waits", "through", "bounds",
    "reaffirmed_sources", "deferred_in", "answered_in", "ended_in", "last_end", "surely_since", "left", "set_on",
    "set_by", "dates", "within", "unless", "holding", "positions", "conditional_about", "words_reported", "inferred_in",
    "besides", "other_answers", "other_answers_by", "rests_on", "agreed_in", "conditional", "posts_in", "contested",
    "status_in", "posts_reported", "raised_surely", "held_within", "surely_by", "surely_last", "unnamed",
    "other_ends", "untils", "parts_by", "parts_in", "end_told", "named_in", "waiting_in", "told_when",
}  # fmt: skip
# Dates that lie ahead when they are given: `by 3 June 2025`, where others are `on or before 3 June 2025`.
LIMITS = ("due", "expected", "instead_of")
# Fields of voices, by slug.
VOICES = (
    "by", "on_behalf_of", "to", "asker", "said_by", "raised_by", "last_answer_by", "narrowed_by", "unresolved_by",
    "settled_by", "jointly_with", "expected_by", "owners", "parties", "people", "party", "account_of",
)  # fmt: skip
_NAMED = {*VOICES, "closed_by", "set_by", "ended_by", "ended_for", "in_principle_by", "issues", "at", "before"}
_DAYS = ("reaffirmed", "ended_on")  # lists of dates in EDTF
_OF_A_STATUS = ("reason", "told_as")  # they end with the status that they are about
# Fields that tell which reports there are, when each counts, or what the record keeper inferred in them.
_OF_REPORTS = {
    "sources", "posts_in", "posts_reported", "status_in", "named_in", "agreed_in", "answered_in", "ended_in",
    "parts_in", "expected_source", "expectations", "dates", "reaffirmed_sources", "day", "turn", "bounds", "contested",
    "inferred_in", "rests_on", "told_when",
}  # fmt: skip


def changes(before: Any, after: Any) -> Iterator[str]:
    """The differences between two states of one entry, field by field; without `before`, the first values.

    Voices, issues and meetings are in braces, as voices are in the sentences of events.
    """
    for name in after._fields:
        new = _worded(after, name)
        old = _worded(before, name) if before is not None else type(new)()
        if name in _UNTOLD or old == new or (before is None and name not in ("status", "waiting_since", "post")):
            continue
        if name == "times" and isinstance(after, Ask):
            yield f"asked {times(new)}"
        elif name == "last_answer_act" and isinstance(after, Issue) and new:
            # An issue that stays open was not answered: these words came before the request, or may have.
            word = "said" if not after.raised_by or after.status == "open" else "reply"
            yield f"{word}: {_answers(after)}"
        elif name == "last_answer_act" and after.other_answers:
            yield f"reply: {reply(new, after.other_answers)}"
        elif name == "waiting_since":
            since = doubted(known_day(after, new).brief(), after.unless)
            yield f"waiting since: {since}" if new else "no longer waiting"
        elif not said(new) and name in _OF_A_STATUS:
            continue
        elif name == "reported_by" and not new:
            yield f"told by a source itself, no longer only by {old}"
        elif not said(new) and name == "expected":
            yield f"expected: no date given; before, {_value(name, old)}"
        elif not said(new):
            yield f"{_label(name)}: no longer {_value(name, old)}"
        elif not said(old):
            yield f"{_label(name)}: {_value(name, new)}"
        else:
            yield f"{_label(name)}: {_value(name, old)} → {_value(name, new)}"


def adds(before: Any, after: Any) -> bool:
    """Whether a field of the later state says something that the earlier state leaves open or says less exactly.

    A report of which this is not true may be repeating the others, or know less than they do.
    """
    told = ((getattr(before, name), getattr(after, name)) for name in after._fields if name not in _OF_REPORTS)
    return any(old != new and said(new) for old, new in told)


def _answers(issue: Issue) -> str:
    """The last answer and those that may be later: `refused by {us}, earlier or later accepted by {vn}`."""
    others, tellers = zip(issue.other_answers, issue.other_answers_by, strict=True), tellers_of_answer(issue)
    also = (f", earlier or later {plain(act)} by {_value('by', (by,))}" for act, by in others)
    told = dict.fromkeys(tellers[party] for party in parties(issue.last_answer_by) if party in tellers)
    told_by = "".join(f", as told by {in_braces(teller)}" for teller in told)
    return f"{plain(issue.last_answer_act)} by {_value('by', issue.last_answer_by)}{told_by}{''.join(also)}"


def _label(name: str) -> str:
    return "reply" if name == "last_answer_act" else name.replace("_", " ")


def _worded(state: Any, name: str) -> Any:
    """A field of a state in words; a status with the alternative that may hold instead."""
    value = getattr(state, name)
    return doubted(value, getattr(state, "unless", "")) if name == "status" else value


def _value(name: str, value: Any) -> str:
    if name in LIMITS and isinstance(value, When):
        return value.describe(limit=True)
    if name in _NAMED:
        return listed(f"{{{one}}}" for one in value) if isinstance(value, tuple) else f"{{{value}}}"
    if name == "links":
        return ", ".join(
            link_from(relation, f"{{{other}}}") for relation, _, other in (one.partition(" ") for one in value)
        )
    if name in _DAYS and not isinstance(value, When):
        return ", ".join(When(one).describe() for one in value)
    return plain(value) if name in WORDED else said(value)


def said(value: Any) -> str:
    """A field's value in words; "" if it is empty."""
    if value is None or value == () or value == When():
        return ""
    return written(value)


def written(value: Any) -> str:
    """A field's value in words."""
    if isinstance(value, When):
        return value.describe()
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
