"""The links of an entry to others, such as those that it reaffirms, answers or replaces, as its reports have it."""

from collections.abc import Sequence

from ledger.dates import reported
from ledger.domain.reports import Account
from ledger.domain.states import Link
from ledger.domain.vocabulary import RELATIONS, relation_of
from ledger.domain.voices import UNATTRIBUTED

_FIELDS = {relation: relation.replace("-", "_") for relation in RELATIONS}


def linked(slug: str, known: Sequence[Account]) -> tuple[Link, ...]:
    """The links of an entry, from its accounts: each with the first day that was given for it, and who reports it."""
    found: dict[tuple[str, str], Link] = {}
    for relation, field in _FIELDS.items():
        for account in known:
            if not (targets := getattr(account.event, field, ())) or _is_without_effect(account, relation):
                continue
            on = reported(account.event.on, account.day)
            says = relation_of(relation, getattr(account.event, "act", ""))
            for target in targets:
                first = found.setdefault((says, target), Link(slug, says, target, on, ()))
                sources = tuple(dict.fromkeys((*first.sources, account.source)))
                found[says, target] = first._replace(sources=sources)
    return tuple(found.values())


def _is_without_effect(account: Account, relation: str) -> bool:
    """Whether a link has no effect: words without a named speaker answer and replace nothing."""
    return relation in ("answers", "replaces") and UNATTRIBUTED in getattr(account.event, "by", ())
