"""Refusals of checkpoints, proofs, copies and erasure."""

from ledger.errors import Refusal


class CheckpointBroken(Refusal):
    """{path} is no checkpoint: {why}."""


class CheckpointOfAnother(Refusal):
    """The checkpoint is of another log, {origin}, not of the ledger at {path}. Name the ledger it is of."""


class CheckpointTooLarge(Refusal):
    """The checkpoint has {size} events, and the log has {head}. Run `parley verify` with --against to learn more."""


class LogContradicts(Refusal):
    """The first {size} events of the ledger at {path} are not those of the checkpoint: the log was rewritten. Run
    `parley verify` to learn where, and restore a backup."""


class ExtraNeeded(Refusal):
    """{what} needs a library that is not installed. In a checkout of Parley, run: pip install '.[{extra}]'"""


class KeyBroken(Refusal):
    """{path} cannot be used as a key: {why}."""


class UnknownPosition(Refusal):
    """There is no position {position} among the {head} events. Give one from 1 to {head}, or a slug."""


class LogFileBroken(Refusal):
    """{path} cannot be restored: {why}. Nothing was written; export the log again from its ledger or a backup."""


class BackupDiffers(Refusal):
    """The copy at {path} is not the ledger as it was ({why}). It was thrown away; check the disk and try again."""


class NotErased(Refusal):
    """{what} cannot be erased: {why}."""


class AlreadyErased(Refusal):
    """{what} is erased already ({reason})."""


class NotCleaned(Refusal):
    """{what} is erased, and that is of record, but traces of it may be left in {where}: {why}. When that is mended, run
    the same command again."""
