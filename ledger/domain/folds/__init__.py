"""The folds: pure functions from the accounts of one entry, in order of occurrence, to the spans of its states."""

from collections.abc import Callable, Sequence

from ledger.domain.folds import deadline, follow_up, meeting, names, person, statement, task, text
from ledger.domain.kinds import Span
from ledger.domain.reports import Account, Settled

Fold = Callable[[str, Sequence[Account], Settled], list[Span]]

# The fold of each kind of entry whose states come from its own events; an issue is folded from statements.
FOLDS: dict[str, Fold] = {
    "party": names.fold_party,
    "person": person.fold,
    "measure": names.fold_measure,
    "source": names.fold_source,
    "meeting": meeting.fold,
    "statement": statement.fold,
    "follow-up": follow_up.fold,
    "deadline": deadline.fold,
    "task": task.fold,
    "text": text.fold,
}
