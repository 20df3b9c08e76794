"""Mutation fuzzing: hostile input of every kind must end in success or a clear refusal.

`make fuzz CASES=100000 SEED=1` is the long run, tests/fuzzing/test_fuzzing.py the short one within the suite.
A kind of input is a target in targets.py; another one needs one function and one line in its table.
"""
