"""The result of the fold of an issue, from which a later fold resumes."""

from typing import NamedTuple

from ledger.domain.kinds import Span
from ledger.domain.states import ALWAYS, IssueSnapshot
from ledger.domain.voices import Memberships


class IssueFold(NamedTuple):
    """The spans of an issue, of the asks on it and of their requests, and the snapshot from which a fold resumes."""

    issue: list[Span]
    asks: list[Span]
    requests: list[Span]
    snapshot: IssueSnapshot


NOTHING = IssueFold([], [], [], IssueSnapshot("", (), (), "", "", ALWAYS))
NO_MEMBERSHIPS = Memberships()
