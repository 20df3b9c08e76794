"""Proofs that the log has not changed (checkpoints, signatures, verification), and backup, archive and erasure."""
