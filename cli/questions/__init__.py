"""The commands that ask: each parses its arguments, asks the views, and draws the answer."""
