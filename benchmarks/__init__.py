"""Parley measured against peers and against the floor: `python -m benchmarks`, results in docs/performance.md."""
