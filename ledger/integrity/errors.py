"""The refusals of checkpoints, proofs, copies and erasure."""

from ledger.errors import Refusal


class CheckpointBroken(Refusal):
    """{path} is not a checkpoint: {why}."""


class CheckpointOfAnother(Refusal):
    """The checkpoint belongs to another log ({origin}), not to the ledger at {path}. Name its ledger with --ledger."""


class CheckpointTooLarge(Refusal):
    """The checkpoint covers {size} events, but the log has only {head}. Run `parley verify --against` for details."""


class LogContradicts(Refusal):
    """The first {size} events of the ledger at {path} are not those of the checkpoint: the log has been rewritten. Run
    `parley verify` to find out where, and restore a backup."""


class KeyBroken(Refusal):
    """{path} cannot be used as a key: {why}."""


class UnknownPosition(Refusal):
    """There is no position {position} among the {head} events. Give one from 1 to {head}, or a slug."""


class LogFileBroken(Refusal):
    """{path} cannot be restored: {why}. Nothing was written. Export the log again from its ledger or a backup."""


class BackupDiffers(Refusal):
    """The copy at {path} differs from the ledger ({why}) and was deleted. Check the disk and try again."""


class NotErased(Refusal):
    """{what} cannot be erased: {why}."""


class AlreadyErased(Refusal):
    """{what} has already been erased ({reason})."""


class NotCleaned(Refusal):
    """{what} has been erased, and the erasure is recorded, but traces may be left in {where}: {why}. Fix this, then run
    the same command again."""


class MoveDiffers(Refusal):
    """The ledger at {path} has another event at position {position} than the log that is moved: somebody wrote to it,
    or erased something meanwhile. Move the log to a new, empty place."""


class NotCleanedYet(Refusal):
    """An erasure in {path} was interrupted before its traces were cleaned up. Run the same `parley erase` again, then
    move the ledger."""


class NothingSeenYet(Refusal):
    """This desk has not seen the log of {path} yet, so nothing can be filed offline. Ask any question once, such as
    `parley state`, while the server can be reached."""


class NotSentYet(Refusal):
    """Something was filed offline at this desk and is not yet sent: {told}. Send it first with `parley merge`."""
