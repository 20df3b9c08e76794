"""The folds: from the accounts of one entry, in order of occurrence, to the spans of its states. Pure."""

from collections.abc import Callable, Sequence

from ledger.domain.folds import follow_up, meeting, names, statement
from ledger.domain.reports import Account
from ledger.domain.states import Span

Fold = Callable[[str, Sequence[Account], dict[str, int]], list[Span]]

# The fold of each kind of entry that has states of its own; an issue's are folded from what is said on it.
FOLDS: dict[str, Fold] = {
    "party": names.fold_party,
    "person": names.fold_person,
    "source": names.fold_source,
    "meeting": meeting.fold,
    "statement": statement.fold,
    "follow-up": follow_up.fold,
}
