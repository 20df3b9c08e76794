"""The log: an append-only sequence of events, how they are stored, and the Merkle tree over them."""
