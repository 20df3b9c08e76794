"""The refusals of levels of confidentiality."""

from ledger.errors import Refusal


class UnknownLevel(Refusal):
    """This ledger has no level {typed!r}. Its levels, the most open first: {names}."""


class BadLevels(Refusal):
    """Levels are two or more different slugs, the most open first, such as public,internal,confidential: {why}."""


class AlreadyAtLevel(Refusal):
    """The {kind} {slug} is {level} already: nothing to do."""


class NamesWhatIsAbove(Refusal):
    """{slug} cannot be {level}: {other}, which it names or rests on, is {is_level}. Lower {other} first (`parley level
    {other} {level} --reason …`), or give {slug} the level {is_level}."""


class OtherLevels(Refusal):
    """The other ledger has other levels of confidentiality: {theirs}; here: {ours}. Nothing was merged."""


class LevelsBusy(Refusal):
    """Another process was writing the copies of this ledger for other levels for {seconds:g} seconds. Wait for it or
    end it, then ask again."""


class CopyNotWritable(Refusal):
    """The part of this ledger that is {level} is copied to {path}, which cannot be written: {why}."""
