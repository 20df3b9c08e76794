"""Amends a wording: a proposal is put in brackets next to the words that it would replace; an agreement replaces both.

A proposal or an agreement replaces a phrase of the wording: plain words, the words of one of its alternatives, or
alternatives in their brackets, with or without their proposers and the words around them. If it names no phrase, it
replaces the whole wording. If the wording does not contain the phrase, a proposal is added at its end, and an
agreement changes nothing.
"""

import re
from collections.abc import Callable, Sequence

from ledger.domain.texts.brackets import Bracket, Wording, bare, parsed, written
from ledger.errors import Refusal

Choice = tuple[Bracket, ...]  # alternatives that stand next to one another
Change = Callable[[Choice], Wording]


def proposed(wording: Wording, words: str, by: tuple[str, ...], instead_of: str = "") -> Wording:
    """The wording with an alternative proposed by these parties; if it is there already, they support it too."""

    def add(choice: Choice) -> Wording:
        if not any(_is(one, words) for one in choice):
            return _spaced([*choice, Bracket(parsed(words), by)])
        joined = [one._replace(by=tuple(dict.fromkeys([*one.by, *by]))) if _is(one, words) else one for one in choice]
        return _spaced(joined)

    found = _changed(wording, words, add, in_words=False)
    if found is None and instead_of:
        found = _changed(wording, instead_of, add)
    if found is None and instead_of:
        found = (*wording, " ", *add(())) if wording else add(())
    return _joined(add(_whole(wording)) if found is None else found)


def withdrawn(wording: Wording, words: str, by: tuple[str, ...]) -> Wording:
    """The wording after these parties stop supporting an alternative, which is removed if nobody else proposes it.

    The others stay in brackets: an alternative is not agreed merely because no other is left.
    """

    def leave(choice: Choice) -> Wording:
        left = [
            one._replace(by=tuple(party for party in one.by if party not in by)) if _is(one, words) else one
            for one in choice
        ]
        remaining = [now for now, before in zip(left, choice, strict=True) if now.by or not before.by]
        return _spaced(remaining)

    found = _changed(wording, words, leave, in_words=False)
    return wording if found is None else _joined(found)


def agreed(wording: Wording, words: str, instead_of: str = "") -> Wording:
    """The wording with agreed words in place of a phrase and its alternatives, or of everything."""
    if not instead_of:
        return parsed(words)
    found = _changed(wording, instead_of, lambda choice: parsed(words))
    return wording if found is None else _joined(found)


def has(wording: Wording, phrase: str) -> bool:
    """Whether the wording contains a phrase, so that an agreement can replace it."""
    return _changed(wording, phrase, lambda choice: choice) is not None


def _changed(wording: Wording, phrase: str, change: Change, *, in_words: bool = True) -> Wording | None:
    """The wording with a phrase changed together with its alternatives; None if it does not contain the phrase."""
    for start, end in _choices(wording):
        choice = tuple(one for one in wording[start:end] if isinstance(one, Bracket))
        if any(_is(one, phrase) for one in choice) or _are_among(choice, phrase):
            return (*wording[:start], *change(choice), *wording[end:])
    for reading in (_changed_words, _changed_parts) if in_words else ():
        if (found := reading(wording, phrase, change)) is not None:
            return found
    for nth, one in enumerate(wording):
        if isinstance(one, Bracket):
            inside = _changed(one.inside, phrase, change, in_words=in_words)
            if inside is not None:
                return (*wording[:nth], one._replace(inside=inside), *wording[nth + 1 :])
    return None


def _changed_words(wording: Wording, phrase: str, change: Change) -> Wording | None:
    """The wording with a phrase of whole words changed, at the first place in its plain words that has it."""
    exact = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
    for nth, one in enumerate(wording):
        if isinstance(one, str) and (found := exact.search(one)) is not None:
            changed = change((Bracket((phrase,)),))
            return (*wording[:nth], one[: found.start()], *changed, one[found.end() :], *wording[nth + 1 :])
    return None


def _changed_parts(wording: Wording, phrase: str, change: Change) -> Wording | None:
    """The wording with a phrase of words and brackets changed, at the first place that has it."""
    first, *inner, last = read if len(read := _read(phrase)) > 1 else ("", "")
    for start in range(len(wording) - len(read) + 1) if len(read) > 1 else ():
        begins, *within, ends = wording[start : start + len(read)]
        before, after = _rest(begins, first, r"(?<!\w){}$"), _rest(ends, last, r"^{}(?!\w)")
        if before is not None and after is not None and bare(tuple(within)) == bare(tuple(inner)):
            return (*wording[:start], before, *change((Bracket(read),)), after, *wording[start + len(read) :])
    return None


def _rest(one: str | Bracket, of_phrase: str | Bracket, where: str) -> str | None:
    """The rest of a part of a wording after the corresponding part of a phrase; None if the two do not match."""
    if isinstance(one, str) and isinstance(of_phrase, str):
        exact = re.compile(where.format(re.escape(of_phrase)))
        return exact.sub("", one) if exact.search(one) else None
    both = isinstance(one, Bracket) and isinstance(of_phrase, Bracket)
    return "" if both and bare((one,)) == bare((of_phrase,)) else None


def _read(phrase: str) -> Wording:
    """A phrase as a wording; if its brackets are broken, it is only words."""
    try:
        return parsed(phrase)
    except Refusal:
        return (phrase,)


def _whole(wording: Wording) -> Choice:
    """The whole wording as one alternative, or as its alternatives if it is already a choice."""
    if _choices(wording) == [(0, len(wording))]:
        return tuple(one for one in wording if isinstance(one, Bracket))
    return (Bracket(wording),) if wording else ()


def _choices(wording: Wording) -> list[tuple[int, int]]:
    """The choices in a wording: brackets with only spaces between them, as the first index and the end of each."""
    found: list[tuple[int, int]] = []
    for nth, one in enumerate(wording):
        if not isinstance(one, Bracket):
            continue
        gap = wording[found[-1][1] : nth] if found else ()
        if found and all(isinstance(between, str) and not between.strip() for between in gap):
            found[-1] = (found[-1][0], nth + 1)
        else:
            found.append((nth, nth + 1))
    return found


def _is(one: Bracket, words: str) -> bool:
    """Whether an alternative has these words, whoever proposes it."""
    return bare(one.inside) == bare(_read(words))


def _are_among(choice: Choice, phrase: str) -> bool:
    """Whether a phrase consists of some of these alternatives in their brackets, in any order and by any proposers."""
    read = _read(phrase)
    return _choices(read) == [(0, len(read))] and all(
        any(bare(one.inside) == bare(other.inside) for one in choice) for other in read if isinstance(other, Bracket)
    )


def _spaced(choice: Sequence[Bracket]) -> Wording:
    """The alternatives with a space between them."""
    return tuple(part for nth, one in enumerate(choice) for part in ((" ", one) if nth else (one,)))


def _joined(wording: Wording) -> Wording:
    """The wording, read again, so that neighbouring words are one part and its spaces are single."""
    return parsed(written(wording))
