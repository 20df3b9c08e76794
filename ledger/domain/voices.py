"""Voices (a party, or a party and a person), and their names in sentences."""

import re
from collections.abc import Callable, Iterable

from ledger.base.text import capital

_VOICE = re.compile(r"\{([a-z0-9-]+(?:/[a-z0-9-]+)?)\}")


def parties(voices: Iterable[str]) -> tuple[str, ...]:
    """The parties that the voices speak for, without duplicates."""
    return tuple(dict.fromkeys(voice.partition("/")[0] for voice in voices))


def among(wanted: str, voices: Iterable[str]) -> bool:
    """Whether `wanted` (a voice, a party or a person) is one of the voices or part of one."""
    return any(wanted in (voice, *voice.split("/")) for voice in voices)


def with_names(sentence: str, name_of: Callable[[str], str]) -> str:
    """A sentence of `sentences.py` with the voices in braces replaced by names; its first name gets a capital."""
    named = _VOICE.sub(lambda found: name_of(found[1]), sentence)
    return capital(named) if sentence.startswith("{") else named
