"""The way into and out of a command: its options, the frame of a question, and its output."""
