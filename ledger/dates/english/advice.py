"""What a refusal says to write instead.

Promises: every phrase it suggests is understood.
"""

from functools import cache

FORMS = (
    "Write it as 2025-05-22, 2025-05, 2025-05-19/2025-05-22 (lasted), [2025-06-01..2025-06-10] (some day "
    "within), [..2025-07-31] (by) or [2025-05-23..] (from)."
)
EXAMPLES = (
    "22 May", "May 22, 2025", "June", "June 2025", "May 19 to 22", "from 28 December to 3 January",
    "21 or 22 May", "early June", "mid-June", "late June", "first half of June", "last week of June",
    "early 2025", "this week", "next week", "last week", "later this November", "later this month",
    "earlier this week", "early next month", "in the coming days", "in the coming weeks", "on Friday",
    "last Friday", "today", "yesterday", "tomorrow", "before August 1", "by August 1", "by the end of June",
    "after June 10", "since June 10", "from June 10 on", "within 90 days", "in two weeks", "two weeks ago",
    "Q3 2025", "third quarter of 2025", "first half of 2025", "summer 2025", "soon", "as soon as possible",
    "around May 20", "the end of the year", "the week of June 9", "the weekend",
)  # fmt: skip


def shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


@cache
def _examples() -> dict[str, str]:
    from ledger.dates.english.spelling import plain

    return {plain(example): example for example in EXAMPLES}


def nearest(text: str) -> str:
    """What to write instead: the nearest phrase that is understood, if one is near, and the forms of EDTF."""
    from difflib import get_close_matches  # only a refusal pays for these

    from ledger.dates.english.spelling import plain

    near = get_close_matches(plain(text), _examples(), 1)
    return (f'Did you mean "{_examples()[near[0]]}"? ' if near else "") + FORMS
