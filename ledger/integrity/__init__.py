"""Proof that the log is what it was: checkpoints, signatures, proofs, verification; and backup, archive and erasure."""
