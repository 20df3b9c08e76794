"""The command line: each command parses what was typed, asks the library, and prints the answer."""
