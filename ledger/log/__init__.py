"""The log: an append-only sequence of events, its storage, and the Merkle tree over it."""
