"""The phrases that a refusal may suggest.

Promise: the rules understand all of them.
"""

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
