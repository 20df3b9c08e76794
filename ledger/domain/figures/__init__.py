"""Figures: amounts that are exact, ranges, bounds or approximate; their comparison; and, in `reading`, their parsing.

A question about anything else imports none of it: amounts need `decimal`, which loads slowly.
"""
