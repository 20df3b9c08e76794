"""Which words of a line somebody filed. A page cuts only those short: never a speaker, a date or a doubt."""

from collections.abc import Iterable, Iterator, Sequence

from ledger.queries.brief import Run
from ledger.queries.diff import Difference
from ledger.views.rows import slugs

_WORDS = ("says", "reason", "conditional_on")  # fields


def in_runs(text: str, filed: Iterable[str]) -> list[Run]:
    """The text in runs; those that are filed words, apart from a full stop at their end, are marked as such."""
    by_length = sorted({words.rstrip(".") for words in filed} - {""}, key=len, reverse=True)
    return [run for run in _split(text, by_length) if run.words]


def filed_in(one: Difference, of_entries: Iterable[str]) -> list[str]:
    """The filed words in the sentence of a change; `of_entries` are those of the entries that it is about."""
    if one.kind == "provision":  # before the colon is its place in the text
        return [one.says.partition(": ")[2].removesuffix(" (inferred)")]
    if one.kind == "contested":
        return words_of(one.part, slugs((one.after or {}).get("values", "[]")))
    return [*of_entries]


def words_of(field: str, values: Sequence[str]) -> list[str]:
    """The values of a contested field if they are words, and not dates, names or figures."""
    return [*values] if field in _WORDS else []


def _split(text: str, filed: Sequence[str]) -> Iterator[Run]:
    for nth, words in enumerate(filed):
        before, found, after = text.partition(words)
        if found:
            yield from _split(before, filed[nth + 1 :])
            yield Run(found, filed=True)
            yield from _split(after, filed[nth:])
            return
    yield Run(text)
